"""The assignment found is as cheap as the cheapest of all."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from iop_sched.compare.assignment import assign


def cheapest(costs: list[list[int]]) -> int:
    return min(
        sum(row[column] for row, column in zip(costs, columns, strict=True))
        for columns in permutations(range(len(costs[0])), len(costs))
    )


@pytest.mark.parametrize("seed", range(60))
def test_no_assignment_is_cheaper(seed: int) -> None:
    rng = Random(seed)
    rows = rng.randint(1, 5)
    columns = rng.randint(rows, 6)
    costs = [
        [rng.choice((0, 1, 2, 5, rng.randint(0, 100), 10**15)) for _ in range(columns)] for _ in range(rows)
    ]
    found = assign(costs)
    assert len(set(found)) == rows
    assert sum(row[column] for row, column in zip(costs, found, strict=True)) == cheapest(costs)


def test_greed_does_not_pay() -> None:
    # the cheapest pair (0) leaves 9 for the other row; 1 + 2 is less
    assert assign([[0, 2], [1, 9]]) == [1, 0]


def test_nothing_to_assign() -> None:
    assert assign([]) == []


def test_a_row_too_many() -> None:
    with pytest.raises(ValueError, match="2 rows cannot have a column each among 1"):
        assign([[1], [2]])
