"""Levels of care, cohorts with their blocks, services, and the care team's meeting."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iop_sched.week.base import Band, Frozen, HourBand
from iop_sched.week.places import Window
from iop_sched.week.times import Clock, Day, Id, Minutes, Weekday, Weekdays

Format = Literal["in-person", "telehealth"]


class LevelOfCare(Frozen):
    """A profile of hour bands and day rules: IOP adult, IOP adolescent, PHP, aftercare …"""

    id: Annotated[Id, Field(description="id of the level of care")]
    hours: Annotated[HourBand, Field(description="dosage a week, in hours")]
    day_hours: Annotated[
        HourBand, Field(description="hours a day: the floor holds on program days, the ceiling on every day")
    ]
    days: Annotated[Band, Field(description="days a week of a track")]
    services_per_day: Annotated[
        Band | None, Field(description="blocks and sessions a day: least on program days, most on every day")
    ] = None
    max_days_between: Annotated[
        int | None,
        Field(
            ge=0,
            description="most days without a meeting between two days of a pattern, last and next week's too",
        ),
    ] = None
    service_only_days: Annotated[
        int | None, Field(ge=0, description="most days a week with sessions but no meeting")
    ] = None
    group_share: Annotated[Band | None, Field(description="group therapy, percent of counted dosage")] = None


class Payer(Frozen):
    """Who pays, and whether staff must be credentialed with them."""

    id: Annotated[Id, Field(description="id of the payer")]
    credentialed_only: Annotated[
        bool, Field(description="staff must list this payer to serve its clients")
    ] = False


class StaffNeed(Frozen):
    """People that a block or a service needs at once."""

    roles: Annotated[tuple[Id, ...], Field(min_length=1, description="any one of these roles")]
    count: Annotated[int, Field(ge=1, le=6, description="how many such people")] = 1
    credentials: Annotated[tuple[Id, ...], Field(description="all of these credentials")] = ()
    modalities: Annotated[tuple[Id, ...], Field(description="all of these modalities")] = ()
    lead: Annotated[bool, Field(description="block only: filled by the cohort's leader all week")] = False


class Block(Frozen):
    """One part of a meeting."""

    id: Annotated[Id, Field(description="id of the block within its agenda")]
    kind: Annotated[Id, Field(description="process, skills, psychoeducation, movement …")]
    after: Annotated[Minutes, Field(description="start, in minutes after the slot's start")]
    minutes: Annotated[Minutes, Field(ge=5, description="nominal length in minutes, a multiple of 5")]
    days: Annotated[Weekdays, Field(description="weekdays with this block; none named: every meeting")] = ()
    levels: Annotated[tuple[Id, ...], Field(description="levels of care that attend; none named: all")] = ()
    staff: Annotated[tuple[StaffNeed, ...], Field(description="who runs it")] = ()
    attendance: Annotated[Band | None, Field(description="clients attending, least and most")] = None
    ratio: Annotated[int | None, Field(ge=1, description="most clients for each staff member present")] = None
    group_therapy: Annotated[bool, Field(description="its minutes are group therapy")] = True
    counts: Annotated[bool, Field(description="its minutes are dosage (a lunch break's are not)")] = True
    may_leave: Annotated[bool, Field(description="a client may leave it for a session of their own")] = False
    supplies: Annotated[tuple[Id, ...], Field(description="kinds of supply it uses, one of each")] = ()


class Agenda(Frozen):
    """The blocks of a meeting, shared by the cohorts that name it."""

    id: Annotated[Id, Field(description="id of the agenda")]
    blocks: Annotated[tuple[Block, ...], Field(min_length=1, description="blocks, not overlapping")]

    def blocks_on(self, day: Day) -> tuple[Block, ...]:
        """The blocks held on ``day``, in order of time."""
        held = [block for block in self.blocks if not block.days or day in block.days]
        return tuple(sorted(held, key=lambda block: block.after))


class Slot(Frozen):
    """Morning, afternoon, evening or a program's own: when meetings start."""

    id: Annotated[Id, Field(description="id of the slot")]
    start: Annotated[Clock, Field(description="start of meetings, HH:MM")]
    by_day: Annotated[dict[Weekday, Clock], Field(description="other starts on some weekdays, HH:MM")] = {}

    def start_on(self, day: Day) -> int:
        """Start on ``day``, in minutes after midnight."""
        return self.by_day.get(day, self.start)


class MeetingOption(Frozen):
    """A slot with the weekdays on which a cohort meets in it."""

    slot: Annotated[Id, Field(description="id of the slot")]
    days: Annotated[Weekdays, Field(min_length=1, description="weekdays on which the cohort meets")]


