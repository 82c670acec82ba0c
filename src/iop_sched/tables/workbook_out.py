"""Sheets as a workbook for people: drop-downs, units, words that explain, and steps on the first sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from iop_sched.tables.explaining import STEPS, about_column
from iop_sched.tables.grid import letters
from iop_sched.tables.layout import ANY, Column, Role, Sheet, steps
from iop_sched.tables.leaves import LISTS, Kind, leaf
from iop_sched.tables.sheets import SHEETS
from iop_sched.tables.writing import Filled, row_texts
from iop_sched.week.document import Path

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

README = "Read me"
README_WIDTH = 100
ROOM = 200
"""Rows below the filled ones that have drop-downs too."""

LINE = 15
"""Points that a line of a cell is high. Not every program finds the height of a row by itself."""
WIDEST = 40
PAPER = 130
"""Characters that go on a page of paper, sideways, and can be read."""
_NOTE = 40, 14, 74
"""Characters of a line of a note twice as wide as usual; pixels of a line, and of a note of usual height."""

_WIDTHS = {Kind.IDS: 22, Kind.TEXT: 26, Kind.DAYS: 18, Kind.DATE: 13, Kind.WORDS: 20}
_LATEST = date(2200, 1, 1)
_WRITTEN = datetime(2000, 1, 1)
"""The same week makes the same bytes."""


def workbook_bytes(filled: Sequence[Filled]) -> bytes:
    """The workbook as a file's bytes. Texts are never formulas, numbers and dates are what they are."""
    from xlsxwriter import Workbook

    out = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, plain) as workbook:
        workbook.set_properties({"title": "Program week", "created": _WRITTEN})
        formats = _Formats(workbook)
        _readme(workbook.add_worksheet(README), formats)
        last = {one.sheet.name: len(one.examples) + len(one.rows) + ROOM for one in filled}
        first = {one.sheet.name: len(one.examples) + 1 for one in filled}
        for one in filled:
            worksheet = workbook.add_worksheet(one.sheet.name)
            _headers(worksheet, one, formats)
            _cells(worksheet, one, formats)
            for place, column in enumerate(one.sheet.columns):
                rule = _validation(one.sheet, column, first, last)
                if rule:
                    worksheet.data_validation(1, place, last[one.sheet.name], place, rule)
    return out.getvalue()


