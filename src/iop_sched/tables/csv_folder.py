"""A folder of CSV files, typed by hand or written by any spreadsheet program, as sheets of cells."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Collection, Iterator
from io import StringIO
from pathlib import Path

from iop_sched.tables.cells import MAX_TEXT
from iop_sched.tables.finding import is_own
from iop_sched.tables.grid import MAX_COLUMNS, MAX_ROWS, Grid
from iop_sched.tables.layout import plain
from iop_sched.tables.sheets import SHEETS
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.reading import MAX_BYTES, read_text

DELIMITERS = ",;\t"
_LOOKED_AT = 20
"""Lines of a file among which headers are looked for, to find its delimiter."""
MAX_FILES = 200
"""CSV files of a folder that are looked at."""

_BLANKS = re.compile(r'((?:^|[,;\t])[ ]*+"(?:[^"]|"")*+")[ \t]++(?=[,;\t]|$)', re.MULTILINE)
"""Blanks after a cell in quotation marks, as hands leave them."""
_TYPED = 1_000_000
"""Characters of the longest file in which they are looked for: nobody types more."""
_ALWAYS = {"week", "sites"}
"""Keys of sheets that no week goes without."""
_HEADERS = {sheet.key: {column.key for column in sheet.columns} for sheet in SHEETS}


def read_folder(path: str | Path) -> Iterator[Grid]:
    """Every CSV file of a folder as a sheet; other files are left alone.

    Raises ``InputProblems``: no CSV file, too many or too large together, not text, a quotation mark never
    closed. Delimiters are found by the headers; UTF-8 with or without a byte-order mark.
    """
    found = _csv_names(path)
    if len(found) > MAX_FILES:
        raise _problem(str(path), "there are too many CSV files in this folder", "keep those of the week")
    before = _before(found)
    files = [one for one in found if not is_own(_sheet_name(one.removeprefix(before)))]
    if not files:
        raise _problem(str(path), "there is no CSV file in this folder", "name the folder of a program week")
    if sum(_size(os.path.join(path, one)) for one in files) > MAX_BYTES:
        limit = f"files up to {MAX_BYTES // 1_000_000} MB together are read"
        raise _problem(str(path), "the CSV files are too large", limit)
    problems: list[Problem] = []
    grids = []
    for name in files:
        try:
            sheet = _sheet_name(name.removeprefix(before))
            grids.append(read_csv(os.path.join(path, name), sheet, _HEADERS.get(sheet, set())))
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise InputProblems(problems)
    yield from grids


def holds_week(path: str | Path) -> bool:
    """Whether a folder is a week's, however its files are written; raises ``InputProblems``: unreadable."""
    found = _csv_names(path)
    before = _before(found)
    return {_sheet_name(one.removeprefix(before)) for one in found} >= _ALWAYS


def _csv_names(path: str | Path) -> list[str]:
    return sorted(one for one in _names(path) if one.lower().endswith(".csv"))


def _names(path: str | Path) -> list[str]:
    try:
        return os.listdir(path)
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise _problem(str(path), f"the folder cannot be read ({why})", "check the rights") from None


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0  # reading it will say why


def _sheet_name(file: str) -> str:
    return plain(os.path.splitext(file)[0].replace("_", " "))


def _before(files: list[str]) -> str:
    """What stands before the name of every sheet: LibreOffice writes the workbook's name and ``-`` there."""
    dashes = ((one, end + 1) for one in files for end, sign in enumerate(one) if sign == "-")
    tried = Counter(one[:end] for one, end in dashes if _sheet_name(one[end:]) in _HEADERS)
    tried[""] = sum(_sheet_name(one) in _HEADERS for one in files)
    return max(sorted(tried), key=tried.__getitem__)


def read_csv(path: str, name: str, known: Collection[str]) -> Grid:
    """A CSV file as the sheet ``name``; ``known``: its headers, as ``plain`` has them, to find the delimiter.

    Raises ``InputProblems`` where it cannot be read.
    """
    if os.path.isfile(path) and _size(path) == 0:
        return Grid(path, name, "", ())
    text = read_text(path)
    separator = text[:5]
    if separator.startswith("sep=") and separator[4:] in DELIMITERS:  # how Excel is told the delimiter
        text = text.partition("\n")[2]
        return Grid(path, name, "", [(), *_rows(path, text, separator[4:])])
    return Grid(path, name, "", _rows(path, text, _delimiter(text, known)))


def _delimiter(text: str, known: Collection[str]) -> str:
    """The delimiter with which the first lines that say something have most of the known headers."""
    lines = [line[:10_000] for line in text.splitlines()[:_LOOKED_AT] if line.strip(DELIMITERS + " ")]

    def headers(delimiter: str) -> tuple[int, int]:
        rows = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
        here = max((sum(plain(cell) in known for cell in row) for row in rows), default=0)
        return here, len(rows[0]) if rows else 0

    return max(DELIMITERS, key=headers)


def _rows(path: str, text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=delimiter != "\t"
    )
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_ROWS + 1 or len(row) > MAX_COLUMNS:
                what = f"more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"
                raise _problem(path, f"this file is too large: {what}", "delete what is not needed")
    except csv.Error:
        tidy = _BLANKS.sub(r"\1", text) if len(text) <= _TYPED else text
        if tidy != text:
            return _rows(path, tidy, delimiter)
        what = f"a quotation mark is not closed, or a cell has more than {MAX_TEXT:,} characters"
        right = "close it, and write a quotation mark inside a cell twice"
        raise InputProblems([Problem(path, max(1, reader.line_num), 1, "", what, right)]) from None
    return rows


def _problem(file: str, what: str, right: str) -> InputProblems:
    return InputProblems([Problem(file, 0, 0, "", what, right)])
