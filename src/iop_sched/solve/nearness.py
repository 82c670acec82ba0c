"""How near a roster is to the one before: what it disturbs and what it adds, beside the specification."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from iop_sched.compare.disruption import POINTS, disruption
from iop_sched.cpsat.disruption import NAME
from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Evaluation, TierFigure
from iop_sched.rules.tiers import empty_roster
from iop_sched.solve import gains
from iop_sched.solve.incumbent import Incumbent
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id


@dataclass(frozen=True)
class Disturbing(Evaluation):
    """An evaluation that knows what the roster disturbs, in points, and what it adds unasked."""

    changes: TierFigure
    gains: TierFigure

    def figure(self, name: str) -> TierFigure:
        """The figure of a tier, of ``weighted``, of the changes, or of the gains."""
        more = {NAME: self.changes, gains.NAME: self.gains}
        return more[name] if name in more else super().figure(name)


@dataclass(frozen=True)
class Nearness:
    """Measures rosters of a week against the one before it; ``newcomers`` are to have a place as well.

    ``untouched`` clients are to have nothing more than before, if that disturbs nobody more.
    """

    week: ProgramWeek
    before: Roster
    newcomers: Sequence[Id]
    untouched: Collection[Id] = ()

    def of(self, roster: Roster, found: Evaluation) -> Disturbing:
        """What the specification found, with what the roster disturbs."""
        changes = TierFigure(self._points(roster), self._scale)
        more = TierFigure(gains.gained(self.before, roster, self.untouched), 1)
        return Disturbing(found.violations, found.terms, found.tiers, found.weighted, changes, more)

    def _points(self, roster: Roster) -> int:
        placed = {placement.client for placement in roster.placements}
        waiting = sum(client not in placed for client in self.newcomers)
        return disruption(self.before, roster, self.week).total + POINTS["place-lost"] * waiting

    @cached_property
    def _scale(self) -> int:
        """What a roster would disturb in which nobody has a place and nothing is held."""
        return max(1, self._points(empty_roster(Facts(self.week))))


@dataclass
class NearestRoster(Incumbent):
    """Keeps the roster that disturbs least; of those one with the fewest gains, then with the best tiers."""

    nearness: Nearness = field(kw_only=True)

    def measured(self, roster: Roster) -> Disturbing:
        """The roster by the specification, and what it disturbs."""
        return self.nearness.of(roster, super().measured(roster))

    def rank(self, evaluation: Evaluation) -> tuple[int, ...]:
        """What is compared: the changes, the gains, then the tiers in order, or the weighted sum."""
        first = (evaluation.figure(NAME).value, evaluation.figure(gains.NAME).value)
        return (*first, *super().rank(evaluation))
