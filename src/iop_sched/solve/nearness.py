"""How near a roster is to the one before: what it disturbs, beside what the specification says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from iop_sched.compare.disruption import POINTS, disruption
from iop_sched.cpsat.disruption import NAME
from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Evaluation, TierFigure
from iop_sched.rules.tiers import empty_roster
from iop_sched.solve.incumbent import Incumbent
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id


@dataclass(frozen=True)
class Disturbing(Evaluation):
    """An evaluation that knows what the roster disturbs, in points."""

    changes: TierFigure

    def figure(self, name: str) -> TierFigure:
        """The figure of a tier, of ``weighted``, or of the changes."""
        return self.changes if name == NAME else super().figure(name)


@dataclass(frozen=True)
class Nearness:
    """Measures rosters of a week against the one before it; ``newcomers`` are to have a place as well."""

    week: ProgramWeek
    before: Roster
    newcomers: Sequence[Id]

    def of(self, roster: Roster, found: Evaluation) -> Disturbing:
        """What the specification found, with what the roster disturbs."""
        changes = TierFigure(self._points(roster), self._scale)
        return Disturbing(found.violations, found.terms, found.tiers, found.weighted, changes)

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
    """Keeps the roster that disturbs least, and of those the one with the best tiers."""

    nearness: Nearness = field(kw_only=True)

    def measured(self, roster: Roster) -> Disturbing:
        """The roster by the specification, and what it disturbs."""
        return self.nearness.of(roster, super().measured(roster))

    def rank(self, evaluation: Evaluation) -> tuple[int, ...]:
        """What is compared: the changes, then the tiers in order, or the weighted sum."""
        return (evaluation.figure(NAME).value, *super().rank(evaluation))
