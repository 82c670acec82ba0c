"""Pins that say nothing, say too much, or contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.week.document import Fault, Path
from iop_sched.week.pins import Pin
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import DAY_MINUTES, round_up

SUBJECTS = ("place", "session", "cohort", "meeting", "team")
# What two pins about the same subject must agree on, as far as both name it.
_AGREED = {
    "place": (("client",), ("cohort", "days", "start", "primary")),
    "cohort": (("cohort",), ("open", "slot", "days", "leader")),
    "meeting": (("cohort", "day"), ("held", "room")),
    "team": (("team",), ("day", "start")),
}


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of every pin, and of pins about the same thing."""
    for index, pin in enumerate(week.pins):
        path = ("pins", index)
        yield from _form(pin, path)
        yield from _negative(pin, path)
        yield from _session(week, pin, path)
    yield from _closed_but_needed(week)
    for subject in _AGREED:
        yield from _disagreements(week, subject)


def _form(pin: Pin, path: Path) -> Iterator[Fault]:
    named = [subject for subject in SUBJECTS if getattr(pin, subject) is not None]
    if len(named) != 1:
        what = "a pin fixes exactly one thing" if named else "this pin fixes nothing"
        yield Fault(path, what, f"name one of {', '.join(SUBJECTS)}")
    if pin.overrides and pin.place is None and pin.session is None:
        what = "only pins of a place or a session can set rules aside"
        yield Fault((*path, "overrides"), what, "take 'overrides' out")
    elif pin.overrides and not (pin.reason and pin.reason.strip()):
        what = "rules are set aside without a reason"
        yield Fault((*path, "overrides"), what, "add 'reason: …', which is printed on the roster")


def _negative(pin: Pin, path: Path) -> Iterator[Fault]:
    if pin.cohort and not pin.cohort.open:
        for name in ("slot", "days", "leader"):
            if getattr(pin.cohort, name):
                what = "a cohort that is not open has none of this"
                yield Fault((*path, "cohort", name), what, "take it out, or 'open: false'")
    if pin.meeting and not pin.meeting.held:
        for name in ("room", "staff"):
            if getattr(pin.meeting, name):
                what = f"a meeting that is not held has no {name}"
                yield Fault((*path, "meeting", name), what, "take it out, or 'held: false'")


def _session(week: ProgramWeek, pin: Pin, path: Path) -> Iterator[Fault]:
    if pin.session is None or pin.session.start is None:
        return
    service = next((one for one in week.services if one.id == pin.session.service), None)
    start = pin.session.start
    if service and start < DAY_MINUTES < start + round_up(service.minutes, week.grid):
        what = "this session would run past midnight"
        yield Fault((*path, "session", "start"), what, "write an earlier start")


def _closed_but_needed(week: ProgramWeek) -> Iterator[Fault]:
    running = {cohort.id for cohort in week.cohorts if cohort.status == "running"}
    closed = {pin.cohort.cohort for pin in week.pins if pin.cohort and not pin.cohort.open}
    for index, pin in enumerate(week.pins):
        if pin.cohort and not pin.cohort.open and pin.cohort.cohort in running:
            what = f"'{pin.cohort.cohort}' is running, and a running cohort is open"
            yield Fault(("pins", index, "cohort", "open"), what, "write 'status: candidate' in the cohort")
        for name in ("place", "meeting"):
            subject = getattr(pin, name)
            if subject is not None and subject.cohort in closed:
                what = f"another pin says that '{subject.cohort}' does not open"
                yield Fault(("pins", index, name, "cohort"), what, "take one of the two pins out")


def _disagreements(week: ProgramWeek, subject: str) -> Iterator[Fault]:
    keys, fields = _AGREED[subject]
    first: dict[tuple[object, ...], tuple[object, str]] = {}
    for index, pin in enumerate(week.pins):
        fixed = getattr(pin, subject)
        if fixed is None:
            continue
        about = tuple(getattr(fixed, key) for key in keys)
        for name in fields:
            value = getattr(fixed, name)
            if value is None or value == ():
                continue
            other, by = first.setdefault((*about, name), (value, pin.id))
            if other != value:
                what = f"pin '{by}' says otherwise about the same {subject}"
                yield Fault(("pins", index, subject, name), what, "keep one of the two")
