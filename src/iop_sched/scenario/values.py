"""Words of the short grammar as plain values, as a file would have them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from iop_sched.week.document import is_id
from iop_sched.week.times import WEEK, Day, parse_clock, parse_day, parse_days

Fields = dict[str, Any]

_WHOLE = re.compile(r"[0-9]{1,6}")
_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4})?")
_HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2})-([0-9]{1,2}:[0-9]{2})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read(kind: str, name: str, word: str) -> Fields | None:
    """The fields that ``word`` gives when it is a value of this kind; none when it is not one."""
    return _READERS[kind](name, word)


def days_of(word: str) -> list[str] | None:
    """``thu``, ``mon,wed``, ``mon-thu``, ``weekdays`` as weekdays; none for anything else."""
    try:
        return [day.code for part in word.split(",") for day in _days(part)]
    except ValueError:
        return None


def _days(part: str) -> tuple[Day, ...]:
    first, dash, last = part.partition("-")
    if dash:
        between = WEEK[parse_day(first) : parse_day(last) + 1]
        if not between:
            raise ValueError("no days")
        return between
    return (parse_day(part),) if len(part) == 3 else tuple(parse_days(part))


def _as_days(name: str, word: str) -> Fields | None:
    days = days_of(word)
    return None if days is None else {name: days}


def _as_day(name: str, word: str) -> Fields | None:
    days = days_of(word)
    return {name: days[0]} if days is not None and len(days) == 1 else None


def _as_hours(name: str, word: str) -> Fields | None:
    found = _HOURS.fullmatch(word)
    return (
        {"start": found[1], "end": found[2]}
        if found and _is_clock(found[1]) and _is_clock(found[2])
        else None
    )


def _as_clock(name: str, word: str) -> Fields | None:
    return {name: word} if _is_clock(word) else None


def _is_clock(word: str) -> bool:
    try:
        parse_clock(word)
    except ValueError:
        return False
    return True


def _as_count(name: str, word: str) -> Fields | None:
    return {name: int(word)} if _WHOLE.fullmatch(word) else None


def _as_counts(name: str, word: str) -> Fields | None:
    parts = word.split(",")
    return {name: [int(part) for part in parts]} if all(map(_WHOLE.fullmatch, parts)) else None


def _as_number(name: str, word: str) -> Fields | None:
    return {name: float(word)} if _NUMBER.fullmatch(word) else None


def _as_band(name: str, word: str) -> Fields | None:
    least, _, most = word.partition("..")
    return (
        {"min": int(least), "max": int(most)} if _WHOLE.fullmatch(least) and _WHOLE.fullmatch(most) else None
    )


def _as_numbers(name: str, word: str) -> Fields | None:
    least, _, most = word.partition("..")
    both = _NUMBER.fullmatch(least) and _NUMBER.fullmatch(most)
    return {"min": float(least), "max": float(most)} if both else None


def _or_none(nothing: str) -> Callable[[str, str], Fields | None]:
    def as_value(name: str, word: str) -> Fields | None:
        return {name: None} if word.lower() == nothing else _as_count(name, word)

    return as_value


def _as_mode(name: str, word: str) -> Fields | None:
    return {name: word.lower()} if word.lower() in ("hard", "soft", "off", "default") else None


def _as_date(name: str, word: str) -> Fields | None:
    return {name: word} if _DATE.fullmatch(word) else None


def _as_id(name: str, word: str) -> Fields | None:
    return {name: word} if is_id(word) else None


def _as_ids(name: str, word: str) -> Fields | None:
    parts = word.split(",")
    return {name: parts} if all(map(is_id, parts)) else None


_READERS: dict[str, Callable[[str, str], Fields | None]] = {
    "id": _as_id,
    "word": _as_id,
    "days": _as_days,
    "day": _as_day,
    "hours": _as_hours,
    "clock": _as_clock,
    "count": _as_count,
    "counts": _as_counts,
    "number": _as_number,
    "numbers": _as_numbers,
    "band": _as_band,
    "limit": _or_none("none"),
    "weight": _or_none("default"),
    "mode": _as_mode,
    "date": _as_date,
    "ids": _as_ids,
}
