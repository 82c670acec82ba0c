"""The full strategy: CP-SAT on the full model, tier after tier, or one weighted sum.

Each tier is minimised with the earlier ones held at what a verified roster achieved. Time that a tier
leaves goes to the later ones; what is left at the end goes back to the first tier that is open.
"""

from __future__ import annotations

from functools import partial

from iop_sched.solve.blocks import Block
from iop_sched.solve.parameters import Hurry
from iop_sched.solve.state import State
from iop_sched.solve.turn import in_turn


def solve_full(state: State, hurry: Hurry = "no") -> str:
    """Spend the time limit; returns the solver's status, by name, when it ends without a roster."""
    status = first_pass(state, hurry)
    later_passes(state, hurry)
    return status


def first_pass(state: State, hurry: Hurry) -> str:
    """Every block once, in order; returns the solver's status, by name, when it ends without a roster."""
    status = "UNKNOWN"
    for index, block in enumerate(state.blocks):
        if not state.interrupted and (state.incumbent.roster is None or not state.done(block)):
            status = _turn(state, index, hurry)
        while status == "UNKNOWN" and state.incumbent.roster is None and state.may_go_on():
            status = minimise(state, block, [], state.left(), hurry)
        if state.incumbent.roster is None:
            return status
    return status


def later_passes(state: State, hurry: Hurry = "no") -> None:
    """What time is left goes to the first open block, and then to those after it."""
    least = state.options.time_limit * 0.05
    while state.incumbent.roster and not state.interrupted and state.left() > least:
        open_blocks = [index for index, block in enumerate(state.blocks) if not state.done(block)]
        if not open_blocks:
            return
        for index in open_blocks:
            if state.left() > least and not state.interrupted:
                _turn(state, index, hurry)


def _turn(state: State, index: int, hurry: Hurry) -> str:
    run = partial(minimise, state, hurry=hurry)
    return in_turn(state, state.blocks[index], state.blocks[:index], state.share(index), run)


def minimise(state: State, block: Block, earlier: list[Block], amount: float, hurry: Hurry = "no") -> str:
    """Minimise a block with the earlier ones held; take its best roster and bound; returns the status."""
    cp = state.cp.clone()
    state.hold(cp, earlier)
    cp.minimize(block.expr)
    return state.search(cp, block, amount, state.hint(), hurry=hurry).status
