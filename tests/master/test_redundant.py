"""The master's rows about hours in CP-SAT's model: they leave every roster possible, at the same cost."""

from __future__ import annotations

import pytest

from iop_sched.cpsat import tiers
from iop_sched.cpsat.build import build
from iop_sched.master.redundant import Redundant, redundant
from iop_sched.master.snapshot import snapshot
from iop_sched.week.policy import Policy
from master.points import Point, holds, solved
from report.harbour import WEEK

POLICY = Policy()


def optimum(rows: Redundant | None) -> tuple[int, Point]:
    """The least weighted sum of Harbour House, with rows or without, and a solution that has it."""
    model, costs = build(WEEK, POLICY)
    cp = model.cp.clone() if rows is None else rows.added(model.cp)
    weighted = tiers.weighted(POLICY, costs).expr
    value = cp.new_int_var(0, 10**9, "weighted sum")
    cp.add(value == weighted)
    cp.minimize(value)
    point = solved(cp)
    assert point is not None
    return point[value.index], point[: value.index]


@pytest.fixture(scope="module")
def rows() -> Redundant:
    model, _ = build(WEEK, POLICY)
    return redundant(model, snapshot(model.cp))


def test_the_optimum_stays_what_it_was(rows: Redundant) -> None:
    assert optimum(rows)[0] == optimum(None)[0]


def test_the_model_has_the_rows(rows: Redundant) -> None:
    model, _ = build(WEEK, POLICY)
    before, after = model.cp.proto, rows.added(model.cp).proto
    assert len(after.variables) == len(rows.linear.lower) > len(before.variables)
    assert len(after.constraints) == len(before.constraints) + len(rows.linear.rows)


def test_a_solution_keeps_them_with_or_without_columns_of_their_own(rows: Redundant) -> None:
    plain = optimum(None)[1]
    point = rows.moves.extended(plain)
    assert len(point) == len(rows.linear.lower) > len(plain)
    assert all(holds(row, point) for row in rows.linear.rows)
    assert rows.moves.extended(point) == point
