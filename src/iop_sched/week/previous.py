"""Last week's roster, as far as this week looks back on it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.times import Clock, Id, Weekday, Weekdays


class PreviousPlacement(Frozen):
    """Where a client was. A client with one is *current*; the others are new."""

    client: Annotated[Id, Field(description="id of the client")]
    cohort: Annotated[Id | None, Field(description="cohort attended; none: placed without one")] = None
    slot: Annotated[Id | None, Field(description="slot attended")] = None
    days: Annotated[Weekdays, Field(description="the day pattern")] = ()
    primary: Annotated[Id | None, Field(description="the client's primary")] = None


class PreviousSession(Frozen):
    """A session a client had."""

    client: Annotated[Id, Field(description="id of the client")]
    service: Annotated[Id, Field(description="id of the service")]
    day: Annotated[Weekday, Field(description="weekday")]
    start: Annotated[Clock, Field(description="start, HH:MM")]


class PreviousLeader(Frozen):
    """Who led a cohort."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    leader: Annotated[Id, Field(description="id of the clinician")]


class PreviousWeek(Frozen):
    """The week before: Monday is seven days before this week's Monday."""

    placements: Annotated[tuple[PreviousPlacement, ...], Field(description="who was where")] = ()
    leaders: Annotated[tuple[PreviousLeader, ...], Field(description="who led which cohort")] = ()
    sessions: Annotated[tuple[PreviousSession, ...], Field(description="who had which session when")] = ()
