"""The best verified roster so far."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from iop_sched.cpsat import extract
from iop_sched.cpsat.model import Model
from iop_sched.rules import Specification
from iop_sched.rules.findings import Evaluation, Violation
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.search import Values
from iop_sched.week.roster import Roster

REMEMBERED = 3
"""How many of the rosters verified last are known again."""


class DefectError(Exception):
    """The solver's roster broke the specification, or the solver contradicted itself."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(f"{len(violations)} violations")
        self.violations = violations


@dataclass
class Incumbent:
    """Checks each roster against the specification and keeps the best one."""

    specification: Specification
    model: Model
    options: SolveOptions
    clock: Callable[[], float]
    roster: Roster | None = None
    evaluation: Evaluation | None = None
    values: Values | None = None
    found: int = 0
    first_seconds: float | None = None
    on_roster: Callable[[Roster, Evaluation], None] | None = field(default=None)
    _latest: tuple[Values, Evaluation] | None = field(default=None, init=False, repr=False)
    _verified: deque[tuple[Roster, Evaluation]] = field(
        default_factory=lambda: deque(maxlen=REMEMBERED), init=False, repr=False
    )

    def offer(self, values: Values) -> Evaluation:
        """Verify a solution, and keep its roster if it is the best. Raises ``DefectError``.

        A run hands its last solution on once more when it ends: that one has been verified. So has the
        roster that a run began with, which it comes back with when it finds nothing better.
        """
        if self._latest is not None and self._latest[0] == values:
            return self._latest[1]
        roster = extract.roster(self.model, lambda literal: values[literal.index])
        evaluation = self._known(roster)
        if evaluation is None:
            evaluation = self.measured(roster)
            self._verified.append((roster, evaluation))
        if not evaluation.holds:
            raise DefectError(evaluation.violations)
        self.take(roster, evaluation, values)
        self._latest = (values, evaluation)
        return evaluation

    def _known(self, roster: Roster) -> Evaluation | None:
        if roster == self.roster:
            return self.evaluation
        return next((evaluation for one, evaluation in self._verified if one == roster), None)

    def take(self, roster: Roster, evaluation: Evaluation, values: Values | None = None) -> None:
        """Keep a roster that holds, if it is the best; ``values``: the solution that it was read off."""
        self.found += 1
        if self.first_seconds is None:
            self.first_seconds = self.clock()
        if self.evaluation is None or self.rank(evaluation) <= self.rank(self.evaluation):
            self.roster, self.evaluation, self.values = roster, evaluation, values
            if self.on_roster:
                self.on_roster(roster, evaluation)

    def measured(self, roster: Roster) -> Evaluation:
        """The roster by the specification."""
        return self.specification.evaluate(roster)

    def rank(self, evaluation: Evaluation) -> tuple[int, ...]:
        """What is compared: the tiers in order, or the weighted sum."""
        if self.options.objective == "weighted":
            return (evaluation.weighted.value,)
        return tuple(evaluation.tiers[name].value for name in self.specification.policy.tiers)

    def value(self, name: str) -> int | None:
        """Value of a tier, or of the weighted sum, in the best roster."""
        return self.evaluation.figure(name).value if self.evaluation else None

    def scale(self, name: str) -> int:
        """What is at stake in a tier, or in the weighted sum; 1 before the first roster."""
        return self.evaluation.figure(name).scale if self.evaluation else 1
