"""A small study of one week: which settings are best for it, found on some seeds and confirmed on others.

Half of the budget selects: all candidates on one seed, the better half of them on the next, and so on. The
other half confirms: the best one against the usual settings, on seeds that had no say in the choice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from iop_sched.bench.comparing import better_run
from iop_sched.bench.job import Job
from iop_sched.bench.plan import Instance, make_job
from iop_sched.bench.row import Row
from iop_sched.bench.rows import RowFile
from iop_sched.bench.study import USUAL
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.settings import SolverSettings
from iop_sched.week.policy import Policy

LEAST_CONFIRMING = 4
"""Seeds without which four wins of four would not be sure at 95 %."""
MOST_CONFIRMING = 12
ROUNDS = 3
FIRST_CONFIRMING_SEED = 101
OVERHEAD_SECONDS = 2.0

CANDIDATES: dict[str, dict[str, object]] = {
    "stronger relaxation": {"linearization_level": 2},
    "no relaxation": {"linearization_level": 0},
    "symmetry found but not used": {"symmetry_level": 1},
    "symmetry used fully": {"symmetry_level": 4},
    "no probing": {"cp_model_probing_level": 0},
    "bounds first": {"extra_subsolvers": ["objective_lb_search", "objective_shaving"]},
    "quick restarts": {"search_branching": "PORTFOLIO_WITH_QUICK_RESTART_SEARCH"},
}
"""Settings that were best somewhere, by what they do."""


@dataclass(frozen=True)
class Asked:
    """The week that is tuned for, and how it is solved."""

    week: Instance
    policy_name: str
    policy: Policy
    options: SolveOptions

    def job(self, settings_name: str, seed: int) -> Job:
        """One run of the product with a candidate's settings."""
        return make_job(
            "tune",
            self.week,
            (self.policy_name, self.policy),
            "auto",
            (settings_name, candidate(settings_name)),
            objective=self.options.objective,
            workers=self.options.workers,
            seed=seed,
            time_limit=self.options.time_limit,
            deterministic=False,
        )


def candidate(name: str) -> SolverSettings:
    """A candidate's settings, or the usual ones."""
    return SolverSettings() if name == USUAL else SolverSettings(cpsat=dict(CANDIDATES[name]))


@dataclass
class Tuning:
    """A study under way: ``choice`` is the best candidate, ``pairs`` its runs beside the usual ones."""

    asked: Asked
    rows: RowFile
    budget: float
    on_row: Callable[[Row], None]
    perform: Callable[[Job], Row]
    clock: Callable[[], float] = time.monotonic
    choice: str = USUAL
    pairs: list[tuple[Row, Row]] = field(default_factory=list)
    selecting_seeds: int = 0

    def __post_init__(self) -> None:
        self._known = {row.key: row for row in self.rows.rows if row.status != "lost"}
        self._began = self.clock()

    def run(self) -> None:
        """Select, then confirm; every row is kept as it comes."""
        self.choice = self._select()
        for seed in range(FIRST_CONFIRMING_SEED, FIRST_CONFIRMING_SEED + MOST_CONFIRMING):
            enough = len(self.pairs) >= LEAST_CONFIRMING
            if enough and self._left() < 2 * self._longest():
                return
            # by turns, so that a machine that slows down slows both
            names = [self.choice, USUAL] if seed % 2 else [USUAL, self.choice]
            found = {name: self._row(name, seed) for name in names}
            self.pairs.append((found[self.choice], found[USUAL]))

    def _select(self) -> str:
        """The best candidate: each seed's wins over the others are added up, and the better half goes on."""
        standing = list(CANDIDATES)
        points = dict.fromkeys(standing, 0)
        for seed in range(1, ROUNDS + 1):
            if seed > 1 and self._left() < self.budget / 2:
                break
            found: dict[str, Row] = {}
            for name in standing:
                if seed > 1 or len(found) < 2 or self._left() > self.budget / 2:
                    found[name] = self._row(name, seed)
            for name, row in found.items():
                points[name] += sum(better_run(row, other) for other in found.values())
            self.selecting_seeds = seed
            standing = sorted(found, key=lambda name: -points[name])
            standing = standing[: max(2, len(standing) // 2)]
        return standing[0]

    def _longest(self) -> float:
        return self.asked.options.time_limit + OVERHEAD_SECONDS

    def _left(self) -> float:
        return self.budget - (self.clock() - self._began)

    def _row(self, name: str, seed: int) -> Row:
        job = self.asked.job(name, seed)
        if job.key not in self._known:
            row = self.perform(job)
            self.rows.append(row)
            self._known[job.key] = row
            self.on_row(row)
        return self._known[job.key]


def least_budget(time_limit: float) -> float:
    """Seconds without which nothing could be said: two candidates, and the least of confirmation."""
    return (2 + 2 * LEAST_CONFIRMING) * (time_limit + OVERHEAD_SECONDS)
