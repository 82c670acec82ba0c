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
    # both local searches write to address 0 where all meetings of a supply are fixed (see ``spare``)
    parameters.use_feasibility_jump = False
    parameters.num_violation_ls = 0
    if budget.deterministic:
        parameters.max_deterministic_time = budget.amount
    else:
        parameters.max_time_in_seconds = budget.amount


Hurry = Literal["no", "on", "first", "proof", "refutation"]
"""Whether a run spends little on getting ready; whether it ends with its first roster, seeks a proof, or
seeks one where there may be no roster at all."""

PROVERS = ("max_lp", "core", "default_lp", "reduced_costs", "no_lp", "quick_restart", "pseudo_costs")
"""CP-SAT's searching workers of a proof, the most useful first.

CP-SAT keeps one of its threads for neighbourhoods of the best roster and takes as many of these as there are
others: of two workers ``max_lp`` alone searches. So it proves small weeks, and what stays close to a roster,
sooner on two cores than eight of all kinds; a second one beside it cost more than it brought
(``models/formulation.md``). The order after the first has not been measured: it is for more cores.
"""


def hurry(solver: cp_model.CpSolver, what: Hurry) -> None:
    """Spend little on getting ready: with 96 clients presolve and probing take longer than a first roster.

    With 96 clients the feasibility jump has a first roster in seconds; without it there is none in a minute.
    The model must have its spare intervals then.
    """
    if what == "no":
        return
    if what == "first":
        solver.parameters.use_feasibility_jump = True
        # the worker beside it: clauses help the jump sooner than bounds do
        solver.parameters.linearization_level = 0
    proves = what in ("proof", "refutation")
    most = max(2, cores()) if proves else 2
    solver.parameters.num_workers = min(most, solver.parameters.num_workers)
    if what == "refutation":
        # without neighbourhoods there is one searching worker more
        solver.parameters.use_lns = False
        solver.parameters.use_rins_lns = False
        solver.parameters.use_feasibility_pump = False
    if proves and solver.parameters.num_workers > 1:
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
