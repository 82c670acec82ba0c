"""Branching on some columns of a relaxation: what it bounds and what it rules out, against all points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from iop_sched.cpsat import tiers
from iop_sched.cpsat.build import build
from iop_sched.master.branching import ruled_out
from iop_sched.master.linear import Linear, Objective, Row
from iop_sched.master.messages import Bound, Event, Finished, Leaves, Solution, Support, Task
from iop_sched.master.process import MasterProcess, safe
from iop_sched.master.snapshot import snapshot
from iop_sched.master.translate import objective, relaxed
from iop_sched.solve.start import fix
from master.points import solved
from strategies import draft

SECONDS = 60.0
BRANCH = (0, 1, 2)


def random_program(seed: int) -> tuple[Linear, Objective]:
    """Seven columns that are 0 or 1, one that is 0 to 3, and four rows, some of which fractions meet best."""
    rng = Random(seed)
    linear = Linear([0] * 8, [1] * 7 + [3])
    for _ in range(4):
        terms = [(column, rng.randint(1, 9)) for column in rng.sample(range(8), 5)]
        linear.add(terms, lower=rng.randint(4, 12))
    return linear, Objective({column: rng.randint(1, 30) for column in range(8)}, rng.randint(-5, 5))


def points(linear: Linear, rows: list[Row], goal: Objective) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Cost and values of every point that obeys the rows."""
    for values in product(*(range(a, b + 1) for a, b in zip(linear.lower, linear.upper, strict=True))):
        if all(
            row.lower <= sum(c * values[column] for column, c in row.terms.items()) <= row.upper
            for row in [*linear.rows, *rows]
        ):
            yield goal.offset + sum(c * values[column] for column, c in goal.terms.items()), values


def told(process: MasterProcess, task: Task) -> list[Event]:
    process.begin(task)
    found: list[Event] = []
    while process.busy:
        events = process.events(SECONDS)
        assert events, "the process is stuck"
        found += events
    assert isinstance(found[-1], Finished)
    return found


def bound(events: list[Event], goal: Objective) -> int:
    return max((safe(event.bound, goal) for event in events if isinstance(event, Bound)), default=-1000)


def leaves(events: list[Event]) -> Leaves:
    (found,) = (event for event in events if isinstance(event, Leaves))
    return found


def check(found: Leaves, every: list[tuple[int, tuple[int, ...]]], cutoff: int) -> int:
    """Every point cheaper than a cutoff has what is ruled out for it; returns how much that is."""
    assert cutoff <= found.cutoff
    zero, one = ruled_out(found.parts, found.binary, cutoff)
    for cost, values in every:
        if cost < cutoff:
            assert any(all(values[c] == v for c, v in part.held.items()) for part in found.parts)
            assert all(values[column] == 0 for column in zero)
            assert all(values[column] == 1 for column in one)
    return len(zero) + len(one)


def test_what_is_ruled_out_is_in_no_cheaper_point() -> None:
    said = raised = 0
    for seed in range(40):
        linear, goal = random_program(seed)
        every = sorted(points(linear, [], goal))
        if not every:
            continue
        best = every[0][0]
        more = Row({0: 1, 3: 1, 5: 1}, 1, math.inf)
        later = sorted(points(linear, [more], goal))
        with MasterProcess(linear) as process:
            first = told(process, Task(goal, [], SECONDS, relax=True, branch=BRANCH))
            assert bound(first, goal) <= best
            root = bound(told(process, Task(goal, [], SECONDS, relax=True)), goal)
            told(process, Task(goal, [], SECONDS, relax=True, branch=BRANCH))
            for cutoff in (best + 12, best + 4, best + 1):
                # the last tree goes on with one row more
                for rows, all_points in (([], every), ([more], later)):
                    cheaper = [values for cost, values in all_points if cost < cutoff]
                    task = Task(goal, rows, SECONDS, relax=True, branch=BRANCH, cutoff=cutoff)
                    events = told(process, task)
                    least = min((cost for cost, _ in all_points), default=cutoff)
                    assert bound(events, goal) <= min(cutoff, least)
                    # any cutoff below that of the task, too
                    for lower in (cutoff, cutoff - 1, cutoff - 3):
                        said += check(leaves(events), all_points, lower)
                    raised += bound(events, goal) > root
                    search = told(process, Task(goal, rows, SECONDS, cutoff=cutoff))
                    # with whatever is dearer left out, the search ends where it must
                    assert bound(search, goal) == min(cutoff, least)
                    if least < cutoff:
                        values = [event.values for event in search if isinstance(event, Solution)][-1]
                        assert tuple(values) in cheaper
    assert said > 500
    assert raised > 30


