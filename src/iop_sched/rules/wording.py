"""How findings say times, lengths and lists."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.week.times import Day, Interval, clock


def at(day: Day, interval: Interval) -> str:
    """``tue 09:00-10:00``."""
    return f"{Day(day).code} {clock(interval[0])}-{clock(interval[1])}"


def moment(day: Day, minute: int) -> str:
    """``tue 09:00``."""
    return f"{Day(day).code} {clock(minute)}"


def days(found: Iterable[Day]) -> str:
    """``mon, wed, fri``."""
    return ", ".join(Day(day).code for day in sorted(found)) or "no day"


def names(found: Iterable[str]) -> str:
    """Ids, one after another."""
    return ", ".join(found) or "none"


def length(minutes: int) -> str:
    """``9 h``, ``50 min``, ``8 h 20 min``."""
    hours, rest = divmod(minutes, 60)
    return (
        " ".join(part for part in (f"{hours} h" * bool(hours), f"{rest} min" * bool(rest)) if part) or "0 h"
    )


def many(count: int, one: str, more: str | None = None) -> str:
    """``1 client``, ``2 clients``."""
    return f"{count} {one if count == 1 else more or one + 's'}"
