"""Rule ``service-timing``: not bunched, in the right order; last week counts too.

Days are numbered from Monday of this week, last week's from -7 to -1.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import many
from iop_sched.week.care import AtMost, Follows, Service
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.times import Day

RULE = "service-timing"
Breach = tuple[int, int, str]
"""The day it is noticed on, how many breaches, and what is wrong."""


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Sessions of a service keep their distance, their spread and their order."""
    for client in schedule.facts.treated:
        if schedule.facts.overridden(client.id, RULE):
            continue
        for _, service in schedule.facts.prescribed(client):
            for day, amount, reason in _breaches(schedule, client, service):
                when = label(day)
                if policy.mode(RULE) == "soft":
                    yield from pay(policy, RULE, f"{client.id} {service.id}", amount, when)
                else:
                    yield Violation(RULE, client.id, when, f"{client.id}: {service.id} {reason}", amount)


def label(day: int) -> str:
    """``tue``, or ``last tue`` in the week before."""
    return Day(day).code if day >= 0 else f"last {Day(day + 7).code}"


def _breaches(schedule: Schedule, client: Client, service: Service) -> Iterator[Breach]:
    days = session_days(schedule, client, service.id)
    if not days or days[-1] < 0:
        return
    if service.spacing_days is not None:
        yield from _spacing(days, service.spacing_days)
    if service.at_most is not None:
        yield from _at_most(days, service.at_most)
    if service.follows is not None:
        yield from _follows(schedule, client, days, service.follows)


def session_days(schedule: Schedule, client: Client, service: str) -> list[int]:
    """Days of a client's sessions of a service, last week's first."""
    before = schedule.facts.previous_sessions.get((client.id, service), [])
    return [session.day - 7 for session in before] + [
        int(session.day) for session in schedule.sessions_of(client, service)
    ]


def _spacing(days: list[int], least: int) -> Iterator[Breach]:
    for one, other in combinations(days, 2):
        if other >= 0 and other - one < least:
            yield other, 1, f"comes {many(other - one, 'day')} after {label(one)}; at least {least}"


def _at_most(days: list[int], bound: AtMost) -> Iterator[Breach]:
    for first in range(-(bound.days - 1), 7):
        window = [day for day in days if first <= day < first + bound.days]
        if window and window[-1] >= 0 and len(window) > bound.count:
            message = f"comes {len(window)} times in {many(bound.days, 'day')}; at most {bound.count}"
            yield window[-1], len(window) - bound.count, message


def _follows(schedule: Schedule, client: Client, days: list[int], rule: Follows) -> Iterator[Breach]:
    earlier = set(session_days(schedule, client, rule.service)) if rule.service is not None else set()
    if rule.block_kind is not None:
        earlier |= block_days(schedule, client, rule.block_kind)
    wanted = " or ".join(name for name in (rule.block_kind, rule.service) if name is not None)
    for day in days:
        if day >= 0 and not any(day - rule.max_days <= one <= day - rule.min_days for one in earlier):
            yield day, 1, f"must come {rule.min_days} to {rule.max_days} days after {wanted}"


def block_days(schedule: Schedule, client: Client, kind: str) -> set[int]:
    """Attended days with an own block of a kind; last week's from the previous pattern and cohort."""
    facts, found = schedule.facts, set()
    placement = schedule.placements.get(client.id)
    if placement is not None and placement.cohort is not None:
        for day in schedule.attended_days(client):
            if any(block.kind == kind for block in facts.own_blocks(client, placement.cohort, day)):
                found.add(int(day))
    before = facts.previous.get(client.id)
    cohort = facts.cohorts.get(before.cohort or "") if before is not None else None
    if before is not None and cohort is not None and cohort.status == "running":
        for day in before.days:
            if any(block.kind == kind for block in facts.own_blocks(client, cohort.id, day)):
                found.add(day - 7)
    return found
