"""One more placement in a roster that otherwise stays, and which rules it breaks by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from iop_sched.rules.findings import Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.supply import on_site
from iop_sched.week.care import Cohort
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement, Roster
from iop_sched.week.times import WEEK, Day, week_minute

Pattern = tuple[Day, ...]

IN_THE_COHORT = ("meeting-attendance", "weekly-hours", "rooms", "facilitation")
"""Rules that a placement alone can break, at the client or in the cohort's meetings."""

BEYOND = ("companions", "max-moves", "supply")
"""Rules that a placement alone can break with what other cohorts do. A day that is not full is left out, as
sessions could still fill it."""

MOST_TRIALS = 12
"""Placements tried of one client in one cohort."""


class Joining:
    """Tries placements in one roster."""

    def __init__(self, schedule: Schedule, policy: Policy) -> None:
        self.schedule, self.facts, self.policy = schedule, schedule.facts, policy
        self.near: dict[str, Roster] = {}

    def placement(self, client: Client, cohort: Cohort, days: Pattern) -> Placement | None:
        """From the first meeting that the client may come to; none when there is no such day."""
        start = self._start(client, cohort, days)
        if start is None:
            return None
        last = Day.SUN if client.stay.last_day is None else client.stay.last_day
        if client.stay.length_days is not None and not self.facts.is_current(client):
            last = Day(min(last, start + client.stay.length_days.max - 1))
        return Placement(client=client.id, cohort=cohort.id, days=days, start=start, last=last)

    def _start(self, client: Client, cohort: Cohort, days: Pattern) -> Day | None:
        if self.facts.is_current(client) or self.policy.mode("stay") == "off":
            return Day.MON
        overridden = self.facts.overridden(client.id, "stay")
        window = WEEK if overridden else WEEK[client.stay.earliest_start : client.stay.latest_start + 1]
        due = self.schedule.due_days(cohort.id)
        for day in days:
            excused = self.schedule.attendance.excused(client, cohort.id, day)
            if day in window and day in due and not excused and self._admitted(client, cohort, day):
                return day
        return None

    def _admitted(self, client: Client, cohort: Cohort, day: Day) -> bool:
        """Whether insurance and assessment allow a first meeting on ``day``."""
        intake = client.intake
        if intake is None or self.policy.mode("intake") == "off":
            return True
        if self.facts.overridden(client.id, "intake"):
            return True
        if isinstance(intake.insurance, Day) and day < intake.insurance:
            return False
        assessed = self.schedule.assessment_session(client)
        if assessed is None:
            return True
        if intake.lag_days:
            return day >= assessed.day + intake.lag_days
        end = week_minute(assessed.day, self.schedule.session_interval(assessed)[1])
        blocks = self.schedule.own_blocks(client, cohort.id, day)
        return bool(blocks) and week_minute(day, blocks[0][1][0]) >= end

    def least_broken(self, placements: list[Placement]) -> list[Violation]:
        """What the best of these placements breaks; nothing as soon as one breaks nothing."""
        best: list[Violation] | None = None
        for placement in placements[:MOST_TRIALS]:
            broken = self._try(placement)
            if best is None or len(broken) < len(best):
                best = broken
            if not best:
                break
        return best or []

    def _try(self, placement: Placement) -> list[Violation]:
        """What a roster with one more placement breaks that this one does not."""
        near = Schedule(self.facts, _with(self._near(placement), placement))
        found = [*self._violations(near, IN_THE_COHORT)]
        beyond = [rule for rule in BEYOND if self._matters(rule, placement, near)]
        if beyond:
            found += self._violations(Schedule(self.facts, _with(self.schedule.roster, placement)), beyond)
        return [one for one in found if _key(one) not in self._known]

    def _near(self, placement: Placement) -> Roster:
        """The cohort with its meetings, its members and their sessions, and the client's sessions.

        A week of hundreds of clients has thousands of placements to try: each is tried in its cohort alone.
        """
        cohort = placement.cohort
        assert cohort is not None, "a place without a cohort joins nobody"
        if cohort not in self.near:
            members = self.schedule.members[cohort]
            theirs = {member.client for member in members}
            self.near[cohort] = Roster(
                cohorts=(self.schedule.open_cohorts[cohort],),
                placements=tuple(members),
                facilitation=tuple(one for one in self.schedule.roster.facilitation if one.cohort == cohort),
                sessions=tuple(one for one in self.schedule.roster.sessions if theirs & set(one.clients)),
            )
        near = self.near[cohort]
        own = [one for one in self.schedule.sessions.get(placement.client, ()) if one not in near.sessions]
        return near.model_copy(update={"sessions": (*near.sessions, *own)})

    def _matters(self, rule: str, placement: Placement, near: Schedule) -> bool:
        """Whether the client's placement can break a rule about more than the cohort at all."""
        client, cohort = placement.client, placement.cohort
        if rule == "companions":
            return client in self._with_companions
        if rule == "max-moves":
            return client in self.facts.previous
        site = None if cohort is None else self.facts.place(cohort)
        attended = near.attended_days(self.facts.clients[client])
        return any((site, day) in self._full_days for day in attended)

    @cached_property
    def _with_companions(self) -> set[str]:
        week = self.facts.week
        return {client for pair in (*week.apart, *week.together) for client in pair}

    @cached_property
    def _full_days(self) -> set[tuple[str, Day]]:
        """Days on which a site has all the clients that it is licensed for, or more."""
        people = on_site(self.schedule)
        return {
            (site.id, day)
            for site in self.facts.week.sites
            for day in WEEK
            if site.census is not None and len(people.get((site.id, day), ())) >= site.census
        }

    @cached_property
    def _known(self) -> set[tuple[str, str, str]]:
        """What the roster breaks already."""
        return {_key(one) for one in self._violations(self.schedule, (*IN_THE_COHORT, *BEYOND))}

    def _violations(self, schedule: Schedule, rules: Iterable[str]) -> Iterator[Violation]:
        for rule in rules:
            if self.policy.mode(rule) != "off":
                yield from (one for one in CHECKS[rule](schedule, self.policy) if isinstance(one, Violation))


def _with(roster: Roster, placement: Placement) -> Roster:
    return roster.model_copy(update={"placements": (*roster.placements, placement)})


def _key(violation: Violation) -> tuple[str, str, str]:
    return violation.rule, violation.who, violation.when
