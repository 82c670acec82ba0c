"""CP-SAT out of the box: the full model's weighted sum, no hints, the solver's own parameters."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from iop_sched.bench.contender import Event, Finished, OnEvent, Status
from iop_sched.bench.peers.full_model import FullModel, full_model
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
        full = full_model(week, policy)
        full.model.cp.minimize(full.objective)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = options.workers
        solver.parameters.random_seed = options.seed
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_time_in_seconds = max(0.01, options.time_limit - full.seconds)
        on_event(Event(phase="solve"))
        found = run(
            full.model.cp,
            solver,
            on_solution=lambda values: on_event(Event(roster=_roster(full, values))),
            on_tick=lambda bound: on_event(Event(bounds={} if bound is None else {"weighted": bound})),
        )
        return _finished(full, found)


def _finished(full: FullModel, found: Found) -> Finished:
    if found.status not in STATUS:
        return Finished(None, None, "failed", f"the solver's status is {found.status}")
    roster = _roster(full, found.values) if found.values is not None else None
    return Finished(roster, found.bound, STATUS[found.status])


def _roster(full: FullModel, values: Values) -> Roster:
    return full.roster(lambda index: values[index])


CPSAT_DEFAULT = CpsatDefault()
