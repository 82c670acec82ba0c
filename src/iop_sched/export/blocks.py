"""What a terminal view consists of, as plain data: titles, remarks, and tables with their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from iop_sched.report.sheet import Sheet, WhereItFits


@dataclass(frozen=True)
class Line:
    """A title, or a line of prose."""

    text: str
    title: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: titles, whether a column is aligned to the right, rows of text."""

    titles: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    none: str


Part = Line | Grid


def parts(view: RenderableType) -> Iterator[Part]:
    """The parts of a view from top to bottom; of a table in two widths, the wide one.

    Raises ``TypeError`` for what no view is made of.
    """
    if isinstance(view, Group):
        for one in view.renderables:
            yield from parts(one)
    elif isinstance(view, Padding):
        yield from parts(view.renderable)
    elif isinstance(view, WhereItFits):
        yield from parts(view.wide)
    elif isinstance(view, Sheet):
        rows = tuple(tuple(cell.plain for cell in row) for row in view.rows)
        yield Grid(tuple(view.titles), tuple(view.right), rows, view.none)
    elif isinstance(view, Text):
        if view.plain.strip():
            yield Line(view.plain.strip(), title="bold" in str(view.style))
    elif isinstance(view, Table):
        # bullets; with a dash, they would look like formulas
        yield from (Line(f"• {cell}") for cell in view.columns[-1].cells)
    else:
        raise TypeError(f"a view has a part that is not known here: {type(view).__name__}")
