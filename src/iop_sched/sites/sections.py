"""Sections of a large site: cohorts, clinicians and rooms that can do without the others'.

A site too large for one model is cut into sections that are solved like sites of their own. A good cut leaves
clients with their therapists and cohorts with their leaders, and gives each section its fair share of
everybody whom its clients need (``section_costs``), and whom and what its meetings need to be held
(``section_meetings``); ``section_together`` says what no cut may tear.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from iop_sched.cpsat.model import Literal, Model
from iop_sched.sites.section_costs import add_costs
from iop_sched.sites.section_cut import Cut, Offering, Thing
from iop_sched.sites.section_meetings import SectionMeetings, meetings_model
from iop_sched.sites.section_together import keep_together
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

SECONDS_A_COHORT = 0.4
"""Time for each of the searches for a cut, half of it for the first, for each cohort of the site."""

ROUGH_SHARE = 0.1
"""Part of the time limit that the first of them may take.

What is saved there is lost later: people torn apart cost the sections the time for their first rosters.
"""

GOOD_ENOUGH = 0.1
"""Part of the cost of a cut by which it may be above its bound."""

NOT_HELD = 500
"""Cost of a meeting that cannot be held with the staff and rooms of its section."""


@dataclass(frozen=True)
class Sections:
    """The section, counted from 0, of all that a site has; what part of its meetings cannot be held."""

    count: int
    missing: float
    cohorts: Mapping[Id, int]
    clinicians: Mapping[Id, int]
    rooms: Mapping[Id, int]
    teams: Mapping[Id, int]
    offerings: Mapping[Offering, int]


def sections(
    week: ProgramWeek,
    policy: Policy,
    site: Id,
    count: int,
    workers: int = 8,
    seed: int = 1,
    limit: float = math.inf,
) -> Sections | None:
    """A cut of a site whose clinicians work nowhere else; none when care teams or pins do not allow one.

    ``limit``: seconds that there are for the cut and all that comes after it.

    Who goes with whom is found first. Then people and rooms change until the meetings can be held, and if
    that is not enough, everything may: from nothing, the search for all at once ends in sections of very
    different size.
    """
    seconds = SECONDS_A_COHORT * sum(cohort.site == site for cohort in week.cohorts)
    rough = _Search(week, policy, site, count, cp_model.CpModel())
    solver = rough.solve(min(seconds / 2, limit * ROUGH_SHARE), workers, seed)
    if solver is None:
        return None
    first = rough.sections(solver)
    meetings = meetings_model(week, policy, site)
    search = _Search(week, policy, site, count, meetings.cp)
    held = search.hold(meetings)
    search.begin_with(first)
    found = search.solve(seconds, workers, seed, search.kept(first))
    if found is None or not all(map(found.value, held)):
        found = search.solve(seconds, workers, seed) or found
    if found is None:
        return replace(first, missing=1.0)
    return replace(search.sections(found), missing=1 - sum(map(found.value, held)) / max(1, len(held)))


class _Search:
    """Searches for cuts of one model."""

    def __init__(self, week: ProgramWeek, policy: Policy, site: Id, count: int, cp: cp_model.CpModel) -> None:
        self.cut, self.cp = Cut(week, policy, site, count, cp), cp
        keep_together(self.cut)
        add_costs(self.cut)

    def hold(self, meetings: Model) -> list[Literal]:
        """A cost for each meeting that staff and rooms of its section cannot hold; whether each is held."""
        cut = self.cut
        tied = SectionMeetings(meetings, cut.facts, cut.cohorts, cut.clinicians, cut.rooms)
        held = tied.post(cut.teams)
        cut.costs += tied.costs
        cut.costs += [NOT_HELD * (1 - one) for one in held]
        return held

    def begin_with(self, found: Sections) -> None:
        """Look for a cut from one that is known."""
        self._hint(self.cut.cohorts, found.cohorts)
        self._hint(self.cut.clinicians, found.clinicians)
        self._hint(self.cut.rooms, found.rooms)
        self._hint(self.cut.teams, found.teams)
        self._hint(self.cut.offerings, found.offerings)

    def _hint(self, things: Mapping[Thing, list[Literal]], section: Mapping[Thing, int]) -> None:
        for thing, literals in things.items():
            for number, literal in enumerate(literals):
                self.cp.add_hint(literal, number == section[thing])

    def kept(self, found: Sections) -> list[Literal]:
        """What holds as long as cohorts and care teams stay where they are in a cut."""
        cohorts = (literals[found.cohorts[cohort]] for cohort, literals in self.cut.cohorts.items())
        teams = (literals[found.teams[team]] for team, literals in self.cut.teams.items())
        return [*cohorts, *teams]

    def solve(
        self, seconds: float, workers: int, seed: int, fixed: Iterable[Literal] = ()
    ) -> cp_model.CpSolver | None:
        """The best cut found in time with some literals fixed at 1; the next search begins with it."""
        self.cp.minimize(sum(self.cut.costs))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.relative_gap_limit = GOOD_ENOUGH
        solver.parameters.catch_sigint_signal = False
        cp = self.cp.clone()
        for literal in fixed:
            cp.add(cp.get_int_var_from_proto_index(literal.index) == 1)
        if solver.status_name(solver.solve(cp)) not in ("OPTIMAL", "FEASIBLE"):
            return None
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # untyped upstream
        for index, value in enumerate(solver.response_proto.solution):
            self.cp.add_hint(self.cp.get_int_var_from_proto_index(index), value)
        return solver

    def sections(self, solver: cp_model.CpSolver) -> Sections:
        """What the solver chose."""

        def chosen(things: dict[Thing, list[Literal]]) -> dict[Thing, int]:
            return {
                thing: next(number for number, literal in enumerate(literals) if solver.value(literal))
                for thing, literals in things.items()
            }

        return Sections(
            self.cut.count,
            0.0,
            chosen(self.cut.cohorts),
            chosen(self.cut.clinicians),
            chosen(self.cut.rooms),
            chosen(self.cut.teams),
            chosen(self.cut.offerings),
        )
