"""The linear program of HiGHS and SCIP against the full model: same optimum, same rosters."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from iop_sched.bench.peers.exact import exact
from iop_sched.bench.peers.milp_model import written
from iop_sched.cpsat import tiers
from iop_sched.cpsat.assign import fix
from iop_sched.cpsat.build import build
from iop_sched.master.linear import Linear, Objective
from iop_sched.master.snapshot import snapshot
from iop_sched.master.translate import objective
from iop_sched.week.policy import Policy, load_policy
from iop_sched.week.roster import Roster
from strategies import TinyWeek, tiny_week
from tiny_weeks import TURNS

SEEDS = range(len(TURNS))
POLICIES = ("own", "peer-core", "standard")
NOTHING = Objective({}, 0)

tiny = cache(tiny_week)


def policy(week: TinyWeek, name: str) -> Policy:
    return week.policy if name == "own" else load_policy(name)


def highs(linear: Linear, aim: Objective) -> int | None:
    """The optimum; none when there is no point."""
    exactly = mathopt.SolveParameters(time_limit=timedelta(minutes=5), relative_gap_tolerance=0.0)
    result = mathopt.solve(written(linear, aim), mathopt.SolverType.HIGHS, params=exactly)
    reason = result.termination.reason
    if reason in (mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED):
        return None
    assert reason == mathopt.TerminationReason.OPTIMAL
    return round(result.objective_value())


def held(linear: Linear, values: list[int]) -> Linear:
    """The program with its first columns at these values."""
    return Linear(values + linear.lower[len(values) :], values + linear.upper[len(values) :], linear.rows)


class _Some(cp_model.CpSolverSolutionCallback):
    """Keeps every solution."""

    def __init__(self, cp: cp_model.CpModel) -> None:
        super().__init__()
        self.columns = [cp.get_int_var_from_proto_index(i) for i in range(len(cp.proto.variables))]
        self.found: list[list[int]] = []

    def on_solution_callback(self) -> None:
        self.found.append([self.value(column) for column in self.columns])


def cpsat(cp: cp_model.CpModel) -> tuple[int | None, list[list[int]]]:
    """The optimum by CP-SAT, and the solutions on the way to it."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    some = _Some(cp)
    status = solver.solve(cp, some)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return (round(solver.objective_value) if status == cp_model.OPTIMAL else None), some.found


def accepts(week: TinyWeek, roster: Roster) -> bool:
    """Whether the linear program has a point for the roster."""
    model, _ = build(week.week, week.policy)
    fix(model, roster)
    return highs(exact(snapshot(model.cp)), NOTHING) is not None


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("seed", SEEDS)
def test_it_has_the_optimum_and_the_solutions_of_the_full_model(seed: int, name: str) -> None:
    week = tiny(seed)
    model, costs = build(week.week, policy(week, name))
    aim = tiers.weighted(policy(week, name), costs).expr
    linear = exact(snapshot(model.cp))
    model.cp.minimize(aim)
    best, solutions = cpsat(model.cp)
    assert highs(linear, objective(aim)) == best
    if name == "own":
        assert best == week.tally.best_weighted
    for values in solutions[-3:]:
        assert highs(held(linear, values), NOTHING) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_it_accepts_and_refuses_the_rosters_that_the_specification_does(seed: int) -> None:
    week = tiny(seed)
    assert all(accepts(week, roster) for roster in week.tally.accepted[:3])
    for rosters in week.tally.rejected.values():
        assert not accepts(week, rosters[0])


def small(*starts: list[int]) -> tuple[cp_model.CpModel, list[Any], list[Any]]:
    """Optional intervals of two cells, with these domains of their starts."""
    cp = cp_model.CpModel()
    columns = [
        cp.new_int_var_from_domain(cp_model.Domain.from_values(cells), f"s{i}")
        for i, cells in enumerate(starts)
    ]
    literals = [cp.new_bool_var(f"l{i}") for i in range(len(starts))]
    intervals = [
        cp.new_optional_fixed_size_interval_var(start, 2, literal, f"i{number}")
        for number, (start, literal) in enumerate(zip(columns, literals, strict=True))
    ]
    return cp, intervals, [*columns, *literals]


def points(cp: cp_model.CpModel) -> set[tuple[int, ...]]:
    """All solutions by CP-SAT."""
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    some = _Some(cp)
    solver.solve(cp, some)
    return {tuple(values) for values in some.found}


def linear_points(cp: cp_model.CpModel, candidates: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """The candidates that extend to a point of the linear program."""
    linear = exact(snapshot(cp))
    return {values for values in candidates if highs(held(linear, list(values)), NOTHING) == 0}


def test_a_disjunction_excludes_just_what_overlaps() -> None:
    cp, intervals, _ = small([0, 1, 3], [1], [2, 3])
    everything = points(cp)
    cp.add_no_overlap(intervals)
    assert linear_points(cp, everything) == points(cp) < everything


def test_a_supply_of_two_excludes_just_three_at_once() -> None:
    cp, intervals, _ = small([0, 2], [1, 3], [1, 2])
    everything = points(cp)
    cp.add_cumulative(intervals, [1, 1, 1], 2)
    assert linear_points(cp, everything) == points(cp) < everything


def test_demands_count_as_many_times_as_they_say() -> None:
    cp, intervals, _ = small([0, 1], [1, 3], [2])
    everything = points(cp)
    cp.add_cumulative(intervals, [2, 1, 3], 3)
    assert linear_points(cp, everything) == points(cp) < everything


def test_a_literal_may_hold_a_start_in_several_ranges() -> None:
    cp, _, (start, literal) = small([0, 1, 2, 3, 4, 5])
    everything = points(cp)
    fits = cp_model.Domain.from_values([0, 1, 4])
    cp.add_linear_expression_in_domain(start, fits).only_enforce_if(~literal)
    assert linear_points(cp, everything) == points(cp) < everything


def test_a_maximum_is_one_of_its_expressions() -> None:
    cp = cp_model.CpModel()
    most, one = cp.new_int_var(0, 3, "most"), cp.new_int_var(0, 3, "one")
    everything = points(cp)
    cp.add_max_equality(most, [one - 2, 0])
    assert linear_points(cp, everything) == points(cp) == {(0, 0), (0, 1), (0, 2), (1, 3)}
