"""Hours on weekdays: taking some out, and saying them in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from iop_sched.scenario.change import Change, Key
from iop_sched.week.places import Window
from iop_sched.week.times import DAY_MINUTES, WEEK, Clock, Day, Interval, Weekdays, clock, overlap, subtract

WHOLE_DAY: Interval = (0, DAY_MINUTES)
ALWAYS = Window(days=WEEK, start=clock(0), end=clock(DAY_MINUTES))


class Hours(Change):
    """A change about hours on some weekdays: the whole week and whole days unless it says otherwise."""

    days: Annotated[Weekdays, Field(min_length=1, description="weekdays; none named: all week")] = WEEK
    start: Annotated[Clock, Field(description="from, HH:MM; none: the whole day")] = 0
    end: Annotated[Clock, Field(description="until, HH:MM, exclusive; none: the whole day")] = DAY_MINUTES

    @field_validator("start")
    @classmethod
    def _starts(cls, start: int) -> int:
        if start >= DAY_MINUTES:
            raise ValueError("nothing can start at 24:00; write 00:00 on the next day, or an earlier time")
        return start

    @field_validator("end")
    @classmethod
    def _ends_later(cls, end: int, named: ValidationInfo) -> int:
        start = named.data.get("start", 0)
        if end <= start:
            what = "ends when it starts" if end == start else "ends before it starts"
            right = "write a later end; time past midnight is a window of the next day"
            raise ValueError(f"this window {what}; {right}")
        return end

    @property
    def span(self) -> Interval:
        """Minutes after midnight, half-open."""
        return (self.start, self.end)

    @property
    def when(self) -> str:
        """The hours in words."""
        return spoken(self.days, self.span)

    def window(self, why: str | None = None) -> Window:
        """The hours as a window."""
        return window(self.days, self.span, why)

    def keys(self, *about: str) -> Iterator[Key]:
        """A key for each weekday and these hours."""
        for day in self.days:
            yield (*about, day.code, self.span)


def window(days: Iterable[Day], span: Interval, why: str | None = None) -> Window:
    """A window of these days and hours, at any site."""
    # Clock times are read from text alone.
    return Window(days=tuple(days), start=clock(span[0]), end=clock(span[1]), why=why)


def cut(windows: Iterable[Window], days: Sequence[Day], span: Interval) -> Iterator[Window]:
    """The windows without these hours on these days; those not touched stay as they are."""
    for one in windows:
        touched = tuple(day for day in one.days if day in days)
        if not touched or not overlap(one.interval, span):
            yield one
            continue
        others = tuple(day for day in one.days if day not in days)
        if others:
            yield one.model_copy(update={"days": others})
        for start, end in subtract([one.interval], [span]):
            yield one.model_copy(update={"days": touched, "start": start, "end": end})


def touches(windows: Iterable[Window], days: Iterable[Day], span: Interval) -> bool:
    """Whether any of the windows has some of these hours on one of these days."""
    wanted = set(days)
    return any(wanted & set(one.days) and overlap(one.interval, span) for one in windows)


def at_any_site(windows: Iterable[Window], day: Day) -> list[Interval]:
    """Hours on a day of those windows that are for no site in particular."""
    return [one.interval for one in windows if day in one.days and one.site is None]


def working(available: Iterable[Window], away: Iterable[Window]) -> list[Window]:
    """Working hours without those away."""
    left = list(available)
    for one in away:
        left = list(cut(left, one.days, one.interval))
    return left


def spoken(days: Iterable[Day], span: Interval = WHOLE_DAY) -> str:
    """``on mon, thu``, ``on thu 13:00-15:00``, ``all week``."""
    named = tuple(days)
    hours = "" if span == WHOLE_DAY else f" {clock(span[0])}-{clock(span[1])}"
    if set(named) == set(WEEK):
        return f"every day{hours}" if hours else "all week"
    return f"on {', '.join(Day(day).code for day in named)}{hours}"
