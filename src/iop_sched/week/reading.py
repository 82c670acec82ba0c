"""From the bytes of a YAML or JSON file to plain data with positions.

Whatever the bytes are, the only exception that leaves this module is ``InputProblems``.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from iop_sched.week.document import Document
from iop_sched.week.problems import InputProblems, Problem

MAX_BYTES = 20_000_000
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".numbers")
"""Endings of the files of spreadsheet programs; not all of them can be read, and those that cannot say so."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def is_tables(path: str | Path) -> bool:
    """Whether a path is that of a week as tables: a workbook, by its name, or a folder."""
    return str(path).lower().endswith(SPREADSHEETS) or os.path.isdir(path)


def read_document(path: str | Path, json_only: bool = False) -> Document:
    """Read a file: JSON when its name ends in ``.json`` (or nothing else is expected), YAML otherwise.

    Raises ``InputProblems``: no such file, too large, not text, syntax, duplicate keys, anchors, tags …
    """
    from iop_sched.week.json_text import read_json
    from iop_sched.week.yaml_text import read_yaml

    name = str(path)
    text = read_text(path)
    read = read_json if json_only or name.lower().endswith(".json") else read_yaml
    try:
        return read(name, text)
    except RecursionError:
        raise _whole_file(name, "lists stand in lists too deep", "write a flatter file") from None


def read_text(path: str | Path) -> str:
    """The text of a UTF-8 file of at most ``MAX_BYTES``; raises ``InputProblems``."""
    name = str(path)
    raw = read_bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        raise _at(name, before, "this is not UTF-8 text", "save the file as UTF-8") from None
    if not text.strip("\ufeff \t\r\n"):
        raise _whole_file(name, "the file is empty", "see instances/quickstart.yaml for one to start from")
    found = _CONTROL.search(text)
    if found:
        before = text[: found.start()]
        raise _at(name, before, "a control character stands here", "take it out, and save as plain text")
    return text


def read_bytes(path: str | Path) -> bytes:
    """The bytes of an ordinary file of at most ``MAX_BYTES``; raises ``InputProblems``."""
    raw = _read_bytes(path)
    if len(raw) > MAX_BYTES:
        limit = f"files up to {MAX_BYTES // 1_000_000} MB are read"
        raise _whole_file(str(path), "the file is too large", limit)
    return raw


def _read_bytes(path: str | Path) -> bytes:
    name = str(path)
    try:
        # A pipe or a device could block for ever or never end.
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise _whole_file(name, "this is a folder, not a file", "name a file in it")
        if not stat.S_ISREG(mode):
            raise _whole_file(name, "this is not an ordinary file", "name a file on disk")
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _whole_file(name, "there is no such file", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "not a file name"
        raise _whole_file(name, f"the file cannot be read ({why})", "check the name and the rights") from None


def _whole_file(name: str, what: str, right: str) -> InputProblems:
    return InputProblems([Problem(name, 0, 0, "", what, right)])


def _at(name: str, before: str, what: str, right: str) -> InputProblems:
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return InputProblems([Problem(name, line, column, "", what, right)])
