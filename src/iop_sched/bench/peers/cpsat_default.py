"""CP-SAT out of the box: the full model's weighted sum, no hints, the solver's own parameters."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ortools.sat.python import cp_model

from iop_sched.bench.contender import Event, Finished, OnEvent, Status
from iop_sched.cpsat import extract, tiers
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Model
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.search import Found, Values, run
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Roster

STATUS: dict[str, Status] = {
    "OPTIMAL": "proven",
    "FEASIBLE": "feasible",
    "INFEASIBLE": "infeasible",
    "UNKNOWN": "unknown",
}


@dataclass(frozen=True)
class CpsatDefault:
    """Set are workers, seed, limit and ``catch_sigint_signal``, as nobody could do without."""

    name: str = "cpsat-default"
    objectives: tuple[Objective, ...] = ("weighted",)
    takes_settings: bool = False
    repeats: bool = False

    def missing(self) -> str:
        """Nothing."""
        return ""

    def run(self, week: ProgramWeek, policy: Policy, options: SolveOptions, on_event: OnEvent) -> Finished:
        """Build, minimise once, extract."""
        began = time.monotonic()
        model, costs = build(week, policy)
        model.cp.minimize(tiers.weighted(policy, costs).expr)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = options.workers
        solver.parameters.random_seed = options.seed
        solver.parameters.catch_sigint_signal = False
        left = max(0.01, options.time_limit - (time.monotonic() - began))
        solver.parameters.max_time_in_seconds = left
        on_event(Event(phase="solve"))
        found = run(
            model.cp,
            solver,
            on_solution=lambda values: on_event(Event(roster=_roster(model, values))),
            on_tick=lambda bound: on_event(Event(bounds={} if bound is None else {"weighted": bound})),
        )
        return _finished(model, found)


def _finished(model: Model, found: Found) -> Finished:
    if found.status not in STATUS:
        return Finished(None, None, "failed", f"the solver's status is {found.status}")
    roster = _roster(model, found.values) if found.values is not None else None
    return Finished(roster, found.bound, STATUS[found.status])


def _roster(model: Model, values: Values) -> Roster:
    return extract.roster(model, lambda literal: values[literal.index])


CPSAT_DEFAULT = CpsatDefault()
