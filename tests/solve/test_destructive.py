"""Destructive bounds on a handful of rosters whose costs are known."""

from __future__ import annotations

import time
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from ortools.sat.python import cp_model

from iop_sched.cpsat.tiers import Objective
from iop_sched.solve.blocks import Block
from iop_sched.solve.destructive import STEADY, close_in
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.search import Found
from iop_sched.solve.state import State

WORST = 900
FREE: dict[int, int] = {}


class Best:
    """The cheapest roster so far, in place of an incumbent; a roster lists its cost, but for a constant."""

    def __init__(self, constant: int) -> None:
        self.constant = constant
        self.values = self.roster = [WORST]
        self.found = 1

    def offer(self, values: list[int]) -> Any:
        """Keep a roster if it is the cheapest."""
        self.values = self.roster = min(self.values, values)
        return SimpleNamespace(figure=lambda name: SimpleNamespace(value=values[0] + self.constant))

    def value(self, name: str) -> int:
        """What the cheapest one costs."""
        return self.values[0] + self.constant

    def scale(self, name: str) -> int:
        """The same for all."""
        return 1000


class Watched(State):
    """A state that notes what is looked for, and what comes of it."""

    def search(self, *args: Any, **kwargs: Any) -> Found:
        """The run, noted."""
        found = super().search(*args, **kwargs)
        self.tried.append((kwargs["most"], found.status))
        return found

    tried: list[tuple[int, str]]


def among(costs: Iterable[int], bound: int, constant: int = 0) -> tuple[Watched, Block]:
    """A solve among rosters of these costs, and a constant, the dearest of which is known, and a bound."""
    cp = cp_model.CpModel()
    cost = cp.new_int_var_from_domain(cp_model.Domain.from_values([*costs, WORST]), "cost")
    block = Block((Objective("weighted", cost + constant, 1000),))
    model: Any = SimpleNamespace(cp=cp)
    best: Any = Best(constant)
    options = SolveOptions(time_limit=900, workers=1, objective="weighted")
    state = Watched(model, [block], options, best, time.monotonic(), None)
    state.tried = []
    state.learn(block, bound)
    return state, block


def test_the_cheapest_is_found_as_soon_as_it_is_allowed() -> None:
    state, block = among([204, 203, 500], 200)
    close_in(state, block, 60, lambda cutoff: FREE, "refutation")
    assert state.tried == [(202, "INFEASIBLE"), (205, "OPTIMAL")]
    assert (state.values(block), state.bound("weighted"), state.floating) == ([203], 203, set())


@pytest.mark.parametrize("constant", [-100, 50])
def test_a_constant_in_the_sum_counts(constant: int) -> None:
    state, block = among([204, 203, 500], 200 + constant, constant)
    close_in(state, block, 60, lambda cutoff: FREE, "refutation")
    assert state.values(block) == [203 + constant]
    assert state.done(block)
    assert all(most - constant < 203 for most, status in state.tried if status == "INFEASIBLE")


def test_a_bound_far_from_all_rosters_is_left_in_wider_and_wider_steps() -> None:
    state, block = among([], 100)
    close_in(state, block, 60, lambda cutoff: FREE, "refutation")
    assert {status for _, status in state.tried} == {"INFEASIBLE"}
    assert [most for most, _ in state.tried][: STEADY + 3] == [101, 103, 105, 107, 109, 112, 117]
    assert state.tried[-1][0] == WORST - 1
    assert len(state.tried) < 20
    assert state.done(block)


def test_what_is_certain_below_the_cutoff_is_held_and_the_bound_said_to_rest_on_it() -> None:
    state, block = among([203], 200)
    asked: list[int] = []

    def certain(cutoff: int) -> dict[int, int]:
        asked.append(cutoff)
        return {0: 203}

    close_in(state, block, 60, certain, "refutation")
    assert asked == [203, 206]
    assert state.values(block) == [203]
    assert state.floating == {"weighted"}


@pytest.mark.parametrize(("costs", "bound", "amount"), [([203], 200, 0.0), ([], WORST, 60.0)])
def test_nothing_is_looked_for_without_time_or_need(costs: list[int], bound: int, amount: float) -> None:
    state, block = among(costs, bound)
    close_in(state, block, amount, lambda cutoff: FREE, "refutation")
    assert state.tried == []


def test_a_search_that_comes_to_no_end_is_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    state, block = among([203], 200)

    def undecided(*args: Any, **kwargs: Any) -> Any:
        return SimpleNamespace(status="UNKNOWN")

    monkeypatch.setattr(State, "search", undecided)
    close_in(state, block, 60, lambda cutoff: FREE, "refutation")
    assert len(state.tried) == 1
