"""What an objective comes to when every decision is held at what a roster says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ortools.sat.python import cp_model

from iop_sched.cpsat.assign import fix
from iop_sched.cpsat.model import Model
from iop_sched.cpsat.tiers import Objective
from iop_sched.week.roster import Roster


def least(model: Model, after: Roster, objective: Callable[[Model], Objective]) -> int:
    """The least value of the objective that ``objective`` adds to a copy of the model, ``after`` held."""
    held = replace(model, cp=model.cp.clone())
    found = objective(held)
    fix(held, after)
    held.cp.minimize(found.expr)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.status_name(solver.solve(held.cp)) == "OPTIMAL"
    value = round(solver.objective_value)
    assert value <= found.upper
    return value
