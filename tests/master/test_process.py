"""The process in which HiGHS solves the master: what it tells, how it stops, and what is left of it."""

from __future__ import annotations

import math
import os
import signal
import subprocess
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from iop_sched.cpsat import tiers
from iop_sched.cpsat.build import build
from iop_sched.master.linear import Linear, Objective, Row
from iop_sched.master.messages import Bound, Event, Finished, Solution, Support, Task
from iop_sched.master.process import MasterProcess, safe
from iop_sched.master.translate import objective
from master.points import master, obeys, solved
from strategies import draft

PATIENCE = 60.0
"""Seconds after which a process that has not answered is taken for stuck."""

NONE = Objective({}, 0)


def knapsack() -> tuple[Linear, Objective]:
    """Take a and b, or c: the most is 11 + 5 of 12, 11 and 5; half of a third more without integrality."""
    linear = Linear([0, 0, 0], [1, 1, 1])
    linear.add([(0, 3), (1, 2), (2, 2)], upper=4)
    return linear, Objective({0: -12, 1: -11, 2: -5}, 100)


def hard(size: int = 60) -> tuple[Linear, Objective]:
    """A market split: rows that are hard to meet at once, so that HiGHS would be at it for hours."""
    rng, linear = Random(1), Linear([0] * size + [0] * 12, [1] * size + [10_000] * 12)
    for row in range(6):
        weights = [(column, rng.randint(0, 99)) for column in range(size)]
        slack = [(size + 2 * row, 1), (size + 2 * row + 1, -1)]
        half = sum(weight for _, weight in weights) // 2
        linear.add([*weights, *slack], half, half)
    return linear, Objective(dict.fromkeys(range(size, size + 12), 1), 0)


def task(goal: Objective, *rows: Row, **more: object) -> Task:
    return Task(goal, list(rows), PATIENCE, **more)  # type: ignore[arg-type]


def told(process: MasterProcess) -> list[Event]:
    """Everything until the end of the task."""
    found: list[Event] = []
    while process.busy:
        events = process.events(PATIENCE)
        assert events, "the process is stuck"
        found += events
    return found


def status(events: list[Event]) -> str:
    (finished,) = (event for event in events if isinstance(event, Finished))
    return finished.status


def bounds(events: list[Event]) -> list[float]:
    return [event.bound for event in events if isinstance(event, Bound)]


def solutions(events: list[Event]) -> list[list[int]]:
    return [event.values for event in events if isinstance(event, Solution)]


def alive(process: MasterProcess) -> bool:
    return process._process.poll() is None


@pytest.fixture
def small() -> Iterator[tuple[MasterProcess, Objective]]:
    """A process with the knapsack."""
    linear, goal = knapsack()
    with MasterProcess(linear) as process:
        yield process, goal


def test_bound_solution_and_end(small: tuple[MasterProcess, Objective]) -> None:
    process, goal = small
    process.begin(task(goal))
    events = told(process)
    assert status(events) == "Optimal"
    # b and c weigh 4 and are worth 16; a leaves room for neither
    assert solutions(events)[-1] == [0, 1, 1]
    assert bounds(events) == sorted(bounds(events))
    assert safe(bounds(events)[-1], goal) == 100 - 16
    assert isinstance(events[-1], Finished)


def test_task_after_task_with_rows_of_its_own(small: tuple[MasterProcess, Objective]) -> None:
    process, goal = small
    process.begin(task(goal, Row({1: 1}, -math.inf, 0)))
    assert solutions(told(process))[-1] == [1, 0, 0]
    process.begin(task(goal))
    events = told(process)
    assert solutions(events)[-1] == [0, 1, 1]
    assert {event.number for event in events} == {2}


def test_columns_held_at_zero(small: tuple[MasterProcess, Objective]) -> None:
    process, goal = small
    process.begin(task(goal, zero=(1,)))
    assert solutions(told(process))[-1] == [1, 0, 0]


def test_the_linear_relaxation_gives_a_bound_and_its_support(small: tuple[MasterProcess, Objective]) -> None:
    process, goal = small
    process.begin(task(goal, relax=True))
    events = told(process)
    # b, then two thirds of a: worth 11 + 8
    (bound,) = bounds(events)
    assert bound == pytest.approx(100 - 19)
    (support,) = (event.columns for event in events if isinstance(event, Support))
    assert support == {0, 1}
    assert solutions(events) == []
    assert status(events) == "Optimal"


def test_a_start_is_taken(small: tuple[MasterProcess, Objective]) -> None:
    process, goal = small
    process.begin(task(goal, start=[0, 1, 1]))
    assert solutions(told(process))[-1] == [0, 1, 1]


@pytest.mark.parametrize("relax", [False, True])
def test_an_infeasible_program(small: tuple[MasterProcess, Objective], relax: bool) -> None:
    process, goal = small
    process.begin(task(goal, Row({0: 1, 1: 1}, 3, math.inf), relax=relax))
    events = told(process)
    assert status(events) == "Infeasible"
    assert solutions(events) == []
    assert all(safe(bound, goal) <= 100 for bound in bounds(events))


def test_a_row_without_terms_that_cannot_hold(small: tuple[MasterProcess, Objective]) -> None:
    # what an impossible pin is: a disjunction over nothing
    process, goal = small
    process.begin(task(goal, Row({}, 1, math.inf)))
    assert status(told(process)) == "Infeasible"


