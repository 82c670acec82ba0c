"""Display names as a table: a column of codes and a column of names, in a workbook or a CSV file.

What else stands in the table is left alone: it may come out of another program, with columns of its own.
No message repeats a cell, as codes and names may have changed places.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path

from iop_sched.tables.cells import Cell, CellError, check_formula, is_blank, plain_text, words_of
from iop_sched.tables.csv_folder import read_csv
from iop_sched.tables.finding import REMARK, is_remark
from iop_sched.tables.grid import MAX_COLUMNS, MAX_ROWS, Grid
from iop_sched.tables.layout import plain
from iop_sched.tables.merged import merged_problems
from iop_sched.tables.reading import WORKBOOKS
from iop_sched.tables.workbook import read_workbook
from iop_sched.week.document import is_id
from iop_sched.week.files import write_bytes, write_text
from iop_sched.week.names import KINDS, MOST_LETTERS
from iop_sched.week.nearest import nearest
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.program import ProgramWeek

CODES = ("code", "id")
NAMES = ("name", "display name")
HEADERS = ("Code", "Name", "What")
"""Of the table that is written; the last one is for its reader."""
ENDINGS = (".xlsx", ".csv")
"""Of the files that are written."""


def read_names_table(path: str | Path, week: ProgramWeek | None) -> dict[str, str]:
    """Names by id, from every sheet with both columns; codes without a name are left out.

    Raises ``InputProblems`` with all that is wrong, by sheet and cell; given the week, also ids that it does
    not have.
    """
    reader = _Reader(None if week is None else _ids(week))
    grids = list(_grids(path))
    for number, grid in enumerate(grids, start=1):
        reader.read(number, grid)
    if not reader.problems and not reader.tables:
        what = "there is no table with the columns 'Code' and 'Name'"
        reader.problems.append(Problem(str(path), 0, 0, "", what, "write these two words above the columns"))
    if reader.problems:
        raise InputProblems(reader.problems)
    return reader.names


def save_names_table(path: Path, week: ProgramWeek | None) -> None:
    """Write a table to fill in, with every id of the week, or, without one, a remark that shows how.

    Raises ``OSError``, and ``ValueError`` for any other ending.
    """
    example = [(f"{REMARK} c01", f"{REMARK} Ann Berg", "client")]
    rows = [HEADERS, *(example if week is None else _rows(week))]
    if path.suffix.lower() == ".csv":
        out = StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(rows)
        write_text(path, "\ufeff" + out.getvalue())
    elif path.suffix.lower() == ".xlsx":
        write_bytes(path, _workbook(rows))
    else:
        raise ValueError(f"no names are written to a file that ends in {path.suffix}")


def _rows(week: ProgramWeek) -> Iterator[tuple[str, str, str]]:
    for kind in KINDS:
        for one in getattr(week, kind):
            yield (one.id, "", kind.removesuffix("s"))


def _workbook(rows: Iterable[Sequence[str]]) -> bytes:
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Names")
        # as text, or a spreadsheet program makes numbers and dates of codes
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bottom": 1})
        sheet.set_column(0, 0, 16, text)
        sheet.set_column(1, 1, 36, text)
        sheet.set_column(2, 2, 12, text)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, text if number else bold)
    return out.getvalue()


def _grids(path: str | Path) -> Iterator[Grid]:
    ending = os.path.splitext(str(path))[1].lower()
    if ending in WORKBOOKS:
        return read_workbook(path)
    if ending == ".csv":
        return iter([read_csv(str(path), "", {*CODES, *NAMES})])
    what, right = "this kind of spreadsheet is not read", "save it as .xlsx or .csv"
    raise InputProblems([Problem(str(path), 0, 0, "", what, right)])


def _ids(week: ProgramWeek) -> set[str]:
    return {one.id for kind in KINDS for one in getattr(week, kind)}


class _Reader:
    """Takes sheet after sheet; ``known`` are the ids there may be, none if they are not known."""

    def __init__(self, known: set[str] | None) -> None:
        self.names: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.tables = 0
        self._known = known

    def read(self, number: int, grid: Grid) -> None:
        """Read a sheet; one that has neither column is another kind of sheet, and left alone."""
        filled = (row for row, cells in enumerate(grid.rows) if not all(map(is_blank, cells)))
        top = next(filled, None)
        if top is None:
            return
        if len(grid.rows) > MAX_ROWS + 1 or max(map(len, grid.rows)) > MAX_COLUMNS:
            what = f"this sheet is too large: more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"
            self._wrong(number, grid, (0, None), what, "keep codes and names alone")
            return
        heads = [
            "" if is_blank(cell) or is_remark(cell) else plain(words_of(cell)) for cell in grid.rows[top]
        ]
        codes, names = ([at for at, head in enumerate(heads) if head in words] for words in (CODES, NAMES))
        if len(codes) > 1 or len(names) > 1:
            at = (codes if len(codes) > 1 else names)[1]
            self._wrong(number, grid, (top, at), "this column is here twice", "keep one of the two")
        elif codes and names:
            self.tables += 1
            places = (codes[0], names[0])
            rows = [
                row
                for row in range(top + 1, len(grid.rows))
                if not is_remark(grid.cell(row, codes[0]))
                and not all(is_blank(grid.cell(row, at)) for at in places)
            ]
            self.problems += merged_problems(grid, number, rows, places)
            for row in rows:
                self._row(number, grid, row, *places)
        elif codes or names:
            missing, there = ("Name", "Code") if codes else ("Code", "Name")
            what = f"there is no column '{missing}' beside '{there}'"
            self._wrong(number, grid, (top, None), what, f"write '{missing}' above the column")

    def _row(self, number: int, grid: Grid, row: int, codes: int, names: int) -> None:
        code, name = grid.cell(row, codes), grid.cell(row, names)
        if is_blank(name):
            return
        for at, cell in ((codes, code), (names, name)):
            try:
                check_formula(cell)
            except CellError as error:
                self._wrong(number, grid, (row, at), error.what, error.right)
                return
        wrong = self._wrong_with_code(code)
        if wrong is not None:
            self._wrong(number, grid, (row, codes), *wrong)
            return
        id_, words = words_of(code), _name(name)
        if len(words) > MOST_LETTERS:
            right = f"write {MOST_LETTERS} characters at most"
            self._wrong(number, grid, (row, names), "this name is too long", right)
        elif self.names.setdefault(id_, words) != words:
            what = "this code has another name further up"
            self._wrong(number, grid, (row, codes), what, "give it one name, or leave one row out")

    def _wrong_with_code(self, code: Cell) -> tuple[str, str] | None:
        """What is wrong with a code, and what would be right; none where it is in order."""
        if is_blank(code):
            return "this cell is empty beside a name", "write the code, or take the name out"
        if isinstance(code, (date, time, timedelta)):
            return "the spreadsheet made a date of this code", "format the cell as text and write the code"
        id_ = words_of(code)
        if not is_id(id_):
            right = "write letters, digits, '.', '_' and '-' without spaces, as in the program week"
            return "this is not a code", right
        if self._known is not None and id_ not in self._known:
            close = nearest(id_, self._known)
            right = f"did you mean '{close}'?" if close else "write it as in the week, or take the row out"
            return "the week has nobody and nothing with this code", right
        return None

    def _wrong(self, number: int, grid: Grid, at: tuple[int, int | None], what: str, right: str) -> None:
        self.problems.append(grid.problem(number, *at, "", what, right))


def _name(cell: Cell) -> str:
    return plain_text(cell).strip() if isinstance(cell, str) else words_of(cell)
