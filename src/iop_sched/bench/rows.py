"""Rows in a JSON Lines file: appended as they finish, safe against whatever ends the process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from iop_sched.bench.row import Row
from iop_sched.week.problems import InputProblems, Problem


class RowFile:
    """A file of rows, open for this process alone."""

    def __init__(self, path: Path, handle: int, rows: list[Row]) -> None:
        self._path = path
        self._handle = handle
        self.rows = rows

    @property
    def finished(self) -> set[str]:
        """Keys of the runs that need not be run again: all but those lost with a cluster's worker."""
        return {row.key for row in self.rows if row.status != "lost"}

    def append(self, row: Row) -> None:
        """Write a row; once this returns, neither a crash nor a power cut loses it."""
        line = (row.model_dump_json() + "\n").encode()
        while line:
            line = line[os.write(self._handle, line) :]
        os.fsync(self._handle)
        self.rows.append(row)


@contextmanager
def open_rows(path: Path) -> Iterator[RowFile]:
    """Open or create a file of rows; a last line cut short by a kill is taken off.

    Raises ``InputProblems`` when another process writes to it, or when it is no file of rows.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        _lock(handle, path)
        text = path.read_bytes()
        whole = text.rfind(b"\n") + 1
        rows = _rows(path, text[:whole].decode(errors="replace"))
        if whole < len(text):
            os.ftruncate(handle, whole)
        yield RowFile(path, handle, rows)
    finally:
        os.close(handle)


def read_rows(paths: list[Path]) -> list[Row]:
    """The rows of several files, the last one of each run; a line cut short at the end is left out.

    Raises ``InputProblems`` with every line that is no row.
    """
    found: dict[str, Row] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
            found |= {row.key: row for row in _rows(path, text[: text.rfind("\n") + 1])}
        except OSError as error:
            what = error.strerror or "the file cannot be read"
            problems.append(Problem(str(path), 0, 0, "", what, "name a file that 'bench' wrote"))
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise InputProblems(problems)
    return list(found.values())


def _rows(path: Path, text: str) -> list[Row]:
    rows, problems = [], list[Problem]()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(Row.model_validate_json(line))
        except ValidationError:
            what = "this line is no row of this version of 'bench'"
            problems.append(Problem(str(path), number, 1, "", what, "take it out, or name another file"))
    if problems:
        raise InputProblems(problems)
    return rows


def _lock(handle: int, path: Path) -> None:
    if os.name != "posix":
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        what = "another study is writing to this file"
        raise InputProblems(
            [Problem(str(path), 0, 0, "", what, "wait for it, or name another --out")]
        ) from None
