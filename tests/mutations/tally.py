"""Figures of a week and its roster, counted anew from the catalogue and without the specification."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from iop_sched.week.care import Block, Service
from iop_sched.week.people import Client
from iop_sched.week.places import Window
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Meeting, Placement, Roster, Session
from iop_sched.week.times import WEEK, Day

Interval = tuple[int, int]


@dataclass
class Figures:
    """What a placed client receives, day by day: B_d, S_d and services; then group minutes and Extra."""

    blocks: list[int] = field(default_factory=lambda: [0] * 7)
    sessions: list[int] = field(default_factory=lambda: [0] * 7)
    services: list[int] = field(default_factory=lambda: [0] * 7)
    group: int = 0
    extra: int = 0
    needed: int = 0

    def on(self, day: int) -> int:
        """Dosage of a day."""
        return self.blocks[day] + self.sessions[day]

    @property
    def total(self) -> int:
        """Dosage of the week."""
        return sum(self.blocks) + sum(self.sessions)

    @property
    def counted(self) -> int:
        """What the floor looks at: B + Extra + Needed."""
        return sum(self.blocks) + self.extra + self.needed


@dataclass(frozen=True)
class Work:
    """An occupation of a clinician."""

    day: Day
    interval: Interval
    site: str | None
    meeting: tuple[str, Day] | None = None
    group: str | None = None


class Tally:
    """Lookups and sums over a well-formed pair."""

    def __init__(self, week: ProgramWeek, roster: Roster) -> None:
        self.week, self.roster = week, roster
        self.clients: dict[str, Client] = {one.id: one for one in week.clients}
        self.clinicians = {one.id: one for one in week.clinicians}
        self.cohorts = {one.id: one for one in week.cohorts}
        self.services: dict[str, Service] = {one.id: one for one in week.services}
        self.levels = {one.id: one for one in week.levels}
        self.rooms = {one.id: one for one in week.rooms}
        self.placements: dict[str, Placement] = {one.client: one for one in roster.placements}
        self.previous = {one.client: one for one in week.previous.placements}
        self.opened = {one.cohort: one for one in roster.cohorts}
        self.meetings: dict[tuple[str, Day], Meeting] = {(m.cohort, m.day): m for m in roster.facilitation}
        self.held = [meeting for meeting in roster.facilitation if meeting.held]

    # Time

    def occ(self, minutes: int) -> int:
        """Minutes that a length occupies."""
        grid = self.week.grid
        return (minutes + grid - 1) // grid * grid

    def interval(self, session: Session) -> Interval:
        """When a session is, on its day."""
        return session.start, session.start + self.occ(self.services[session.service].minutes)

    def blocks(self, cohort: str, day: Day) -> list[Block]:
        """Blocks of a cohort's meeting, in order of time."""
        agenda = next(one for one in self.week.agendas if one.id == self.cohorts[cohort].agenda)
        found = [block for block in agenda.blocks if day in (block.days or WEEK)]
        return sorted(found, key=lambda block: block.after)

    def block_interval(self, cohort: str, block: Block, day: Day) -> Interval:
        """When a block is, on its day."""
        slot = next(one for one in self.week.slots if one.id == self.opened[cohort].slot)
        start = slot.by_day.get(day, slot.start) + block.after
        return start, start + self.occ(block.minutes)

    def span(self, cohort: str, day: Day) -> Interval:
        """When a meeting is, on its day."""
        times = [self.block_interval(cohort, block, day) for block in self.blocks(cohort, day)]
        return min(start for start, _ in times), max(end for _, end in times)

    def site(self, cohort: str) -> str | None:
        """Where a cohort meets; none when online."""
        found = self.cohorts[cohort]
        return found.site if found.format == "in-person" else None

    # People

    def own(self, client: Client, cohort: str, day: Day) -> list[tuple[Block, Interval]]:
        """Own blocks of a day with their times."""
        return [
            (block, self.block_interval(cohort, block, day))
            for block in self.blocks(cohort, day)
            if client.level in (block.levels or (client.level,))
        ]

    def excused(self, client: Client, cohort: str, day: Day) -> bool:
        """Whether an absence takes part of the client's day."""
        return any(hits(client.absences, day, time) for _, time in self.own(client, cohort, day))

    def attended(self, name: str) -> list[Day]:
        """Attended days of a placed client."""
        return self._attended[name]

    @cached_property
    def _attended(self) -> dict[str, list[Day]]:
        return {name: self._attended_by(name) for name in self.placements}

    def _attended_by(self, name: str) -> list[Day]:
        place, client = self.placements[name], self.clients[name]
        return [
            day
            for day in place.days
            if place.cohort is not None
            and place.start <= day <= place.last
            and (place.cohort, day) in self.meetings
            and self.meetings[place.cohort, day].held
            and not self.excused(client, place.cohort, day)
        ]

    def members(self, cohort: str) -> list[str]:
        """Clients placed in a cohort."""
        return [one.client for one in self.roster.placements if one.cohort == cohort]

    def present(self, cohort: str, day: Day, block: Block) -> list[str]:
        """Clients in the room during a block."""
        return [
            name
            for name in self.members(cohort)
            if day in self._attended[name] and self.clients[name].level in (block.levels or self.levels)
        ]

    @cached_property
    def _sessions(self) -> dict[str, list[Session]]:
        found = defaultdict(list)
        for session in sorted(self.roster.sessions, key=lambda one: (one.day, one.start)):
            for client in session.clients:
                found[client].append(session)
        return found

    def sessions(self, client: str, service: str | None = None) -> list[Session]:
        """A client's sessions in order of time."""
        return [one for one in self._sessions.get(client, ()) if service in (None, one.service)]

    def figures(self, name: str) -> Figures:
        """What a placed client receives."""
        client, place, found = self.clients[name], self.placements[name], Figures()
        prescription = client.prescription
        lines = {line.service: line for line in prescription.services} if prescription else {}
        mine = self.sessions(name)
        for day in self.attended(name):
            for block, (start, end) in self.own(client, place.cohort or "", day):
                inside = sum(
                    self.services[one.service].minutes
                    for one in mine
                    if one.day == day and start <= one.start and self.interval(one)[1] <= end
                )
                if block.counts:
                    found.blocks[day] += block.minutes - inside
                    found.services[day] += 1
                    found.group += (block.minutes - inside) * block.group_therapy
        for session in mine:
            service = self.services[session.service]
            found.services[session.day] += 1
            if service.id in lines and service.counts:
                found.sessions[session.day] += service.minutes
                found.group += service.minutes * service.group_therapy
        for line in lines.values():
            service = self.services[line.service]
            given = sum(session.service == service.id for session in mine)
            if service.counts:
                found.needed += line.min_count * service.minutes
                found.extra += max(0, given - line.min_count) * service.minutes
        return found

    def works(self, clinician: str) -> list[Work]:
        """Occupations of a clinician in order of time."""
        return self._works.get(clinician, [])

    @cached_property
    def _works(self) -> dict[str, list[Work]]:
        found = defaultdict(list)
        for meeting in self.held:
            site = self.site(meeting.cohort)
            for block in self.blocks(meeting.cohort, meeting.day):
                time = self.block_interval(meeting.cohort, block, meeting.day)
                key = (meeting.cohort, meeting.day)
                for person in {one.clinician for one in meeting.staff if one.block == block.id}:
                    found[person].append(Work(meeting.day, time, site, key, meeting.cohort))
        for number, session in enumerate(self.roster.sessions):
            group = str(number) if self.services[session.service].is_open_group else None
            for person in {entry.clinician for entry in session.staff}:
                work = Work(session.day, self.interval(session), session.site, None, group)
                found[person].append(work)
        for meeting in self.roster.team_meeting:
            team = next(one for one in self.week.care_teams if one.id == meeting.team)
            end = meeting.start + self.occ(team.minutes)
            for person in set(meeting.attendees):
                found[person].append(Work(meeting.day, (meeting.start, end), team.site))
        return {
            name: sorted(mine, key=lambda work: (work.day, work.interval)) for name, mine in found.items()
        }

    def load(self, clinician: str, day: Day | None = None) -> int:
        """Minutes worked, of a day or of the week."""
        return sum(
            work.interval[1] - work.interval[0]
            for work in self.works(clinician)
            if day is None or work.day == day
        )


def hits(windows: Iterable[Window], day: Day, time: Interval) -> bool:
    """Whether a window of the day shares a minute with a time."""
    return any(day in one.days and one.start < time[1] and time[0] < one.end for one in windows)


def holds(windows: Iterable[Window], day: Day, time: Interval) -> bool:
    """Whether the day's windows together hold a time whole."""
    return all(
        any(day in one.days and one.start <= minute < one.end for one in windows)
        for minute in range(time[0], time[1], 5)
    )
