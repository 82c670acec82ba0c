"""Chance that is the same in every process and every version of Python."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws made from ``Random.random`` alone, the one method whose sequence Python promises to keep."""

    def __init__(self, seed: int, stream: int) -> None:
        self._next = Random(seed * 100_003 + stream).random

    def chance(self, share: float) -> bool:
        """True in ``share`` of the cases."""
        return self._next() < share

    def below(self, most: int) -> int:
        """0 to ``most`` - 1."""
        return int(self._next() * most)

    def between(self, least: int, most: int) -> int:
        """``least`` to ``most``, both included."""
        return least + self.below(most - least + 1)

    def pick(self, items: Sequence[T]) -> T:
        """One of them."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[tuple[T, float]]) -> T:
        """One of them, as often as its weight says."""
        at = self._next() * sum(weight for _, weight in items)
        for item, weight in items:
            at -= weight
            if at < 0:
                return item
        return items[-1][0]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All of them, in another order."""
        found = list(items)
        for last in range(len(found) - 1, 0, -1):
            other = self.below(last + 1)
            found[last], found[other] = found[other], found[last]
        return found

    def some(self, items: Sequence[T], number: int) -> list[T]:
        """``number`` of them (all, if there are fewer)."""
        return self.shuffled(items)[:number]
