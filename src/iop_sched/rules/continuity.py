"""Rule ``continuity``: moving a settled client costs trust."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.previous import PreviousPlacement
from iop_sched.week.roster import Placement
from iop_sched.week.times import week_minute

RULE = "continuity"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """What changes for placed current clients, and for cohorts whose leader changes, costs."""
    for client, placement in schedule.placed:
        old = schedule.facts.previous.get(client.id)
        if old is not None and client.prescription is not None:
            yield from _cohort(schedule, policy, placement, old)
            yield from _primary(schedule, policy, client, placement, old)
            before, now = set(old.days), set(placement.days)
            lost = min(len(before), len(now)) - len(before & now)
            yield from pay(policy, "continuity.day", client.id, lost)
            yield from _sessions(schedule, policy, client)
    yield from _leaders(schedule, policy)


def _cohort(
    schedule: Schedule, policy: Policy, placement: Placement, old: PreviousPlacement
) -> Iterator[Term]:
    if placement.cohort is None:
        return
    slot = schedule.open_cohorts[placement.cohort].slot
    if old.cohort is not None and old.cohort != placement.cohort:
        yield from pay(policy, "continuity.cohort", placement.client, 1)
    if old.slot is not None and old.slot != slot:
        yield from pay(policy, "continuity.slot", placement.client, 1)


def _primary(
    schedule: Schedule, policy: Policy, client: Client, placement: Placement, old: PreviousPlacement
) -> Iterator[Term]:
    if old.primary is None or placement.primary is None or not schedule.facts.primary_services(client):
        return
    if placement.primary != old.primary:
        yield from pay(policy, "continuity.primary", client.id, 1)


def _sessions(schedule: Schedule, policy: Policy, client: Client) -> Iterator[Term]:
    cap = policy.limits.session_move_cap
    for service, moves in session_moves(schedule, client):
        moved = sum(min(cap, minutes) for minutes in moves)
        yield from pay(policy, "continuity.session", f"{client.id} {service.id}", moved)


def session_moves(schedule: Schedule, client: Client) -> Iterator[tuple[Service, list[int]]]:
    """By service, the minutes between each session of last week and the one that follows on it."""
    for service in schedule.facts.week.services:
        before = schedule.facts.previous_sessions.get((client.id, service.id), [])
        if not service.is_open_group:
            pairs = zip(before, schedule.sessions_of(client, service.id), strict=False)
            yield (
                service,
                [
                    abs(week_minute(old.day, old.start) - week_minute(new.day, new.start))
                    for old, new in pairs
                ],
            )


def _leaders(schedule: Schedule, policy: Policy) -> Iterator[Term]:
    for old in schedule.facts.week.previous.leaders:
        opened = schedule.open_cohorts.get(old.cohort)
        if opened is not None and schedule.facts.has_lead(old.cohort) and opened.leader != old.leader:
            yield from pay(policy, "continuity.leader", old.cohort, 1)
