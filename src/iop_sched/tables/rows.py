"""A week as rows of values, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iop_sched.tables.layout import ANY, Column, Role, Sheet, steps
from iop_sched.tables.leaves import leaf
from iop_sched.week.document import Path
from iop_sched.week.program import ProgramWeek

Row = list[Any]
"""A value for each column of the sheet, as the week's own file has it; none where the cell is empty."""


class WeekRows:
    """The rows of every sheet of a week.

    Values that say no more than leaving them out would are empty, except in columns that are always shown
    and in parts of an item that could be missing as a whole.
    """

    def __init__(self, week: ProgramWeek) -> None:
        self._full = week.model_dump(mode="json")
        self._told = week.model_dump(mode="json", exclude_defaults=True)

    def of(self, sheet: Sheet) -> list[Row]:
        """The rows of one sheet, in the order of the week."""
        if sheet.by_column:
            return self._columns(sheet)
        found = []
        for tag, address in sheet.addresses.items():
            if sheet.forms and tag != next(iter(sheet.addresses)):
                break  # all forms stand in one list, in its order
            for path, ids in self._items(steps(address), sheet.keyed):
                own = self._form(sheet, path) if sheet.forms else tag
                found.append([self._value(sheet, column, own, path, ids) for column in sheet.columns])
        return found

    def _columns(self, sheet: Sheet) -> list[Row]:
        (address,) = sheet.addresses.values()
        words = _at(self._full, steps(address))
        lists = [words[str(column.path)] for column in sheet.columns]
        return [
            [words[row] if row < len(words) else None for words in lists]
            for row in range(max(map(len, lists)))
        ]

    def _items(self, address: Path, keyed: bool) -> Iterator[tuple[Path, list[str]]]:
        """Paths of the items of a list, each with the ids of the items around it."""
        around: list[tuple[Path, list[str]]] = [((), [])]
        for step in address:
            if step != ANY:
                around = [((*path, step), ids) for path, ids in around]
                continue
            around = [
                ((*path, index), [*ids, item["id"]])
                for path, ids in around
                for index, item in enumerate(_at(self._full, path) or ())
            ]
        for path, ids in around:
            if not path:
                yield path, ids
                continue
            items = _at(self._full, path) or ()
            yield from (((*path, key), ids) for key in (items if keyed else range(len(items))))

    def _form(self, sheet: Sheet, path: Path) -> str:
        item = _at(self._full, path)
        return next(tag for tag in sheet.addresses if item[tag] is not None)

    def _value(self, sheet: Sheet, column: Column, tag: str, path: Path, ids: list[str]) -> Any:
        if column.role is Role.TAG:
            return tag
        if column.role is Role.PARENT:
            return ids[sheet.parents.index(column)]
        if column.role is Role.KEY:
            return path[-1]
        inside = column.path_in(tag)
        if inside is None:
            return None
        shown = column.shown or leaf(sheet, column).optional_part
        value = _at(self._full if shown else self._told, (*path, *inside))
        return None if value == [] else value


def _at(data: Any, path: Path) -> Any:
    """The value at a path; none where there is nothing."""
    for step in path:
        if isinstance(data, list):
            data = data[int(step)]
        elif isinstance(data, dict):
            data = data.get(str(step))
        else:
            return None
    return data
