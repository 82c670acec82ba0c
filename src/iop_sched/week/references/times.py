"""Clock times: windows run forwards, starts lie on the grid, lengths are multiples of five minutes."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from iop_sched.week.care import Block, CareTeam, Offering, Service, Slot
from iop_sched.week.document import Fault, Path
from iop_sched.week.people import Break, Clinician
from iop_sched.week.pins import SessionPin, TeamPin
from iop_sched.week.places import Window
from iop_sched.week.previous import PreviousSession
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references.walking import walk
from iop_sched.week.times import DAY_MINUTES

STEP = 5

_ON_GRID: tuple[tuple[type[BaseModel], str], ...] = (
    (Slot, "start"),
    (Offering, "start"),
    (SessionPin, "start"),
    (TeamPin, "start"),
)
_IN_FIVES: tuple[tuple[type[BaseModel], str], ...] = (
    (Window, "start"),
    (Window, "end"),
    (Break, "start"),
    (Break, "end"),
    (Break, "minutes"),
    (PreviousSession, "start"),
    (Block, "minutes"),
    (Service, "minutes"),
    (CareTeam, "minutes"),
    (Clinician, "turnaround"),
)


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of every time and length of the week."""
    if week.week_of.weekday() != 0:
        yield Fault(("week_of",), "this date is not a Monday", "write the date of the week's Monday")
    for path, part in walk(week):
        yield from _multiples(path, part, week.grid)
        if isinstance(part, Window):
            yield from _window(path, part)


def _multiples(path: Path, part: BaseModel, grid: int) -> Iterator[Fault]:
    for kind, name in _ON_GRID:
        if isinstance(part, kind):
            yield from _start(getattr(part, name), (*path, name), grid)
    for kind, name in _IN_FIVES:
        if isinstance(part, kind) and getattr(part, name) % STEP:
            yield Fault((*path, name), "this is not a multiple of 5 minutes", "round it to 5 minutes")
    if isinstance(part, Slot):
        for day, start in part.by_day.items():
            yield from _start(start, (*path, "by_day", day.code), grid)
    if isinstance(part, Block) and part.after % grid:
        what = f"this is off the week's grid of {grid} minutes"
        yield Fault((*path, "after"), what, f"write a multiple of {grid}")


def _start(start: int | None, path: Path, grid: int) -> Iterator[Fault]:
    if start is None:
        return
    if start >= DAY_MINUTES:
        yield Fault(path, "nothing can start at 24:00", "write 00:00 on the next day, or an earlier time")
    elif start % grid:
        what = f"this start is off the week's grid of {grid} minutes"
        near = ", ".join(f":{minute:02d}" for minute in range(0, 60, grid))
        yield Fault(path, what, f"write a time ending in {near}" if grid > STEP else "round it to 5 minutes")


def _window(path: Path, window: Window) -> Iterator[Fault]:
    if window.end <= window.start:
        what = "ends when it starts" if window.end == window.start else "ends before it starts"
        right = "write a later end; time past midnight is a window of the next day"
        yield Fault((*path, "end"), f"this window {what}", right)
    in_hours = path[0] == "clinicians" and path[-2] == "available"
    if window.site is not None and not in_hours:
        what = "only a clinician's working hours (available) can be for one site"
        yield Fault((*path, "site"), what, "take 'site' out here")
