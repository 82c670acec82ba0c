"""Puts plain data and its positions together while a parser walks through a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from iop_sched.week.document import Document, Path, Place, Position
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.visible import steers

MAX_DEPTH = 60


@dataclass(slots=True)
class _Open:
    """A mapping or list whose parts are still coming."""

    value: Any
    place: Place
    path: Path
    seen: dict[str, Position] = field(default_factory=dict)
    key: str | None = None
    key_at: Position | None = None
    twice: bool = False


class Builder:
    """Takes keys, values, openings and closings in the order of the file. Positions count from 1."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[_Open] = []
        self._document: Document | None = None
        self._problems: list[tuple[Path, Position, str, str]] = []

    @property
    def wants_key(self) -> bool:
        """Whether the next scalar is a key."""
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    @property
    def started(self) -> bool:
        """Whether there has been any value."""
        return self._document is not None

    def key(self, text: str, at: Position) -> None:
        """The key of the next value of the mapping."""
        top = self._open[-1]
        # Field names and ids are told apart by more than capitals, so "Mon" beside "mon" is a slip too.
        plain = text.casefold()
        top.key, top.key_at, top.twice = text, at, plain in top.seen
        if top.twice:
            first = top.seen[plain][0]
            what = f"the same key stands twice (first on line {first})"
            self.problem(top.path, at, what, "keep one of the two")
        else:
            top.seen[plain] = at

    def scalar(self, value: Any, at: Position) -> None:
        """A value without parts."""
        if isinstance(value, str) and not (value.isascii() and value.isprintable()) and steers(value):
            what = "an invisible control character stands in this value"
            self.problem(self._next_path(), at, what, "take it out")
        self._add(value, Place(at, parts=_NO_PARTS))

    def opening(self, value: dict[str, Any] | list[Any], at: Position) -> None:
        """A mapping or a list begins."""
        path = self._next_path()
        if len(path) >= MAX_DEPTH:
            self.stop(at, "lists stand in lists too deep", "write a flatter file")
        place = Place(at)
        self._add(value, place)
        self._open.append(_Open(value, place, path))

    def closing(self) -> None:
        """The mapping or list begun last ends."""
        self._open.pop()

    def problem(self, path: Path, at: Position, what: str, right: str) -> None:
        """Note something wrong, and go on."""
        self._problems.append((path, at, what, right))

    def stop(self, at: Position, what: str, right: str) -> NoReturn:
        """Give up at something that makes the rest unreadable; raises ``InputProblems``."""
        path = self._open[-1].path if self._open else ()
        self.problem(path, at, what, right)
        raise InputProblems(self._found())

    def finish(self) -> Document:
        """The document; raises ``InputProblems`` when anything was noted."""
        if self._problems or self._document is None:
            raise InputProblems(self._found())
        return self._document

    def _next_path(self) -> Path:
        if not self._open:
            return ()
        top = self._open[-1]
        step = len(top.value) if isinstance(top.value, list) else top.key
        return top.path if step is None else (*top.path, step)

    def _add(self, value: Any, place: Place) -> None:
        if not self._open:
            self._document = Document(self._file, value, place)
            return
        top = self._open[-1]
        if isinstance(top.value, list):
            top.place.parts[len(top.value)] = place
            top.value.append(value)
            return
        key, top.key = top.key, None
        if key is not None and not top.twice:
            place.key = top.key_at
            top.place.parts[key] = place
            top.value[key] = value

    def _found(self) -> list[Problem]:
        document = self._document or Document(self._file, None, Place((1, 1)))
        return [
            Problem(self._file, *at, document.where(path[:6]), what, right)
            for path, at, what, right in self._problems
        ]


# Shared by all scalars: 150,000 empty dicts cost more than the rest of the reading. Never written to.
_NO_PARTS: dict[str | int, Place] = {}
