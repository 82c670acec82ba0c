"""A roster as a workbook: a sheet a view, as the terminal shows it, coloured by slot, made to be printed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from rich.console import Group, RenderableType
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from iop_sched.export.blocks import Grid, Line, parts
from iop_sched.export.cells import inert
from iop_sched.export.subject import Subject
from iop_sched.report.clients import unplaced_section
from iop_sched.report.views import render, title
from iop_sched.report.words import Labels
from iop_sched.rules import Schedule
from iop_sched.week.visible import on_one_line

VIEWS = {
    "Week": "week",
    "Cohorts": "cohorts",
    "Clients": "clients",
    "Clinicians": "clinicians",
    "Rooms": "rooms",
    "Unplaced": "unplaced",
    "Figures": "summary",
}
"""Sheets in their order, and the views that they show."""

TINTS = ("#DCE9F7", "#FCE8CF", "#DDF0DC", "#EFE0F3", "#FBDDE1", "#D9EFEF", "#F4F0CC", "#E4E4E4")
"""One a slot, over again when used up; pale enough to be read in black from a printer without colours."""

WIDEST = 44
WIDEST_LINE = 90
"""Characters of a line of prose: columns are printed up to there, and what is longer is wrapped."""
FREE = 9
"""Width of a column that no table has: such lines, and long last cells, go on in it."""
LINE = 15
"""Points that a line of a cell is high. Not every program finds the height of a row by itself."""
ROOM = "_M"
"""In the format of a number: room for this letter after it."""
HOURS = '0.00" h"'
"""How a length is shown."""
_HOURS = re.compile(r"(-?)(?:(\d+)h(\d\d)?|(\d+)min)")
_PERCENT = re.compile(r"\d+%")
_NUMBER = re.compile(r"-?\d{1,9}")


def workbook(subject: Subject) -> bytes:
    """The file, as bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    schedule, roster, labels = subject.schedule, subject.roster, subject.labels
    tints = _tints(schedule, labels)
    for name, view in VIEWS.items():
        if view == "unplaced":
            body: RenderableType = Group(title(roster, labels), unplaced_section(roster.unplaced, labels))
        else:
            body = render(view, schedule, subject.evaluation, roster, subject.policy, labels)
        _Page(book, book.add_worksheet(name), tints).write(body, roster.program)
    book.close()
    return out.getvalue()


def _tints(schedule: Schedule, labels: Labels) -> Mapping[str, str]:
    """A colour for each slot, and for each open cohort that of its slot."""
    slots = {slot.id: TINTS[at % len(TINTS)] for at, slot in enumerate(schedule.facts.week.slots)}
    cohorts = {labels(one.cohort): slots[one.slot] for one in schedule.roster.cohorts}
    return {**slots, **cohorts}


