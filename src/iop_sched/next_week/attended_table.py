"""Attendance as a table: a CSV file or the first sheet of a workbook, a row for each thing that was missed.

Columns, in any order: ``Client``, ``Day`` (a weekday) or ``Date``, ``What`` (``meeting``, the id of a
service, or nothing: all of that day) and ``Missed``. With a column ``Missed``, only rows with a mark there
count, so that the form of ``export --attendance`` can be marked and read; without it, every row does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from iop_sched.tables.cells import CellError, is_blank, read_cell, words_of
from iop_sched.tables.csv_folder import read_csv
from iop_sched.tables.grid import Grid
from iop_sched.tables.layout import plain
from iop_sched.tables.leaves import Kind, Leaf
from iop_sched.tables.merged import merged_problems
from iop_sched.tables.reading import WORKBOOKS
from iop_sched.tables.workbook import read_workbook
from iop_sched.week.document import Document, Fault, Place, Step
from iop_sched.week.nearest import nearest
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import WEEK

MEETING = "meeting"
FORM = ("Client", "Day", "Date", "What", "Start", "Missed")
"""Columns of the form; ``Start`` is for people to find the row by."""

_KINDS = {"client": Kind.TEXT, "day": Kind.DAY, "date": Kind.DATE, "what": Kind.TEXT, "missed": Kind.YES_NO}
_KNOWN = {plain(header) for header in FORM}
_HEADERS_WITHIN = 10
"""Rows in which the headers may stand."""


@dataclass
class _Table(Document):
    """The data that a table says, and the cell of each part."""

    grid: Grid | None = None
    cells: dict[tuple[Step, ...], tuple[int, int | None]] = field(default_factory=dict)

    def problem(self, fault: Fault) -> Problem:
        """A fault as a problem of the cell that is nearest to it."""
        assert self.grid is not None
        ends = range(len(fault.path), 0, -1)
        row, column = next(
            (self.cells[fault.path[:end]] for end in ends if fault.path[:end] in self.cells), (0, None)
        )
        return self.grid.problem(0, row, column, "", fault.what, fault.right)


def read_attended_table(path: str | Path, week: ProgramWeek) -> Document:
    """The data of a table, as a file of attendance would have them, with what is wrong in ``problems``.

    Ids may be followed by a name. What does not fit the roster is not looked at here. Raises
    ``InputProblems`` for what is no such table.
    """
    grid = _grid(path)
    top, columns = _headers(grid)
    rows = [
        row
        for row in range(top + 1, len(grid.rows))
        if not all(is_blank(grid.cell(row, at)) for at in columns.values())
    ]
    problems = merged_problems(grid, 0, rows, [at for name, at in columns.items() if name in _KINDS])
    missed: dict[str, list[dict[str, Any]]] = {}
    found = _Table(str(path), {}, Place((1, 1)), grid=grid)
    for number in rows:
        row = _Row(grid, number, columns, week)
        said = row.missed()
        problems += row.problems
        if said is None or row.problems:
            continue
        client, entry = said
        entries = missed.setdefault(client, [])
        at = ("clients", list(missed).index(client))
        if entry in entries:
            problems.append(
                grid.problem(0, number, None, "", "this stands in the table already", "keep one row")
            )
            continue
        found.cells.setdefault((*at, "client"), (number, columns["client"]))
        found.cells[(*at, "missed", len(entries))] = (number, columns.get("day", columns.get("date")))
        found.cells[(*at, "missed", len(entries), "service")] = (number, columns.get("what"))
        entries.append(entry)
    found.problems = tuple(problems)
    clients = [{"client": client, "missed": entries} for client, entries in missed.items()]
    found.data = {"week_of": week.week_of.isoformat(), "clients": clients}
    return found


def _grid(path: str | Path) -> Grid:
    name = str(path)
    if name.lower().endswith(".csv"):
        return read_csv(str(path), "", _KNOWN)
    if name.lower().endswith(WORKBOOKS):
        for grid in read_workbook(path):
            return grid
        raise InputProblems([Problem(name, 0, 0, "", "there is no sheet in this workbook", "name another")])
    what, right = "this kind of spreadsheet is not read", "save it as .csv or .xlsx"
    if os.path.isdir(path):
        what, right = "this is a folder", "name one file of attendance"
    raise InputProblems([Problem(name, 0, 0, "", what, right)])


def _headers(grid: Grid) -> tuple[int, dict[str, int]]:
    """The row of the headers, and where each stands; raises ``InputProblems``."""
    tops = range(min(_HEADERS_WITHIN, len(grid.rows)))
    top = next((row for row in tops if "client" in _plain(grid.rows[row])), None)
    if top is None:
        right = f"the first row names them: {', '.join(FORM)}"
        raise InputProblems([grid.problem(0, 0, None, "", "there is no column 'Client'", right)])
    columns: dict[str, int] = {}
    problems = []
    for at, header in enumerate(_plain(grid.rows[top])):
        if header and header not in _KNOWN:
            close = nearest(header, sorted(_KNOWN))
            right = f"did you mean {close.capitalize()}?" if close else f"write one of {', '.join(FORM)}"
            problems.append(grid.problem(0, top, at, "", "this column is not one of attendance", right))
        elif header in columns:
            problems.append(grid.problem(0, top, at, "", "this column stands here twice", "take one out"))
        elif header:
            columns[header] = at
    if not {"day", "date"} & set(columns) and not problems:
        right = "add a column Day or Date"
        problems.append(grid.problem(0, top, None, "", "there is no column that says the day", right))
    if problems:
        raise InputProblems(problems)
    return top, columns


def _plain(row: Sequence[Any]) -> Iterator[str]:
    return iter([plain(words_of(cell)) if not is_blank(cell) else "" for cell in row])


class _Row:
    """One row of the table, and what is wrong with it."""

    def __init__(self, grid: Grid, number: int, columns: dict[str, int], week: ProgramWeek) -> None:
        self.grid, self.number, self.columns, self.week = grid, number, columns, week
        self.problems: list[Problem] = []

    def missed(self) -> tuple[str, dict[str, Any]] | None:
        """The client and what was missed; none for a row without a mark."""
        if "missed" in self.columns and not self._value("missed"):
            return None
        client, day = self._value("client"), self._day()
        if client is None:
            self._fault("client", "there is no client in this row", "write the client's id")
        if day is None and not self.problems:
            self._fault(
                "day" if "day" in self.columns else "date",
                "there is no day in this row",
                "write mon, tue, wed …",
            )
        what = _id(self._value("what"))
        entry: dict[str, Any] = {"day": day}
        if what.casefold() == MEETING:
            entry["meeting"] = True
        elif what:
            entry["service"] = what
        return _id(client), entry

    def _day(self) -> str | None:
        """The weekday, by itself or of a date of the week."""
        day: str | None = self._value("day")
        date: str | None = self._value("date")
        if date is None:
            return day
        dates = {(self.week.week_of + timedelta(days=int(one))).isoformat(): one.code for one in WEEK}
        if date not in dates:
            right = f"the week is that of {self.week.week_of}; name the file of that week"
            self._fault("date", "this date is not in the week of the roster", right)
        elif day is not None and day != dates[date]:
            self._fault("day", f"this is not the weekday of the date, {dates[date]}", "correct one of them")
        return day or dates.get(date)

    def _value(self, name: str) -> Any:
        at = self.columns.get(name)
        cell = None if at is None else self.grid.cell(self.number, at)
        if is_blank(cell):
            return None
        try:
            return read_cell(Leaf(_KINDS[name], "", False), cell)
        except CellError as error:
            self._fault(name, error.what, error.right)
            return None

    def _fault(self, name: str, what: str, right: str) -> None:
        at = self.columns.get(name)
        self.problems.append(self.grid.problem(0, self.number, at, "", what, right))


def _id(words: str | None) -> str:
    """The id of a cell that may go on with a name."""
    return words.split()[0] if words and words.split() else ""
