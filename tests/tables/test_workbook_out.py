"""The workbook to fill in can be read: no row too low for its words, no note cut, pages to print."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from textwrap import wrap

import pytest

from iop_sched.tables.explaining import STEPS, about_column, example_week
from iop_sched.tables.sheets import SHEETS
from iop_sched.tables.workbook_out import workbook_bytes
from iop_sched.tables.writing import filled_sheets


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    """The parts of a template by name."""
    with zipfile.ZipFile(BytesIO(workbook_bytes(filled_sheets(None, example_week())))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def heights(sheet: str) -> dict[int, float]:
    """The heights of rows, in points."""
    return {int(row): float(high) for row, high in re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', sheet)}


def test_rows_of_the_first_sheet_hold_their_words(parts: dict[str, str]) -> None:
    found = heights(parts["xl/worksheets/sheet1.xml"])
    for number, (_, words) in enumerate(STEPS, start=3):
        assert found.get(number, 15) >= 15 * len(wrap(words, 118)), words
    assert max(found.values()) >= 30


def test_headers_are_seen_whole(parts: dict[str, str]) -> None:
    for number, sheet in enumerate(SHEETS, start=2):
        text = parts[f"xl/worksheets/sheet{number}.xml"]
        columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', text)
        widths = [float(width) for first, last, width in columns for _ in range(int(first), int(last) + 1)]
        for column, width in zip(sheet.columns, widths, strict=True):
            lines = wrap(column.header, int(width - 1))
            assert 15 * len(lines) <= heights(text)[1], (sheet.name, column.header)


def test_notes_are_seen_whole(parts: dict[str, str]) -> None:
    for number, sheet in enumerate(SHEETS, start=1):
        boxes = re.findall(
            r"width:([\d.]+)pt;height:([\d.]+)pt", parts[f"xl/drawings/vmlDrawing{number}.vml"]
        )
        for column, (width, height) in zip(sheet.columns, boxes, strict=True):
            # at 8 points, a sign is about 4.5 points wide and a line 10 high
            lines = wrap(about_column(sheet, column), int(float(width) / 4.5))
            assert 10 * len(lines) <= float(height), (sheet.name, column.header)


def test_sheets_are_printed_sideways_with_headers_and_ids_on_every_page(parts: dict[str, str]) -> None:
    for number, sheet in enumerate(SHEETS, start=2):
        text = parts[f"xl/worksheets/sheet{number}.xml"]
        assert 'orientation="landscape"' in text
        assert 'fitToHeight="0"' in text
        assert f"'{sheet.name}'!$A:$A" in parts["xl/workbook.xml"].replace(
            f">{sheet.name}!", f">'{sheet.name}'!"
        )