@dataclass
class _Page:
    """One worksheet, written from top to bottom."""

    book: xlsxwriter.Workbook
    sheet: Worksheet
    tints: Mapping[str, str]
    row: int = 0
    widths: dict[int, int] = field(default_factory=dict)
    lines: dict[int, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    """Prose by row; it is written when it is known how wide the page is."""
    spread: dict[int, tuple[int, str, dict[str, Any]]] = field(default_factory=dict)
    """Last cells of small tables by row, with their columns; written then, too."""
    frozen: bool = False
    _formats: dict[tuple[Any, ...], Format] = field(default_factory=dict)

    def write(self, view: RenderableType, program: str) -> None:
        for part in parts(view):
            if isinstance(part, Line):
                self._line(part)
            else:
                self._grid(part)
        self._spread()
        self._prose()
        self._for_print(program)

    def _line(self, line: Line) -> None:
        self.row += line.title and self.row > 0
        size = 14 if self.row == 0 else 11
        self.lines[self.row] = inert(line.text), {"bold": line.title, "font_size": size}
        self.row += 1

    def _prose(self) -> None:
        """Write the lines between the tables; the page gets columns for them where the tables are narrow."""
        longest = max((len(text) * look["font_size"] // 11 for text, look in self.lines.values()), default=0)
        while sum(self.widths.values()) < min(longest, WIDEST_LINE):
            self.widths[len(self.widths)] = FREE
        room = sum(self.widths.values())
        for row, (text, look) in self.lines.items():
            lines = 1 + len(text) * look["font_size"] // 11 // room
            if lines > 1:
                look |= {"text_wrap": True, "valign": "top"}
                self.sheet.set_row(row, LINE * lines)
                if len(self.widths) > 1:
                    self.sheet.merge_range(row, 0, row, len(self.widths) - 1, "", self._format(**look))
            self.sheet.write_string(row, 0, text, self._format(**look))

    def _grid(self, grid: Grid) -> None:
        if not grid.rows:
            self._line(Line(grid.none))
            return
        for column, name in enumerate(grid.titles):
            look = {"bold": True, "bottom": 2, "bg_color": "#EEF1F4", "text_wrap": True, "valign": "top"}
            self._cell(column, name, {**look, **_aligned(grid.right[column])})
        self._high(grid.titles)
        beneath = self.frozen
        if not self.frozen:
            # the first table is what the view is about: its titles stay in sight, and on every printed page
            self.sheet.freeze_panes(self.row, 1)
            self.sheet.repeat_rows(self.row - 1)
            self.frozen = True
        last = len(grid.titles) - 1
        spread = beneath and last < len(self.widths) and not grid.right[last]
        for cells in grid.rows:
            for column, text in enumerate(cells[:-1] if spread else cells):
                self._cell(column, text, self._look(text, grid.right[column]))
            if spread:
                self.spread[self.row] = last, inert(cells[-1]), self._look(cells[-1], right=False)
            self._high(cells)

    def _high(self, cells: Sequence[str]) -> None:
        """End a row that is as high as its longest cell, wrapped at the widest column."""
        lines = (sum(1 + len(line) // (WIDEST - 2) for line in cell.split("\n")) for cell in cells)
        self.sheet.set_row(self.row, LINE * max(lines))
        self.row += 1

    def _spread(self) -> None:
        """Write last cells of small tables across columns to their right, as wide as they need."""
        for row, (column, text, look) in self.spread.items():
            end, room = column, self.widths[column]
            while room < min(WIDEST, len(text) + 3):
                end += 1
                room += self.widths.setdefault(end, FREE)
            if end > column:
                self.sheet.merge_range(row, column, row, end, "", self._format(**look))
            self.sheet.write_string(row, column, text, self._format(**look))

    def _look(self, text: str, right: bool) -> dict[str, Any]:
        look: dict[str, Any] = {"text_wrap": True, "valign": "top", "bottom": 4, "bottom_color": "#B8C0C8"}
        look |= _aligned(right)
        tint = self.tints.get(text.split("\n")[0])
        return {**look, "bg_color": tint} if tint else look

    def _cell(self, column: int, text: str, look: Mapping[str, Any]) -> None:
        number, number_format = _number(text) if look["align"] == "right" else (None, "")
        if number is not None:
            # LibreOffice forgets the indent of some numbers, and keeps the room that a format asks for
            numeric = {**look, "indent": 0, "num_format": f"{number_format}{ROOM}"}
            self.sheet.write_number(self.row, column, number, self._format(**numeric))
            text = f"{number:.2f} h" if number_format == HOURS else text
        elif text and text != "-":
            self.sheet.write_string(self.row, column, inert(text), self._format(**look))
        else:
            self.sheet.write_blank(self.row, column, None, self._format(**look))
        longest = max(map(len, text.split("\n")))
        self.widths[column] = min(WIDEST, max(self.widths.get(column, 6), longest + 3))

    def _format(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]

    def _for_print(self, program: str) -> None:
        for column, width in self.widths.items():
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.print_area(0, 0, max(0, self.row - 1), max(self.widths, default=0))
        # in a header, & begins a command; it holds 255 characters
        named = on_one_line(program)[:120].replace("&", "&&")
        self.sheet.set_header(f"&L{named}&R&A")
        self.sheet.set_footer("&RPage &P of &N")


def _aligned(right: bool) -> dict[str, Any]:
    """To the left, or to the right with room before the next column."""
    return {"align": "right", "indent": 1} if right else {"align": "left"}


def _number(text: str) -> tuple[float | None, str]:
    """A cell's number and how it is shown: lengths as hours, shares as percent, whole numbers as they are."""
    if _NUMBER.fullmatch(text):
        return float(text), "0"
    if _PERCENT.fullmatch(text):
        return int(text[:-1]) / 100, "0%"
    if found := _HOURS.fullmatch(text):
        sign, whole, rest, short = found.groups()
        minutes = int(short) if short else 60 * int(whole) + int(rest or 0)
        return (-minutes if sign else minutes) / 60, HOURS
    return None, ""
