"""A week that was read from tables: plain data, and the cell that each part of it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iop_sched.tables.grid import Grid
from iop_sched.tables.layout import ANY, Column, Role, Sheet, steps
from iop_sched.tables.leaves import leaf
from iop_sched.tables.sheets import SHEETS
from iop_sched.week.document import Document, Fault, Path, Position, Step
from iop_sched.week.problems import Problem

_MISSING = re.compile(r"'(\w+)' is missing")
_NAMED = re.compile(r"'([a-z_]+): ([^']*)'")
_FIELD = re.compile(r"'?\b([a-z]+(?:_[a-z]+)+)\b'?")
_LISTED = re.compile(r"\bvocabulary\.(\w+)")
_ADDED = re.compile(r"\badd it to (\w+)\b")
_ADDED_WORD = re.compile(r"\badd it to vocabulary\.\w+(?:, which names none)?")
_LIMIT = re.compile(r"(?<!')\b(min|max)\b(?!')")
_LIMITS = {"min": "the least", "max": "the most"}
_VALUES = {"true": "yes", "false": "no"}


@dataclass(frozen=True)
class Table:
    """A sheet of the layout as it was found: its cells, and where each header stands.

    ``number`` counts the sheets of the layout from 1; ``top`` is the row of the headers.
    """

    number: int
    sheet: Sheet
    grid: Grid
    top: int
    columns: Mapping[str, int]

    def problem(self, row: int, column: Column | None, what: str, right: str) -> Problem:
        """Something wrong in a row, in the cell of a column where one is given."""
        at = None if column is None else self.columns.get(column.header)
        where = "" if column is None else column.title
        return self.grid.problem(self.number, row, at, where, what, right)

    def without(self, column: Column) -> Problem:
        """A column that is needed and not there."""
        right = f"add a column with the header '{column.header}'"
        return self.problem(self.top, None, f"there is no column '{column.title}'", right)


@dataclass(frozen=True)
class Origin:
    """Where an item came from: a row, and the column where the item is a single cell."""

    table: Table
    row: int
    tag: str = ""
    column: Column | None = None


@dataclass
class TableDocument(Document):
    """``origins`` are those of items by path; ``unread`` says what is wrong with cells, by path as well.

    ``partly``: names of sheets of which rows or columns were left out, so that nothing is said to be
    missing because of that.
    """

    origins: dict[Path, Origin] = field(default_factory=dict)
    unread: dict[Path, tuple[str, str]] = field(default_factory=dict)
    partly: set[str] = field(default_factory=set)
    tables: dict[str, Table] = field(default_factory=dict)

    def position(self, path: Sequence[Step], of_key: bool = False) -> Position:
        """Row and column, from 1, of the cell that holds ``path`` or something of it."""
        origin, column = self._cell(tuple(path))
        if origin is None:
            return (1, 1)
        at = None if column is None else origin.table.columns.get(column.header)
        return (origin.row + 1, (at or 0) + 1)

    def cell(self, path: Sequence[Step]) -> str | None:
        """Sheet and row of an item."""
        origin, _ = self._cell(tuple(path))
        if origin is None:
            return None
        name = origin.table.grid.sheet or origin.table.grid.name
        return f"{name} row {origin.row + 1}"

    def problem(self, fault: Fault) -> Problem:
        """A fault of the data as a problem of a cell, in the words of the tables."""
        missing = _MISSING.fullmatch(fault.what)
        if missing:
            return self._missing((*fault.path, missing[1]))
        what, right = self.unread.get(fault.path, (fault.what, fault.right))
        origin, column = self._cell(fault.path)
        if origin is None:
            return Problem(self.file, 0, 0, "", _speak(what, None), _speak(right, None))
        sheet = origin.table.sheet
        if fault.of_key and sheet.keyed:
            column = next(one for one in sheet.columns if one.role is Role.KEY)
        return origin.table.problem(origin.row, column, _speak(what, sheet), _speak(right, sheet))

    def says_nothing(self, fault: Fault) -> bool:
        """Whether a fault only repeats that a sheet could not be read whole."""
        missing = _MISSING.fullmatch(fault.what)
        path = (*fault.path, missing[1]) if missing else fault.path
        pattern = tuple(ANY if isinstance(step, int) else step for step in path)
        origin, column = self._cell(path)
        if origin is not None and column is not None and column.header not in origin.table.columns:
            return leaf(origin.table.sheet, column).required  # said once, of the whole column
        return any(sheet.name in self.partly and sheet.tags_at(pattern) for sheet in SHEETS)

    def _missing(self, path: Path) -> Problem:
        """A part that must be there: a cell, or rows of another sheet."""
        pattern = tuple(ANY if isinstance(step, int) else step for step in path)
        sheet = next((one for one in SHEETS if one.tags_at(pattern) and one.parents), None)
        origin, column = self._cell(path)
        if sheet is not None and origin is not None:
            tag = sheet.tags_at(pattern)[0]
            rows = f"no row with '{tag}'" if tag else "no row"
            right = f"add one for it to the sheet '{sheet.name}'"
            first = origin.table.sheet.columns[0]
            return origin.table.problem(origin.row, first, f"this has {rows} in '{sheet.name}'", right)
        if origin is None or (column is None and not origin.table.sheet.forms):
            own = next((one for one in SHEETS if one.tags_at(pattern)), None)
            own = own or next(one for one in SHEETS if one.name == "Week")
            table = self.tables.get(own.name)
            if table is None:
                return self.without(own.name)
            return table.problem(table.top, None, "no rows follow; this sheet must not be empty", "add a row")
        if column is not None and column.header not in origin.table.columns:
            return origin.table.without(column)
        return origin.table.problem(origin.row, column, "this cell is empty, and must not be", "fill it in")

    def without(self, sheet: str) -> Problem:
        """A sheet that is needed and not there."""
        return Problem(self.file, 0, 0, "", f"there is no sheet '{sheet}'", "add it; see 'template'")

    def _cell(self, path: Path) -> tuple[Origin | None, Column | None]:
        """The row that holds ``path``, and the column in it that is nearest."""
        for end in range(len(path), -1, -1):
            origin = self.origins.get(path[:end])
            if origin is not None:
                return origin, origin.column or _column(origin, path[end:])
        return None, None


def _column(origin: Origin, inside: Path) -> Column | None:
    """The column of a row that holds ``inside``, or else the first that holds some of it."""
    sheet = origin.table.sheet
    if not inside:
        return next((one for one in sheet.columns if one.role in (Role.FIELD, Role.PARENT)), None)
    fields = [
        (column, path)
        for column in sheet.columns
        if column.role is Role.FIELD and (path := column.path_in(origin.tag)) is not None
    ]
    for column, path in fields:
        if path and path == inside[: len(path)]:
            return column
    part = next((column for column, path in fields if path[: len(inside)] == inside), None)
    if part is None and inside == ("id",):  # an agenda is its blocks, and has its id from them
        return sheet.parents[0] if sheet.parents else None
    return part


def _speak(words: str, sheet: Sheet | None) -> str:
    """Names of fields as the headers of their columns: 'step_down: true' as "Steps down this week": yes."""

    def header(name: str) -> str | None:
        sheets = ([sheet] if sheet is not None else []) + list(SHEETS)
        return next((title for one in sheets if (title := _title(one, name))), None)

    def named(found: re.Match[str]) -> str:
        title = header(found[1])
        return f"'{title}': {_VALUES.get(found[2], found[2])}" if title else found[0]

    def field_(found: re.Match[str]) -> str:
        title = header(found[1])
        return f"'{title}'" if title else found[0]

    def listed(found: re.Match[str]) -> str:
        title = next((one.title for one in _words().columns if one.path == found[1]), found[1])
        return f"the sheet Words, column '{title}'"

    def added(found: re.Match[str]) -> str:
        name = next((one.name for one in SHEETS if one.tags_at((found[1],))), None)
        return f"add it to the sheet '{name}'" if name else found[0]

    words = _LIMIT.sub(lambda found: _LIMITS[found[1]], _ADDED_WORD.sub("add it there", words))
    return _FIELD.sub(field_, _NAMED.sub(named, _ADDED.sub(added, _LISTED.sub(listed, words))))


def _title(sheet: Sheet, name: str) -> str | None:
    for column in sheet.columns:
        paths = [column.path] if isinstance(column.path, str) else column.path.values()
        if any(steps(path)[-1:] == (name,) for path in paths):
            return column.title
    return None


def _words() -> Sheet:
    return next(sheet for sheet in SHEETS if sheet.by_column)
