"""Merged cells, of which a workbook holds a single value: the others would be read as empty."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from iop_sched.tables.cells import is_blank
from iop_sched.tables.grid import Grid, letters
from iop_sched.week.problems import Problem


def merged_problems(grid: Grid, number: int, rows: Iterable[int], columns: Iterable[int]) -> list[Problem]:
    """The merged ranges whose value belongs to another cell that is read, too.

    ``rows`` and ``columns``, from 0, are those that are read; ``number`` is the sheet's, for the order.
    """
    rows, columns = sorted(rows), sorted(columns)
    found = []
    for (top, left), (bottom, right) in sorted(set(map(_ordered, grid.merged))):
        covered = _within(rows, top, bottom) * _within(columns, left, right)
        first = _within(rows, top, top) * _within(columns, left, left)
        if covered > first and top < len(grid.rows) and not is_blank(grid.cell(top, left)):
            spot = f"sheet {grid.sheet}, cells {letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
            what = "these cells are merged, and only the first of them has the value"
            remedy = "unmerge them and repeat the value in each cell"
            place = (top + 1, left + 1)
            found.append(Problem(grid.file, *place, "", what, remedy, sheet=number, spot=spot))
    return found


def _ordered(merged: tuple[tuple[int, int], tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """A range from its upper left corner to its lower right one, whichever two corners were written."""
    tops, lefts = zip(*merged, strict=True)
    return (min(tops), min(lefts)), (max(tops), max(lefts))


def _within(places: Sequence[int], first: int, last: int) -> int:
    """How many of the places, which are in order, lie from ``first`` to ``last``."""
    return bisect_right(places, last) - bisect_left(places, first)
