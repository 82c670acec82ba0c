"""A file that has been read: plain data, and where each part of it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from iop_sched.week.problems import Problem

Step = str | int
Path = tuple[Step, ...]
Position = tuple[int, int]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_CALLED_BY = ("id", "client", "service", "slot", "kind", "team", "cohort")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the data: where, what, and what would be right.

    ``of_key``: the key is wrong, not the value. ``own_word``: the last step of the path is a word of the
    writer's own, which may say what must not be repeated.
    """

    path: Path
    what: str
    right: str
    of_key: bool = False
    own_word: bool = False


@dataclass(slots=True)
class Place:
    """Where a value starts, where its key starts (mappings only), and the places of its parts."""

    at: Position
    key: Position | None = None
    parts: dict[Step, Place] = field(default_factory=dict)


@dataclass
class Document:
    """Plain data (dict, list, str, int, float, bool, None) with the position of every key and value."""

    file: str
    data: Any
    root: Place
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file beside what its data show."""

    def cell(self, path: Sequence[Step]) -> str | None:
        """Of tables, sheet and cell of the value at ``path``; none of a text, which has lines."""
        return None

    def says_nothing(self, fault: Fault) -> bool:
        """Whether a fault only follows from something in ``problems``."""
        return False

    def position(self, path: Sequence[Step], of_key: bool = False) -> Position:
        """Line and column of the value at ``path`` (or of its key), or of the nearest part around it."""
        place = self.root
        for depth, step in enumerate(path):
            part = place.parts.get(step)
            if part is None:
                return place.at
            place = part
            if of_key and depth == len(path) - 1 and part.key is not None:
                return part.key
        return place.at

    def where(self, path: Sequence[Step]) -> str:
        """``path`` as text, with the id of a list item in place of its index where it has one."""
        text, value = "", self.data
        for step in path:
            value = _part(value, step)
            if isinstance(step, int):
                text += f"[{item_id(value) or step}]"
            else:
                text += ("." if text else "") + (step if is_id(step) else "(unnamed)")
        return text

    def problem(self, fault: Fault) -> Problem:
        """A fault of the data as a problem of the file."""
        line, column = self.position(fault.path, fault.of_key)
        where = self.where(fault.path[:-1] if fault.own_word else fault.path)
        return Problem(self.file, line, column, where, fault.what, fault.right)


def is_id(value: Any) -> bool:
    """Whether a value has the form of an id, and may be repeated in a message."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def item_id(value: Any) -> str | None:
    """The id by which a list item is called: its own, or that of the one it is about."""
    if not isinstance(value, dict):
        return None
    return next((value[name] for name in _CALLED_BY if is_id(value.get(name))), None)


def _part(value: Any, step: Step) -> Any:
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else None
    return value.get(step) if isinstance(value, dict) else None
