"""Times at which something may begin."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from iop_sched.rules.facts import Facts
from iop_sched.week.places import Window
from iop_sched.week.times import WEEK, Day, Interval, round_up

OPENS, SHUTS = 7 * 60, 21 * 60


def times(facts: Facts, minutes: int, windows: Collection[Window]) -> Iterator[tuple[Day, Interval]]:
    """Days and the cells of the grid that a length may occupy in the windows, or in the day's hours."""
    grid = facts.week.grid
    for day in WEEK:
        hours = [one.interval for one in windows if day in one.days] if windows else [(OPENS, SHUTS)]
        for first, end in hours:
            for start in range(round_up(first, grid), end - minutes + 1, grid):
                yield day, (start, start + facts.occ(minutes))
