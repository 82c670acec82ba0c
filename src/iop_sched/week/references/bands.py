"""Bands: the least is not above the most, and percentages, days and hours end where they must."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.week.base import Band, HourBand
from iop_sched.week.document import Fault
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references.walking import walk


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of every band of the week, and of the levels of care that they make up."""
    for path, part in walk(week):
        if isinstance(part, (Band, HourBand)) and part.min > part.max:
            yield Fault((*path, "min"), "min is above max", "exchange them, or correct one")
    for index, level in enumerate(week.levels):
        path = ("levels", index)
        if level.group_share and level.group_share.max > 100:
            yield Fault((*path, "group_share", "max"), "this is more than 100 percent", "write 100 or less")
        if level.days.max > 7:
            yield Fault((*path, "days", "max"), "a week has 7 days", "write 7 or less")
        if level.day_hours.max > 24:
            yield Fault((*path, "day_hours", "max"), "a day has 24 hours", "write 24 or less")
        if level.day_hours.min > level.hours.max:
            what = "one day would already be longer than the week's hours"
            yield Fault((*path, "day_hours", "min"), what, "lower it, or raise hours: max")
