"""The order in which the staged strategy asks the master."""

from __future__ import annotations

from types import SimpleNamespace
from typing import get_args

import pytest

from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.settings import IDEAS, Idea, SolverSettings, StagedSettings
from iop_sched.solve.staged import Stage, _Staged


def after(
    stage: Stage,
    cut_off: bool = False,
    without: tuple[Idea, ...] = (),
    settled: bool = False,
    hands_over: bool = False,
) -> Stage:
    settings = SolverSettings(staged=StagedSettings(without=without))
    state = SimpleNamespace(options=SolveOptions(settings=settings))
    staged = SimpleNamespace(state=state, settled=settled, hands_over=hands_over)
    return _Staged._next(staged, stage, cut_off)  # type: ignore[arg-type]  # all that it looks at


def test_each_stage_comes_once_and_the_last_as_long_as_there_are_cuts() -> None:
    order: list[Stage] = ["relaxed"]
    while order[-1] != "exhausted":
        order.append(after(order[-1]))
    assert order == list(get_args(Stage))
    assert after("whole", cut_off=True) == "whole"
    assert after("exhausted", cut_off=True) == "whole"
    assert after("exhausted") == "exhausted"


def test_a_week_of_medium_size_is_left_to_cp_sat_once_the_master_has_been_followed() -> None:
    assert after("restricted", hands_over=True) == "exhausted"
    assert after("rounded", hands_over=True) == "branched"


def test_nothing_is_branched_on_twice() -> None:
    assert after("rounded", settled=True) == "restricted"


@pytest.mark.parametrize("idea", sorted(IDEAS))
@pytest.mark.parametrize("settled", [False, True])
def test_without_an_idea_the_stages_come_to_an_end(idea: Idea, settled: bool) -> None:
    for stage in get_args(Stage):
        steps = 0
        while stage != "exhausted":
            stage = after(stage, without=(idea,), settled=settled)
            steps += 1
        assert steps < len(get_args(Stage))


@pytest.mark.parametrize(("costs", "kept"), [((4, 0), True), ((4, 1), False)])
def test_a_tier_begins_anew_when_one_before_it_costs_more(costs: tuple[int, ...], kept: bool) -> None:
    staged = SimpleNamespace(
        state=SimpleNamespace(before=lambda name: costs),
        under={"cost": (5, 0)},
        stages={"cost": "exhausted"},
        leaves={"cost": "what is known"},
        again={"cost"},
    )
    _Staged._forget(staged, "cost")  # type: ignore[arg-type]  # all that it looks at
    assert (staged.stages, staged.leaves, staged.again) == (
        ({"cost": "exhausted"}, {"cost": "what is known"}, {"cost"}) if kept else ({}, {}, set())
    )
