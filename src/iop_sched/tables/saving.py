"""A week in whichever form a path asks for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from iop_sched.tables.sheets import SHEETS
from iop_sched.tables.writing import Filled, csv_text, filled_sheets
from iop_sched.week.files import make_folder, write_bytes, write_text
from iop_sched.week.program import ProgramWeek
from iop_sched.week.week_text import week_text

TEXTS = (".yaml", ".yml", ".json")
WORKBOOK = ".xlsx"
FILES = frozenset(sheet.file for sheet in SHEETS)


def is_folder(path: Path) -> bool:
    """Whether a path asks for a folder of CSV files: one that is there, or a name without an ending."""
    return path.is_dir() or not path.suffix


def save_week(path: Path, week: ProgramWeek) -> None:
    """Write a week as YAML, JSON, a workbook or a folder of CSV files; ``load_week`` reads the same week.

    Raises ``InputProblems`` for a week that tables cannot hold, and otherwise as ``save_tables`` does.
    """
    if not is_folder(path) and path.suffix.lower() in TEXTS:
        write_text(path, week_text(week, path.suffix.lower() == ".json"))
    else:
        save_tables(path, filled_sheets(week))


def save_tables(path: Path, filled: Sequence[Filled]) -> None:
    """Write sheets as a workbook or a folder of CSV files.

    Raises ``FileExistsError`` for a folder that holds anything but such files, ``OSError`` when it cannot be
    written, and ``ValueError`` for any other ending.
    """
    if is_folder(path):
        _write_folder(path, {one.sheet.file: csv_text(one) for one in filled})
    elif path.suffix.lower() == WORKBOOK:
        from iop_sched.tables.workbook_out import workbook_bytes

        write_bytes(path, workbook_bytes(filled))
    else:
        raise ValueError(f"no week is written to a file that ends in {path.suffix}")


def strangers(folder: Path) -> list[str]:
    """Files of a folder that are not those of a week."""
    return sorted(set(os.listdir(folder)) - FILES) if folder.is_dir() else []


def _write_folder(path: Path, files: Mapping[str, str]) -> None:
    """Write a folder beside the old one and exchange the two, so that no mixture of weeks is ever there."""
    target = Path(os.path.realpath(path))
    if strangers(target):
        raise FileExistsError(17, "there are other files in this folder", str(path))
    new, old = (target.with_name(f".{target.name}.{os.getpid()}.{word}") for word in ("new", "old"))
    try:
        make_folder(new)
        for name, text in files.items():
            write_text(new / name, text)
        if target.exists():
            os.rename(target, old)
        os.rename(new, target)
    finally:
        if old.exists() and not target.exists():
            os.rename(old, target)
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
