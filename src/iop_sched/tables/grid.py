"""A sheet as it was read: rows of cells, and how its places are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iop_sched.tables.cells import Cell
from iop_sched.week.problems import Problem

MAX_ROWS = 20_000
MAX_COLUMNS = 200
"""Most rows and columns of a sheet that are read."""


@dataclass(frozen=True)
class Grid:
    """Cells by row and column, both from 0. ``sheet`` is its name in a workbook; empty for a CSV file.

    ``merged``: ranges of merged cells, each by the rows and columns of two opposite corners.
    """

    file: str
    name: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    def cell(self, row: int, column: int) -> Cell:
        """A cell; none beyond the end of a short row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def spot(self, row: int, column: int | None) -> str:
        """A place as a spreadsheet program shows it: 'sheet Clients, cell D7', 'sheet Clients, row 7'."""
        prefix = f"sheet {self.sheet}, " if self.sheet else ""
        return prefix + (f"row {row + 1}" if column is None else f"cell {letters(column)}{row + 1}")

    def problem(
        self, number: int, row: int, column: int | None, where: str, what: str, right: str
    ) -> Problem:
        """Something wrong at a place; ``number`` is the sheet's, for the order."""
        at = (row + 1, 0 if column is None else column + 1)
        return Problem(self.file, *at, where, what, right, sheet=number, spot=self.spot(row, column))


def letters(column: int) -> str:
    """A column counted from 0 as its letters: A … Z, AA …"""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def quoted(words: str) -> str:
    """A name in a message, cut where it is long and without what could not be printed."""
    shown = "".join(sign if sign.isprintable() else " " for sign in words)
    return f"'{shown[:40]}…'" if len(shown) > 40 else f"'{shown}'"
