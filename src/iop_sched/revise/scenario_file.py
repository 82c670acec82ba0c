"""Pins as a scenario file: a name, what it is for, and a list of changes with a pin each."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from iop_sched.week.document import Document, is_id
from iop_sched.week.pins import Pin
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.reading import read_document, read_text

_WIDE = 10_000


def scenario_text(name: str, description: str, pins: Iterable[Pin]) -> str:
    """A new scenario file, one line a pin."""
    return _dumped(CommentedMap(name=name, description=description, changes=_changes(pins)))


def pin_lines(pins: Iterable[Pin]) -> str:
    """Items for the list ``pins`` of a program week."""
    return _dumped([_flow(_plain(pin)) for pin in pins])


def appended(path: str | Path, pins: Iterable[Pin]) -> str:
    """The text of a scenario file with more pins at its end, its remarks kept.

    Raises ``InputProblems`` when it is no scenario file.
    """
    document = read_document(path)
    changes = document.data.get("changes", []) if isinstance(document.data, dict) else None
    if not isinstance(changes, list):
        raise InputProblems([_no_scenario(document)])
    kept = _yaml().load(read_text(path))
    if changes:
        kept["changes"].extend(_changes(pins))
    else:
        kept["changes"] = _changes(pins)
    return _dumped(kept)


def pin_ids(path: str | Path) -> list[str]:
    """Ids of the pins that a scenario file has; raises ``InputProblems`` when it cannot be read."""
    data = read_document(path).data
    changes = data.get("changes", []) if isinstance(data, dict) else []
    pins = [one.get("pin") for one in changes if isinstance(one, dict)] if isinstance(changes, list) else []
    return [one["id"] for one in pins if isinstance(one, dict) and is_id(one.get("id"))]


def _no_scenario(document: Document) -> Problem:
    right = "name a scenario file, or one that does not exist yet"
    return Problem(document.file, 0, 0, "", "this is no scenario file with a list of 'changes'", right)


def _changes(pins: Iterable[Pin]) -> CommentedSeq:
    return CommentedSeq([_flow({"change": "pin", "pin": _plain(pin)}) for pin in pins])


def _plain(pin: Pin) -> dict[str, Any]:
    return pin.model_dump(mode="json", exclude_defaults=True)


def _flow(value: Any) -> Any:
    if isinstance(value, dict):
        found = CommentedMap((name, _flow(inner)) for name, inner in value.items())
        found.fa.set_flow_style()
        return found
    if isinstance(value, list):
        items = CommentedSeq([_flow(inner) for inner in value])
        items.fa.set_flow_style()
        return items
    # Elsewhere, 09:30 without quotation marks may be read as a number.
    return DoubleQuotedScalarString(value) if isinstance(value, str) and ":" in value else value


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.preserve_quotes = True
    return yaml


def _dumped(value: Any) -> str:
    stream = StringIO()
    _yaml().dump(value, stream)
    return stream.getvalue()
