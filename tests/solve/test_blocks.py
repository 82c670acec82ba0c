"""Tiers that share a run: what they weigh, which are joined, and what a bound on the sum says of each."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from iop_sched.cpsat.tiers import Objective
from iop_sched.solve.blocks import MOST_WEIGHT, MOST_WEIGHT_OF_TWO, Block, blocks


def tiers(*uppers: int) -> list[Objective]:
    return [Objective(f"tier-{number}", 0, upper) for number, upper in enumerate(uppers)]


@pytest.mark.parametrize(
    ("uppers", "joined"),
    [
        ((30, 1_000), [2]),
        ((30, 100, 200), [3]),
        ((30, 1_000, 40_000), [2, 1]),
        ((30, 1_000, 40_000, 90_000), [2, 2]),
        ((30, 1_000, 40_000, 90_000, 70_000, 90_000), [2, 2, 2]),
        ((30, 1_000, 2_000_000, 9_000_000, 70_000, 90_000), [2, 1, 2, 1]),
    ],
)
def test_small_tiers_are_joined_and_pairs_of_large_ones(uppers: tuple[int, ...], joined: list[int]) -> None:
    found = blocks(tiers(*uppers))
    assert [len(block.tiers) for block in found] == joined
    assert [tier for block in found for tier in block.tiers] == tiers(*uppers)
    for block in found:
        most = block.total([tier.upper for tier in block.tiers])
        assert len(block.tiers) == 1 or most <= (MOST_WEIGHT_OF_TWO if len(block.tiers) == 2 else MOST_WEIGHT)


def test_the_sum_orders_values_as_the_tiers_do() -> None:
    block = Block(tuple(tiers(2, 3, 4)))
    values = list(product(range(3), range(4), range(5)))
    assert sorted(values, key=lambda one: block.total(list(one))) == values


def test_no_bound_of_a_tier_is_above_what_the_sum_allows() -> None:
    block, rng = Block(tuple(tiers(9, 20))), Random(1)
    for _ in range(200):
        points = [(rng.randint(0, 9), rng.randint(0, 20)) for _ in range(5)]
        best = min(points)
        bound = rng.randint(0, block.total(list(best)))
        first, second = block.peel(bound, list(best))
        assert first <= best[0]
        assert second <= min(later for lead, later in points if lead <= best[0])


def test_a_block_comes_apart_after_its_first_tier() -> None:
    block = Block(tuple(tiers(2, 3, 4)))
    assert block.others is not None
    assert block.first.tiers + block.others.tiers == block.tiers
    assert [len(block.first.tiers), block.first.others] == [1, None]
