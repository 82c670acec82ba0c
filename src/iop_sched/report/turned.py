"""A table of many columns: where they do not fit side by side, rows become columns, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from iop_sched.report.sheet import Sheet

Row = Sequence[Text]

NAME_WIDTH = 16
"""Least width of the first column, where its names are as long."""

_GAP = 2


class Turned:
    """Rows that are compared with the first one, which is shown again beside each few when turned.

    Titles are as in ``Sheet``, and may have several lines; the first column names the rows.
    """

    def __init__(self, titles: Sequence[str], rows: Sequence[Row]) -> None:
        self.titles = titles
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render as one table, or turned as several."""
        width = options.max_width
        wide = Sheet(self.titles, self.rows)
        fitted = wide.fit(width)
        longest = max(cell_len(row[0].plain) for row in self.rows)
        if fitted is not None and fitted[0] >= min(longest, NAME_WIDTH):
            yield wide
            return
        for number, rows in enumerate(self._some(width)):
            if number:
                yield Text("")
            yield self._turned(rows)

    @property
    def _labels(self) -> list[str]:
        return [title.removeprefix(">").replace("\n", " ") for title in self.titles]

    def _some(self, width: int) -> Iterator[list[Row]]:
        """The first row with as many others as fit, in turn."""
        first, *rest = self.rows
        labels = max(cell_len(title) for title in self._labels)
        room = width - labels - _width(first)
        some: list[Row] = []
        for row in rest:
            if some and sum(map(_width, [*some, row])) > room:
                yield [first, *some]
                some = []
            some.append(row)
        yield [first, *some]

    def _turned(self, rows: Sequence[Row]) -> Sheet:
        name, *titles = self._labels
        cells = [[Text(title), *(row[at] for row in rows)] for at, title in enumerate(titles, 1)]
        return Sheet((name, *(f">{row[0].plain}" for row in rows)), cells)


def _width(row: Row) -> int:
    """Cells that a row needs as a column, its name wrapped between words."""
    name, *cells = (cell.plain for cell in row)
    return _GAP + max(cell_len(word) for word in (*name.split(), *cells))
