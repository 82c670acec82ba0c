"""What the tables say about themselves: steps for a beginner, and a note for every column."""

from __future__ import annotations

from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from iop_sched.tables.cells import as_text
from iop_sched.tables.layout import Column, Role, Sheet
from iop_sched.tables.leaves import Kind, Leaf, leaf
from iop_sched.week.document import Document
from iop_sched.week.program import ProgramWeek
from iop_sched.week.validating import validated
from iop_sched.week.yaml_text import read_yaml

STEPS = (
    (
        "1  Look around",
        "Go through the sheets from left to right. Grey rows that begin with # are examples: together"
        " they are a small program. Rows that begin with # are never read.",
    ),
    (
        "2  Fill in",
        "Write your own rows below the examples. Columns with a yellow header are needed, all others"
        " may be empty; a sheet that you do not need stays empty. Point at a header to read what"
        " belongs into it.",
    ),
    (
        "3  Words first",
        "Write the words your program uses into 'Words'. Other sheets offer them, and ids, as"
        " drop-downs. Where several are allowed, pick one and type the others after it, with commas"
        " between.",
    ),
    (
        "4  Codes, not names",
        "Give clients codes such as c07. Names are not needed here; see --names in the README.",
    ),
    (
        "5  Check",
        "Save, and run: iop-sched validate week.xlsx. It lists every mistake with its sheet and cell.",
    ),
    (
        "6  Solve",
        "Run: iop-sched solve week.xlsx --out roster.json",
    ),
    (
        "7  Print",
        "Run: iop-sched export week.xlsx roster.json --xlsx roster.xlsx --sheets print, and print"
        " roster.xlsx, or what is in the folder 'print'.",
    ),
    (
        "",
        "",
    ),
    (
        "Weekdays",
        "mon, tue, wed, thu, fri, sat, sun; several as mon, wed, fri or mon-thu; daily, weekdays, weekend.",
    ),
    (
        "Times",
        "09:30, 9:30 or 9:30 am. Midnight at the end of a day is 24:00.",
    ),
    (
        "Dates",
        "2026-11-23, or any cell that your program knows as a date.",
    ),
    (
        "Ids",
        "Letters, digits, '.', '_' and '-', without spaces. An id is written the same way in every sheet.",
    ),
    (
        "Notes of your own",
        "Not read: rows that begin with #, columns whose header begins with #, and sheets whose name"
        " begins with 'Notes'.",
    ),
)
"""The first sheet: a heading and what it says."""


def about_column(sheet: Sheet, column: Column) -> str:
    """What belongs into a column, how it is written, and what leaving it empty means."""
    held = leaf(sheet, column)
    if column.role is Role.TAG:
        return f"One of: {', '.join(sheet.addresses)}."
    words = held.help or column.title
    parts = [f"{words[0].upper()}{words[1:]}.", f"Write {_how(held)}."]
    if not isinstance(column.path, str):
        parts.append(f"Only in rows with: {', '.join(column.path)}.")
    default = _default(held)
    if default:
        parts.append(f"Empty means {default}.")
    elif held.required:
        parts.append("Needed.")
    return " ".join(parts)


def _how(held: Leaf) -> str:
    if held.kind is Kind.INT and held.choices:
        return f"one of {', '.join(held.choices)}"
    if held.kind in (Kind.WORD, Kind.WORDS):
        return f"{held.kind.value}: {', '.join(held.choices)}"
    return str(held.kind.value)


def _default(held: Leaf) -> str:
    """The default as a cell would have it; nothing where an empty cell speaks for itself."""
    if held.default is None or held.default == ():
        return ""
    return as_text(held, _plain(held.default))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value.name).lower() if isinstance(value, Enum) else value


@cache
def example_week() -> ProgramWeek:
    """A small program with something in every sheet, from which the examples are taken."""
    text = files("iop_sched.tables").joinpath("example.yaml").read_text(encoding="utf-8")
    document: Document = read_yaml("example.yaml", text)
    week, faults = validated(ProgramWeek, document.data)
    if week is None:
        raise ValueError(f"the example is not a week: {faults}")
    return week
