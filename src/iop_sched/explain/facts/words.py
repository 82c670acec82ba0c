"""How days, windows and staff needs are written in the sentence of a fact."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.report.words import day_name, day_names, span
from iop_sched.week.care import StaffNeed
from iop_sched.week.places import Window
from iop_sched.week.times import Day


def days_of(days: Iterable[Day]) -> str:
    """``Mon Wed``; three days and more in a row as ``Mon-Fri``, all seven as ``every day``."""
    listed = sorted(days)
    if len(listed) == 7:
        return "every day"
    if len(listed) > 2 and listed[-1] - listed[0] == len(listed) - 1:
        return f"{day_name(listed[0])}-{day_name(listed[-1])}"
    return day_names(listed)


def windows_of(windows: Iterable[Window]) -> str:
    """``Mon-Fri 08:00-17:00, Sat 09:00-12:00 at north``."""
    return ", ".join(
        f"{days_of(window.days)} {span(window.start, window.end)}"
        + (f" at {window.site}" if window.site else "")
        for window in windows
    )


def need_of(need: StaffNeed) -> str:
    """``therapist or psychologist with lcsw dbt``."""
    more = " ".join((*need.credentials, *need.modalities))
    return " or ".join(need.roles) + (f" with {more}" if more else "")


def counted(how_many: int, one: str, many: str | None = None) -> str:
    """``1 client``, ``3 clients``, ``0 clients``: a bound is a number, also when it is none."""
    return f"{how_many} {one if how_many == 1 else many or f'{one}s'}"
