"""Blocks: consecutive tiers that are minimised in one run, with exact weights.

A tier's weight is one more than all that the later tiers of its block can cost together, so that the
optimum of the sum is the lexicographic one. Large weights ruin a linear relaxation, so many tiers share a
block only if they are small. Two of them may be large: with the later one in the sum, the search for the
earlier one does not spoil what is to come, and both are proven in one go.
"""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.cpsat.model import Expr
from iop_sched.cpsat.tiers import Objective

MOST_WEIGHT = 10_000_000
"""The largest weighted sum that a block of many tiers may reach."""

MOST_WEIGHT_OF_TWO = 10**12
"""The largest that a block of two tiers may reach; floating-point numbers have 15 digits."""


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

    @property
    def first(self) -> Block:
        """The heaviest tier by itself."""
        return Block(self.tiers[:1])

    @property
    def others(self) -> Block | None:
        """The tiers after the heaviest by themselves."""
        return Block(self.tiers[1:]) if len(self.tiers) > 1 else None

    def peel(self, bound: int, values: list[int]) -> list[int]:
        """A bound for each tier, given the values of the earlier ones, from a bound on the weighted sum.

        What the later tiers of the block add is below the tier's weight, so the whole multiples are its own.
        """
        bounds = []
        for weight, value in zip(self.weights, values, strict=True):
            bounds.append(max(0, bound // weight))
            bound -= weight * value
        return bounds


def blocks(
    objectives: list[Objective], most: int = MOST_WEIGHT, most_of_two: int = MOST_WEIGHT_OF_TWO
) -> list[Block]:
    """Tiers in order, joined as long as no sum can exceed ``most``, or ``most_of_two`` for a pair."""
    joined: list[Block] = []
    for objective in objectives:
        if joined:
            wider = Block((*joined[-1].tiers, objective))
            allowed = most if len(wider.tiers) > 2 else max(most, most_of_two)
            if wider.total([tier.upper for tier in wider.tiers]) <= allowed:
                joined[-1] = wider
                continue
        joined.append(Block((objective,)))
    return joined
