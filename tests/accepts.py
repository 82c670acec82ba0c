"""Whether the model accepts a roster: fixed to the roster's decisions, it is feasible."""

from __future__ import annotations

from ortools.sat.python import cp_model

from iop_sched.cpsat.assign import fix
from iop_sched.cpsat.build import build
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


def accepts(week: ProgramWeek, policy: Policy, roster: Roster) -> bool:
    """Solve the model with every decision fixed."""
    model, _ = build(week, policy)
    fix(model, roster)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return bool(status == cp_model.OPTIMAL)
