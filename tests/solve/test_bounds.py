"""What a bound is of: rosters that cost no more in the tiers before than when it was learnt."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from ortools.sat.python import cp_model

from iop_sched.cpsat.tiers import Objective
from iop_sched.solve import state as states
from iop_sched.solve.blocks import Block
from iop_sched.solve.full import later_passes, minimise
from iop_sched.solve.incumbent import DefectError
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.state import State

NAMES = ("kept", "dose", "cost")
ROSTERS = [(5, 0, 100), (4, 10, 100), (4, 10, 50)]
"""The second and the third are better than the first, and cost more in the tier between."""


class Best:
    """The best of the points so far, in place of an incumbent."""

    def __init__(self) -> None:
        self.values: list[int] | None = None
        self.found = 0
        self.roster = None

    def offer(self, values: list[int]) -> Any:
        """Keep a point if it is the best."""
        self.found += 1
        if self.values is None or values <= self.values:
            self.values = self.roster = values  # type: ignore[assignment]
        figures = dict(zip(NAMES, values, strict=True))
        return SimpleNamespace(figure=lambda name: SimpleNamespace(value=figures[name]))

    def value(self, name: str) -> int | None:
        """What the best one costs."""
        return None if self.values is None else self.values[NAMES.index(name)]

    def scale(self, name: str) -> int:
        """The same for all."""
        return 1000


@pytest.fixture
def state() -> State:
    """A solve among these three rosters, one tier a block."""
    cp = cp_model.CpModel()
    tiers = [cp.new_int_var(0, 10_000, name) for name in NAMES]
    cp.add_allowed_assignments(tiers, ROSTERS)
    found = [Block((Objective(name, tier, 10_000),)) for name, tier in zip(NAMES, tiers, strict=True)]
    options = SolveOptions(time_limit=900, workers=1)
    model: Any = SimpleNamespace(cp=cp)
    best: Any = Best()
    return State(model, found, options, best, time.monotonic(), None)


def test_a_bound_says_nothing_once_a_tier_between_costs_more(state: State) -> None:
    state.incumbent.offer([5, 0, 100])
    minimise(state, state.blocks[2], state.blocks[:2], 300)
    assert state.bound("cost") == 100
    assert state.proven("cost")
    state.incumbent.offer([4, 10, 100])
    # with 5 and 0 held nothing was below 100; with 4 and 10 something is
    assert state.bound("cost") == 0
    assert not state.done(state.blocks[2])
    later_passes(state)
    assert state.incumbent.values == [4, 10, 50]
    assert state.bounds == {"kept": 4, "dose": 10, "cost": 50}


def test_a_bound_stays_while_no_tier_before_costs_more(state: State) -> None:
    state.incumbent.offer([5, 20, 300])
    state.learn(state.blocks[2], 40, floating=True)
    state.incumbent.offer([5, 10, 200])
    assert (state.bounds, state.floating) == ({"cost": 40}, {"cost"})
    state.learn(state.blocks[2], 40)
    assert state.floating == {"cost"}
    state.learn(state.blocks[2], 41)
    assert (state.bounds, state.floating) == ({"cost": 41}, set())


def test_a_bound_above_a_roster_is_a_defect_unless_arithmetic_may_be_to_blame(state: State) -> None:
    state.incumbent.offer([5, 0, 100])
    state.learn(state.blocks[2], 101, floating=True)
    assert state.bound("cost") == 0
    with pytest.raises(DefectError):
        state.learn(state.blocks[2], 101)


@pytest.mark.parametrize(
    ("costs", "is_within"), [((4, 0), True), ((5, 0), True), ((4, 1), False), ((6, 0), False)]
)
def test_within(costs: tuple[int, ...], is_within: bool) -> None:
    assert states.within(costs, (5, 0)) == is_within
