"""What is wrong with a file, said so that a director can put it right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_INDEX = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file.

    ``line`` and ``column`` count from 1; both are 0 when the file as a whole is meant. ``where`` is a path
    such as ``clients[c07].busy[0].start``: ids where there are any, positions from 0 elsewhere. ``right``
    says what would be right. Neither text repeats a value from the file other than an id. Of a table,
    ``line`` and ``column`` are row and column, ``sheet`` is the number of the sheet, and ``spot`` says the
    place as a spreadsheet program shows it: ``sheet Clients, cell D7``.
    """

    file: str
    line: int
    column: int
    where: str
    what: str
    right: str
    sheet: int = 0
    spot: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        if self.spot:
            place = f"{self.file}: {self.spot}"
        subject = f"{spoken(self.where)}: " if self.where else ""
        remedy = f"; {self.right}" if self.right else ""
        return f"{place}: {subject}{self.what}{remedy}"


class InputProblems(Exception):  # noqa: N818 - it is a list of problems
    """A file that cannot be used; ``problems`` holds all that is wrong with it, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: (one.sheet, one.line, one.column)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def spoken(where: str) -> str:
    """``clients[c07].busy[0].start`` as ``clients c07, busy #1, start``."""

    def word(found: re.Match[str]) -> str:
        return f" #{int(found[1]) + 1}" if found[1].isdecimal() else f" {found[1]}"

    steps = re.split(r"\.(?![^\[]*\])", where)
    return ", ".join(_INDEX.sub(word, step) for step in steps).strip()
