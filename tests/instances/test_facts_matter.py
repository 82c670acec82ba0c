"""Each line that stands for a fact matters: without it a roster checks otherwise, or the optimum moves."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import facts
import pytest
from ortools.sat.python import cp_model

from iop_sched.cpsat import tiers
from iop_sched.cpsat.build import build
from iop_sched.rules import evaluate
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from mutations.case import roster_path

FACTS = facts.load_facts()


def week(data: object) -> ProgramWeek:
    return ProgramWeek.model_validate_json(json.dumps(data))


@cache
def solved(file: str) -> Roster:
    return Roster.model_validate_json(roster_path(Path(file).stem).read_text(encoding="utf-8"))


@pytest.mark.parametrize("fact", [f for f in FACTS if f.shows == "check"], ids=lambda f: f"{f.fact} {f.path}")
def test_the_check_of_a_solved_roster_changes_without_it(fact: facts.Fact) -> None:
    data = facts.document(fact.file).data
    whole = evaluate(week(data), solved(fact.file), Policy())
    without = evaluate(week(facts.without(data, fact.path)), solved(fact.file), Policy())
    assert whole.holds
    assert (without.violations, without.tiers) != (whole.violations, whole.tiers)


@pytest.mark.parametrize(
    "fact", [f for f in FACTS if f.shows == "optimum"], ids=lambda f: f"{f.fact} {f.path}"
)
def test_the_optimum_changes_without_it(fact: facts.Fact) -> None:
    data = facts.document(fact.file).data
    assert fewest_points(week(data)) != fewest_points(week(facts.without(data, fact.path)))


def fewest_points(program: ProgramWeek) -> int:
    """The optimum of the tier *placed* alone."""
    policy = Policy()
    model, costs = build(program, policy)
    model.cp.minimize(tiers.tier(policy, "placed", costs).expr)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 8
    assert solver.status_name(solver.solve(model.cp)) == "OPTIMAL"
    return round(solver.objective_value)