class _Formats:
    """How cells look. Cells for words have the format of text: a spreadsheet makes no date or sum of them."""

    def __init__(self, workbook: Workbook) -> None:
        head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.bold = workbook.add_format({"bold": True, "valign": "top"})
        self.link = workbook.add_format({"hyperlink": True, "valign": "top"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.needed = workbook.add_format({**head, "bg_color": "#F6D88A"})
        self.other = workbook.add_format({**head, "bg_color": "#E3E9EE"})
        grey = {"italic": True, "font_color": "#666666", "bg_color": "#F2F2F2"}
        self.example = workbook.add_format({"num_format": "@", **grey})
        self._text = workbook.add_format({"num_format": "@"})
        self._date = workbook.add_format({"num_format": "yyyy-mm-dd"})

    def of(self, kind: Kind) -> Format | None:
        """The format of a column's cells."""
        if kind in (Kind.INT, Kind.NUMBER):
            return None
        return self._date if kind is Kind.DATE else self._text


def _readme(worksheet: Worksheet, formats: _Formats) -> None:
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 24)
    worksheet.set_column(1, 1, README_WIDTH)
    worksheet.fit_to_pages(1, 1)
    worksheet.write_string(0, 0, "A program week for iop-sched", formats.title)
    row = 2
    for head, words in STEPS:
        worksheet.write_string(row, 0, head, formats.bold)
        _explain(worksheet, row, words, formats)
        row += 1
    row += 1
    worksheet.write_string(row, 0, "Sheets, in this order", formats.bold)
    for number, sheet in enumerate(SHEETS, start=row + 1):
        worksheet.write_url(number, 0, f"internal:'{sheet.name}'!A1", formats.link, sheet.name)
        _explain(worksheet, number, sheet.about, formats)


def _explain(worksheet: Worksheet, row: int, words: str, formats: _Formats) -> None:
    worksheet.write_string(row, 1, words, formats.wrapped)
    worksheet.set_row(row, LINE * max(1, len(wrap(words, README_WIDTH + 5))))


def _headers(worksheet: Worksheet, filled: Filled, formats: _Formats) -> None:
    texts, lines, whole = filled.texts, 3, 0
    for place, column in enumerate(filled.sheet.columns):
        held = leaf(filled.sheet, column)
        longest = max((len(row[place]) + 2 for row in texts), default=0)
        width = max(_WIDTHS.get(held.kind, 14), min(WIDEST, longest))
        # in bold, a line holds a little less than the column is wide
        lines, whole = max(lines, len(wrap(column.header, width - 2))), whole + width
        worksheet.set_column(place, place, width, formats.of(held.kind))
        worksheet.write_string(0, place, column.header, formats.needed if held.required else formats.other)
        worksheet.write_comment(0, place, *_note(filled.sheet, column))
    worksheet.set_row(0, LINE * lines + 3)
    worksheet.freeze_panes(1, 1)
    worksheet.set_landscape()
    worksheet.repeat_rows(0)
    worksheet.repeat_columns(0)
    worksheet.fit_to_pages(ceil(whole / PAPER), 0)


def _note(sheet: Sheet, column: Column) -> tuple[str, dict[str, float]]:
    """What a header explains, in a box that holds all of it."""
    words = about_column(sheet, column)
    characters, line, usual = _NOTE
    high = line * (len(wrap(words, characters)) + 1)
    return words, {"x_scale": 2, "y_scale": max(1.2, high / usual)}


def _cells(worksheet: Worksheet, filled: Filled, formats: _Formats) -> None:
    for number, example in enumerate(filled.examples, start=1):
        for place, text in enumerate(example):
            worksheet.write_string(number, place, text, formats.example)
    for number, row in enumerate(filled.rows, start=1 + len(filled.examples)):
        texts = row_texts(filled.sheet, row)
        for place, (column, value, text) in enumerate(zip(filled.sheet.columns, row, texts, strict=True)):
            if value is not None:
                kind = leaf(filled.sheet, column).kind
                _write(worksheet, number, place, kind, value, text, formats)


def _write(
    worksheet: Worksheet, row: int, place: int, kind: Kind, value: Any, text: str, formats: _Formats
) -> None:
    if kind in (Kind.INT, Kind.NUMBER):
        worksheet.write_number(row, place, value)
    elif kind is Kind.DATE and date(1900, 3, 1) <= date.fromisoformat(value) < _LATEST:
        worksheet.write_datetime(row, place, datetime.fromisoformat(value), formats.of(kind))
    else:
        worksheet.write_string(row, place, text, formats.of(kind))


def _validation(
    sheet: Sheet, column: Column, first: dict[str, int], last: dict[str, int]
) -> dict[str, Any] | None:
    """The drop-down or check of a column. A list of several is offered one by one, and typed freely."""
    held = leaf(sheet, column)
    rule: dict[str, Any] = {"ignore_blank": True, "error_type": "warning"}
    if held.kind in LISTS:
        rule["show_error"] = False
    if column.role is Role.TAG:
        return {**rule, "validate": "list", "source": list(sheet.addresses)}
    source = source_of(sheet, column)
    if source is not None:
        name, at = source
        place = f"${letters(at)}${first[name] + 1}:${letters(at)}${last[name] + 1}"
        not_there = f"This is not in the sheet '{name}' yet. It must be written there, too."
        rule |= {"error_title": "Not there yet", "error_message": not_there}
        return {**rule, "validate": "list", "source": f"='{name}'!{place}"}
    if held.kind is Kind.YES_NO:
        return {**rule, "validate": "list", "source": ["yes", "no"]}
    if held.kind is Kind.DAYS:
        return {**rule, "validate": "list", "source": ["daily", "weekdays", "weekend", *held.choices]}
    if held.choices:
        return {**rule, "validate": "list", "source": list(held.choices)}
    if held.kind in (Kind.INT, Kind.NUMBER):
        what = "integer" if held.kind is Kind.INT else "decimal"
        rule |= {"error_title": "A number belongs here", "error_message": about_column(sheet, column)[:255]}
        return {**rule, "validate": what, "criteria": ">=", "value": 0}
    return None


def source_of(sheet: Sheet, column: Column) -> tuple[str, int] | None:
    """The sheet that the ids of a column come from, and the place of the column in it; none if none."""
    if column.role is Role.PARENT:
        lists = {
            _parent_list(steps(address), sheet.parents.index(column)) for address in sheet.addresses.values()
        }
        found = _ids_of(lists.pop()) if len(lists) == 1 else None
        return None if found is None or found[0] == sheet.name else found
    target = leaf(sheet, column).target
    if target is None:
        return None
    head, _, word = target.partition(".")
    if not word:
        return _ids_of((head,))
    words = next(one for one in SHEETS if one.by_column)
    return words.name, next(place for place, one in enumerate(words.columns) if one.path == word)


def _parent_list(address: Path, number: int) -> Path:
    """The list of the item that the parent column of this number names."""
    return address[: [place for place, step in enumerate(address) if step == ANY][number]]


def _ids_of(items: Path) -> tuple[str, int] | None:
    """Where the ids of a list stand: in a sheet of its own, or, of agendas, beside their blocks."""
    for sheet in SHEETS:
        for place, column in enumerate(sheet.columns):
            if column.path == "id" and sheet.tags_at(items):
                return sheet.name, place
    for sheet in SHEETS:
        for place, column in enumerate(sheet.columns):
            if column.role is Role.PARENT and steps(next(iter(sheet.addresses.values())))[:-2] == items:
                return sheet.name, place
    return None
