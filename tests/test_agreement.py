"""The solver and the brute-force oracle agree on generated tiny weeks.

``python benchmarks/agreement/run.py --weeks 5000`` does the same for more of them, and counts for each rule
the weeks whose optimum changes when it is left out.
"""

from __future__ import annotations

import pytest

from agreement import compare
from tiny_weeks import TURNS

SEEDS = 6 * len(TURNS)
CHUNK = 6


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_solver_and_oracle_agree(first: int) -> None:
    problems = [problem for seed in range(first, first + CHUNK) for problem in compare(seed).problems]
    assert problems == []
