"""The program week: everything known before solving, for one calendar week."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.care import Agenda, CareTeam, Cohort, LevelOfCare, Payer, Service, Slot
from iop_sched.week.people import Client, Clinician
from iop_sched.week.pins import Pin
from iop_sched.week.places import Closure, Room, Site, Supply
from iop_sched.week.previous import PreviousWeek
from iop_sched.week.times import Id

Ids = tuple[Id, ...]


class Vocabulary(Frozen):
    """The words this program uses, so that a slip of the pen is found."""

    roles: Annotated[Ids, Field(description="roles of clinicians")] = ()
    credentials: Annotated[Ids, Field(description="licences")] = ()
    modalities: Annotated[Ids, Field(description="modalities")] = ()
    populations: Annotated[Ids, Field(description="populations")] = ()
    needs: Annotated[Ids, Field(description="needs and phases")] = ()
    languages: Annotated[Ids, Field(description="languages")] = ()
    block_kinds: Annotated[Ids, Field(description="kinds of block")] = ()
    room_kinds: Annotated[Ids, Field(description="kinds of room")] = ()
    supplies: Annotated[Ids, Field(description="kinds of office and equipment")] = ()


class ProgramWeek(Frozen):
    """One instance. Ids are unique within their list; times lie on ``grid``."""

    format: Annotated[Literal[1], Field(description="version of this file format")] = 1
    program: Annotated[str, Field(max_length=120, description="name of the program")]
    week_of: Annotated[date, Field(description="Monday of the week, YYYY-MM-DD")]
    grid: Annotated[Literal[5, 15, 30], Field(description="minutes between possible starts")] = 15
    vocabulary: Annotated[Vocabulary, Field(description="words used below")] = Vocabulary()
    sites: Annotated[tuple[Site, ...], Field(min_length=1, description="locations")]
    closures: Annotated[tuple[Closure, ...], Field(description="closed days")] = ()
    rooms: Annotated[tuple[Room, ...], Field(description="rooms")] = ()
    supplies: Annotated[tuple[Supply, ...], Field(description="offices and equipment")] = ()
    payers: Annotated[tuple[Payer, ...], Field(description="payers")] = ()
    levels: Annotated[tuple[LevelOfCare, ...], Field(min_length=1, description="levels of care")]
    slots: Annotated[tuple[Slot, ...], Field(description="slots")] = ()
    agendas: Annotated[tuple[Agenda, ...], Field(description="agendas")] = ()
    cohorts: Annotated[tuple[Cohort, ...], Field(description="running and candidate cohorts")] = ()
    max_new_cohorts: Annotated[int | None, Field(ge=0, description="most candidates that may open")] = None
    services: Annotated[tuple[Service, ...], Field(description="catalogue of services")] = ()
    clinicians: Annotated[tuple[Clinician, ...], Field(description="clinicians")] = ()
    care_teams: Annotated[tuple[CareTeam, ...], Field(description="care teams that meet this week")] = ()
    clients: Annotated[tuple[Client, ...], Field(description="clients, waitlist and referrals")] = ()
    apart: Annotated[
        tuple[tuple[Id, Id], ...], Field(description="pairs of clients kept out of one group")
    ] = ()
    together: Annotated[
        tuple[tuple[Id, Id], ...], Field(description="pairs of clients kept in one cohort")
    ] = ()
    pins: Annotated[tuple[Pin, ...], Field(description="decisions fixed by the director")] = ()
    previous: Annotated[PreviousWeek, Field(description="last week's roster")] = PreviousWeek()

    @property
    def treated(self) -> tuple[Client, ...]:
        """Clients with a prescription: those who want a place."""
        return tuple(client for client in self.clients if client.prescription is not None)
