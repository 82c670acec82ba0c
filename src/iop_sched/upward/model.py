"""The figures of one roster of one week. Fields called minutes are minutes of the week.

Clients are those with a prescription. Everything is recomputed from week and roster, and nothing depends on
the policy: two rosters made under two policies can stand side by side.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from iop_sched.week.base import Band, Frozen
from iop_sched.week.times import Id, Weekdays

Number = Annotated[int, Field(ge=0)]
Why = Literal["ended", "used up", "ends", "runs out"]
AHEAD = 14
"""Days from the week's Monday, that one among them, in which an authorisation that runs out is told."""


class RoomUse(Frozen):
    """Hours used of hours open. Overlapping uses count once."""

    room: Annotated[Id, Field(description="id of the room")]
    site: Annotated[Id, Field(description="its site")]
    used_minutes: Annotated[Number, Field(description="minutes with a meeting or a session in it")]
    open_minutes: Annotated[
        Number,
        Field(
            description="minutes of its own hours on open days; a room without hours of its own is open while"
            " anybody's working hours at its site last"
        ),
    ]


class ClinicianUse(Frozen):
    """What somebody carries."""

    clinician: Annotated[Id, Field(description="id of the clinician")]
    groups: Annotated[Number, Field(description="meetings and open-group sessions")]
    sessions: Annotated[Number, Field(description="sessions given")]
    scheduled_minutes: Annotated[Number, Field(description="minutes scheduled, in whole cells of the grid")]
    contract_minutes: Annotated[int | None, Field(description="minutes of the contract; none: unknown")]
    available_minutes: Annotated[Number, Field(description="working hours on open days, less time away")]
    overtime_minutes: Annotated[Number, Field(description="minutes scheduled beyond the contract")]

    @property
    def base_minutes(self) -> int:
        """What utilisation is measured against: the contract, or the working hours without one."""
        return self.available_minutes if self.contract_minutes is None else self.contract_minutes


class CohortFill(Frozen):
    """Members of an open cohort, and its meetings."""

    cohort: Annotated[Id, Field(description="id of the cohort")]
    site: Annotated[Id, Field(description="its site")]
    members: Annotated[Number, Field(description="members")]
    least: Annotated[Number, Field(description="least members")]
    most: Annotated[Number, Field(description="most members")]
    held: Annotated[Number, Field(description="meetings held")]
    due: Annotated[Number, Field(description="meetings due")]


class Waitlist(Frozen):
    """Clients without a place."""

    clients: Annotated[Number, Field(description="clients without a place")]
    median_days: Annotated[float | None, Field(description="days waited, median; none: nobody waits")]
    longest_days: Annotated[int | None, Field(description="days waited, longest; none: nobody waits")]


class LevelCare(Frozen):
    """Care of the clients of one level of care."""

    level: Annotated[Id, Field(description="id of the level of care")]
    clients: Annotated[Number, Field(description="clients")]
    placed: Annotated[Number, Field(description="clients with a place")]
    waitlist: Annotated[Waitlist, Field(description="clients without one")]
    prescribed_minutes: Annotated[Number, Field(description="target minutes of all clients")]
    prescribed_to_placed_minutes: Annotated[Number, Field(description="target minutes of those placed")]
    authorised_minutes: Annotated[
        Number,
        Field(description="minutes left to those placed, of authorisations for this week in hours"),
    ]
    authorised_days: Annotated[Number, Field(description="days left of those in days")]
    scheduled_minutes: Annotated[Number, Field(description="minutes of dosage of those placed")]
    counted_minutes: Annotated[
        Number, Field(description="scheduled minutes that a group share is told of: not of group-optional")
    ]
    group_minutes: Annotated[Number, Field(description="minutes of group therapy in them")]
    group_share: Annotated[Band | None, Field(description="band of the level, in percent; none: no band")]
    outside_share: Annotated[Number, Field(description="clients whose own share is outside the band")]
    pattern_days: Annotated[Number, Field(description="days of the patterns of those placed")]
    program_days: Annotated[Number, Field(description="days with a meeting attended")]
    billable_days: Annotated[
        Number, Field(description="program days that reach the day's floor and are within the authorisation")
    ]
    short_days: Annotated[Number, Field(description="program days below the day's floor")]
    unauthorised_days: Annotated[
        Number, Field(description="treatment days, program days or not, beyond the authorisation")
    ]
    lost_days: Annotated[Number, Field(description="days of patterns not attended: shortened weeks")]


class Share(Frozen):
    """So many, of so many that could have."""

    part: Number
    of: Number


class Continuity(Frozen):
    """What stayed as in the week before, as ``compare.kept`` counts it."""

    places: Annotated[Share, Field(description="current clients who keep a place")]
    cohorts: Annotated[Share, Field(description="clients in the same cohort")]
    slots: Annotated[Share, Field(description="clients in the same slot")]
    primaries: Annotated[Share, Field(description="clients with the same primary")]
    days: Annotated[Share, Field(description="weekdays of patterns; stepping down loses none")]
    leaders: Annotated[Share, Field(description="open cohorts with the same leader")]
    sessions: Annotated[Share, Field(description="sessions at the same time")]


class AtRisk(Frozen):
    """A client with days that may not be paid, or were lost."""

    client: Annotated[Id, Field(description="id of the client")]
    short: Annotated[Weekdays, Field(description="program days below the day's floor")]
    unauthorised: Annotated[Weekdays, Field(description="treatment days beyond the authorisation")]
    lost: Annotated[Weekdays, Field(description="days of the pattern not attended")]


class Ending(Frozen):
    """An authorisation that has run out, or does within ``AHEAD`` days of the week's Monday."""

    client: Annotated[Id, Field(description="id of the client")]
    why: Annotated[
        Why,
        Field(
            description="ended: before this week; used up: nothing left after it; ends: the last date is"
            " near; runs out: another week like this one takes what is left"
        ),
    ]
    last: Annotated[date | None, Field(description="last date covered; none under --redact")]
    last_in_days: Annotated[int, Field(description="days from the week's Monday to the last date")]
    unit: Annotated[Literal["hours", "days"], Field(description="unit of the three below")]
    agreed: Annotated[float, Field(ge=0, description="units left before this week")]
    used: Annotated[float, Field(ge=0, description="units that this week uses")]
    left: Annotated[float, Field(ge=0, description="units left after this week")]


class WeekReport(Frozen):
    """All of it."""

    program: Annotated[str, Field(description="name of the program")]
    week_of: Annotated[date | None, Field(description="Monday of the week; none under --redact")]
    number: Annotated[int, Field(ge=1, description="which week of the report's, the earliest is 1")]
    label: Annotated[str, Field(description="what tells this roster from the others of the report")]
    sessions: Annotated[Number, Field(description="sessions scheduled")]
    rooms: tuple[RoomUse, ...]
    clinicians: tuple[ClinicianUse, ...]
    cohorts: tuple[CohortFill, ...]
    waitlist: Waitlist
    levels: Annotated[tuple[LevelCare, ...], Field(description="levels of care that have clients")]
    continuity: Continuity
    at_risk: Annotated[tuple[AtRisk, ...], Field(description="in the week's order of clients")]
    endings: Annotated[tuple[Ending, ...], Field(description="the nearest last date first")]
