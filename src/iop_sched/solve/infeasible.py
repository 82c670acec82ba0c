"""When the solver says infeasible: a second opinion, and which rules and pins cannot hold together."""

from __future__ import annotations

from typing import Literal

from ortools.sat.python import cp_model

from iop_sched.cpsat.build import build
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.search import run
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek

Verdict = Literal["infeasible", "feasible", "unknown"]
CONFIRM_SECONDS = 60.0
SHRINK_SECONDS = 20.0


def confirmed(week: ProgramWeek, policy: Policy, options: SolveOptions) -> Verdict:
    """A second solve, without objective and without presolve: wrong statuses are on record."""
    return possible(week, policy, options, frozenset(), CONFIRM_SECONDS, presolve=False)


def conflict(week: ProgramWeek, policy: Policy, options: SolveOptions) -> tuple[str, ...]:
    """A minimal set of rules and pins (``pin:ID``) that cannot hold together.

    Found by deletion: whatever can go while the rest stays impossible, goes. A step that takes too long
    keeps its rule, so that the set is always a real conflict.
    """
    parts = [rule for rule in RULES if rule != "pins" and policy.mode(rule) != "off"]
    parts += [f"pin:{pin.id}" for pin in week.pins]
    gone: frozenset[str] = frozenset()
    for part in parts:
        without = gone | {part}
        if possible(week, policy, options, without, SHRINK_SECONDS) == "infeasible":
            gone = without
    return tuple(part for part in parts if part not in gone)


def possible(
    week: ProgramWeek,
    policy: Policy,
    options: SolveOptions,
    without: frozenset[str],
    seconds: float,
    presolve: bool = True,
) -> Verdict:
    """Whether the model without some rules and pins has any solution, by one worker and without objective.

    ``seconds`` are deterministic ones where the options say so. Raises ``KeyboardInterrupt``.
    """
    model, _ = build(week, policy, without)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = options.seed
    solver.parameters.catch_sigint_signal = False
    solver.parameters.cp_model_presolve = presolve
    if options.deterministic:
        solver.parameters.max_deterministic_time = seconds
    else:
        solver.parameters.max_time_in_seconds = seconds
    found = run(model.cp, solver, on_solution=lambda _: None, on_tick=lambda _: None)
    if found.interrupted:
        raise KeyboardInterrupt
    if found.status == "INFEASIBLE":
        return "infeasible"
    return "feasible" if found.status in ("OPTIMAL", "FEASIBLE") else "unknown"
