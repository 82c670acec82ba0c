"""How the staged strategy goes from block to block."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from iop_sched.cpsat.tiers import Objective
from iop_sched.solve.blocks import Block
from iop_sched.solve.staged import BLOCK_SHARE, _Staged


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


KEPT, DOSE, COST = (Objective(name, 0, 10) for name in ("kept", "dose", "cost"))
Asked = list[tuple[list[str], list[str], float]]


def asked(block: Block, proven: set[str], takes: float) -> Asked:
    """The runs on a block after *kept*: tiers, tiers held, seconds, of which each takes a part."""
    clock, found = [100.0], Asked()

    def improve(one: Block, earlier: list[Block], amount: float) -> None:
        held = [tier.name for block in earlier for tier in block.tiers]
        found.append(([tier.name for tier in one.tiers], held, round(amount, 6)))
        clock[0] -= amount * takes

    state = SimpleNamespace(
        left=lambda: clock[0],
        may_go_on=lambda: True,
        done=lambda one: all(tier.name in proven for tier in one.tiers),
    )
    staged = SimpleNamespace(state=state, _improve=improve)
    _Staged._in_turn(staged, block, [Block((KEPT,))], 40)  # type: ignore[arg-type]  # all that it looks at
    return found


def test_the_later_tier_of_an_open_block_has_a_run_of_its_own() -> None:
    assert asked(Block((DOSE, COST)), set(), 1) == [
        (["dose", "cost"], ["kept"], round(40 * BLOCK_SHARE, 6)),
        (["cost"], ["kept", "dose"], round(40 * (1 - BLOCK_SHARE), 6)),
    ]
    assert asked(Block((DOSE, COST)), set(), 0.5)[1][2] == round(40 - 40 * BLOCK_SHARE / 2, 6)


def test_a_proven_block_and_one_of_a_single_tier_have_one_run() -> None:
    assert len(asked(Block((DOSE, COST)), {"dose", "cost"}, 0.5)) == 1
    assert asked(Block((DOSE,)), set(), 1) == [(["dose"], ["kept"], 40)]
