"""A table that never cuts a word: columns shrink to their longest word, and then rows become records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from iop_sched.week.visible import on_one_line, visible

_GAP = 2


def section(title: str, *body: RenderableType, note: str = "") -> RenderableType:
    """A title with a remark in a quieter tone, what it heads, and an empty line."""
    heading = Text(on_one_line(title), style="bold")
    if note:
        heading.append(f"  {on_one_line(note)}", style="not bold dim")
    return Group(heading, *body, Text(""))


def paragraph(words: str, style: str = "", indent: int = 0) -> RenderableType:
    """Prose, wrapped between words. Nothing in it is read as markup."""
    return Padding(Text(on_one_line(words), style=style), (0, 0, 0, indent))


def bullets(lines: Iterable[str], style: str = "") -> RenderableType:
    """Lines that hang under their dash where they wrap."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=1)
    table.add_column()
    for line in lines:
        table.add_row(Text("-"), Text(on_one_line(line), style=style))
    return table


class Sheet:
    """Rows of text under column titles. A ``>`` before a title aligns the column to the right.

    ``ruled`` draws a line between rows, for cells of several lines. A ``Text`` as a cell keeps its style.
    """

    def __init__(
        self,
        titles: Sequence[str],
        rows: Iterable[Sequence[str | Text]],
        none: str = "none",
        ruled: bool = False,
    ) -> None:
        self.right = [title.startswith(">") for title in titles]
        self.titles = [title.removeprefix(">") for title in titles]
        self.rows = [[Text(visible(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows]
        self.none = none
        self.ruled = ruled

    @property
    def _columns(self) -> list[list[str]]:
        texts = [[cell.plain for cell in row] for row in self.rows]
        return [[title, *cells] for title, *cells in zip(self.titles, *texts, strict=True)]

    @property
    def natural_width(self) -> int:
        """Cells needed to wrap nothing."""
        return sum(map(_widest_line, self._columns)) + _GAP * (len(self.titles) - 1)

    def fit(self, width: int) -> list[int] | None:
        """Column widths for ``width`` cells, or None when the longest words do not fit side by side."""
        least = [max(_longest(cell.split()) for cell in column) for column in self._columns]
        widths = [_widest_line(column) for column in self._columns]
        room = width - _GAP * (len(widths) - 1)
        if sum(least) > room:
            return None
        while sum(widths) > room:
            slack = [(wide, index) for index, wide in enumerate(widths) if wide > least[index]]
            widths[max(slack)[1]] -= 1
        return widths

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render as a table, or as one record a row where the console is too narrow."""
        if not self.rows:
            yield Text(self.none, style="dim")
            return
        widths = self.fit(options.max_width)
        if widths is None:
            yield from self._records()
        else:
            yield self._table(widths)

    def _table(self, widths: list[int]) -> Table:
        table = Table(
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0),
            show_lines=self.ruled,
        )
        for title, width, right in zip(self.titles, widths, self.right, strict=True):
            table.add_column(Text(title), width=width, justify="right" if right else "left")
        for row in self.rows:
            table.add_row(*row)
        return table

    def _records(self) -> Iterable[RenderableType]:
        for first, *rest in self.rows:
            if first.plain:
                yield Text(first.plain, style="bold")
            for title, cell in zip(self.titles[1:], rest, strict=True):
                if cell.plain not in ("", "-"):
                    yield paragraph(f"{title}: {cell.plain.replace(chr(10), '; ')}", indent=2)


class WhereItFits:
    """A wide sheet where nothing in it would wrap, and the narrow one elsewhere."""

    def __init__(self, wide: Sheet, narrow: Sheet) -> None:
        self.wide = wide
        self.narrow = narrow

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render one of the two."""
        fits = not self.wide.rows or self.wide.natural_width <= options.max_width
        yield self.wide if fits else self.narrow


def _longest(words: Sequence[str]) -> int:
    return max(map(cell_len, words), default=1)


def _widest_line(column: Sequence[str]) -> int:
    return max(_longest(cell.split("\n")) for cell in column)
