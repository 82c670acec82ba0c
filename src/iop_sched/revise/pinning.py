"""Pins made from decisions: their ids, whether a week has them already, whether it can take them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from iop_sched.revise.asking import CannotReviseError
from iop_sched.week.document import Fault
from iop_sched.week.pins import Pin
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references import contradictions
from iop_sched.week.references.ids import repeated
from iop_sched.week.references.pins import SUBJECTS
from iop_sched.week.roster import Placement

_MOST_LETTERS = 40
_MOST_REASON = 200


class PinIds:
    """Ids for new pins: readable, none of them taken, not even with other capitals."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {id_.casefold() for id_ in taken}

    def new(self, *words: str) -> str:
        """``hold-c12-therapy``, or with a number behind it."""
        base = "-".join(words)[:_MOST_LETTERS]
        found, number = base, 2
        while found.casefold() in self._taken:
            ending = f"-{number}"
            found, number = base[: _MOST_LETTERS - len(ending)] + ending, number + 1
        self._taken.add(found.casefold())
        return found


def made(id_: str, subject: str, fields: dict[str, Any], reason: str, **more: Any) -> Pin:
    """A pin from plain data (days as codes, times as ``HH:MM``); what is None or empty is left out."""
    named = {name: value for name, value in fields.items() if value not in (None, [], ())}
    return Pin.model_validate({"id": id_, subject: named, "reason": reason[:_MOST_REASON], **more})


def says_already(week: ProgramWeek, pin: Pin) -> bool:
    """Whether one pin of the week fixes all that ``pin`` fixes."""
    fixed = _fixed(pin)
    return not pin.overrides and any(fixed.items() <= _fixed(one).items() for one in week.pins)


def _fixed(pin: Pin) -> dict[tuple[str, str], Any]:
    """What a pin names; that a cohort is open or a meeting is held is named by every such pin."""
    fixed: dict[tuple[str, str], Any] = {}
    for subject in SUBJECTS:
        named = getattr(pin, subject)
        if named is not None:
            for name in type(named).model_fields:
                value = getattr(named, name)
                if value not in (None, ()):
                    fixed[subject, name] = value
    return fixed


def with_pins(week: ProgramWeek, pins: Iterable[Pin]) -> ProgramWeek:
    """The week with more pins at the end of its list, unchecked: see ``pin_faults``."""
    return week.model_copy(update={"pins": (*week.pins, *pins)})


def pin_faults(week: ProgramWeek) -> list[tuple[int, str]]:
    """What is wrong with the pins of a week: which one of them, counted from 0, and what."""
    data = week.model_dump(mode="json")
    faults: list[Fault] = [*repeated(data), *contradictions(week, data)]
    return [
        (int(fault.path[1]), fault.what)
        for fault in faults
        if len(fault.path) > 1 and fault.path[0] == "pins"
    ]


def waiving(week: ProgramWeek, client: str, rules: Iterable[str], reason: str) -> ProgramWeek:
    """The week with rules set aside for a client who is to be placed, wherever that may be."""
    pin = made("override", "place", {"client": client}, reason, overrides=list(rules))
    return with_pins(week, [pin])


def overriding_pin(
    week: ProgramWeek, placement: Placement, rules: Iterable[str], reason: str, ids: PinIds
) -> Pin:
    """The pin that holds a client's new place and sets rules aside for it.

    Raises ``CannotReviseError`` when the week's own pins say otherwise.
    """
    place = {
        "client": placement.client,
        "cohort": placement.cohort,
        "days": [day.code for day in placement.days],
    }
    pin = made(
        ids.new("override", placement.client), "place", place, reason, overrides=list(dict.fromkeys(rules))
    )
    wrong = [words for index, words in pin_faults(with_pins(week, [pin])) if index == len(week.pins)]
    if wrong:
        who = placement.client
        raise CannotReviseError(
            [f"No override for {who}: {words}; change that pin first." for words in wrong]
        )
    return pin
