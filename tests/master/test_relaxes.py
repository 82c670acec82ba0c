"""The master only relaxes: what the full model accepts obeys every row, and every cut.

``test_agreement`` asks the same of the oracle's legal rosters. Here weeks need not be tiny enough for the
oracle, and points are solutions of the full model that are the best by random objectives.
"""

from __future__ import annotations

from random import Random

import pytest
from ortools.sat.python import cp_model

from generate.made import WEEKS, made
from iop_sched.master import decisions
from iop_sched.master.conflicts import Conflict, cut
from iop_sched.week.policy import Policy
from master.points import Chooser, Master, Point, holds, master, point_of, solved
from strategies import draft
from tiny_weeks import TURNS

CHUNK = len(TURNS) // 6
TURNS_OF_A_WEEK = 4


def wanted(week: Master, rng: Random) -> cp_model.CpModel:
    """The full model with a random objective: many decisions, some dearer than others, some unwanted."""
    cp = week.model.cp.clone()
    columns = sorted(decisions.all_of(week.model))
    literals = [cp.get_bool_var_from_proto_index(column) for column in columns]
    cp.maximize(cp_model.LinearExpr.weighted_sum(literals, [rng.randint(-2, 5) for _ in literals]))
    return cp


def points(week: Master, rng: Random) -> list[Point]:
    """Solutions of the full model."""
    found = (solved(wanted(week, rng)) for _ in range(TURNS_OF_A_WEEK))
    return [point for point in found if point is not None]


def conflicts(week: Master, rng: Random, first: bool = False) -> list[Conflict]:
    """Conflicts of solutions of the master, each taken in before the next solution is asked for."""
    chooser, timetable = Chooser(week.linear), week.timetable
    found: list[Conflict] = []
    for _ in range(TURNS_OF_A_WEEK):
        values = chooser.most(decisions.all_of(week.model), rng, first)
        new = timetable.conflicts(values) if values else []
        for conflict in new:
            chooser.add(cut(conflict))
        found += new
    return found


def possible(week: Master, conflict: Conflict) -> bool:
    """Whether the full model has a solution with all of a conflict's decisions."""
    cp = week.model.cp.clone()
    for column in conflict:
        cp.add(cp.get_bool_var_from_proto_index(column) == 1)
    return solved(cp) is not None


def names(week: Master, conflict: Conflict) -> list[str]:
    return [week.proto.variables[column].name for column in sorted(conflict)]


@pytest.mark.parametrize("first", range(0, 6 * len(TURNS), CHUNK))
def test_solutions_of_the_full_model_obey_the_rows_and_no_conflict_is_possible(first: int) -> None:
    for seed in range(first, first + CHUNK):
        week, rng = master(*draft(seed, 0)[1].finish()), Random(seed)
        found = points(week, rng)
        assert all(week.accepts(point) for point in found), f"seed {seed}"
        for conflict in conflicts(week, rng):
            assert not possible(week, conflict), f"seed {seed}: {names(week, conflict)}"
            assert all(holds(cut(conflict), point) for point in found)


@pytest.mark.parametrize("week", WEEKS[:5])
def test_the_planted_roster_of_a_generated_week_obeys_the_rows(week: tuple[int, int, str, int]) -> None:
    planted = made(*week)
    point = point_of(planted.week, Policy(), planted.roster)
    assert point is not None
    assert master(planted.week, Policy()).accepts(point)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_conflict_of_a_generated_week_is_possible(seed: int) -> None:
    week, rng = master(made(24, 1, "high", seed).week, Policy()), Random(seed)
    found = conflicts(week, rng, first=True)
    assert found
    for conflict in found:
        assert not possible(week, conflict), names(week, conflict)
