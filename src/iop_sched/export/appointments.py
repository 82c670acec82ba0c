"""A roster as what stands in calendars: blocks of meetings, sessions and care team meetings, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from iop_sched.rules import Schedule
from iop_sched.week.roster import Meeting, Session
from iop_sched.week.times import Day, Id

Kind = Literal["block", "session", "team"]


@dataclass(frozen=True)
class Appointment:
    """Who is where, when. ``key`` tells it from every other of the week, and stays when it moves.

    ``start`` and ``end`` are minutes after midnight, as people say them (nominal ends). ``site`` is none
    online. ``clients`` are those who attend.
    """

    key: str
    kind: Kind
    what: Id
    day: Day
    start: int
    end: int
    site: Id | None
    room: Id | None
    clinicians: tuple[Id, ...]
    clients: tuple[Id, ...] = ()
    cohort: Id | None = None
    family: bool = False

    @property
    def online(self) -> bool:
        """Whether it is at no site."""
        return self.site is None


def appointments(schedule: Schedule) -> list[Appointment]:
    """Everything that takes place, in order of time; meetings that are not held are left out."""
    found = [
        *(one for meeting in schedule.held for one in _blocks(schedule, meeting)),
        *_sessions(schedule),
        *_teams(schedule),
    ]
    return sorted(found, key=lambda one: (one.day, one.start, one.end, one.key))


def _blocks(schedule: Schedule, meeting: Meeting) -> Iterator[Appointment]:
    cohort, day = meeting.cohort, meeting.day
    for block in schedule.facts.blocks_on(cohort, day):
        start = schedule.block_interval(cohort, block, day)[0]
        staff = (entry.clinician for entry in meeting.staff if entry.block == block.id)
        yield Appointment(
            key=f"block {cohort} {day.code} {block.id}",
            kind="block",
            what=block.id,
            day=day,
            start=start,
            end=start + block.minutes,
            site=schedule.facts.place(cohort),
            room=meeting.room,
            clinicians=tuple(dict.fromkeys(staff)),
            clients=tuple(one.id for one in schedule.attendance.present(meeting, block)),
            cohort=cohort,
        )


def _sessions(schedule: Schedule) -> Iterator[Appointment]:
    """Sessions; those of one service for the same clients are numbered in order of time.

    So a session that moves keeps its key, and one that is dropped takes the last number away.
    """
    numbers: Counter[tuple[str, str]] = Counter()
    for session in sorted(schedule.roster.sessions, key=lambda one: (one.day, one.start)):
        service = schedule.service(session)
        who = _who(session, service.is_open_group)
        numbers[service.id, who] += 1
        yield Appointment(
            key=f"session {service.id} {who} {numbers[service.id, who]}",
            kind="session",
            what=service.id,
            day=session.day,
            start=session.start,
            end=session.start + service.minutes,
            site=session.site,
            room=session.room,
            clinicians=tuple(dict.fromkeys(entry.clinician for entry in session.staff)),
            clients=session.clients,
            family=service.family,
        )


def _who(session: Session, open_group: bool) -> str:
    return session.offering or "group" if open_group else "+".join(sorted(session.clients))


def _teams(schedule: Schedule) -> Iterator[Appointment]:
    for one in schedule.roster.team_meeting:
        team = schedule.facts.teams[one.team]
        yield Appointment(
            key=f"team {one.team}",
            kind="team",
            what=one.team,
            day=one.day,
            start=one.start,
            end=one.start + team.minutes,
            site=team.site,
            room=None,
            clinicians=one.attendees,
        )
