"""Rule ``track``: as many days as prescribed, on days the cohort meets, not too far apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.wording import days, many
from iop_sched.week.people import Client, Prescription
from iop_sched.week.policy import Policy
from iop_sched.week.times import Day

RULE = "track"
FEWEST_DAYS = 3


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Every client in a cohort has a pattern that prescription, level of care and cohort allow."""
    for client, placement in schedule.placed:
        if placement.cohort is None or schedule.facts.overridden(client.id, RULE):
            continue
        option_days = schedule.open_cohorts[placement.cohort].days
        for reason in misfits(schedule.facts, client, placement.cohort, option_days, placement.days):
            yield Violation(
                RULE, client.id, days(placement.days), f"{client.id} in {placement.cohort}: {reason}"
            )


def misfits(
    facts: Facts, client: Client, cohort: str, option_days: Iterable[Day], pattern: Iterable[Day]
) -> Iterator[str]:
    """What is wrong with a pattern in a cohort that meets on ``option_days``; nothing when all is well."""
    chosen = sorted(set(pattern))
    prescription = client.prescription
    if prescription is None:
        return
    yield from _wrong_days(prescription, option_days, chosen)
    yield from _wrong_number(facts, client, prescription, len(chosen))
    empty = [day for day in chosen if not facts.own_blocks(client, cohort, day)]
    if empty:
        yield f"there is no block for level of care {client.level} on {days(empty)}"
    yield from _too_far(facts, client, chosen)


def _wrong_days(prescription: Prescription, option_days: Iterable[Day], chosen: list[Day]) -> Iterator[str]:
    not_met = set(chosen) - set(option_days)
    if not_met:
        yield f"the cohort does not meet on {days(not_met)}"
    not_allowed = set(chosen) - set(prescription.weekdays)
    if not_allowed:
        yield f"the prescription does not allow {days(not_allowed)}"


def _wrong_number(facts: Facts, client: Client, prescription: Prescription, number: int) -> Iterator[str]:
    if number not in prescription.days:
        allowed = " or ".join(str(count) for count in prescription.days) or "no track"
        yield f"{many(number, 'day')} a week; the prescription allows {allowed}"
    if client.step_down:
        return
    band = facts.levels[client.level].days
    if not band.min <= number <= band.max:
        yield f"{many(number, 'day')} a week; {client.level} is {band.min} to {band.max}"
    if number < FEWEST_DAYS:
        yield f"{many(number, 'day')} a week; fewer than {FEWEST_DAYS} only when stepping down"


def _too_far(facts: Facts, client: Client, chosen: list[Day]) -> Iterator[str]:
    most = facts.levels[client.level].max_days_between
    if most is None or not chosen:
        return
    for day, following in pairwise(chosen):
        if following - day - 1 > most:
            yield f"{following - day - 1} days between {day.code} and {following.code}; at most {most} may be"
    old = facts.previous[client.id].days if facts.is_current(client) else ()
    if old and chosen[0] + 7 - max(old) - 1 > most:
        gap = chosen[0] + 7 - max(old) - 1
        yield f"{gap} days between last week's {max(old).code} and {chosen[0].code}; at most {most} may be"
