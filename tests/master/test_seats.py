"""The model of seats alone: what is left of each rule only ever gets weaker."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from generate.made import made
from iop_sched.cpsat.build import RULES, build
from iop_sched.cpsat.model import Cost, Expr
from iop_sched.master.seats import KEPT, seats
from iop_sched.rules import evaluate
from iop_sched.sites.bound import Seating, bound, model_of, seating
from iop_sched.sites.groups import groups
from iop_sched.week.policy import Policy, Tier
from iop_sched.week.program import ProgramWeek
from strategies import draft
from tiny_weeks import TURNS

CHUNK = 2 * len(TURNS)
WEIGHTS: list[dict[Tier, int]] = [{"kept": 1}, {"placed": 1}, {"kept": 100, "placed": 1}]


def seated(part: Seating, weights: dict[Tier, int]) -> int:
    """The optimum of the model of seats."""
    model, cost = model_of(part, weights)
    model.cp.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.status_name(solver.solve(model.cp)) == "OPTIMAL"
    return round(solver.objective_value)


def optimum(week: ProgramWeek, policy: Policy, weights: dict[Tier, int]) -> int | None:
    """The least sum of *kept* and *placed* in the full model; none when it has no roster."""
    model, costs = build(week, policy)
    model.cp.minimize(sum(_worth(policy, weights, cost) for cost in costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.status_name(solver.solve(model.cp))
    assert status in ("OPTIMAL", "INFEASIBLE")
    return round(solver.objective_value) if status == "OPTIMAL" else None


def _worth(policy: Policy, weights: dict[Tier, int], cost: Cost) -> Expr:
    tiers: dict[str, Tier] = {
        "kept": "kept",
        "meeting-held": "kept",
        "placed": "placed",
        "intake.unassessed": "placed",
    }
    tier = tiers.get(cost.penalty)
    return 0 if tier is None else weights.get(tier, 0) * policy.weight(cost.penalty) * cost.amount


def test_the_table_names_rules() -> None:
    assert set(KEPT) <= set(RULES)


@pytest.mark.parametrize("first", range(0, 4 * len(TURNS), CHUNK))
def test_the_bound_never_exceeds_the_optimum(first: int) -> None:
    told = 0
    for seed in range(first, first + CHUNK):
        week, policy = draft(seed, 0)[1].finish()
        found = groups(week, policy)
        for weights in WEIGHTS:
            best = optimum(week, policy, weights)
            if best is None:
                continue
            bounds = [seated(seating(week, policy, group), weights) for group in found]
            assert sum(bounds) <= best, f"seed {seed}: {weights}"
            told += sum(bounds) == best > 0
    assert told, "it never says all that can be said"


def test_no_bound_is_above_the_planted_roster() -> None:
    planted, policy = made(60, 3, "high", 1), Policy()
    tiers = evaluate(planted.week, planted.roster, policy).tiers
    parts = [seating(planted.week, policy, group) for group in groups(planted.week, policy)]
    assert len(parts) == 3
    for name in ("kept", "placed"):
        bounds = [bound(part, {name: 1}, 20) for part in parts]
        assert bounds == [seated(part, {name: 1}) for part in parts]
        assert 0 <= sum(bounds) <= tiers[name].value


def test_nobody_who_could_be_elsewhere_is_counted() -> None:
    week, policy = draft(0, 0)[1].finish()
    model = seats(week, policy)
    assert set(model.placed) == {client.id for client in week.clients if client.prescription}
