"""What differs between two rosters, as types. Only what changed is listed; ``what`` names the aspects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.roster import BlockStaff, Meeting, OpenCohort, Placement, Session, TeamMeeting
from iop_sched.week.times import Id, Weekday

PlaceAspect = Literal["gained", "lost", "cohort", "days", "start", "last", "primary"]
CohortAspect = Literal["opened", "closed", "slot", "days", "leader"]
MeetingAspect = Literal["held", "not-held", "gone", "time", "room", "staff"]
SessionAspect = Literal["added", "dropped", "day", "start", "staff", "site", "room", "clients"]
TeamAspect = Literal["new", "gone", "day", "start", "attendees"]
Aspect = TypeVar("Aspect", bound=str)


class ClientChange(Frozen):
    """A client's place: gained, lost, or another cohort, pattern, first day, last day or primary."""

    client: Annotated[Id, Field(description="id of the client")]
    before: Annotated[Placement | None, Field(description="the place before; none: no place")]
    after: Annotated[Placement | None, Field(description="the place after; none: no place")]
    what: Annotated[tuple[PlaceAspect, ...], Field(min_length=1, description="what changed")]


class CohortChange(Frozen):
    """A cohort: opened, closed, or another slot, other days, another leader."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    before: Annotated[OpenCohort | None, Field(description="as it was; none: not open")]
    after: Annotated[OpenCohort | None, Field(description="as it is; none: not open")]
    what: Annotated[tuple[CohortAspect, ...], Field(min_length=1, description="what changed")]


class MeetingChange(Frozen):
    """A meeting of a cohort on a weekday.

    ``held``: held now and not before; ``not-held``: due and not held now, and not so before; ``gone``: no
    longer due. ``time`` (the cohort's slot), ``room`` and ``staff`` are told of meetings held in both.
    """

    cohort: Annotated[Id, Field(description="id of the cohort")]
    day: Annotated[Weekday, Field(description="weekday")]
    before: Annotated[Meeting | None, Field(description="the meeting before; none: not due")]
    after: Annotated[Meeting | None, Field(description="the meeting after; none: not due")]
    slot_before: Annotated[Id | None, Field(description="the cohort's slot before; none: not open")]
    slot_after: Annotated[Id | None, Field(description="the cohort's slot after; none: not open")]
    clients: Annotated[
        tuple[Id, ...], Field(description="clients in treatment whose pattern has it in both rosters")
    ]
    what: Annotated[tuple[MeetingAspect, ...], Field(min_length=1, description="what changed")]

    @property
    def staff_gone(self) -> tuple[BlockStaff, ...]:
        """Who no longer works in which block, in order of block, need and clinician."""
        return _missing(self.before, self.after)

    @property
    def staff_new(self) -> tuple[BlockStaff, ...]:
        """Who newly works in which block, in order of block, need and clinician."""
        return _missing(self.after, self.before)


class SessionChange(Frozen):
    """A session: added, dropped, or at another time, by somebody else, elsewhere, for others."""

    service: Annotated[Id, Field(description="id of the service")]
    before: Annotated[Session | None, Field(description="the session before; none: it is new")]
    after: Annotated[Session | None, Field(description="the session after; none: it is dropped")]
    what: Annotated[tuple[SessionAspect, ...], Field(min_length=1, description="what changed")]

    @property
    def clients(self) -> frozenset[str]:
        """Everybody who attends it before or after."""
        return attending(self.before) | attending(self.after)

    @property
    def joined(self) -> tuple[str, ...]:
        """Clients who attend it now and did not before, by id."""
        return tuple(sorted(attending(self.after) - attending(self.before)))

    @property
    def left(self) -> tuple[str, ...]:
        """Clients who attended it and no longer do, by id."""
        return tuple(sorted(attending(self.before) - attending(self.after)))


class TeamChange(Frozen):
    """A care team's meeting: new, gone, at another time, or with others."""

    team: Annotated[Id, Field(description="id of the care team")]
    before: Annotated[TeamMeeting | None, Field(description="the meeting before")]
    after: Annotated[TeamMeeting | None, Field(description="the meeting after")]
    what: Annotated[tuple[TeamAspect, ...], Field(min_length=1, description="what changed")]


class Difference(Frozen):
    """All that differs between two rosters; people and cohorts in order of ids, sessions in order of time."""

    clients: Annotated[tuple[ClientChange, ...], Field(description="places")] = ()
    cohorts: Annotated[tuple[CohortChange, ...], Field(description="cohorts")] = ()
    meetings: Annotated[tuple[MeetingChange, ...], Field(description="meetings of cohorts")] = ()
    sessions: Annotated[tuple[SessionChange, ...], Field(description="sessions")] = ()
    teams: Annotated[tuple[TeamChange, ...], Field(description="care team meetings")] = ()
    unchanged: Annotated[
        int, Field(ge=0, description="clients whom either roster names and for whom nothing changes")
    ] = 0

    @property
    def nothing(self) -> bool:
        """Whether the two rosters decide the same."""
        return not (self.clients or self.cohorts or self.meetings or self.sessions or self.teams)


def those(changed: Mapping[Aspect, bool]) -> tuple[Aspect, ...]:
    """The aspects that did change, in the order given."""
    return tuple(aspect for aspect, is_so in changed.items() if is_so)


def attending(session: Session | None) -> frozenset[str]:
    """Clients of a session; nobody attends none."""
    return frozenset() if session is None else frozenset(session.clients)


def givers(session: Session | None) -> frozenset[str]:
    """Clinicians who give a session; nobody gives none."""
    return frozenset() if session is None else frozenset(entry.clinician for entry in session.staff)


def _missing(of: Meeting | None, in_: Meeting | None) -> tuple[BlockStaff, ...]:
    there = set() if in_ is None else set(in_.staff)
    gone = set() if of is None else set(of.staff) - there
    return tuple(sorted(gone, key=lambda one: (one.block, one.need, one.clinician)))
