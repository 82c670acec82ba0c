"""What must hold from one week to the next, counted without what writes it."""

from __future__ import annotations

from datetime import date, timedelta

from iop_sched.next_week import NextWeek
from iop_sched.next_week.attended import Attended
from iop_sched.rules.facts import Facts
from iop_sched.rules.max_moves import settled
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import WEEK, Day
from mutations.tally import Tally

A_WEEK = timedelta(days=7)
TURNING = {
    "absences": (),
    "authorisation": None,
    "intake": None,
    "prescription": None,
    "step_down": False,
    "stay": None,
    "waiting_days": 0,
}
"""Fields of a client that a new week may change."""


class Turn:
    """A week with its roster, who came on which days, and the week made of them."""

    def __init__(self, week: ProgramWeek, roster: Roster, attended: Attended, found: NextWeek) -> None:
        self.week, self.roster, self.found, self.coming = week, roster, found, found.week
        self.tally = Tally(week, roster)
        self.came = {entry.client: entry.days for entry in attended.entries}
        self.before = {client.id: client for client in week.clients}
        self.after = {client.id: client for client in self.coming.clients}
        self.placed = {placement.client: placement for placement in roster.placements}

    def check(self) -> None:
        """Assert all of it."""
        assert self.coming.week_of == self.week.week_of + A_WEEK
        assert list(self.after) == [one.id for one in self.week.clients if not self.leaves(one)]
        for name, client in self.after.items():
            old = self.before[name]
            assert client.model_copy(update=TURNING) == old.model_copy(update=TURNING)
            assert client.waiting_days == (0 if name in self.placed else old.waiting_days + 7)
            assert _units(client) == self.units_left(old), name
            self.check_prescription(old, client)
        self.check_last_week()
        self.check_places()

    # Who leaves

    def leaves(self, client: Client) -> bool:
        """Whether a stay is over, or an assessment was all that somebody wanted."""
        stay, place = client.stay, self.placed.get(client.id)
        current = client.id in self.tally.previous
        if place is None and not current:
            return client.assessment_only and bool(self.tally.sessions(client.id, client.intake.assessment))
        if stay.last_day is not None or (place is not None and place.last < Day.SUN):
            return True
        last = stay.last_date or date.max
        if stay.length_days is not None and place is not None and not current:
            last = min(last, self.date_of(place.start) + timedelta(days=stay.length_days.max - 1))
        return last < self.coming.week_of

    def date_of(self, day: int) -> date:
        """The date of a weekday of the week that is over."""
        return self.week.week_of + timedelta(days=int(day))

    # What was agreed and prescribed

    def units_left(self, client: Client) -> float:
        """Days or hours of the authorisation without what was attended on covered dates."""
        agreed = client.authorisation
        if agreed is None or client.id not in self.placed:
            return _units(client)
        came, figures = self.came.get(client.id, WEEK), self.tally.figures(client.id)
        assert came is not None
        minutes = [
            figures.on(day)
            for day in WEEK
            if day in came and agreed.first <= self.date_of(day) <= agreed.last
        ]
        if agreed.hours is None:
            return max(0, _units(client) - sum(one > 0 for one in minutes))
        return max(0.0, agreed.hours - (sum(minutes) + 14) // 15 / 4)

    def check_prescription(self, old: Client, new: Client) -> None:
        """Due steps are taken, the last of them counts; without a place they wait; nothing else changes."""
        if old.prescription is None:
            assert new.prescription is None
            return
        before, after = old.prescription, new.prescription
        assert after is not None
        assert (after.weekdays, after.services) == (before.weekdays, before.services)
        due = [step for step in before.steps if step.week_of <= self.coming.week_of]
        if old.id not in self.placed:
            assert [one.week_of for one in after.steps] == [one.week_of + A_WEEK for one in before.steps]
        if old.id not in self.placed or not due:
            assert (after.hours, after.days) == (before.hours, before.days)
            assert new.step_down == old.step_down
        else:
            assert (after.hours, after.days) == (due[-1].hours, due[-1].days)
            assert new.step_down == due[-1].step_down
            assert after.steps == before.steps[len(due) :]

    # What the new week looks back on, and can go on with

    def check_last_week(self) -> None:
        """The roster as it was, of those who are still there."""
        last = {one.client: one for one in self.coming.previous.placements}
        assert set(last) == set(self.placed) & set(self.after)
        for name, one in last.items():
            place = self.placed[name]
            slot = self.tally.opened[place.cohort].slot if place.cohort else None
            assert (one.cohort, one.slot, one.days) == (place.cohort, slot, place.days)
            assert one.primary == place.primary
        leaders = {one.cohort: one.leader for one in self.roster.cohorts if one.leader is not None}
        assert {one.cohort: one.leader for one in self.coming.previous.leaders} == leaders
        running = {one.id for one in self.coming.cohorts if one.status == "running"}
        assert running == set(self.tally.opened)

    def check_places(self) -> None:
        """Nobody is stranded: who stays can stay in the same cohort, unless a pin kept the place."""
        assert self.found.affected.stranded == ()
        facts, waived = Facts(self.coming), {one.client for one in self.found.affected.waived}
        for client in facts.current_treated:
            if client.id not in waived and not client.group_optional:
                assert settled(facts, Policy(), client), client.id


def _units(client: Client) -> float:
    agreed = client.authorisation
    return 0 if agreed is None else (agreed.hours or 0) + (agreed.days or 0)
