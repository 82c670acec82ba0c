"""A block's turn: all its tiers together, then, where that brings no proof, the later ones by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from iop_sched.solve.blocks import Block
from iop_sched.solve.state import State

BLOCK_SHARE = 0.7
"""Part of a block's time for all its tiers together; the rest is for the later ones, if the block is open."""

Found = TypeVar("Found")


def in_turn(
    state: State,
    block: Block,
    earlier: list[Block],
    amount: float,
    minimise: Callable[[Block, list[Block], float], Found],
) -> Found:
    """Minimise a block for at most ``amount`` seconds; what the run on all its tiers came to.

    The block's bound says nothing of its later tiers as long as the first is not proven: they get time of
    their own, with the first held, once there is a roster.
    """
    others = block.others
    until = state.left() - amount
    found = minimise(block, earlier, amount if others is None else amount * BLOCK_SHARE)
    left = state.left() - until
    if others is not None and left > 0 and _is_open(state, others):
        minimise(others, [*earlier, block.first], left)
    return found


def _is_open(state: State, block: Block) -> bool:
    return state.may_go_on() and state.incumbent.roster is not None and not state.done(block)
