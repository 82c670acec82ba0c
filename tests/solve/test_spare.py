"""CP-SAT's local searches write to address 0 where all meetings of a supply are fixed (OR-Tools 9.15)."""

from __future__ import annotations

import subprocess
import sys

import pytest
from ortools.sat.python import cp_model

from iop_sched.cpsat.build import build
from iop_sched.generate.build import generate
from iop_sched.generate.settings import Settings
from iop_sched.solve import state as states
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.solve.search import Run
from iop_sched.solve.spare import add_spare
from iop_sched.week.policy import Policy

ALL_MEETINGS_FIXED = """
import sys

from ortools.sat.python import cp_model
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.parameters import Budget, configure
from iop_sched.solve.settings import SolverSettings
from iop_sched.solve.spare import add_spare

model, solver = cp_model.CpModel(), cp_model.CpSolver()
meetings = [model.new_fixed_size_interval_var(hour, 2, "") for hour in (8, 10)]
supply = model.add_cumulative(meetings, [1, 1], 2)
# enough beside them for the local search to begin before the proof
sizes = [7 * number % 31 + 5 for number in range(24)]
taken = [[model.new_bool_var("") for _ in range(3)] for _ in sizes]
for bins in taken:
    model.add_exactly_one(bins)
most = model.new_int_var(0, sum(sizes), "most")
for bin_ in range(3):
    model.add(sum(size * one[bin_] for size, one in zip(sizes, taken)) <= most)
model.minimize(100 * most + sum(one[0] for one in taken))
# presolve would drop the supply here; in a week it may have no round left for it
settings = SolverSettings(cpsat={"cp_model_presolve": False})
configure(solver, SolveOptions(workers=2, settings=settings), Budget(60.0, False))
if "spare" in sys.argv:
    add_spare(model, [supply.index])
    solver.parameters.use_feasibility_jump = True
    solver.parameters.num_violation_ls = 1
print(solver.status_name(solver.solve(model)))
"""


@pytest.mark.parametrize("how", ["usual", "spare"])
def test_meetings_that_are_all_fixed_do_not_end_the_process(how: str) -> None:
    """Both are off, or have an interval that is not fixed: either is enough."""
    command = [sys.executable, "-c", ALL_MEETINGS_FIXED, how]
    for _ in range(3):
        ended = subprocess.run(command, capture_output=True, text=True)
        assert (ended.returncode, ended.stdout.strip()) == (0, "OPTIMAL")


def test_the_feasibility_jump_never_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    week = generate(Settings(clients=24, seed=1)).week
    jumps: list[bool] = []

    def watched(cp: cp_model.CpModel, solver: cp_model.CpSolver, every: bool = False) -> Run:
        jumps.append(solver.parameters.use_feasibility_jump)
        assert solver.parameters.num_violation_ls == 0
        supplies = [one.cumulative for one in cp.proto.constraints if one.has_cumulative()]
        starts = [cp.proto.constraints[list(one.intervals)[-1]].interval.start.vars for one in supplies]
        names = [cp.proto.variables[start[0]].name for start in starts if len(start) == 1]
        assert supplies
        assert [name == "spare" for name in names] == [jumps[-1]] * len(supplies)
        return Run(cp, solver, every)

    monkeypatch.setattr(states, "Run", watched)
    outcome = solve(week, Policy(), SolveOptions(time_limit=60, objective="weighted", strategy="staged"))
    assert outcome.status == "proven"
    assert jumps[0]
    assert not jumps[-1]


def test_the_spare_interval_changes_no_roster() -> None:
    """It has two places, both empty: a full supply stays full, and is not fuller."""
    for count, status in ((2, "OPTIMAL"), (1, "INFEASIBLE")):
        model, solver = cp_model.CpModel(), cp_model.CpSolver()
        meetings = [model.new_fixed_size_interval_var(0, 1440, "") for _ in range(2)]
        supply = model.add_cumulative(meetings, [1, 1], count)
        add_spare(model, [supply.index])
        assert solver.status_name(solver.solve(model)) == status


def test_the_model_of_record_has_none() -> None:
    model, _ = build(generate(Settings(clients=24, seed=1)).week, Policy())
    assert "spare" not in {one.name for one in model.cp.proto.variables}


def test_a_supply_of_nothing_leaves_no_room_to_ask_for() -> None:
    """A section of a site may have none of its offices: a spare interval would make it impossible."""
    week = generate(Settings(clients=24, seed=1)).week
    none = tuple(one.model_copy(update={"count": 0}) for one in week.supplies)
    model, _ = build(week.model_copy(update={"supplies": none}), Policy())
    assert not any(one.has_cumulative() for one in model.cp.proto.constraints)
    with_some, _ = build(week, Policy())
    assert any(one.has_cumulative() for one in with_some.cp.proto.constraints)
