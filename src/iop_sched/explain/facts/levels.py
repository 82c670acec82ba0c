"""What the levels of care ask: hours, days, services, share of group therapy."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.explain.facts.fact import MANY, Fact, Kind, put
from iop_sched.explain.facts.scope import Scope
from iop_sched.week.care import LevelOfCare
from iop_sched.week.document import Path

TRACK = Kind("days of a level", ("track",), 5)
HOURS = Kind("hours of a level", ("weekly-hours",), 5)
DAY = Kind("day of a level", ("program-day",), 5)
SHARE = Kind("group share of a level", ("group-share",), 5)


def facts(scope: Scope) -> Iterator[Fact]:
    """Facts of the levels that the scope's clients have."""
    wanted = {client.level for client in scope.week.clients if client.id in scope.clients}
    for index, level in enumerate(scope.week.levels):
        if level.id in wanted:
            path: Path = ("levels", index)
            yield from _week(level, path)
            yield from _day(level, path)


def _week(level: LevelOfCare, path: Path) -> Iterator[Fact]:
    at: Path = (*path, "hours", "min")
    if level.hours.min:
        yield Fact(HOURS, at, f"{level.id} has {level.hours.min:g} hours a week at least", put(at, 0))
    at = (*path, "hours", "max")
    yield Fact(HOURS, at, f"{level.id} has {level.hours.max:g} hours a week at most", put(at, 168))
    at = (*path, "days")
    says = f"{level.id} has {level.days.min} to {level.days.max} days a week"
    yield Fact(TRACK, at, says, put(at, {"min": 0, "max": 7}))
    if level.max_days_between is not None:
        at = (*path, "max_days_between")
        says = f"{level.id} allows {level.max_days_between} days between two days of a pattern"
        yield Fact(TRACK, at, says, put(at, None))
    if level.group_share is not None:
        at = (*path, "group_share")
        says = f"{level.group_share.min} to {level.group_share.max} % of {level.id} is group therapy"
        yield Fact(SHARE, at, says, put(at, None))


def _day(level: LevelOfCare, path: Path) -> Iterator[Fact]:
    at: Path = (*path, "day_hours", "min")
    if level.day_hours.min:
        yield Fact(
            DAY, at, f"a program day of {level.id} has {level.day_hours.min:g} hours at least", put(at, 0)
        )
    at = (*path, "day_hours", "max")
    yield Fact(DAY, at, f"a day of {level.id} has {level.day_hours.max:g} hours at most", put(at, 168))
    band = level.services_per_day
    if band is not None and band.min:
        at = (*path, "services_per_day", "min")
        yield Fact(DAY, at, f"a program day of {level.id} has {band.min} services at least", put(at, 0))
    if band is not None:
        at = (*path, "services_per_day", "max")
        yield Fact(DAY, at, f"a day of {level.id} has {band.max} services at most", put(at, MANY))
    if level.service_only_days is not None:
        at = (*path, "service_only_days")
        says = f"{level.id} has {level.service_only_days} days of sessions alone at most"
        yield Fact(DAY, at, says, put(at, None))