def test_stop_ends_a_task_and_the_next_one_is_taken() -> None:
    linear, goal = hard()
    with MasterProcess(linear) as process:
        process.begin(task(goal))
        found = process.events(PATIENCE)
        process.stop()
        found += told(process)
        assert status(found) not in ("Optimal", "Infeasible", "died")
        process.stop()  # one too many asks for nothing
        process.begin(task(NONE, Row({0: 1}, 2, math.inf)))
        assert status(told(process)) == "Infeasible"


def test_a_stop_that_comes_late_does_not_end_the_next_task(small: tuple[MasterProcess, Objective]) -> None:
    process, goal = small
    process.begin(task(goal))
    process.stop()
    told(process)
    process.begin(task(goal))
    events = told(process)
    assert status(events) == "Optimal"
    assert solutions(events)[-1] == [0, 1, 1]


def test_end_leaves_the_process_to_the_next_task() -> None:
    linear, goal = hard()
    with MasterProcess(linear) as process:
        process.begin(task(goal))
        process.events(PATIENCE)
        process.end(PATIENCE)
        assert not process.busy
        assert alive(process)
        process.begin(task(goal, relax=True))
        assert status(told(process)) == "Optimal"


def test_a_process_that_does_not_listen_is_replaced() -> None:
    linear, goal = knapsack()
    with MasterProcess(linear) as process:
        os.kill(process._process.pid, signal.SIGSTOP)  # as deaf as in a long linear relaxation
        process.begin(task(goal))
        process.end(0.05)
        assert not process.busy
        assert not alive(process)
        assert process.events() == []
        process.begin(task(goal))
        assert solutions(told(process))[-1] == [0, 1, 1]
        process.end()  # nothing is under way
        assert alive(process)


def test_the_time_limit_ends_a_task() -> None:
    linear, goal = hard()
    with MasterProcess(linear) as process:
        process.begin(Task(goal, [], 0.2))
        assert status(told(process)) == "Time limit reached"


def test_a_killed_process_ends_its_task() -> None:
    linear, goal = hard()
    with MasterProcess(linear) as process:
        process.begin(task(goal))
        os.kill(process._process.pid, signal.SIGKILL)
        assert status(told(process)) == "died"
        assert not process.busy


def test_a_process_that_died_ends_every_further_task_at_once(small: tuple[MasterProcess, Objective]) -> None:
    process, goal = small
    os.kill(process._process.pid, signal.SIGKILL)
    process._process.wait()
    for _ in range(3):
        process.begin(task(goal))
        process.stop()
        assert status(told(process)) == "died"


def test_close_leaves_no_process() -> None:
    linear, goal = hard()
    process = MasterProcess(linear)
    process.begin(task(goal))
    assert alive(process)
    process.close()
    assert not alive(process)


@pytest.mark.parametrize("seed", range(0, 40, 5))
def test_the_master_is_never_dearer_than_the_full_model(seed: int) -> None:
    week, policy = draft(seed, 0)[1].finish()
    found = master(week, policy)
    model, costs = build(week, policy)
    expr = tiers.weighted(policy, costs).expr
    model.cp.minimize(expr)
    best = solved(model.cp)
    goal = objective(expr)
    with MasterProcess(found.linear) as process:
        process.begin(task(goal))
        events = told(process)
    if best is None:
        return
    cost = goal.offset + sum(coefficient * best[column] for column, coefficient in goal.terms.items())
    assert all(safe(bound, goal) <= cost for bound in bounds(events))
    assert all(obeys(found.linear, point) for point in solutions(events))


@pytest.mark.parametrize(
    ("bound", "terms", "offset", "value"),
    [
        (12.0, {0: 1, 1: 3}, 0, 12),
        (12.0000001, {0: 1, 1: 3}, 0, 12),  # within the slack of HiGHS's arithmetic
        (12.1, {0: 1, 1: 3}, 0, 13),
        (12.1, {0: 4, 1: 6}, 0, 14),  # only even numbers can come
        (12.1, {0: 4, 1: -6}, 1, 13),  # only odd ones
        (12.1, {0: 10}, 3, 13),
        (13.1, {0: 10}, 3, 23),
        (-12.1, {0: 5}, 0, -10),
        (-12.1, {0: 5}, -100, -10),
        (0.0, {0: 7}, 0, 0),
        (1e9 + 0.5, {0: 1}, 0, 999_999_001),  # the slack grows with the bound
        (7.0, {}, 7, 7),
        (math.inf, {0: 1}, 0, 0),
        (-math.inf, {0: 1}, 0, 0),
        (math.nan, {0: 1}, 0, 0),
    ],
)
def test_a_safe_bound_is_one_that_the_objective_can_take(
    bound: float, terms: dict[int, int], offset: int, value: int
) -> None:
    assert safe(bound, Objective(terms, offset)) == value


def test_a_process_that_cannot_start_ends_its_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with MasterProcess(Linear([0], [1])) as master:
        master.begin(Task(Objective({0: 1}, 0), [], 10))
        assert [event.status for event in master.events(5) if isinstance(event, Finished)] == ["died"]


def test_a_process_that_died_before_its_first_word_ends_its_task(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dead(subprocess.Popen[str]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.wait()

    monkeypatch.setattr("sys.executable", "/bin/false")
    monkeypatch.setattr("subprocess.Popen", Dead)
    with MasterProcess(Linear([0], [1])) as master:
        master.begin(Task(Objective({0: 1}, 0), [], 10))
        assert [event.status for event in master.events(5) if isinstance(event, Finished)] == ["died"]
