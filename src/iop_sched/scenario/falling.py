"""Pins about what is gone.

A pin is a decision about things that exist. When a change takes one of them away, a pin that names it could
only make the week impossible: it falls away, or fixes only the rest of what it named, and a sentence says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iop_sched.scenario.change import Changed
from iop_sched.week.pins import Pin, StaffPin
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day


def client_of(pin: Pin) -> str | None:
    """The client that a pin is about."""
    subject = pin.place or pin.session
    return subject.client if subject is not None else None


def falling(changed: Changed, gone: Callable[[Pin], bool]) -> Changed:
    """The week without the pins that ``gone`` holds for."""
    fallen = [pin.id for pin in changed.week.pins if gone(pin)]
    if not fallen:
        return changed
    kept = tuple(pin for pin in changed.week.pins if pin.id not in fallen)
    return changed.also(*(f"Pin {id_} falls away with that." for id_ in fallen), pins=kept)


def loosened(changed: Changed, looser: Callable[[Pin], Pin]) -> Changed:
    """The week with pins that fix less than before, as ``looser`` says of each."""
    pins = tuple(map(looser, changed.week.pins))
    less = [new.id for new, old in zip(pins, changed.week.pins, strict=True) if new != old]
    if not less:
        return changed
    return changed.also(*(f"Pin {id_} fixes only the rest of what it named." for id_ in less), pins=pins)


def without_staff(pin: Pin, who: str, taken: Callable[[StaffPin], bool] = lambda fixed: True) -> Pin:
    """The pin of a meeting without the needs that ``who`` is to fill, of those that ``taken`` holds for."""
    if pin.meeting is None:
        return pin
    left = tuple(one for one in pin.meeting.staff if who not in one.clinicians or not taken(one))
    return pin.model_copy(update={"meeting": pin.meeting.model_copy(update={"staff": left})})


def block_hours(
    week: ProgramWeek, cohort_id: str, day: Day, named: str | None = None
) -> Iterator[tuple[int, int]]:
    """When the blocks of a cohort's meeting may be, or only the one that is named."""
    cohort = next(one for one in week.cohorts if one.id == cohort_id)
    agenda = next(one for one in week.agendas if one.id == cohort.agenda)
    slots = {slot.id: slot for slot in week.slots}
    for option in cohort.options:
        start = slots[option.slot].start_on(day)
        for block in agenda.blocks_on(day):
            if named in (None, block.id):
                yield (start + block.after, start + block.after + block.minutes)


def without(pin: Pin, subject: str, *fields: str) -> Pin:
    """The pin without some of what its ``subject`` (place, session, cohort) fixes."""
    fixed = getattr(pin, subject)
    empty = {name: type(fixed).model_fields[name].default for name in fields}
    return pin.model_copy(update={subject: fixed.model_copy(update=empty)})
