"""How a form of the short grammar is written down.

A form is words and places for values: ``<field:kind>`` is a value, ``[…]`` may be left out. Nothing heavy is
imported here, so that ``--help`` stays quick.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

# What is written for a value of each kind, in usage lines and in messages.
VALUES: dict[str, tuple[str, str]] = {
    "id": ("ID", "an id"),
    "ids": ("ID,ID", "one id, or several with commas"),
    "word": ("NAME", "a name"),
    "days": ("DAYS", "weekdays (thu; mon,wed; mon-thu)"),
    "day": ("DAY", "a weekday (thu)"),
    "hours": ("HH:MM-HH:MM", "hours (13:00-15:00)"),
    "clock": ("HH:MM", "a time of day (17:30)"),
    "date": ("YYYY-MM-DD", "a date (2026-03-05)"),
    "count": ("N", "a whole number"),
    "counts": ("N,N", "whole numbers (3; 3,4)"),
    "number": ("HOURS", "a number of hours (9; 10.5)"),
    "numbers": ("HOURS..HOURS", "hours, least and most (9..15)"),
    "band": ("N..N", "a range (6..10)"),
    "limit": ("N|none", "a whole number, or none"),
    "weight": ("N|default", "a whole number, or default"),
    "mode": ("hard|soft|off|default", "hard, soft, off or default"),
}

# Kinds whose values are called by their field in a usage line.
_NAMED = ("id", "ids", "word")

_PART = re.compile(r"(\[)|(\])|<([a-z_]+):([a-z]+)>|([^\s\[\]<>]+)")


@dataclass(frozen=True)
class Part:
    """A word, or (with ``kind``) a value for a field; parts of one ``group`` are left out together."""

    text: str
    kind: str | None
    group: int | None

    @property
    def usage(self) -> str:
        """The part in a usage line: ``like``, ``CLIENT``, ``HH:MM-HH:MM``."""
        if self.kind is None:
            return self.text
        return self.text.upper() if self.kind in _NAMED and self.text != "like" else VALUES[self.kind][0]


@dataclass(frozen=True)
class Form:
    """One way to write a change: its kind, how it is written, what it says, and an example.

    ``fixed`` are fields that the words of the form settle.
    """

    change: str
    pattern: str
    says: str
    example: str
    fixed: Mapping[str, bool] = field(default_factory=dict)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Words and values, in order."""
        found: list[Part] = []
        group, inside = 0, False
        for opens, closes, name, kind, word in _PART.findall(self.pattern):
            if opens or closes:
                inside, group = bool(opens), group + bool(opens)
            else:
                found.append(Part(name or word, kind or None, group if inside else None))
        return tuple(found)

    @property
    def verb(self) -> str:
        """The first word."""
        return self.parts[0].text

    @property
    def usage(self) -> str:
        """The form in one line: ``out CLINICIAN [DAYS] [HH:MM-HH:MM]``."""
        said, group = "", None
        for part in self.parts:
            if group is not None and part.group != group:
                said += "]"
            said += " " if said else ""
            if part.group is not None and part.group != group:
                said += "["
            said, group = said + part.usage, part.group
        return said + ("]" if group is not None else "")
