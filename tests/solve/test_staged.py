"""How the staged strategy goes from block to block."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from iop_sched.solve.staged import _Staged


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
