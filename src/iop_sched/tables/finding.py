"""Which sheet of the layout each sheet that was read is, and where its headers stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from iop_sched.tables.cells import Cell, CellError, check_formula, is_blank, is_error, words_of
from iop_sched.tables.grid import MAX_COLUMNS, MAX_ROWS, Grid, quoted
from iop_sched.tables.layout import Column, Sheet, plain, unit
from iop_sched.tables.leaves import Kind, leaf
from iop_sched.tables.provenance import Table
from iop_sched.tables.sheets import SHEETS
from iop_sched.week.nearest import nearest
from iop_sched.week.problems import Problem

REMARK = "#"
"""A row whose first cell begins with it is an example or a remark, and so is a column whose header does."""
OWN = ("read me", "notes")
"""Sheets whose names begin so are the reader's own."""

_SEARCHED = 20
"""Rows among which headers are looked for: a title may stand above them."""
_NAMED = 6
"""Most columns that a message names."""


def is_own(name: str) -> bool:
    """Whether a sheet is for people alone."""
    return plain(name).startswith(OWN)


def is_remark(cell: Cell) -> bool:
    """Whether a row that begins with this cell, or a column under it, is not to be read."""
    return isinstance(cell, str) and cell.lstrip().startswith(REMARK) and not is_error(cell)


def find_tables(grids: Iterable[Grid]) -> Finder:
    """All tables among the sheets, in the order of the layout, and what is wrong with sheets and headers."""
    finder = Finder()
    strangers = [grid for grid in grids if not finder.take(grid)]
    for grid in strangers:
        finder.guess(grid)
    in_order = sorted(finder.tables.values(), key=lambda table: table.number)
    finder.tables = {table.sheet.name: table for table in in_order}
    return finder


