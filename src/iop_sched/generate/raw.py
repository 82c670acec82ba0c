"""From a draft to the plain data of a file."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.generate.catalogue import Raw
from iop_sched.generate.draft import Site
from iop_sched.week.times import clock

CODES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_codes(days: Iterable[int]) -> list[str]:
    """Weekdays as they are written."""
    return [CODES[day] for day in sorted(days)]


def window(days: Iterable[int], start: int, end: int, why: str = "") -> Raw:
    """The same hours on some weekdays."""
    codes = day_codes(days)
    found: Raw = {"days": "weekdays" if codes == list(CODES[:5]) else codes}
    found |= {"start": clock(start), "end": clock(end)}
    return found | {"why": why} if why else found


def windows(stretches: Iterable[tuple[int, int, int, str]]) -> list[Raw]:
    """Day, start, end and reason of each stretch; those of the same hours as one window."""
    days: dict[tuple[int, int, str], list[int]] = {}
    for day, start, end, why in stretches:
        days.setdefault((start, end, why), []).append(day)
    return [window(found, *hours) for hours, found in days.items()]


def service_id(site: Site, name: str) -> str:
    """Yoga has a time of its own at each site, and so a service of its own."""
    return f"yoga-{site.id}" if name == "yoga" and not site.alone else name


def hours_of(minutes: int) -> float | int:
    """Minutes as hours, whole ones without a decimal point."""
    return minutes // 60 if minutes % 60 == 0 else minutes / 60


def up(minutes: float) -> int:
    """Minutes rounded up to a quarter of an hour."""
    return -(-round(minutes) // 15) * 15


def without_empty(raw: Raw) -> Raw:
    """Fields that say something."""
    return {name: value for name, value in raw.items() if value not in (None, [], {}, "")}
