"""Blocks: consecutive tiers that are minimised in one run, with exact weights.

A tier's weight is one more than all that the later tiers of its block can cost together, so that the
optimum of the sum is the lexicographic one. Large weights ruin a linear relaxation, so only small tiers
share a block.
"""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.cpsat.model import Expr
from iop_sched.cpsat.tiers import Objective

MOST_WEIGHT = 10_000_000
"""The largest weighted sum that a block may reach."""


@dataclass(frozen=True)
class Block:
    """Tiers in order, the earlier ones heavier."""

    tiers: tuple[Objective, ...]

    @property
    def weights(self) -> list[int]:
        """One weight a tier."""
        weights = [1]
        for tier in reversed(self.tiers[1:]):
            weights.insert(0, weights[0] * (tier.upper + 1))
        return weights

    @property
    def expr(self) -> Expr:
        """The weighted sum."""
        return sum(weight * tier.expr for weight, tier in zip(self.weights, self.tiers, strict=True))

    def total(self, values: list[int]) -> int:
        """The weighted sum of the tiers' values."""
        return sum(weight * value for weight, value in zip(self.weights, values, strict=True))

    def peel(self, bound: int, values: list[int]) -> list[int]:
        """A bound for each tier, given the values of the earlier ones, from a bound on the weighted sum.

        What the later tiers of the block add is below the tier's weight, so the whole multiples are its own.
        """
        bounds = []
        for weight, value in zip(self.weights, values, strict=True):
            bounds.append(max(0, bound // weight))
            bound -= weight * value
        return bounds


def blocks(objectives: list[Objective], most: int = MOST_WEIGHT) -> list[Block]:
    """Tiers in order, joined as long as no weighted sum can exceed ``most``."""
    joined: list[Block] = []
    for objective in objectives:
        if joined:
            wider = Block((*joined[-1].tiers, objective))
            if wider.total([tier.upper for tier in wider.tiers]) <= most:
                joined[-1] = wider
                continue
        joined.append(Block((objective,)))
    return joined
