"""Whom the turn of the week concerns: the facts that a director wants to be told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from iop_sched.week.times import Day

Shortage = Literal["ended", "used up", "ends", "runs out"]
Unit = Literal["hours", "days"]
WaitsFor = Literal["a place", "an assessment", "insurance"]


@dataclass(frozen=True)
class Left:
    """A client who is not in next week's file, since ``on``."""

    client: str
    why: Literal["discharged", "assessed"]
    on: date


@dataclass(frozen=True)
class Authorised:
    """An authorisation that ends on ``last``, or whose units ``left`` next week uses up.

    ``needs`` is what next week takes of them: target hours, or the fewest days of a track.
    """

    client: str
    why: Shortage
    last: date
    left: float
    needs: float
    unit: Unit


@dataclass(frozen=True)
class Fill:
    """Members of a cohort, with the least and most of them, next week's Monday, before anybody new joins."""

    cohort: str
    members: int
    least: int
    most: int


@dataclass(frozen=True)
class TooFew:
    """A cohort that is below its least from ``on``, if nobody joins: ``there`` members, or, with a ``block``,
    people who come to it on average.

    Of this week's members ``leave`` have left by then, and ``step_down`` come on fewer days a week.
    """

    cohort: str
    on: date
    block: str | None
    there: float
    least: int
    leave: tuple[str, ...]
    step_down: tuple[str, ...]


@dataclass(frozen=True)
class Opening:
    """A seat that is free from a date on, or, when a client steps down, ``days`` of a seat a week."""

    cohort: str
    client: str
    on: date
    why: Literal["discharge", "step-down"]
    days: int


@dataclass(frozen=True)
class BelowFloor:
    """A treated client with fewer minutes than the floor, scheduled or attended this week."""

    client: str
    floor: int
    scheduled: int
    attended: int
    attended_days: int
    pattern_days: int


@dataclass(frozen=True)
class StepDown:
    """A prescription that becomes smaller in the week of ``on``; ``due``: in next week already."""

    client: str
    on: date
    due: bool
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class Waiting:
    """Somebody without a place, most urgent first."""

    client: str
    priority: int
    days: int
    what: WaitsFor
    lost_place: bool


@dataclass(frozen=True)
class Passed:
    """Something that should have been by ``on``, and was not; it no longer binds next week."""

    client: str
    what: Literal["assessment", "assessment missed", "start", "last day"]
    on: date


@dataclass(frozen=True)
class WaivedPlace:
    """A place that rests on rules which a pin of this week set aside."""

    client: str
    pin: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Stranded:
    """A client in treatment whom the rules of eligibility, days and hours leave no place in any cohort.

    ``why`` says what keeps the client out of ``cohort``, last week's; none: that is not there any more.
    """

    client: str
    cohort: str | None
    why: str


@dataclass(frozen=True)
class Dropped:
    """What was of this week only: closed days, clients with absences, clinicians away, pins, and what
    else was changed for it: rooms, care teams, prescriptions of clients who paused."""

    closed: tuple[Day, ...] = ()
    absent: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    pins: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    prescriptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Affected:
    """All of it, in the week's order of clients and cohorts where nothing else is said."""

    began: tuple[str, ...]
    left: tuple[Left, ...]
    opened: tuple[str, ...]
    authorisations: tuple[Authorised, ...]
    fill: tuple[Fill, ...]
    too_few: tuple[TooFew, ...]
    openings: tuple[Opening, ...]
    below_floor: tuple[BelowFloor, ...]
    step_downs: tuple[StepDown, ...]
    waiting: tuple[Waiting, ...]
    passed: tuple[Passed, ...]
    waived: tuple[WaivedPlace, ...]
    stranded: tuple[Stranded, ...]
    dropped: Dropped