@dataclass
class Finder:
    """Tables by the name of their sheet; ``partly``: names of sheets of which something was left out."""

    tables: dict[str, Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    partly: set[str] = field(default_factory=set)
    _here: set[str] = field(default_factory=set)

    def take(self, grid: Grid) -> bool:
        """Take a sheet that has the name of one of the layout; false when it has another name."""
        found = next((pair for pair in _numbered() if pair[1].key == plain(grid.name)), None)
        if found is None:
            return False
        rows = _heads(grid)
        if rows and found[1].name in self._here:
            what = f"the sheet '{found[1].name}' is here twice"
            self.problems.append(Problem(grid.file, 0, 0, "", what, "keep one of the two"))
        elif rows:
            self._add(*found, grid, rows)
        return True

    def guess(self, grid: Grid) -> None:
        """Report a sheet with an unknown name, and read it as the missing sheet that it certainly is."""
        rows = _heads(grid)
        if not rows:
            return
        missing = [pair for pair in _numbered() if pair[1].name not in self._here]
        alike = _with_headers_of(grid, rows, missing)
        close = nearest(grid.name, [sheet.name for _, sheet in missing])
        if alike is not None:
            right = f"its headers are those of '{alike[1].name}': give it that name"
        elif close:
            right = f"write '{close}'"
            self.partly.add(close)
        else:
            right = f"take it out, or begin its name with '{OWN[1].capitalize()}' to keep it for yourself"
        what = f"there is no such sheet in a program week as {quoted(grid.name)}"
        self.problems.append(Problem(grid.file, 0, 0, "", what, right))
        if alike is not None:
            self._add(*alike, grid, rows)

    def _add(self, number: int, sheet: Sheet, grid: Grid, rows: Sequence[int]) -> None:
        self._here.add(sheet.name)
        if len(grid.rows) > MAX_ROWS + 1 or max(map(len, grid.rows)) > MAX_COLUMNS:
            what = f"this sheet is too large: more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"
            self.problems.append(grid.problem(number, rows[0], None, "", what, "delete what is not needed"))
            self.partly.add(sheet.name)
            return
        top = _top(grid, rows, sheet)
        self._above(number, sheet, grid, [row for row in rows if row < top])
        self.tables[sheet.name] = Table(number, sheet, grid, top, self._headers(number, sheet, grid, top))

    def _above(self, number: int, sheet: Sheet, grid: Grid, rows: Sequence[int]) -> None:
        """Report what stands above the headers, once: a title, or rows that were sorted to the top."""
        rows = [row for row in rows if not is_remark(_cells(grid, row)[0])]
        if rows:
            what = "this row stands above the headers"
            right = f"move the headers to the top, and begin a title with '{REMARK}'"
            self.problems.append(grid.problem(number, rows[0], None, "", what, right))
        if any(len(_cells(grid, row)) > 1 for row in rows):
            self.partly.add(sheet.name)

    def _headers(self, number: int, sheet: Sheet, grid: Grid, top: int) -> dict[str, int]:
        """The place of each column by its header."""
        by_key = {column.key: column for column in sheet.columns}
        cells = {
            place: cell
            for place, cell in enumerate(grid.rows[top])
            if not is_blank(cell) and not is_remark(cell)
        }
        absent = [column for column in sheet.columns if column.key not in map(_key, cells.values())]
        places: dict[str, int] = {}
        for place, cell in cells.items():
            column = by_key.get(_key(cell))
            if column is None:
                column = self._meant(number, sheet, grid, (top, place), absent)
            if column is None:
                self.partly.add(sheet.name)
                continue
            self._unit(number, sheet, grid, (top, place), column)
            if column.header in places:
                what = f"the column '{column.title}' is here twice"
                self.problems.append(grid.problem(number, top, place, "", what, "keep one of the two"))
            else:
                places[column.header] = place
        return places

    def _unit(self, number: int, sheet: Sheet, grid: Grid, at: tuple[int, int], column: Column) -> None:
        """Report a unit that is not the column's: the values below would be taken for others than meant."""
        given, own = unit(words_of(grid.cell(*at))), unit(column.header)
        if own.startswith(given):  # there is none, or it is cut short
            return
        # where the column has none, brackets hold a remark, but hardly above numbers
        if not own and leaf(sheet, column).kind not in (Kind.INT, Kind.NUMBER):
            return
        what = f"what stands in brackets is not the unit of the column '{column.title}'"
        right = f"write '{column.header}', and the values below as it says"
        self.problems.append(grid.problem(number, *at, "", what, right))

    def _meant(
        self, number: int, sheet: Sheet, grid: Grid, at: tuple[int, int], absent: list[Column]
    ) -> Column | None:
        """The column that a wrong header probably means; it is reported, and read as that one."""
        words = words_of(grid.cell(*at))
        try:
            check_formula(words)
        except CellError as error:
            self.problems.append(grid.problem(number, *at, "", error.what, error.right))
            return None
        titles = {column.title: column for column in absent}
        close = nearest(words, titles)
        if close:
            right = f"write '{titles[close].header}'"
        else:
            few = [f"'{column.header}'" for column in absent] if len(absent) <= _NAMED else []
            others = f", or write {' or '.join(few)}" if few else ""
            right = f"take the column out, begin its header with '{REMARK}' to keep it for yourself{others}"
        # Without headers, the first row is somebody's data.
        named = f"column {quoted(words)}" if close else "such column"
        what = f"there is no {named} in the sheet '{sheet.name}'"
        self.problems.append(grid.problem(number, *at, "", what, right))
        return titles[close] if close else None


def _numbered() -> Iterable[tuple[int, Sheet]]:
    return enumerate(SHEETS, start=1)


def _key(cell: Cell) -> str:
    return plain(words_of(cell))


def _heads(grid: Grid) -> list[int]:
    """The first rows that say something; none of an empty sheet."""
    # counting is quick, and most blank rows consist of empty texts
    blank = (cells.count("") == len(cells) or all(map(is_blank, cells)) for cells in grid.rows)
    return list(islice((row for row, empty in enumerate(blank) if not empty), _SEARCHED))


def _cells(grid: Grid, row: int) -> list[Cell]:
    """The cells of a row that say something."""
    return [cell for cell in grid.rows[row] if not is_blank(cell)]


def _known(grid: Grid, row: int, sheet: Sheet) -> int:
    """How many headers of a sheet stand in a row."""
    heads = {_key(cell) for cell in _cells(grid, row) if not is_remark(cell)}
    return len({column.key for column in sheet.columns} & heads)


def _top(grid: Grid, rows: Sequence[int], sheet: Sheet) -> int:
    """The row of the headers: the one with most of them, the first where none has more."""
    return max(rows, key=lambda row: _known(grid, row, sheet))


def _with_headers_of(
    grid: Grid, rows: Sequence[int], missing: Iterable[tuple[int, Sheet]]
) -> tuple[int, Sheet] | None:
    """The missing sheet whose headers these are: two at least, and more than half of all there are."""
    found = []
    for number, sheet in missing:
        top = _top(grid, rows, sheet)
        known = _known(grid, top, sheet)
        if known >= 2 and 2 * known > sum(not is_remark(cell) for cell in _cells(grid, top)):
            found.append(((known, -len(sheet.columns)), (number, sheet)))
    return max(found, key=lambda one: one[0])[1] if found else None
