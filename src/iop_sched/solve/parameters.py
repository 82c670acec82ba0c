"""Solver parameters, and the record of them that goes with a roster."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from ortools.sat.python import cp_model

from iop_sched.fanout.fleet import cores
from iop_sched.solve import cpsat_parameters
from iop_sched.solve.outcome import SolveOptions


@dataclass(frozen=True)
class Budget:
    """How long one solve may take, in seconds or, when deterministic, in deterministic seconds."""

    amount: float
    deterministic: bool


def configure(solver: cp_model.CpSolver, options: SolveOptions, budget: Budget) -> None:
    """Set the parameters of one solve: the settings first, so that what the program owns stays its own."""
    cpsat_parameters.apply(solver, options.settings.cpsat)
    parameters = solver.parameters
    parameters.random_seed = options.seed
    parameters.num_workers = workers(options)
    # the solve runs in a thread: with the default, Ctrl-C would abort the whole process
    parameters.catch_sigint_signal = False
    if budget.deterministic:
        parameters.max_deterministic_time = budget.amount
    else:
        parameters.max_time_in_seconds = budget.amount


Hurry = Literal["no", "on", "first", "proof"]
"""Whether a run spends little on getting ready; whether it ends with its first roster, or seeks a proof."""

PROVERS = ("max_lp", "core")
"""CP-SAT's workers of a proof: one by linear programming, one that builds on what cannot hold together.

On two cores these two prove small weeks and what stays close to a roster sooner than eight of all kinds, and
find better rosters as well (``models/formulation.md``); a third one cost more than it brought. Where there
are more cores, CP-SAT adds workers of its choice.
"""


def hurry(solver: cp_model.CpSolver, what: Hurry) -> None:
    """Spend little on getting ready: with 96 clients presolve and probing take longer than a first roster."""
    if what == "no":
        return
    most = max(2, cores()) if what == "proof" else 2
    solver.parameters.num_workers = min(most, solver.parameters.num_workers)
    if what == "proof" and solver.parameters.num_workers > 1:
        solver.parameters.subsolvers.extend(PROVERS)
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.stop_after_first_solution = what == "first"


def workers(options: SolveOptions) -> int:
    """Workers used: one when deterministic; two interleaved ones once gave another roster (OR-Tools 9.15)."""
    return 1 if options.deterministic else options.workers


def record(options: SolveOptions) -> dict[str, str | int | float | bool]:
    """What a roster file says about the run: nothing that depends on the clock."""
    return {
        "objective": options.objective,
        "strategy": options.strategy,
        "time_limit": options.time_limit,
        "workers": workers(options),
        "seed": options.seed,
        "deterministic": options.deterministic,
        **options.settings.record(),
    }


def version() -> str:
    """Version of OR-Tools."""
    return metadata.version("ortools")
