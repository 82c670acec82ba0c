"""The cut of a site as a model: one literal a section for each cohort, clinician, room, team and offering."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

from ortools.sat.python import cp_model

from iop_sched.cpsat.facts import Facts
from iop_sched.cpsat.model import Expr, Literal
from iop_sched.week.care import StaffNeed
from iop_sched.week.people import Clinician
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

Offering = tuple[Id, Id]
"""Service and offering."""

Thing = TypeVar("Thing", bound=Hashable)


class Cut:
    """A site's things, each in one of ``count`` sections; ``costs`` is what a cut is minimised by.

    ``home`` is the cohort of each client who was here last week.
    """

    def __init__(self, week: ProgramWeek, policy: Policy, site: Id, count: int, cp: cp_model.CpModel) -> None:
        self.week, self.policy, self.site, self.count = week, policy, site, count
        self.facts, self.cp = Facts(week), cp
        self.costs: list[Expr] = []
        self.here = [cohort for cohort in week.cohorts if cohort.site == site]
        self.people = [person for person in week.clinicians if site in person.sites]
        self.cohorts = self._in_one(cohort.id for cohort in self.here)
        self.clinicians = self._in_one(person.id for person in self.people)
        self.rooms = self._in_one(room.id for room in week.rooms if room.site == site)
        self.teams = self._in_one(team.id for team in week.care_teams if team.site == site)
        self.offerings: dict[Offering, list[Literal]] = self._in_one(
            (service.id, offering.id)
            for service in week.services
            for offering in service.offerings
            if offering.site == site
        )
        self.home = {
            one.client: one.cohort
            for one in week.previous.placements
            if one.cohort in self.cohorts and one.client in self.facts.clients
        }

    def _in_one(self, things: Iterable[Thing]) -> dict[Thing, list[Literal]]:
        found = {}
        for thing in things:
            found[thing] = [self.cp.new_bool_var(f"{thing} {number}") for number in range(self.count)]
            self.cp.add_exactly_one(found[thing])
        return found

    def able(self, need: StaffNeed) -> list[Clinician]:
        """Who at the site may fill a need."""
        return [person for person in self.people if self.facts.qualified(person, need)]

    def same(self, one: list[Literal], other: list[Literal]) -> None:
        """Two things are in one section."""
        for a, b in zip(one, other, strict=True):
            self.cp.add(a == b)

    def apart(self, one: list[Literal], other: list[Literal], cost: int) -> None:
        """A cost for two things that are not in one section."""
        apart = self.cp.new_bool_var("")
        for a, b in zip(one, other, strict=True):
            self.cp.add(a <= b + apart)
        self.costs.append(cost * apart)

    def short(self, wanted: Expr, there: Expr, most: int, cost: int) -> None:
        """A cost for each unit, of at most ``most``, by which what is there falls short of what is wanted."""
        short = self.cp.new_int_var(0, max(0, most), "")
        self.cp.add(short >= wanted - there)
        self.costs.append(cost * short)
