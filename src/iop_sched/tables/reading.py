"""A workbook or a folder of CSV files as a document of a week."""

from __future__ import annotations

import os
from pathlib import Path

from iop_sched.tables.provenance import TableDocument
from iop_sched.week.problems import InputProblems, Problem

WORKBOOKS = (".xlsx", ".xlsm")
"""Endings of the workbooks that can be read. Macros are never looked at."""


def read_tables(path: str | Path) -> TableDocument:
    """Read all tables of a week; raises ``InputProblems`` when there is none.

    Whatever else is wrong is in ``problems`` of the document, or comes up when its data are validated.
    """
    from iop_sched.tables.assembling import assemble
    from iop_sched.tables.csv_folder import read_folder
    from iop_sched.tables.workbook import read_workbook

    name = str(path)
    if os.path.isdir(path):
        return assemble(name, read_folder(path))
    if name.lower().endswith(WORKBOOKS):
        return assemble(name, read_workbook(path))
    if name.lower().endswith(".csv"):
        what, right = "a week is a folder of CSV files, not one of them", "name the folder"
    else:
        what, right = "this kind of spreadsheet is not read", "save it as .xlsx"
    raise InputProblems([Problem(name, 0, 0, "", what, right)])
