"""The best roster of a week that is put together from its parts, verified as a whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from iop_sched.rules import Specification
from iop_sched.rules.findings import Evaluation
from iop_sched.sites.merge import merge
from iop_sched.solve.incumbent import DefectError
from iop_sched.solve.outcome import Progress, SolveOptions
from iop_sched.solve.state import OnProgress, OnRoster
from iop_sched.week.roster import Roster

MERGE_SHARE = 0.1
"""Part of the time that checking whole rosters may take: a thousand clients take a second."""


@dataclass
class Whole:
    """A whole week under way."""

    specification: Specification
    options: SolveOptions
    started: float
    on_progress: OnProgress | None
    on_roster: OnRoster | None
    roster: Roster | None = None
    evaluation: Evaluation | None = None
    first_seconds: float | None = None
    rejoin: Callable[[Roster], Roster] = lambda roster: roster
    bounds: dict[str, int] = field(default_factory=dict)
    found: int = 0
    _merged: list[Roster] = field(default_factory=list)
    _rest_until: float = 0.0

    def left(self) -> float:
        """Seconds left."""
        return self.options.time_limit - (time.monotonic() - self.started)

    def merge(self, rosters: Sequence[Roster | None], at_once: bool = False) -> None:
        """Take the parts' rosters as one, if every part has one; not too often, unless it is ``at_once``.

        Raises ``DefectError`` when the whole breaks a rule that the parts keep.
        """
        whole = [roster for roster in rosters if roster is not None]
        same = len(whole) == len(self._merged) and all(map(lambda a, b: a is b, whole, self._merged))
        began = time.monotonic()
        if len(whole) < len(rosters) or same or (began < self._rest_until and not at_once):
            return
        roster = self.rejoin(merge(self.specification.week, whole))
        evaluation = self.specification.evaluate(roster)
        if not evaluation.holds:
            raise DefectError(evaluation.violations)
        self._merged = whole
        self._rest_until = time.monotonic() + max(1.0, (time.monotonic() - began) / MERGE_SHARE)
        self.found += 1
        if self.first_seconds is None:
            self.first_seconds = time.monotonic() - self.started
        if self.evaluation is None or self._rank(evaluation) <= self._rank(self.evaluation):
            self.roster, self.evaluation = roster, evaluation
            if self.on_roster:
                self.on_roster(roster, evaluation)

    def _rank(self, evaluation: Evaluation) -> tuple[int, ...]:
        if self.options.objective == "weighted":
            return (evaluation.weighted.value,)
        return tuple(evaluation.tiers[name].value for name in self.specification.policy.tiers)

    def tell(self) -> None:
        """Report progress on the first tier that is open."""
        if self.on_progress is None:
            return
        name = "weighted" if self.options.objective == "weighted" else self._open_tier()
        figure = self.evaluation.figure(name) if self.evaluation else None
        seconds = time.monotonic() - self.started
        value, scale = (figure.value, figure.scale) if figure else (None, 1)
        self.on_progress(Progress(name, value, self.bounds.get(name, 0), scale, seconds, self.found))

    def _open_tier(self) -> str:
        for name in self.specification.policy.tiers:
            if self.evaluation is None or self.evaluation.figure(name).value > self.bounds.get(name, 0):
                return name
        return self.specification.policy.tiers[-1]
