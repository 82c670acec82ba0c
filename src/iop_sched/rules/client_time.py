"""Rule ``client-time``: work, school and family come first; nobody is in two places at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, groupby

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.windows import touches, within
from iop_sched.rules.wording import at
from iop_sched.week.care import Block
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Session
from iop_sched.week.times import Day, Interval, overlap

RULE = "client-time"


@dataclass(frozen=True)
class Appointment:
    """Something a client attends: an own block of an attended day, or (``block`` none) a session."""

    day: Day
    interval: Interval
    site: str | None
    label: str
    minutes: int
    block: Block | None = None


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Appointments lie in a client's free time, do not overlap, and leave time to travel."""
    for client, placement in schedule.placed:
        if placement.cohort is None or schedule.facts.overridden(client.id, RULE):
            continue
        slot = schedule.open_cohorts[placement.cohort].slot
        for day, interval, why in pattern_clashes(
            schedule.facts, client, placement.cohort, slot, placement.days
        ):
            yield Violation(RULE, client.id, at(day, interval), f"{client.id} in {placement.cohort}: {why}")
    for name, sessions in schedule.sessions.items():
        client = schedule.facts.clients[name]
        if not schedule.facts.overridden(client.id, RULE):
            for session in sessions:
                yield from _session_clashes(schedule, client, session)
        yield from _meeting_each_other(schedule, client)


def pattern_clashes(
    facts: Facts, client: Client, cohort: str, slot: str, pattern: Iterable[Day]
) -> Iterator[tuple[Day, Interval, str]]:
    """Own blocks of a pattern that a client cannot attend, in a cohort that meets in ``slot``."""
    for day in sorted(set(pattern)):
        for block in facts.own_blocks(client, cohort, day):
            interval = facts.block_interval(slot, block, day)
            if client.available and not within(client.available, day, interval):
                yield day, interval, f"block {block.id} is outside the hours the client can come"
            if touches(client.busy, day, interval):
                yield day, interval, f"the client is busy during block {block.id}"


def _session_clashes(schedule: Schedule, client: Client, session: Session) -> Iterator[Violation]:
    day, interval = session.day, schedule.session_interval(session)
    reasons = []
    if client.available and not within(client.available, day, interval):
        reasons.append("is outside the hours the client can come")
    if touches(client.busy, day, interval):
        reasons.append("falls in time the client is busy")
    if touches(client.absences, day, interval):
        reasons.append("falls in an absence of the client")
    family = client.family if schedule.service(session).family else None
    if family is not None and family.available and not within(family.available, day, interval):
        reasons.append("is outside the hours the family can come")
    for reason in reasons:
        yield Violation(RULE, client.id, at(day, interval), f"{client.id}: {session.service} {reason}")


def _meeting_each_other(schedule: Schedule, client: Client) -> Iterator[Violation]:
    found = sorted(_appointments(schedule, client), key=lambda one: (one.day, one.interval))
    pairs = [pair for _, today in groupby(found, key=lambda one: one.day) for pair in combinations(today, 2)]
    for one, other in pairs:
        if overlap(one.interval, other.interval):
            if not _inside(one, other) and not _inside(other, one):
                message = f"{client.id} has {one.label} and {other.label} at once"
                yield Violation(RULE, client.id, at(other.day, other.interval), message)
            continue
        between = other.interval[0] - one.interval[1]
        travel = schedule.facts.travel(one.site, other.site)
        if between < travel:
            message = (
                f"{client.id} has {between} min between {one.label} at {one.site} and {other.label} at"
                f" {other.site}; the way takes {travel} min"
            )
            yield Violation(RULE, client.id, at(other.day, other.interval), message, travel - between)


def _appointments(schedule: Schedule, client: Client) -> Iterator[Appointment]:
    for session in schedule.sessions_of(client):
        interval, label = schedule.session_interval(session), f"a session of {session.service}"
        minutes = schedule.service(session).minutes
        yield Appointment(session.day, interval, session.site, label, minutes)
    placement = schedule.placements.get(client.id)
    if placement is None or placement.cohort is None:
        return
    site = schedule.facts.place(placement.cohort)
    for day in schedule.attended_days(client):
        for block, interval in schedule.own_blocks(client, placement.cohort, day):
            label = f"block {block.id} of {placement.cohort}"
            yield Appointment(day, interval, site, label, block.minutes, block)


def _inside(session: Appointment, outer: Appointment) -> bool:
    """Whether a client may leave a block for this session: it is inside whole, and where the client is."""
    return (
        session.block is None
        and outer.block is not None
        and outer.block.may_leave
        and outer.interval[0] <= session.interval[0]
        and session.interval[1] <= outer.interval[1]
        and session.minutes <= outer.block.minutes
        and session.site in (None, outer.site)
    )
