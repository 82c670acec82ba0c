"""What cannot hold together, in a director's words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iop_sched.report.words import day_name, day_names
from iop_sched.week.pins import CohortPin, MeetingPin, Pin, PlacePin, SessionPin, StaffPin, TeamPin
from iop_sched.week.policy import policy_folder
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import clock

_CATALOGUE = re.compile(r"^### (?P<rule>[a-z-]+)\n\*(?P<words>[^*]+)\*", re.MULTILINE)
PIN = "pin:"
"""Before the id of a pin, in what names rules and pins."""


def conflict_lines(week: ProgramWeek, conflict: Iterable[str]) -> list[str]:
    """Each rule with its sentence from the catalogue, each pin with what it fixes and why."""
    pins = {f"{PIN}{pin.id}": pin for pin in week.pins}
    said = rule_words()
    lines = []
    for part in conflict:
        if part in pins:
            lines.append(_pin(pins[part]))
        else:
            lines.append(f"rule {part}: {said[part]}" if part in said else part)
    return lines


def rule_words() -> dict[str, str]:
    """The sentence of each rule in ``models/README.md``, where that is at hand."""
    catalogue = policy_folder() / "README.md"
    text = catalogue.read_text(encoding="utf-8") if catalogue.is_file() else ""
    return {found["rule"]: found["words"] for found in _CATALOGUE.finditer(text)}


def _pin(pin: Pin) -> str:
    fixed = pin.place or pin.session or pin.cohort or pin.meeting or pin.team
    words = f"pin {pin.id}: {_fixed(fixed)}" if fixed is not None else f"pin {pin.id}"
    return f"{words} (because: {pin.reason})" if pin.reason else words


def _fixed(pin: PlacePin | SessionPin | CohortPin | MeetingPin | TeamPin) -> str:
    if isinstance(pin, PlacePin):
        return f"{pin.client} has a place" + _parts(
            ("in", pin.cohort),
            ("on", day_names(pin.days, none="")),
            ("from", None if pin.start is None else day_name(pin.start)),
            ("with primary", pin.primary),
        )
    if isinstance(pin, SessionPin):
        return f"{pin.client} has {pin.service}" + _parts(
            ("on", None if pin.day is None else day_name(pin.day)),
            ("at", None if pin.start is None else clock(pin.start)),
            ("with", pin.clinician),
        )
    if isinstance(pin, CohortPin):
        return f"{pin.cohort} is {'open' if pin.open else 'not open'}" + _parts(
            ("in the", pin.slot), ("on", day_names(pin.days, none="")), ("led by", pin.leader)
        )
    if isinstance(pin, MeetingPin):
        held = "is held" if pin.held else "is not held"
        meeting = f"the meeting of {pin.cohort} on {day_name(pin.day)} {held}" + _parts(("in", pin.room))
        staff = (f"{', '.join(one.clinicians)} in {one.block}{_need(one)}" for one in pin.staff)
        return ", ".join([meeting, *staff])
    at = None if pin.start is None else clock(pin.start)
    return f"{pin.team} meets on {day_name(pin.day)}" + _parts(("at", at))


def _need(pin: StaffPin) -> str:
    return f" (need {pin.need})" if pin.need else ""


def _parts(*parts: tuple[str, str | None]) -> str:
    return "".join(f" {before} {value}" for before, value in parts if value)
