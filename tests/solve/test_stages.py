"""The order in which the staged strategy asks the master."""

from __future__ import annotations

import pytest

from iop_sched.solve.settings import IDEAS, Idea
from iop_sched.solve.stages import ORDER, Stage, following, unused


def after(
    stage: Stage,
    cut_off: bool = False,
    without: tuple[Idea, ...] = (),
    settled: bool = False,
    hands_over: bool = False,
) -> Stage:
    return following(stage, cut_off, unused(without, settled, hands_over))


def test_each_stage_comes_once_and_the_last_as_long_as_there_are_cuts() -> None:
    order: list[Stage] = ["relaxed"]
    while order[-1] != "exhausted":
        order.append(after(order[-1]))
    assert tuple(order) == ORDER
    assert after("whole", cut_off=True) == "whole"
    assert after("exhausted", cut_off=True) == "whole"
    assert after("exhausted") == "exhausted"


def test_a_week_of_medium_size_is_left_to_cp_sat_once_the_master_has_been_followed() -> None:
    assert after("restricted", hands_over=True) == "exhausted"
    assert after("rounded", hands_over=True) == "branched"


def test_nothing_is_branched_on_twice() -> None:
    assert after("rounded", settled=True) == "restricted"


@pytest.mark.parametrize(
    ("without", "stage", "then"),
    [
        ("rounding", "relaxed", "branched"),
        ("branching", "rounded", "restricted"),
        ("support", "relaxed", "branched"),
        ("support", "branched", "whole"),
    ],
)
def test_a_stage_without_its_idea_is_left_out(without: Idea, stage: Stage, then: Stage) -> None:
    assert after(stage, without=(without,)) == then


@pytest.mark.parametrize("idea", sorted(IDEAS))
@pytest.mark.parametrize("settled", [False, True])
def test_without_an_idea_the_stages_come_to_an_end(idea: Idea, settled: bool) -> None:
    for stage in ORDER:
        steps = 0
        while stage != "exhausted":
            stage = after(stage, without=(idea,), settled=settled)
            steps += 1
        assert steps < len(ORDER)
