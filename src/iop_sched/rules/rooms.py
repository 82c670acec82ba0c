"""Rule ``rooms``: one meeting or session in a room at a time, and everybody has a seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.windows import within
from iop_sched.rules.wording import at, many, names
from iop_sched.week.places import Room
from iop_sched.week.policy import Policy
from iop_sched.week.times import Day, Interval

RULE = "rooms"


@dataclass(frozen=True)
class Use:
    """A held meeting or a session: what it needs of a room, and the room it has."""

    label: str
    day: Day
    interval: Interval
    site: str | None
    kind: str | None
    room: str | None
    people: int


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """What needs a room has one of its kind, large enough, in its hours, to itself."""
    taken: dict[str, list[Use]] = defaultdict(list)
    for use in room_uses(schedule):
        for reason in _faults(schedule, use):
            yield Violation(RULE, use.label, at(use.day, use.interval), f"{use.label}: {reason}")
        if use.room is not None:
            taken[use.room].append(use)
    for room, uses in taken.items():
        yield from _overlaps(room, uses)


def room_uses(schedule: Schedule) -> Iterator[Use]:
    """Held meetings, then sessions, with a room or without one."""
    yield from _meetings(schedule)
    yield from _sessions(schedule)


def _meetings(schedule: Schedule) -> Iterator[Use]:
    for meeting in schedule.held:
        cohort = schedule.facts.cohorts[meeting.cohort]
        blocks = schedule.facts.blocks_on(meeting.cohort, meeting.day)
        yield Use(
            label=meeting.cohort,
            day=meeting.day,
            interval=schedule.span(meeting),
            site=schedule.facts.place(meeting.cohort),
            kind=cohort.room_kind,
            room=meeting.room,
            people=max(len(schedule.attendance.present(meeting, block)) for block in blocks),
        )


def _sessions(schedule: Schedule) -> Iterator[Use]:
    for session in schedule.roster.sessions:
        yield Use(
            label=f"{session.service} for {names(session.clients)}",
            day=session.day,
            interval=schedule.session_interval(session),
            site=session.site,
            kind=schedule.service(session).room_kind,
            room=session.room,
            people=schedule.people(session),
        )


def _faults(schedule: Schedule, use: Use) -> Iterator[str]:
    needed = use.kind is not None and use.site is not None
    if use.room is None:
        if needed:
            yield f"needs a room of kind {use.kind} and has none"
        return
    if not needed:
        yield f"has room {use.room} and needs none"
        return
    yield from _unfit(schedule.facts.rooms[use.room], use)


def _unfit(room: Room, use: Use) -> Iterator[str]:
    if room.site != use.site:
        yield f"is at {use.site}, room {room.id} at {room.site}"
    if use.kind not in room.kinds:
        yield f"needs a room of kind {use.kind}; {room.id} is {names(room.kinds)}"
    if use.people > room.capacity:
        yield f"has {many(use.people, 'person', 'people')}; room {room.id} seats {room.capacity}"
    if room.available and not within(room.available, use.day, use.interval):
        yield f"room {room.id} cannot be used then"


def _overlaps(room: str, uses: list[Use]) -> Iterator[Violation]:
    longest: Use | None = None
    for use in sorted(uses, key=lambda one: (one.day, one.interval)):
        if longest is not None and longest.day == use.day and use.interval[0] < longest.interval[1]:
            message = f"room {room} has {longest.label} and {use.label} at once"
            yield Violation(RULE, room, at(use.day, use.interval), message)
        if longest is None or (use.day, use.interval[1]) > (longest.day, longest.interval[1]):
            longest = use
