"""Weekdays, clock times and windows.

A time of day is an ``int``: minutes after midnight, 0 to 1440. A moment of the week is an ``int``
too: minutes after Monday 00:00 (``week_minute``). Intervals are half-open ``(start, end)`` pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

DAY_MINUTES = 1440
WEEK_MINUTES = 7 * DAY_MINUTES

Interval = tuple[int, int]


class Day(IntEnum):
    """A weekday, Monday first; written ``mon`` … ``sun`` in files."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6

    @property
    def code(self) -> str:
        """The three letters used in files."""
        return _CODES[self]


_CODES = tuple(day.name.lower() for day in Day)


WEEK = tuple(Day)
_DAY_WORDS = {day.code: day for day in Day}
_DAY_GROUPS = {"daily": WEEK, "weekdays": WEEK[:5], "weekend": WEEK[5:]}
_DAY_SCHEMA = {"type": "string", "enum": list(_DAY_WORDS)}


def parse_day(value: Any) -> Day:
    """Read ``mon`` … ``sun``; raises ``ValueError`` with the right spelling otherwise."""
    if isinstance(value, Day):
        return value
    if isinstance(value, str) and value.lower() in _DAY_WORDS:
        return _DAY_WORDS[value.lower()]
    raise ValueError("not a weekday; write one of mon, tue, wed, thu, fri, sat, sun")


def parse_days(value: Any) -> Any:
    """Read a list of days, or one of the words ``daily``, ``weekdays``, ``weekend``."""
    if isinstance(value, str):
        if value.lower() in _DAY_GROUPS:
            return _DAY_GROUPS[value.lower()]
        raise ValueError("not a list of days; write [mon, wed, fri], or daily, weekdays or weekend")
    return tuple(value) if isinstance(value, list) else value


def sort_days(days: tuple[Day, ...]) -> tuple[Day, ...]:
    """Days in week order; raises ``ValueError`` when one stands twice."""
    if len(set(days)) != len(days):
        raise ValueError("a day stands twice; name each day once")
    return tuple(sorted(days))


_CLOCK = re.compile(r"^([01]?[0-9]|2[0-4]):([0-5][0-9])$")


def parse_clock(value: Any) -> int:
    """Read ``HH:MM`` (``00:00`` to ``24:00``) as minutes after midnight; a bare number is refused."""
    found = _CLOCK.match(value.strip()) if isinstance(value, str) else None
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY_MINUTES + 1
    if minutes > DAY_MINUTES:
        raise ValueError('not a time of day; write HH:MM between 00:00 and 24:00, such as "09:30"')
    return minutes


def clock(minutes: int) -> str:
    """Minutes after midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


Weekday = Annotated[
    Day,
    BeforeValidator(parse_day),
    PlainSerializer(lambda day: Day(day).code, return_type=str),
    WithJsonSchema(_DAY_SCHEMA),
]
Weekdays = Annotated[
    tuple[Weekday, ...],
    BeforeValidator(parse_days),
    AfterValidator(sort_days),
    WithJsonSchema(
        {"anyOf": [{"type": "array", "items": _DAY_SCHEMA}, {"type": "string", "enum": list(_DAY_GROUPS)}]}
    ),
]
Clock = Annotated[
    int,
    BeforeValidator(parse_clock),
    PlainSerializer(clock, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _CLOCK.pattern}),
]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
Minutes = Annotated[int, Field(ge=0, le=WEEK_MINUTES)]


def week_minute(day: Day, minute: int) -> int:
    """Minutes after Monday 00:00."""
    return day * DAY_MINUTES + minute


def round_up(minutes: int, grid: int) -> int:
    """``minutes`` rounded up to whole grid cells."""
    return -(-minutes // grid) * grid


def overlap(one: Interval, other: Interval) -> int:
    """Minutes that two half-open intervals share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The union of intervals, as sorted disjoint intervals; touching ones become one."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(intervals: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """The union of ``intervals`` without the union of ``holes``."""
    left = merge(intervals)
    for hole in merge(holes):
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, hole[0])), (max(start, hole[1]), end))
            if piece[0] < piece[1]
        ]
    return left


def intersect(one: Iterable[Interval], other: Iterable[Interval]) -> list[Interval]:
    """The minutes that lie in both unions."""
    right = merge(other)
    return merge((max(a, c), min(b, d)) for a, b in merge(one) for c, d in right if max(a, c) < min(b, d))


def covers(intervals: Iterable[Interval], wanted: Interval) -> bool:
    """Whether one interval of the union holds ``wanted`` whole."""
    return any(start <= wanted[0] and wanted[1] <= end for start, end in merge(intervals))
