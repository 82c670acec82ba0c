"""The ten stories tried: a program's roster, the changed week, and its roster that stays closest to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from iop_sched.compare.comparison import Comparison, compare
from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Changed
from iop_sched.solve.close import Closest, solve_close
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.places import Window
from iop_sched.week.roster import Meeting, Roster
from iop_sched.week.times import Day
from mutations.case import STANDARD, Case, cases
from mutations.tally import Tally
from scenario.readme import scenario, tries

CASES = {case.name: case for case in cases()}
OPTIONS = SolveOptions(time_limit=4, workers=1, seed=1, deterministic=True)

ADDING = {"fuller-groups"}
"""Stories that force nothing: they are told for what there is room for."""


@dataclass(frozen=True)
class Tried:
    """A program's roster BEFORE a story, and the one AFTER."""

    case: Case
    changed: Changed
    closest: Closest

    @property
    def after(self) -> Roster:
        """The roster of the changed week."""
        assert self.closest.outcome.roster is not None, self.closest.outcome
        return self.closest.outcome.roster

    @cached_property
    def was(self) -> Tally:
        """Figures of the week and roster from before."""
        return Tally(self.case.week, self.case.roster)

    @cached_property
    def now(self) -> Tally:
        """Figures of the changed week and its roster."""
        return Tally(self.changed.week, self.after)

    @cached_property
    def comparison(self) -> Comparison:
        """Before and after, side by side."""
        return compare(self.case.week, STANDARD, self.case.roster, self.after, self.changed.week)

    @cached_property
    def newcomers(self) -> set[str]:
        """Clients whom the story brings."""
        return {one.id for one in self.changed.week.treated} - self.was.clients.keys()

    @property
    def waiting(self) -> set[str]:
        """Clients without a place afterwards."""
        return {one.id for one in self.changed.week.treated} - self.now.placements.keys()

    @property
    def moved(self) -> set[str]:
        """Clients who had a place and have none, or another one, or other days of it."""
        return {one.client for one in self.comparison.difference.clients if one.before is not None}

    def busy(self, clinician: str, window: Window) -> bool:
        """Whether a clinician works at any of these hours."""
        return any(
            work.day in window.days
            and work.interval[0] < window.interval[1]
            and window.interval[0] < work.interval[1]
            for work in self.now.works(clinician)
        )

    def lost_meetings(self) -> list[Meeting]:
        """Meetings held before, and due and not held now."""
        return [
            one.after
            for one in self.comparison.difference.meetings
            if one.after is not None and "not-held" in one.what
        ]


def takes_place(tally: Tally, day: Day) -> bool:
    """Whether there is anything on a day: a meeting held, a session, a care team's meeting."""
    things = (*tally.held, *tally.roster.sessions, *tally.roster.team_meeting)
    return any(one.day == day for one in things)


@cache
def tried(story: str, program: str) -> Tried:
    """A story tried on a program, from the roster that is kept for it."""
    case = CASES[program]
    changed = apply(case.week, STANDARD, [scenario(tries(story)[program])])
    known = {one.id for one in case.week.clients}
    newcomers = [one.id for one in changed.week.clients if one.id not in known]
    closest = solve_close(
        changed.week,
        changed.policy,
        case.roster,
        newcomers,
        OPTIONS,
        base=case.week,
        additions=story in ADDING,
    )
    return Tried(case, changed, closest)
