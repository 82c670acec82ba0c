"""Decisions that the director has fixed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.times import Clock, Id, Weekday, Weekdays

Overridable = Literal[
    "eligibility",
    "cohort-size",
    "meeting-attendance",
    "companions",
    "max-moves",
    "track",
    "stay",
    "intake",
    "weekly-hours",
    "program-day",
    "authorisation",
    "service-timing",
    "client-time",
]


class PlacePin(Frozen):
    """The client is placed; what is named is fixed too."""

    client: Annotated[Id, Field(description="id of the client")]
    cohort: Annotated[Id | None, Field(description="in this cohort")] = None
    days: Annotated[Weekdays, Field(description="on exactly these weekdays")] = ()
    start: Annotated[Weekday | None, Field(description="starting on this weekday")] = None
    primary: Annotated[Id | None, Field(description="with this primary")] = None


class SessionPin(Frozen):
    """At least one session of the service is as named."""

    client: Annotated[Id, Field(description="id of the client")]
    service: Annotated[Id, Field(description="id of the service")]
    day: Annotated[Weekday | None, Field(description="on this weekday")] = None
    start: Annotated[Clock | None, Field(description="at this time, HH:MM")] = None
    clinician: Annotated[Id | None, Field(description="with this clinician")] = None


class CohortPin(Frozen):
    """A cohort is open or not; when open, what is named is fixed too."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    open: Annotated[bool, Field(description="whether it is open")] = True
    slot: Annotated[Id | None, Field(description="in this slot")] = None
    days: Annotated[Weekdays, Field(description="meeting on exactly these weekdays")] = ()
    leader: Annotated[Id | None, Field(description="led by this clinician")] = None


class StaffPin(Frozen):
    """Who fills a need of a block, instead of the cohort's leader too: these clinicians and nobody else."""

    block: Annotated[Id, Field(description="id of the block, one that the meeting has on that day")]
    need: Annotated[int, Field(ge=0, description="which of the block's staff needs, from 0")] = 0
    clinicians: Annotated[tuple[Id, ...], Field(min_length=1, description="all who fill the need")]


class MeetingPin(Frozen):
    """A meeting is held or not; when held, what is named is fixed too."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    day: Annotated[Weekday, Field(description="weekday")]
    held: Annotated[bool, Field(description="whether it is held")] = True
    room: Annotated[Id | None, Field(description="in this room")] = None
    # Left out of what is written while empty: the hash of a week is that of its facts.
    staff: Annotated[
        tuple[StaffPin, ...],
        Field(description="who works in which block", exclude_if=lambda staff: not staff),
    ] = ()

    @property
    def people(self) -> list[Id]:
        """Clinicians whom ``staff`` names, each once."""
        return list(dict.fromkeys(who for fixed in self.staff for who in fixed.clinicians))


class TeamPin(Frozen):
    """The care team meets as named."""

    team: Annotated[Id, Field(description="id of the care team")]
    day: Annotated[Weekday, Field(description="on this weekday")]
    start: Annotated[Clock | None, Field(description="at this time, HH:MM")] = None


class Pin(Frozen):
    """One fixed decision: exactly one of ``place``, ``session``, ``cohort``, ``meeting``, ``team``.

    ``overrides`` names rules that are not held against the pinned client (``place`` and ``session``
    only) this week; a reason is then required, and printed on every roster.
    """

    id: Annotated[Id, Field(description="id of the pin")]
    place: Annotated[PlacePin | None, Field(description="a client's place")] = None
    session: Annotated[SessionPin | None, Field(description="a client's session")] = None
    cohort: Annotated[CohortPin | None, Field(description="whether and how a cohort runs")] = None
    meeting: Annotated[MeetingPin | None, Field(description="one meeting")] = None
    team: Annotated[TeamPin | None, Field(description="the care team's meeting")] = None
    overrides: Annotated[tuple[Overridable, ...], Field(description="rules set aside for the client")] = ()
    reason: Annotated[str | None, Field(max_length=200, description="why; required with overrides")] = None
