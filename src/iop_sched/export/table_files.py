"""Whether a file is a tidy table that was written before, and may be written anew."""

from __future__ import annotations

import csv
from pathlib import Path

from iop_sched.export.tables import TABLES
from iop_sched.export.upward.tables import COLUMNS, OF_ROSTER
from iop_sched.tables.csv_folder import DELIMITERS

_FIRST_LINE = 10_000
"""Characters of the first line that are read; those of a table are fewer."""


def is_table(path: Path) -> bool:
    """Whether ``export`` or ``report`` wrote this file: it has the columns of the table of its name.

    A spreadsheet program may have saved it again, with another delimiter. Raises ``OSError``.
    """
    if not path.is_file():
        return False
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        first = file.readline(_FIRST_LINE)
    headers = [next(csv.reader([first], delimiter=one), []) for one in DELIMITERS]
    return any(list(columns) in headers for columns in _columns(path.stem))


def _columns(name: str) -> list[tuple[str, ...]]:
    """What the tables of a name have as columns: both commands write figures."""
    found = [TABLES[name][0]] if name in TABLES else []
    return [*found, (*OF_ROSTER, *COLUMNS[name])] if name in COLUMNS else found
