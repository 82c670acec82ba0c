"""Units, gaps and what fixed items take of them, against every way to choose fixed items."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from iop_sched.master.packing import gaps, lifted, units


def stretch(start: int, size: int) -> int:
    return ((1 << size) - 1) << start


@pytest.mark.parametrize(
    ("cells", "unit", "lengths", "most"),
    [
        (0, 2, [], 0),
        (0b1, 2, [1], 0),
        (0b11, 2, [2], 1),
        (0b1101, 2, [1, 2], 1),
        (0b111_0111_0, 2, [3, 3], 2),
        (0b111_0111_0, 3, [3, 3], 2),
        (0b111_1111_0, 3, [7], 2),
    ],
)
def test_gaps_and_units(cells: int, unit: int, lengths: list[int], most: int) -> None:
    assert list(gaps(cells)) == lengths
    assert units(cells, unit) == most


def test_a_meeting_in_the_middle_costs_what_it_splits_off() -> None:
    # four cells hold two hours; a meeting in the second of them leaves one
    assert lifted(0b1111, {7: 0b0010}, 2) == {7: 1}
    # one at the edge costs one too, and together they cost no more than one: the coefficients share it
    assert lifted(0b1111, {7: 0b0010, 8: 0b0001}, 2) == {7: 1}
    assert lifted(0b1111, {7: 0b0011, 8: 0b1100}, 2) == {7: 1, 8: 1}


@pytest.mark.parametrize("seed", range(200))
def test_no_choice_of_fixed_items_takes_more_than_its_coefficients_say(seed: int) -> None:
    rng = Random(seed)
    cells, unit = rng.getrandbits(14), rng.choice([2, 3])
    fixed = {column: stretch(rng.randrange(12), rng.randint(1, 5)) for column in range(rng.randint(1, 5))}
    coefficients = lifted(cells, fixed, unit)
    tight = False
    for size in range(len(fixed) + 1):
        for chosen in combinations(fixed, size):
            if any(fixed[a] & fixed[b] for a, b in combinations(chosen, 2)):
                continue
            left = units(cells & ~sum(fixed[column] for column in chosen), unit)
            taken = sum(coefficients.get(column, 0) for column in chosen)
            assert left + taken <= units(cells, unit)
            tight = tight or (bool(chosen) and left + taken == units(cells, unit))
    assert tight
