"""The roster: decisions only. Every figure about it is recomputed from it by ``rules``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.times import Clock, Id, Weekday, Weekdays


class OpenCohort(Frozen):
    """A cohort that meets this week: every running one, and the candidates that open."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    slot: Annotated[Id, Field(description="id of its slot")]
    days: Annotated[Weekdays, Field(description="weekdays on which it meets")]
    leader: Annotated[Id | None, Field(description="its leader this week")] = None


class Placement(Frozen):
    """A placed client. ``cohort`` is none for a group-optional client, whose ``days`` are empty."""

    client: Annotated[Id, Field(description="id of the client")]
    cohort: Annotated[Id | None, Field(description="id of the cohort")] = None
    days: Annotated[Weekdays, Field(description="the day pattern")] = ()
    start: Annotated[Weekday, Field(description="first day of treatment this week")]
    last: Annotated[Weekday, Field(description="last day of treatment this week")]
    primary: Annotated[Id | None, Field(description="id of the primary")] = None


class BlockStaff(Frozen):
    """A clinician who works in one block of a meeting; ``need`` counts the block's staff needs from 0."""

    block: Annotated[Id, Field(description="id of the block")]
    need: Annotated[int, Field(ge=0, description="which of the block's staff needs, from 0")]
    clinician: Annotated[Id, Field(description="id of the clinician")]


class Meeting(Frozen):
    """One cohort on one open day. A meeting that is not held has no room and no staff."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    day: Annotated[Weekday, Field(description="weekday")]
    held: Annotated[bool, Field(description="whether it is held")] = True
    room: Annotated[Id | None, Field(description="id of the room")] = None
    staff: Annotated[tuple[BlockStaff, ...], Field(description="who works in which block")] = ()


class SessionStaff(Frozen):
    """A clinician who gives a session; ``need`` counts the service's staff needs from 0."""

    need: Annotated[int, Field(ge=0, description="which of the service's staff needs, from 0")]
    clinician: Annotated[Id, Field(description="id of the clinician")]


class Session(Frozen):
    """One scheduled service: who, with whom, when, where."""

    service: Annotated[Id, Field(description="id of the service")]
    clients: Annotated[tuple[Id, ...], Field(min_length=1, description="clients who attend")]
    staff: Annotated[tuple[SessionStaff, ...], Field(description="who gives it")]
    day: Annotated[Weekday, Field(description="weekday")]
    start: Annotated[Clock, Field(description="start, HH:MM")]
    site: Annotated[Id | None, Field(description="where; none: online")] = None
    room: Annotated[Id | None, Field(description="id of the room")] = None
    offering: Annotated[Id | None, Field(description="open group: id of the fixed offering")] = None


class TeamMeeting(Frozen):
    """When a care team meets, and who attends."""

    team: Annotated[Id, Field(description="id of the care team")]
    day: Annotated[Weekday, Field(description="weekday")]
    start: Annotated[Clock, Field(description="start, HH:MM")]
    attendees: Annotated[tuple[Id, ...], Field(description="clinicians who attend")]


class Roster(Frozen):
    """All decisions of a week. A client without a placement is unplaced."""

    cohorts: Annotated[tuple[OpenCohort, ...], Field(description="cohorts that meet")] = ()
    placements: Annotated[tuple[Placement, ...], Field(description="placed clients")] = ()
    facilitation: Annotated[
        tuple[Meeting, ...], Field(description="one entry for each open cohort and open day it meets on")
    ] = ()
    sessions: Annotated[tuple[Session, ...], Field(description="scheduled services")] = ()
    team_meeting: Annotated[tuple[TeamMeeting, ...], Field(description="care team meetings")] = ()
