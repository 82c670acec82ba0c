"""Changes in short words or as mappings, applied to the quickstart week."""

from __future__ import annotations

from typing import Any

from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Change, Changed
from iop_sched.scenario.grammar import parse_change
from iop_sched.scenario.kinds import KINDS
from iop_sched.scenario.scenario import Scenario
from iop_sched.week.people import Client, Clinician
from iop_sched.week.pins import Pin
from iop_sched.week.policy import Policy
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from iop_sched.week.validating import validated
from scenario.readme import week

WEEK = week("quickstart")
Written = str | dict[str, Any]


def change(written: Written) -> Change:
    """A change from short words or from a mapping."""
    if isinstance(written, str):
        return parse_change(written)
    made, faults = validated(KINDS[written["change"]], written)
    assert made is not None, faults
    return made


def scenario(*written: Written) -> Scenario:
    """Changes as one scenario."""
    return Scenario("tried", "", tuple(map(change, written)))


def tried(*written: Written, on: ProgramWeek = WEEK) -> Changed:
    """The week after these changes, as one scenario."""
    return apply(on, Policy(), [scenario(*written)])


def refused(*written: Written, on: ProgramWeek = WEEK) -> list[str]:
    """What is wrong with these changes, without where."""
    try:
        tried(*written, on=on)
    except InputProblems as error:
        return [f"{problem.what}; {problem.right}" for problem in error.problems]
    raise AssertionError(f"{written} was applied")


def client(changed: Changed, id_: str) -> Client:
    """A client of the changed week."""
    return next(one for one in changed.week.clients if one.id == id_)


def clinician(changed: Changed, id_: str) -> Clinician:
    """A clinician of the changed week."""
    return next(one for one in changed.week.clinicians if one.id == id_)


def pins(changed: Changed) -> dict[str, Pin]:
    """The pins of the changed week, by id."""
    return {pin.id: pin for pin in changed.week.pins}


def with_pins(*raw: dict[str, Any]) -> ProgramWeek:
    """The quickstart week with these pins besides its own."""
    return WEEK.model_copy(update={"pins": (*WEEK.pins, *map(Pin.model_validate, raw))})
