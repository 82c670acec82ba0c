"""Who attends which meeting: pattern days that are due, held, within the stay and not excused."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from iop_sched.rules.facts import owns
from iop_sched.rules.roster_index import MeetingKey, RosterIndex
from iop_sched.rules.windows import touches
from iop_sched.week.care import Block
from iop_sched.week.people import Client
from iop_sched.week.roster import Meeting, Placement
from iop_sched.week.times import Day


class Attendance:
    """Attended days of every placed client, and the clients present in every block."""

    def __init__(self, index: RosterIndex) -> None:
        self._index = index

    def excused(self, client: Client, cohort: str, day: Day) -> bool:
        """Whether an absence takes some of the client's own blocks of the day."""
        return any(
            touches(client.absences, day, interval)
            for _, interval in (self._index.own_blocks(client, cohort, day) if client.absences else ())
        )

    @cached_property
    def days(self) -> dict[str, tuple[Day, ...]]:
        """Attended days by placed client, in week order."""
        return {client.id: self._attended(client, placement) for client, placement in self._index.placed}

    def _attended(self, client: Client, placement: Placement) -> tuple[Day, ...]:
        cohort = placement.cohort
        if cohort is None:
            return ()
        return tuple(
            day
            for day in sorted(set(placement.days))
            if placement.start <= day <= placement.last
            and (meeting := self._index.meetings.get((cohort, day))) is not None
            and meeting.held
            and not self.excused(client, cohort, day)
        )

    @cached_property
    def _at(self) -> dict[MeetingKey, list[Client]]:
        found = defaultdict(list)
        for client, placement in self._index.placed:
            if placement.cohort is not None:
                for day in self.days[client.id]:
                    found[placement.cohort, day].append(client)
        return dict(found)

    def attending(self, meeting: Meeting) -> list[Client]:
        """Clients who attend a meeting."""
        return self._at.get((meeting.cohort, meeting.day), [])

    def present(self, meeting: Meeting, block: Block) -> list[Client]:
        """Clients who attend a meeting and own one of its blocks."""
        return [client for client in self.attending(meeting) if owns(client, block)]
