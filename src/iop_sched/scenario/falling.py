"""Pins about what is gone.

A pin is a decision about things that exist. When a change takes one of them away, a pin that names it could
only make the week impossible: it falls away, or fixes only the rest of what it named, and a sentence says so.
"""

from __future__ import annotations

from collections.abc import Callable

from iop_sched.scenario.change import Changed
from iop_sched.week.pins import Pin


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


def without(pin: Pin, subject: str, *fields: str) -> Pin:
    """The pin without some of what its ``subject`` (place, session, cohort) fixes."""
    fixed = getattr(pin, subject)
    empty = {name: type(fixed).model_fields[name].default for name in fields}
    return pin.model_copy(update={subject: fixed.model_copy(update=empty)})
