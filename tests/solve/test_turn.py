"""What is minimised in a block's turn, and for how long."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from iop_sched.cpsat.tiers import Objective
from iop_sched.solve import full
from iop_sched.solve.blocks import Block
from iop_sched.solve.turn import BLOCK_SHARE, in_turn

KEPT, DOSE, COST = (Objective(name, 0, 10) for name in ("kept", "dose", "cost"))
Asked = list[tuple[list[str], list[str], float]]


def asked(block: Block, proven: set[str], takes: float, roster: object = True) -> Asked:
    """The runs on a block after *kept*: tiers, tiers held, seconds, of which each takes a part."""
    clock, found = [100.0], Asked()

    def improve(one: Block, earlier: list[Block], amount: float) -> None:
        held = [tier.name for block in earlier for tier in block.tiers]
        found.append(([tier.name for tier in one.tiers], held, round(amount, 6)))
        clock[0] -= amount * takes

    state: Any = SimpleNamespace(
        incumbent=SimpleNamespace(roster=roster),
        left=lambda: clock[0],
        may_go_on=lambda: True,
        done=lambda one: all(tier.name in proven for tier in one.tiers),
    )
    in_turn(state, block, [Block((KEPT,))], 40, improve)
    return found


def test_the_later_tier_of_an_open_block_has_a_run_of_its_own() -> None:
    assert asked(Block((DOSE, COST)), set(), 1) == [
        (["dose", "cost"], ["kept"], round(40 * BLOCK_SHARE, 6)),
        (["cost"], ["kept", "dose"], round(40 * (1 - BLOCK_SHARE), 6)),
    ]
    assert asked(Block((DOSE, COST)), set(), 0.5)[1][2] == round(40 - 40 * BLOCK_SHARE / 2, 6)


def test_without_a_roster_nothing_can_be_held_for_the_later_tier() -> None:
    assert len(asked(Block((DOSE, COST)), set(), 0.5, roster=None)) == 1


def test_a_proven_block_and_one_of_a_single_tier_have_one_run() -> None:
    assert len(asked(Block((DOSE, COST)), {"dose", "cost"}, 0.5)) == 1
    assert asked(Block((DOSE,)), set(), 1) == [(["dose"], ["kept"], 40)]


def test_the_full_strategy_gives_turns_in_its_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[list[str]] = []
    clock = [100.0]

    def minimise(state: object, block: Block, earlier: object, amount: float, hurry: str) -> str:
        runs.append([tier.name for tier in block.tiers])
        clock[0] -= amount / 2
        return "FEASIBLE"

    monkeypatch.setattr(full, "minimise", minimise)
    state: Any = SimpleNamespace(
        blocks=[Block((KEPT,)), Block((DOSE, COST))],
        options=SimpleNamespace(time_limit=100),
        incumbent=SimpleNamespace(roster=True),
        interrupted=False,
        left=lambda: clock[0],
        share=lambda index: clock[0] / 2,
        may_go_on=lambda: True,
        done=lambda one: False,
    )
    assert full.solve_full(state) == "FEASIBLE"
    assert runs[:6] == [["kept"], ["dose", "cost"], ["cost"], ["kept"], ["dose", "cost"], ["cost"]]