def test_the_support_is_that_of_the_cheapest_point_whose_branching_columns_are_whole() -> None:
    # either of two halves is dearer than both, and one whole is cheaper than the other
    linear = Linear([0] * 3, [1] * 3)
    linear.add([(0, 2), (1, 2)], lower=1)
    linear.add([(2, 1)], lower=1)
    goal = Objective({0: 10, 1: 12, 2: 1}, 0)
    with MasterProcess(linear) as process:
        events = told(process, Task(goal, [], SECONDS, relax=True, branch=(0, 1)))
        (support,) = (event for event in events if isinstance(event, Support))
        assert (support.columns, support.ones) == ({0, 2}, {0, 2})
        assert bound(events, goal) == 11
        assert bound(told(process, Task(goal, [], SECONDS, relax=True)), goal) == 6


def test_a_column_that_cannot_be_otherwise_stays_as_it_is() -> None:
    linear = Linear([0, 1], [1, 1])
    goal = Objective({0: 1, 1: 5}, 0)
    with MasterProcess(linear) as process:
        events = told(process, Task(goal, [], SECONDS, relax=True, branch=(0, 1), cutoff=9))
    assert bound(events, goal) == 5


def test_when_nothing_is_cheaper_than_the_cutoff_the_cutoff_is_the_bound() -> None:
    linear, goal = random_program(3)
    best = min(points(linear, [], goal))[0]
    with MasterProcess(linear) as process:
        for cutoff in (best, best - 3):
            task = Task(goal, [], SECONDS, relax=True, branch=tuple(range(7)), cutoff=cutoff)
            assert bound(told(process, task), goal) <= cutoff
            assert bound(told(process, Task(goal, [], SECONDS, cutoff=cutoff)), goal) == cutoff


def test_another_objective_forgets_what_was_ruled_out() -> None:
    linear, goal = random_program(5)
    opposite = Objective({column: 31 - cost for column, cost in goal.terms.items()}, 0)
    best = min(points(linear, [], goal))[0]
    dearest = max(points(linear, [], opposite))[0]
    with MasterProcess(linear) as process:
        told(process, Task(goal, [], SECONDS, relax=True, branch=BRANCH, cutoff=best + 1))
        events = told(process, Task(opposite, [], SECONDS, cutoff=dearest))
    assert bound(events, opposite) == min(dearest, min(points(linear, [], opposite))[0])


@pytest.mark.parametrize("seed", range(0, 48, 4))
def test_every_better_roster_of_a_week_has_what_is_certain(seed: int) -> None:
    week, policy = draft(seed, 0)[1].finish()
    model, costs = build(week, policy)
    expr = tiers.weighted(policy, costs).expr
    model.cp.minimize(expr)
    best = solved(model.cp)
    if best is None:
        return
    goal = objective(expr)
    cost = goal.offset + sum(coefficient * best[column] for column, coefficient in goal.terms.items())
    opening = tuple(literal.index for literal in model.open.values())
    with MasterProcess(relaxed(snapshot(model.cp))) as process:
        task = Task(goal, [], SECONDS, relax=True, branch=opening, cutoff=cost + 1)
        events = told(process, task)
    assert bound(events, goal) <= cost
    found = leaves(events)
    zero, one = ruled_out(found.parts, found.binary, cost + 1)
    held = model.cp.clone()
    fix(held, dict.fromkeys(zero, 0) | dict.fromkeys(one, 1))
    again = solved(held)
    assert again is not None
    assert cost == goal.offset + sum(c * again[column] for column, c in goal.terms.items())
