"""The staged strategy reaches the full model's status and optimum, and the full model accepts its rosters.

``python benchmarks/agreement/run.py --strategy staged`` compares it with the oracle on many more weeks.
"""

from __future__ import annotations

import pytest

from agreement import strategies_differ
from tiny_weeks import THEMES

SEEDS = len(THEMES)
CHUNK = 4
WEIGHTED_EVERY = 4


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_tier_by_tier(first: int) -> None:
    seeds = range(first, first + CHUNK)
    assert [problem for seed in seeds for problem in strategies_differ(seed, "lexicographic")] == []


@pytest.mark.parametrize("seed", range(0, SEEDS, WEIGHTED_EVERY))
def test_weighted(seed: int) -> None:
    assert strategies_differ(seed, "weighted") == []
