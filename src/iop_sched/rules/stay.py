"""Rule ``stay``: a new client starts within the admission window; nobody is treated after the last day."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.facts import assessment
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import at, many
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement
from iop_sched.week.times import Day

RULE = "stay"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """First and last day are those that admission, discharge and length of stay allow."""
    for client, placement in schedule.placed:
        current = schedule.facts.is_current(client)
        if not current:
            delay = placement.start - client.stay.earliest_start
            yield from pay(policy, "stay.delay", client.id, delay, placement.start.code)
        if schedule.facts.overridden(client.id, RULE):
            continue
        if not current:
            yield from _start(schedule, client, placement)
        elif placement.start != Day.MON:
            message = f"{client.id} is in treatment already: starts on mon, not {placement.start.code}"
            yield Violation(RULE, client.id, placement.start.code, message)
        yield from _last(client, placement, current)
        yield from _sessions(schedule, client, placement)


def _start(schedule: Schedule, client: Client, placement: Placement) -> Iterator[Violation]:
    start, stay = placement.start, client.stay
    if not stay.earliest_start <= start <= stay.latest_start:
        window = f"{stay.earliest_start.code} to {stay.latest_start.code}"
        yield Violation(
            RULE, client.id, start.code, f"{client.id} starts outside the admission window, {window}"
        )
    if placement.cohort is None:
        return
    if start not in placement.days or start not in schedule.due_days(placement.cohort):
        message = f"{client.id} starts on a day without a meeting of {placement.cohort} in the pattern"
        yield Violation(RULE, client.id, start.code, message)
    elif schedule.attendance.excused(client, placement.cohort, start):
        yield Violation(RULE, client.id, start.code, f"{client.id} starts on a day of absence")


def _last(client: Client, placement: Placement, current: bool) -> Iterator[Violation]:
    start, last = placement.start, placement.last
    latest = Day.SUN if client.stay.last_day is None else client.stay.last_day
    band = client.stay.length_days
    if band is None or current:
        if not current and start > last:
            message = f"{client.id} starts on {start.code}, after the last day, {last.code}"
            yield Violation(RULE, client.id, start.code, message)
        if last != latest:
            message = f"the last day of {client.id} is {latest.code}, not {last.code}"
            yield Violation(RULE, client.id, last.code, message)
        return
    stayed = last - start + 1
    if not start <= last <= latest:
        message = f"the last day of {client.id} must lie from {start.code} to {latest.code}"
        yield Violation(RULE, client.id, last.code, message)
    elif stayed > band.max:
        message = f"{client.id} stays {many(stayed, 'day')}; at most {band.max}"
        yield Violation(RULE, client.id, last.code, message, stayed - band.max)
    elif stayed < band.min and last != latest:
        message = f"{client.id} stays {many(stayed, 'day')}; at least {band.min}"
        yield Violation(RULE, client.id, last.code, message, band.min - stayed)


def _sessions(schedule: Schedule, client: Client, placement: Placement) -> Iterator[Violation]:
    for session in schedule.sessions_of(client):
        if session.service != assessment(client) and not placement.start <= session.day <= placement.last:
            message = (
                f"{client.id} has a session of {session.service} outside the treatment,"
                f" {placement.start.code} to {placement.last.code}"
            )
            yield Violation(RULE, client.id, at(session.day, schedule.session_interval(session)), message)
