"""Windows on one day: what lies within them, what touches them."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.week.places import Window
from iop_sched.week.times import Day, Interval, covers, overlap


def on_day(windows: Iterable[Window], day: Day) -> list[Interval]:
    """Intervals of the windows that hold on ``day``."""
    return [window.interval for window in windows if day in window.days]


def within(windows: Iterable[Window], day: Day, wanted: Interval) -> bool:
    """Whether the union of the windows holds ``wanted`` whole."""
    return covers(on_day(windows, day), wanted)


def touches(windows: Iterable[Window], day: Day, wanted: Interval) -> bool:
    """Whether some window overlaps ``wanted``."""
    return any(overlap(interval, wanted) for interval in on_day(windows, day))
