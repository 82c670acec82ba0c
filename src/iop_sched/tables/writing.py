"""A week as a workbook or as CSV files, complete: what was written is read back before it is handed out."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from iop_sched.tables.assembling import REMARK, assemble
from iop_sched.tables.cells import MAX_TEXT, as_text
from iop_sched.tables.grid import MAX_ROWS, Grid
from iop_sched.tables.layout import Column, Sheet
from iop_sched.tables.leaves import leaf
from iop_sched.tables.rows import WeekRows
from iop_sched.tables.sheets import SHEETS
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.program import ProgramWeek
from iop_sched.week.validating import validated

Texts = list[list[str]]


def sheet_texts(week: ProgramWeek) -> dict[str, Texts]:
    """The cells of every sheet as text, without headers, by the sheet's name.

    Raises ``InputProblems`` for a week that tables cannot hold (a text longer than a cell, more rows than a
    sheet), and ``ValueError`` if anything at all would be lost.
    """
    rows = WeekRows(week)
    found = {sheet.name: [_texts(sheet, row) for row in rows.of(sheet)] for sheet in SHEETS}
    _check_room(found)
    _check_lossless(week, found)
    return found


def csv_text(sheet: Sheet, rows: Iterable[list[str]]) -> str:
    """A sheet as CSV: commas, a byte-order mark for Excel, lines that end as Windows has them."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.header for column in sheet.columns])
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def as_examples(rows: Texts) -> Texts:
    """Rows that are for people to see, and are not read."""
    return [_remark(row) for row in rows]


def _remark(row: list[str]) -> list[str]:
    first = next(place for place, cell in enumerate(row) if cell)
    return [f"{REMARK} {cell}" if place == first else cell for place, cell in enumerate(row)]


def _texts(sheet: Sheet, row: list[Any]) -> list[str]:
    return [_text(sheet, column, value) for column, value in zip(sheet.columns, row, strict=True)]


def _text(sheet: Sheet, column: Column, value: Any) -> str:
    return "" if value is None else as_text(leaf(sheet, column), value)


def _check_room(found: dict[str, Texts]) -> None:
    for name, rows in found.items():
        if len(rows) > MAX_ROWS:
            raise _problem(f"the sheet '{name}' would have more than {MAX_ROWS:,} rows")
        if any(len(cell) > MAX_TEXT for row in rows for cell in row):
            raise _problem(f"a cell of the sheet '{name}' would have more than {MAX_TEXT:,} characters")


def _problem(what: str) -> InputProblems:
    return InputProblems([Problem("tables", 0, 0, "", what, "keep this week as YAML or JSON")])


def _check_lossless(week: ProgramWeek, found: dict[str, Texts]) -> None:
    grids = [
        Grid("", sheet.name, sheet.name, [[column.header for column in sheet.columns], *found[sheet.name]])
        for sheet in SHEETS
    ]
    again, _ = validated(ProgramWeek, assemble("", grids).data)
    if again != week:
        raise ValueError("the tables of this week would not be read as the same week")
