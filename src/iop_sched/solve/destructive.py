"""Destructive bounds: look only for rosters that cost little more than the bound.

Either there is none, which raises the bound, or the cheapest of them is the best of all. Both are found
sooner than the best roster is without such a limit: what one decision costs more in the master's relaxation
rules it out. After Klein and Scholl, "Computing lower bounds by destructive improvement", European Journal of
Operational Research 112 (1999).
"""

from __future__ import annotations

from collections.abc import Callable

from iop_sched.solve.blocks import Block
from iop_sched.solve.parameters import Hurry
from iop_sched.solve.start import fix
from iop_sched.solve.state import State

STEP = 0.01
"""Part of the bound by which a roster may cost more, the first times."""

STEADY = 4
"""Refutations after which each step is twice as wide as the one before: the bound is far from all rosters."""

Certain = Callable[[int], dict[int, int]]
"""What all rosters cheaper than a cutoff have in common, by column."""


def close_in(state: State, block: Block, amount: float, certain: Certain, hurry: Hurry) -> None:
    """Refute step after step until the best roster is found, or ``amount`` of the time is spent.

    There must be a roster already, and no block before this one.
    """
    until, refuted, status = state.left() - amount, 0, "INFEASIBLE"
    while status == "INFEASIBLE" and state.may_go_on() and state.left() > until and not state.done(block):
        values = state.values(block)
        assert values is not None
        bound = block.total([state.bound(tier.name) for tier in block.tiers])
        step = max(1, int(bound * STEP * 2 ** max(0, refuted - STEADY)))
        most = min(bound + step, block.total(values) - 1)
        cp = state.cp.clone()
        cp.minimize(block.expr)
        fixed = certain(most + 1)
        fix(cp, fixed)
        # the best roster would be no hint: it costs too much
        status = state.search(
            cp, block, state.left() - until, {}, hurry=hurry, floating=bool(fixed), most=most
        ).status
        refuted += 1
