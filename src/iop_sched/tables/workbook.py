"""A workbook as sheets of cells."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from iop_sched.tables.finding import is_own
from iop_sched.tables.grid import Grid
from iop_sched.tables.unpacking import unpack
from iop_sched.week.problems import InputProblems, Problem


def read_workbook(path: str | Path) -> Iterator[Grid]:
    """Every sheet of a workbook that is not the reader's own; of a formula, the value it had when saved.

    Raises ``InputProblems`` when it cannot be read. Links to other files and macros are never looked at.
    """
    packed = unpack(path)
    try:
        grids = list(_grids(str(path), packed))
    except BaseException as error:
        # A panic in the reader's own code is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        what, right = "this workbook cannot be read", "open it in a spreadsheet program and save it as .xlsx"
        raise InputProblems([Problem(str(path), 0, 0, "", what, right)]) from None
    yield from grids


def _grids(file: str, packed: bytes) -> Iterator[Grid]:
    from python_calamine import CalamineWorkbook

    workbook: Any = CalamineWorkbook.from_filelike(BytesIO(packed))
    for name in workbook.sheet_names:
        if not is_own(name):
            sheet = workbook.get_sheet_by_name(name)
            # Without the empty area around it, rows and columns would have other addresses.
            rows = sheet.to_python(skip_empty_area=False)
            yield Grid(file, name, name, rows, sheet.merged_cell_ranges or ())