class Cohort(Frozen):
    """The same people meeting in one slot: running already, or a candidate that may open."""

    id: Annotated[Id, Field(description="id of the cohort")]
    status: Annotated[Literal["running", "candidate"], Field(description="running, or candidate to open")] = (
        "running"
    )
    site: Annotated[Id, Field(description="where it meets; for telehealth, the site it belongs to")]
    format: Annotated[Format, Field(description="in-person or telehealth")] = "in-person"
    levels: Annotated[tuple[Id, ...], Field(min_length=1, description="levels of care admitted")]
    populations: Annotated[tuple[Id, ...], Field(description="populations admitted; none named: all")] = ()
    serves: Annotated[
        tuple[Id, ...], Field(description="needs it can serve; a client's needs must be among them")
    ] = ()
    requires: Annotated[tuple[Id, ...], Field(description="needs a client must have to join")] = ()
    language: Annotated[Id | None, Field(description="language spoken; none: any")] = None
    members: Annotated[Band, Field(description="members, least and most (commonly 8 to 12)")]
    options: Annotated[
        tuple[MeetingOption, ...],
        Field(min_length=1, description="running: the one slot and days; candidate: those to choose among"),
    ]
    agenda: Annotated[Id, Field(description="id of the agenda with its blocks")]
    room_kind: Annotated[Id | None, Field(description="kind of room it needs; none: needs no room")] = None


class Offering(Frozen):
    """A fixed time of an open group."""

    id: Annotated[Id, Field(description="id of the offering within its service")]
    day: Annotated[Weekday, Field(description="weekday")]
    start: Annotated[Clock, Field(description="start, HH:MM")]
    site: Annotated[Id | None, Field(description="where; none: online")] = None


class Follows(Frozen):
    """A session comes some days after an attended block, or after a session, of a kind."""

    block_kind: Annotated[Id | None, Field(description="after an attended block of this kind")] = None
    service: Annotated[Id | None, Field(description="after a session of this service")] = None
    min_days: Annotated[int, Field(ge=0, le=6, description="at least so many days after")] = 1
    max_days: Annotated[int, Field(ge=0, le=6, description="at most so many days after")] = 3


class AtMost(Frozen):
    """At most so many sessions in any run of days."""

    count: Annotated[int, Field(ge=1, description="most sessions")]
    days: Annotated[int, Field(ge=1, le=7, description="in any run of so many days")]


class Service(Frozen):
    """Anything a prescription names: individual, psychiatric, family, case management, open group, intake."""

    id: Annotated[Id, Field(description="id of the service")]
    minutes: Annotated[Minutes, Field(ge=5, description="nominal length in minutes, a multiple of 5")]
    participants: Annotated[
        Band, Field(description="people served at once; a most above 1 makes an open group")
    ] = Band(min=1, max=1)
    staff: Annotated[tuple[StaffNeed, ...], Field(min_length=1, description="who gives it")]
    room_kind: Annotated[Id | None, Field(description="kind of room it needs in person; none: no room")] = (
        None
    )
    supplies: Annotated[
        tuple[Id, ...], Field(description="kinds of supply it uses in person, one of each")
    ] = ()
    telehealth: Annotated[
        Literal["never", "allowed", "only"], Field(description="whether it may be online")
    ] = "never"
    sites: Annotated[tuple[Id, ...], Field(description="sites that give it; none named: all")] = ()
    windows: Annotated[tuple[Window, ...], Field(description="when it is given; none named: any time")] = ()
    counts: Annotated[bool, Field(description="its minutes are dosage")] = True
    group_therapy: Annotated[bool, Field(description="its minutes are group therapy")] = False
    primary: Annotated[bool, Field(description="given by the client's own primary")] = False
    family: Annotated[
        bool, Field(description="loved ones attend: their time must suit, and they take seats")
    ] = False
    offerings: Annotated[tuple[Offering, ...], Field(description="open group: fixed times")] = ()
    max_offerings: Annotated[
        int, Field(ge=0, le=14, description="open group without fixed times: how many the solver may place")
    ] = 0
    spacing_days: Annotated[
        int | None,
        Field(ge=1, le=7, description="least days from one session to the next (1: not the same day)"),
    ] = None
    at_most: Annotated[AtMost | None, Field(description="bound on any run of days")] = None
    follows: Annotated[Follows | None, Field(description="what it must come after")] = None
    missing_points: Annotated[
        int | None,
        Field(ge=0, description="points of dose for each missing session; its minutes unless named"),
    ] = None

    @property
    def is_open_group(self) -> bool:
        """Whether several clients share a session."""
        return self.participants.max > 1

    @property
    def points(self) -> int:
        """Points of dose for each missing session."""
        return self.minutes if self.missing_points is None else self.missing_points


class Quorum(Frozen):
    """How many people of a role must attend."""

    role: Annotated[Id, Field(description="role")]
    count: Annotated[int, Field(ge=1, description="at least so many of them")] = 1


class CareTeam(Frozen):
    """A weekly meeting that needs named people, and a quorum of roles, free at once."""

    id: Annotated[Id, Field(description="id of the care team")]
    site: Annotated[Id, Field(description="where it meets")]
    minutes: Annotated[Minutes, Field(ge=5, description="length in minutes, a multiple of 5")]
    windows: Annotated[tuple[Window, ...], Field(min_length=1, description="when it may meet")]
    members: Annotated[tuple[Id, ...], Field(description="clinicians who must all attend")] = ()
    quorum: Annotated[tuple[Quorum, ...], Field(description="roles that must be represented")] = ()


def team_called(name: str) -> str:
    """A care team by its id, with its display name or without, in a sentence: ``care team-north``."""
    if name.casefold().startswith("care"):
        return name
    return f"care {name}" if name.casefold().startswith("team") else f"care team {name}"
