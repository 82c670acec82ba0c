"""A week as rows and as CSV, complete: what would be written is read back before it is handed out."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from iop_sched.tables.assembling import assemble
from iop_sched.tables.cells import MAX_TEXT, as_text
from iop_sched.tables.finding import REMARK
from iop_sched.tables.grid import MAX_ROWS, Grid
from iop_sched.tables.layout import Sheet
from iop_sched.tables.leaves import leaf
from iop_sched.tables.rows import Row, WeekRows
from iop_sched.tables.sheets import SHEETS
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.program import ProgramWeek
from iop_sched.week.validating import validated

Texts = list[list[str]]


@dataclass(frozen=True)
class Filled:
    """A sheet with what goes into it: examples, which are not read, and then the rows."""

    sheet: Sheet
    examples: Texts
    rows: list[Row]

    @property
    def texts(self) -> Texts:
        """All rows as the texts of their cells."""
        return [*self.examples, *(row_texts(self.sheet, row) for row in self.rows)]


def filled_sheets(week: ProgramWeek | None, examples: ProgramWeek | None = None) -> list[Filled]:
    """Every sheet of a week; where it has nothing for a sheet, the examples of another week.

    Raises ``InputProblems`` and ``ValueError`` as ``checked_rows`` does.
    """
    rows = {} if week is None else checked_rows(week)
    shown = {} if examples is None else checked_rows(examples)
    found = []
    for sheet in SHEETS:
        own = rows.get(sheet.name, [])
        instead = [] if own else [as_example(row_texts(sheet, row)) for row in shown.get(sheet.name, [])]
        found.append(Filled(sheet, instead, own))
    return found


def checked_rows(week: ProgramWeek) -> dict[str, list[Row]]:
    """The rows of every sheet by its name, as ``WeekRows`` has them.

    Raises ``InputProblems`` for a week that tables cannot hold (a text longer than a cell, more rows than a
    sheet), and ``ValueError`` if anything at all would be lost.
    """
    rows = WeekRows(week)
    found = {sheet.name: rows.of(sheet) for sheet in SHEETS}
    texts = {sheet.name: [row_texts(sheet, row) for row in found[sheet.name]] for sheet in SHEETS}
    _check_room(texts)
    _check_lossless(week, texts)
    return found


def row_texts(sheet: Sheet, row: Row) -> list[str]:
    """A row as the texts of its cells; empty where there is nothing."""
    return [
        "" if value is None else as_text(leaf(sheet, column), value)
        for column, value in zip(sheet.columns, row, strict=True)
    ]


def csv_text(filled: Filled) -> str:
    """A sheet as CSV: commas, a byte-order mark for Excel, lines that end as Windows has them."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.header for column in filled.sheet.columns])
    writer.writerows(filled.texts)
    return "\ufeff" + out.getvalue()


def as_example(cells: list[str]) -> list[str]:
    """The texts of a row that is for people to see, and is not read."""
    first = next(place for place, cell in enumerate(cells) if cell)
    return [f"{REMARK} {cell}" if place == first else cell for place, cell in enumerate(cells)]


def _check_room(found: Mapping[str, Texts]) -> None:
    for name, rows in found.items():
        if len(rows) > MAX_ROWS:
            raise _problem(f"the sheet '{name}' would have more than {MAX_ROWS:,} rows")
        if any(len(cell) > MAX_TEXT for row in rows for cell in row):
            raise _problem(f"a cell of the sheet '{name}' would have more than {MAX_TEXT:,} characters")


def _problem(what: str) -> InputProblems:
    return InputProblems([Problem("tables", 0, 0, "", what, "keep this week as YAML or JSON")])


def _check_lossless(week: ProgramWeek, found: Mapping[str, Texts]) -> None:
    grids = [
        Grid("", sheet.name, sheet.name, [[column.header for column in sheet.columns], *found[sheet.name]])
        for sheet in SHEETS
    ]
    again, _ = validated(ProgramWeek, assemble("", grids).data)
    if again != week:
        raise ValueError("the tables of this week would not be read as the same week")
