"""A week and a roster joined, with every figure that the rules speak of."""

from __future__ import annotations

from functools import cached_property

from iop_sched.rules.attendance import Attendance
from iop_sched.rules.dosage import Dosage, dosage
from iop_sched.rules.facts import Facts
from iop_sched.rules.occupations import Occupation, occupations
from iop_sched.rules.roster_index import RosterIndex
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Placement, Roster
from iop_sched.week.times import Day, week_minute


class Schedule(RosterIndex):
    """What a rule looks at. The roster must be well formed; a figure is derived when first asked for."""

    @classmethod
    def of(cls, week: ProgramWeek, roster: Roster) -> Schedule:
        """Join a week and a roster."""
        return cls(Facts(week), roster)

    @cached_property
    def attendance(self) -> Attendance:
        """Who attends what."""
        return Attendance(self)

    def attended_days(self, client: Client) -> tuple[Day, ...]:
        """Days on which a placed client attends a meeting."""
        return self.attendance.days[client.id]

    def first_meeting(self, client: Client, placement: Placement) -> int | None:
        """Start of the first own block of the meeting on the first day, in minutes of the week.

        None when no meeting is scheduled that day: no pattern day, none due, or the client is excused.
        """
        cohort, start = placement.cohort, placement.start
        if cohort is None or start not in placement.days or start not in self.due_days(cohort):
            return None
        blocks = self.own_blocks(client, cohort, start)
        if not blocks or self.attendance.excused(client, cohort, start):
            return None
        return week_minute(start, blocks[0][1][0])

    @cached_property
    def _dosage(self) -> dict[str, Dosage]:
        return {
            client.id: dosage(self, self.attendance, client, placement) for client, placement in self.placed
        }

    def dosage(self, client: Client) -> Dosage:
        """What a placed client receives."""
        return self._dosage[client.id]

    @cached_property
    def occupations(self) -> dict[str, list[Occupation]]:
        """Occupations by clinician, in order of time."""
        return occupations(self)

    def occupations_of(self, clinician: str) -> list[Occupation]:
        """Occupations of a clinician, in order of time."""
        return self.occupations.get(clinician, [])

    @cached_property
    def loads(self) -> dict[str, tuple[int, ...]]:
        """Occupied minutes by clinician, from Monday to Sunday."""
        found = {clinician: [0] * 7 for clinician in self.facts.clinicians}
        for clinician, mine in self.occupations.items():
            for occupation in mine:
                found[clinician][occupation.day] += occupation.minutes
        return {clinician: tuple(days) for clinician, days in found.items()}
