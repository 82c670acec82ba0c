"""Weeks as tables for tests: written to files, spoilt in single cells, and what is said about them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from pathlib import Path

from iop_sched.tables.layout import Sheet
from iop_sched.tables.sheets import SHEETS
from iop_sched.tables.writing import checked_rows, row_texts
from iop_sched.week.loading import load_week
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek

Cells = dict[str, list[list[str]]]
"""Rows of cells by the name of the sheet, the headers first."""


def sheet(name: str) -> Sheet:
    """A sheet of the layout."""
    return next(one for one in SHEETS if one.name == name)


def cells_of(week: ProgramWeek) -> Cells:
    """A week as cells."""
    rows = checked_rows(week)
    return {
        one.name: [
            [column.header for column in one.columns],
            *(row_texts(one, row) for row in rows[one.name]),
        ]
        for one in SHEETS
    }


def put(cells: Cells, name: str, row: int, title: str, value: str) -> None:
    """Change the cell under a header, by its title; the first row below the headers is 2."""
    columns = [column.title for column in sheet(name).columns]
    cells[name][row - 1][columns.index(title)] = value


def add(cells: Cells, name: str, **values: str) -> None:
    """Add a row; names of values are titles with ``_`` for blanks."""
    titles = {column.title.replace(" ", "_").replace(",", ""): column.title for column in sheet(name).columns}
    cells[name].append([""] * len(cells[name][0]))
    for title, value in values.items():
        put(cells, name, len(cells[name]), titles[title], value)


def write_csv(
    folder: Path, cells: Cells, delimiter: str = ",", form: Callable[[str], bytes] = str.encode
) -> Path:
    """The cells as a folder of CSV files."""
    folder.mkdir(exist_ok=True)
    for name, rows in cells.items():
        out = StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(rows)
        (folder / sheet(name).file).write_bytes(form(out.getvalue()))
    return folder


def write_workbook(
    path: Path, cells: Mapping[str, list[list[object]]], merged: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """The cells as a workbook, typed as they are; ``merged``: ranges such as ``E2:E5`` by sheet."""
    from xlsxwriter import Workbook

    with Workbook(path, {"strings_to_formulas": False}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        clock = workbook.add_format({"num_format": "hh:mm"})
        for name, rows in cells.items():
            worksheet = workbook.add_worksheet(name)
            for one in (merged or {}).get(name, ()):
                worksheet.merge_range(one, "")
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if hasattr(value, "year"):
                        worksheet.write_datetime(row, column, value, day)
                    elif hasattr(value, "hour"):
                        worksheet.write_datetime(row, column, value, clock)
                    elif value != "":
                        worksheet.write(row, column, value)
    return path


def said(path: Path) -> list[str]:
    """What is wrong with a week, a line each, without the folder of its file."""
    try:
        load_week(path)
    except InputProblems as found:
        return [str(one).replace(f"{path.parent}/", "") for one in found.problems]
    return []
