"""Rule ``max-moves``: no more than a few settled clients change cohort in one week."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from iop_sched.rules import client_time, eligibility, track
from iop_sched.rules.client_time import pattern_clashes
from iop_sched.rules.eligibility import mismatches
from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.track import misfits
from iop_sched.rules.wording import many, names
from iop_sched.week.care import Cohort, MeetingOption
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.times import Day

RULE = "max-moves"
SHOWN = 12


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """At most ``limits.max_moves`` settled clients are in another cohort than last week."""
    most = policy.limits.max_moves
    if most is None:
        return
    moved = [
        client.id
        for client, placement in schedule.placed
        if placement.cohort is not None
        and client.id in schedule.facts.previous
        and schedule.facts.previous[client.id].cohort != placement.cohort
        and not schedule.facts.overridden(client.id, RULE)
        and settled(schedule.facts, policy, client)
    ]
    if len(moved) > most:
        shown = names(moved if len(moved) <= SHOWN else [*moved[:SHOWN], "…"])
        message = f"{many(len(moved), 'settled client')} change cohort ({shown}); at most {most} may"
        yield Violation(RULE, shown, "", message, len(moved) - most)


def settled(facts: Facts, policy: Policy, client: Client) -> bool:
    """Whether a current client could stay in the previous cohort, with some option and some pattern."""
    cohort = facts.cohorts.get(facts.previous[client.id].cohort or "")
    if cohort is None or client.prescription is None:
        return False
    if _applies(facts, policy, client, eligibility.RULE) and any(mismatches(client, cohort)):
        return False
    return any(
        _fits(facts, policy, client, cohort, option, pattern)
        for option in cohort.options
        for pattern in _patterns(option)
    )


def _patterns(option: MeetingOption) -> Iterator[tuple[Day, ...]]:
    for size in range(1, len(option.days) + 1):
        yield from combinations(sorted(option.days), size)


def _fits(
    facts: Facts,
    policy: Policy,
    client: Client,
    cohort: Cohort,
    option: MeetingOption,
    pattern: tuple[Day, ...],
) -> bool:
    if _applies(facts, policy, client, track.RULE) and any(
        misfits(facts, client, cohort.id, option, pattern)
    ):
        return False
    return not (
        _applies(facts, policy, client, client_time.RULE)
        and any(pattern_clashes(facts, client, cohort.id, option.slot, pattern))
    )


def _applies(facts: Facts, policy: Policy, client: Client, rule: str) -> bool:
    return policy.mode(rule) != "off" and not facts.overridden(client.id, rule)
