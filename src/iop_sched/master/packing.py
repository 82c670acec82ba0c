"""Rows that say how many items fit into the gaps that other items leave.

Hall conditions count cells, and an hour's session does not fit into two half hours. In units of several
cells, a gap of n cells holds ⌊n / unit⌋, and items of sizes s₁, s₂ … in one gap take at least ⌊s₁ / unit⌋ +
⌊s₂ / unit⌋ + … of those. What lies fast, a meeting above all, splits a gap: its coefficient is the number of
units that go with it, whatever else lies fast (sequential lifting).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

Cells = int
"""A set of grid cells, one bit a cell."""

LIFTED = 6
"""So many fixed columns get a coefficient: each one doubles the sets of columns to look at."""


def gaps(cells: Cells) -> Iterator[int]:
    """Lengths of the stretches of cells without a hole."""
    while cells:
        cells >>= (cells & -cells).bit_length() - 1
        length = (~cells & -~cells).bit_length() - 1
        yield length
        cells >>= length


@lru_cache(1 << 16)
def units(cells: Cells, unit: int) -> int:
    """How many times ``unit`` cells in a row fit."""
    return sum(length // unit for length in gaps(cells))


def lifted(cells: Cells, fixed: Mapping[int, Cells], unit: int) -> dict[int, int]:
    """Coefficients of columns that take fixed cells: no set of them together takes more units than it has.

    Columns that share a cell exclude each other, so that sets with both need not be thought of.
    """
    most = units(cells, unit)
    largest = sorted(fixed, key=lambda column: -(fixed[column] & cells).bit_count())[:LIFTED]
    found: dict[int, int] = {}
    for column in largest:
        found[column] = min(
            most - units(cells & ~fixed[column] & ~taken, unit) - sum(found[one] for one in others)
            for others, taken in _compatible(found, fixed)
            if not taken & fixed[column]
        )
    return {column: coefficient for column, coefficient in found.items() if coefficient > 0}


def _compatible(
    columns: Iterable[int], fixed: Mapping[int, Cells]
) -> Iterator[tuple[tuple[int, ...], Cells]]:
    """Sets of columns that share no cell, and the cells they take."""
    columns = list(columns)
    for size in range(len(columns) + 1):
        for chosen in combinations(columns, size):
            taken = 0
            for column in chosen:
                if taken & fixed[column]:
                    break
                taken |= fixed[column]
            else:
                yield chosen, taken
