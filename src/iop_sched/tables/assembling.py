"""From sheets of cells to the plain data of a week; all that is wrong with the cells is noted on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from iop_sched.tables.cells import Cell, CellError, check_formula, is_blank, read_cell, words_of
from iop_sched.tables.finding import Finder, find_tables, is_remark
from iop_sched.tables.grid import Grid, quoted
from iop_sched.tables.layout import ANY, Column, Role, Sheet, plain, steps
from iop_sched.tables.leaves import leaf
from iop_sched.tables.merged import merged_problems
from iop_sched.tables.provenance import Origin, Table, TableDocument
from iop_sched.tables.sheets import SHEETS
from iop_sched.week.document import Path, Place, is_id
from iop_sched.week.nearest import nearest
from iop_sched.week.problems import InputProblems, Problem

# In place of what cannot be read: no field takes it, so that it is seen, and what is around it is checked.
_UNREAD: dict[str, None] = {"?": None}


def assemble(file: str, grids: Iterable[Grid]) -> TableDocument:
    """The document of all sheets; raises ``InputProblems`` where there is no table at all.

    What is wrong with sheets, headers and rows is in ``problems`` of the document; what is wrong with single
    cells comes up when the data are validated.
    """
    reader = _Reader(file, find_tables(grids))
    if not reader.document.tables:
        what = "none of the sheets of a program week is here"
        problem = Problem(file, 0, 0, "", what, "start from 'iop-sched template week.xlsx'")
        raise InputProblems([*reader.problems, problem])
    for table in reader.document.tables.values():
        reader.read(table)
    reader.document.problems = tuple(reader.problems)
    return reader.document


class _Reader:
    def __init__(self, file: str, found: Finder) -> None:
        self.document = TableDocument(file, {}, Place((1, 1)), partly=found.partly, tables=found.tables)
        self.problems: list[Problem] = found.problems
        self._named: dict[Path, dict[str, int]] = {}

    def read(self, table: Table) -> None:
        """Read all rows of a sheet into the data."""
        if not self._has_needed_columns(table):
            return
        rows = list(self._filled(table))
        self.problems += merged_problems(table.grid, table.number, rows, table.columns.values())
        if table.sheet.by_column:
            self._columns(table, rows)
            return
        for row in rows:
            item = self._item(table, row)
            if item is None:
                self.document.partly.add(table.sheet.name)

    def _has_needed_columns(self, table: Table) -> bool:
        """Report required columns that are not there at all."""
        complete = True
        for column in table.sheet.columns:
            needed = leaf(table.sheet, column).required and not isinstance(column.path, dict)
            if needed and not table.sheet.by_column and column.header not in table.columns:
                self.problems.append(table.without(column))
                complete = complete and column.role is Role.FIELD and not table.sheet.keyed
        if not complete:
            self.document.partly.add(table.sheet.name)
        return complete

    def _filled(self, table: Table) -> Iterator[int]:
        """Rows that say something; cells beside the table are reported, once a column."""
        told: set[int] = set()
        headers = len(table.grid.rows[table.top])
        for row in range(table.top + 1, len(table.grid.rows)):
            cells = table.grid.rows[row]
            first = next((cell for cell in cells if not is_blank(cell)), None)
            if first is None or is_remark(first):
                continue
            for place, cell in enumerate(cells):
                headless = place >= headers or is_blank(table.grid.rows[table.top][place])
                if headless and place not in told and not is_blank(cell):
                    told.add(place)
                    what, right = "this cell stands in a column without a header", "move or empty it"
                    self.problems.append(table.grid.problem(table.number, row, place, "", what, right))
            yield row

    def _columns(self, table: Table, rows: Iterable[int]) -> None:
        """A sheet of lists, one a column."""
        (address,) = table.sheet.addresses.values()
        for row in rows:
            for column in table.sheet.columns:
                at = table.columns.get(column.header)
                cell = None if at is None else table.grid.cell(row, at)
                if is_blank(cell):
                    continue
                try:
                    found = read_cell(leaf(table.sheet, column), cell) if isinstance(cell, str) else [cell]
                except CellError as error:
                    self.problems.append(table.problem(row, column, error.what, error.right))
                    continue
                path = (*steps(address), *(column.path_in("") or ()))
                words: list[str] = self._around(path, [])
                for word in found:
                    self.document.origins[(*path, len(words))] = Origin(table, row, "", column)
                    words.append(word if isinstance(word, str) else words_of(word))

    def _item(self, table: Table, row: int) -> Path | None:
        """Read a row; none when it could not be told what it belongs to."""
        tag = self._tag(table, row)
        if tag is None:
            return None
        path = self._list(table, row, tag)
        if path is None:
            return None
        if table.sheet.keyed:
            return self._entry(table, row, path)
        if not path:
            if path in self.document.origins:
                self.problems.append(table.problem(row, None, "this sheet has one row", "take this one out"))
                return None
            self._fill(table, row, tag, path, self.document.data)
            return path
        items: list[Any] = self._around(path, [])
        path = (*path, len(items))
        pair = any(column.path_in(tag) == (0,) for column in table.sheet.columns)
        item: Any = [None, None] if pair else {tag: {}} if table.sheet.forms else {}
        items.append(item)
        self._fill(table, row, tag, path, item)
        if isinstance(item, dict) and is_id(item.get("id")):
            self._named.setdefault(path[:-1], {}).setdefault(item["id"], len(items) - 1)
        return path

    def _tag(self, table: Table, row: int) -> str | None:
        column = table.sheet.tag
        if column is None:
            return ""
        cell = table.grid.cell(row, table.columns[column.header])
        if self._failed(table, row, column, cell):
            return None
        words = plain(words_of(cell)) if not is_blank(cell) else ""
        if words in table.sheet.addresses:
            return words
        choices = list(table.sheet.addresses)
        right = f"write {', '.join(choices[:-1])} or {choices[-1]}"
        what = "this is not one of the words allowed here" if words else "this cell is empty, and must not be"
        self.problems.append(table.problem(row, column, what, right))
        return None

    def _failed(self, table: Table, row: int, column: Column, cell: Cell) -> bool:
        """Report a formula that came to nothing."""
        try:
            check_formula(cell)
        except CellError as error:
            self.problems.append(table.problem(row, column, error.what, error.right))
            return True
        return False

    def _list(self, table: Table, row: int, tag: str) -> Path | None:
        """The list that the row's item belongs to, by the items that the row names."""
        path: Path = ()
        parents = iter(table.sheet.parents)
        for step in steps(table.sheet.addresses[tag]):
            if step != ANY:
                path = (*path, step)
                continue
            index = self._named_item(table, row, path, next(parents))
            if index is None:
                return None
            path = (*path, index)
        return path

    def _named_item(self, table: Table, row: int, path: Path, column: Column) -> int | None:
        """The place of an item in its list, by the id in the row; an agenda begins with its first block."""
        cell = table.grid.cell(row, table.columns[column.header])
        pattern = tuple(ANY if isinstance(step, int) else step for step in path)
        source = next((one for one in SHEETS if one.tags_at(pattern)), None)
        if is_blank(cell):
            what = "this cell is empty: the row must say what it belongs to"
            right = "write the id in every row; of merged cells, only the first has it"
            self.problems.append(table.problem(row, column, what, right))
            return None
        try:
            words = read_cell(leaf(table.sheet, column), cell)
        except CellError as error:
            self.problems.append(table.problem(row, column, error.what, error.right))
            return None
        known = self._named.setdefault(path, {})
        if words not in known and source is None:
            items: list[Any] = self._around(path, [])
            known[words] = len(items)
            self.document.origins[(*path, len(items))] = Origin(table, row)
            items.append({"id": words})
        if words not in known:
            self._unknown(table, row, column, source, words, known)
            return None
        return known[words]

    def _unknown(
        self, table: Table, row: int, column: Column, source: Sheet | None, words: str, known: dict[str, int]
    ) -> None:
        name = source.name if source is not None else "Blocks"
        if name in self.document.partly and not known:
            return  # why none can be read has been said
        if name not in self.document.tables:
            self.document.partly.add(name)
            self.problems.append(self.document.without(name))
            return
        close = nearest(words, known)
        what = f"{quoted(words) if is_id(words) else 'this'} is not in the sheet '{name}'"
        right = f"did you mean '{close}'?" if close else "write an id from there, or add it there"
        self.problems.append(table.problem(row, column, what, right))

    def _entry(self, table: Table, row: int, path: Path) -> Path:
        """A row as an entry of a mapping."""
        entries: dict[str, Any] = self._around(path, {})
        cells = {
            column.role: (column, table.grid.cell(row, table.columns[column.header]))
            for column in table.sheet.columns
            if column.role in (Role.KEY, Role.FIELD)
        }
        column, cell = cells[Role.KEY]
        if self._failed(table, row, column, cell):
            return path
        key = words_of(cell) if not is_blank(cell) else ""
        if not is_id(key) or key in entries:
            twice = key in entries and bool(key)
            what = "this entry stands twice" if twice else "this is not an id"
            self.problems.append(table.problem(row, column, what, "keep one" if twice else "write an id"))
            return path
        own = (*path, key)
        self.document.origins[own] = Origin(table, row, "", cells[Role.FIELD][0])
        entries[key] = self._value(table, own, *cells[Role.FIELD])
        return own

    def _fill(self, table: Table, row: int, tag: str, path: Path, item: Any) -> None:
        """Read the cells of a row into its item."""
        self.document.origins[path] = Origin(table, row, tag)
        for column in table.sheet.columns:
            at = table.columns.get(column.header)
            if column.role is not Role.FIELD or at is None:
                continue
            inside, cell = column.path_in(tag), table.grid.cell(row, at)
            if inside is None:
                if not is_blank(cell):
                    what = f"a row with '{tag}' has no '{column.title}'"
                    self.problems.append(table.problem(row, column, what, "empty this cell"))
            elif isinstance(item, list) or not is_blank(cell):
                around = item
                for step in inside[:-1]:
                    around = around.setdefault(step, {})
                around[inside[-1]] = self._value(table, (*path, *inside), column, cell)

    def _value(self, table: Table, path: Path, column: Column, cell: Any) -> Any:
        """The value of a cell; what cannot be read is noted, and what no field takes stands for it."""
        try:
            if is_blank(cell):
                raise CellError("this cell is empty, and must not be", "fill it in")
            return read_cell(leaf(table.sheet, column), cell)
        except CellError as error:
            self.document.unread[path] = (error.what, error.right)
            return dict(_UNREAD)

    def _around(self, path: Path, empty: Any) -> Any:
        """The list or mapping at a path, made where there is none yet."""
        value = self.document.data
        for step, following in zip(path, (*path[1:], None), strict=True):
            if isinstance(value, list):
                value = value[int(step)]
            else:
                value = value.setdefault(step, empty if following is None else {})
        return value
