"""A policy's TOML: where its keys stand, and names that no rule, penalty or field has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from iop_sched.week.document import Document, Fault, Place
from iop_sched.week.nearest import nearest
from iop_sched.week.policy import PENALTIES, RULES
from iop_sched.week.problems import InputProblems, Problem

_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_\"'][A-Za-z0-9_.\"' -]*?)\s*\]+\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\"'][A-Za-z0-9_.\"' -]*?)\s*=")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_DOTTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")

MOST_WEIGHT = 10_000
# The patterns above take time that grows with the square of what they look at.
MOST_COLUMNS = 300


def read_toml(file: str, text: str) -> Document:
    """A TOML text with the positions of its keys; raises ``InputProblems``."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
        what, right = (
            "this is not TOML",
            "write 'name = value' lines below [headers], with texts in double quotes",
        )
        raise InputProblems([Problem(file, line, column, "", what, right)]) from None
    except (RecursionError, ValueError):
        what = "this is not TOML, or too deep"
        raise InputProblems([Problem(file, 0, 0, "", what, "write a flatter file")]) from None
    return Document(file, _plain(data), _places(text))


def policy_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Rules and penalties that do not exist, modes that a rule cannot have, weights out of range."""
    rules, weights = data.get("rules"), data.get("weights")
    for name, mode in rules.items() if isinstance(rules, dict) else ():
        if name not in RULES:
            yield Fault(("rules", name), "there is no rule of this name", _meant(name, RULES), of_key=True)
        elif mode in ("hard", "soft", "off") and mode not in RULES[name].modes:
            yield Fault(
                ("rules", name), f"this rule cannot be {mode}", f"write {' or '.join(RULES[name].modes)}"
            )
    for name, weight in weights.items() if isinstance(weights, dict) else ():
        if name not in PENALTIES:
            what = "there is no penalty of this name"
            yield Fault(("weights", name), what, _meant(name, PENALTIES), of_key=True)
        elif type(weight) is int and not 0 <= weight <= MOST_WEIGHT:
            yield Fault(("weights", name), "this weight is out of range", f"write 0 to {MOST_WEIGHT}")


def _meant(name: str, known: dict[str, Any]) -> str:
    close = nearest(name, known)
    return f"did you mean '{close}'?" if close else "see models/README.md for the names"


def _plain(value: Any) -> Any:
    """TOML data as JSON has it: dates and times become text, which no field takes."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _places(text: str) -> Place:
    root = Place((1, 1))
    table = root
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line[:MOST_COLUMNS]), _KEY.match(line[:MOST_COLUMNS])
        if header:
            table = _descend(root, header[1], (number, header.start(1) + 1))
        elif key:
            _descend(table, key[1], (number, key.start(1) + 1))
    return root


def _descend(place: Place, dotted: str, at: tuple[int, int]) -> Place:
    for part in _DOTTED.findall(dotted):
        place = place.parts.setdefault("".join(part), Place(at, key=at))
    return place
