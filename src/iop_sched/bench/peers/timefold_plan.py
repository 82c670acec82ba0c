"""What Timefold is to decide, numbered: the order in which the problem is written and a roster read back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from ortools.sat.python import cp_model

from iop_sched.cpsat import client_time, clinician_time, columns, rooms, service_delivery
from iop_sched.cpsat.facts import Facts, MeetingKey, Place, TimedBlock, prescribed, speaks
from iop_sched.cpsat.model import Column, Model
from iop_sched.cpsat.primary import own_services
from iop_sched.week.care import Offering, Service, StaffNeed
from iop_sched.week.people import Client, Clinician, PrescribedService
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, Id, Interval, covers, intersect

Run = tuple[Day, Place, int, int]
"""A day, a place, first and last start in minutes."""


class Seat(NamedTuple):
    """A place on the staff of a block (``block`` is its number in the meeting) or of a session."""

    block: int
    need: int
    optional: bool
    people: tuple[Id, ...]


class MeetingPlan(NamedTuple):
    """A meeting that may be due; it is ``possible`` when somebody can be found for everything it needs."""

    key: MeetingKey
    blocks: tuple[TimedBlock, ...]
    led: bool
    leaders: tuple[Id, ...]
    needs_room: bool
    rooms: tuple[Id, ...]
    seats: tuple[Seat, ...]

    @property
    def possible(self) -> bool:
        """Whether it can be held at all."""
        staffed = all(seat.people for seat in self.seats if not seat.optional)
        return staffed and bool(self.leaders or not self.led) and bool(self.rooms or not self.needs_room)


class Line(NamedTuple):
    """A service that a client is prescribed."""

    client: Client
    item: PrescribedService
    service: Service


class SessionPlan(NamedTuple):
    """A session that may take place: of a line, or (``line`` is none) of an open group."""

    line: int | None
    service: Service
    offering: Id | None
    runs: tuple[Run, ...]
    givers: tuple[Id, ...]
    rooms: tuple[Id, ...]
    seats: tuple[Seat, ...]


class Plan:
    """A week and a policy as lists; an item's number is its place in its list."""

    def __init__(self, week: ProgramWeek, policy: Policy) -> None:
        self.week, self.policy = week, policy
        # the model gives its look-ups and filters; nothing is solved with it
        self.model = Model(cp_model.CpModel(), Facts(week), policy)
        self.facts = self.model.facts
        self.sites = {site.id: number for number, site in enumerate(week.sites)}
        self.clinicians = {clinician.id: number for number, clinician in enumerate(week.clinicians)}
        self.rooms = {room.id: number for number, room in enumerate(week.rooms)}
        self.cohorts = {cohort.id: number for number, cohort in enumerate(week.cohorts)}
        self.levels = {level.id: number for number, level in enumerate(week.levels)}
        self.payers = {payer.id: number for number, payer in enumerate(week.payers)}
        self.clients = {client.id: number for number, client in enumerate(self.facts.treated)}

    @cached_property
    def columns(self) -> list[list[Column]]:
        """Every way to place each client."""
        return [self._columns(client) for client in self.facts.treated]

    def _columns(self, client: Client) -> list[Column]:
        without_primary = own_services(self.model, client) and not self.primaries(client)
        return [] if without_primary else list(columns.columns(self.model, client))

    def primaries(self, client: Client) -> list[Id]:
        """Who may be the client's primary; nobody when none is needed."""
        services = own_services(self.model, client)
        return [
            clinician.id
            for clinician in (self.week.clinicians if services else ())
            if self.facts.suits(clinician, client)
            and all(any(self.facts.qualified(clinician, need) for need in s.staff) for s in services)
        ]

    # -- meetings ----------------------------------------------------------------------------------

    @cached_property
    def meetings(self) -> list[MeetingPlan]:
        """Every meeting that could be due."""
        return [self._meeting(key) for key in self.facts.meetings]

    @cached_property
    def meeting_numbers(self) -> dict[MeetingKey, int]:
        """Number of each meeting."""
        return {meeting.key: number for number, meeting in enumerate(self.meetings)}

    def _meeting(self, key: MeetingKey) -> MeetingPlan:
        blocks = tuple(self.facts.blocks(key))
        led = [(timed, need) for timed in blocks for need in timed.block.staff if need.lead]
        leaders = [
            c.id for c in self.week.clinicians if led and all(self._works(key, t, n, c) for t, n in led)
        ]
        cohort = self.facts.cohorts[key.cohort]
        needs_room = cohort.format == "in-person" and cohort.room_kind is not None
        usable = [
            room.id
            for room in self.week.rooms
            if needs_room
            and room.site == cohort.site
            and cohort.room_kind in room.kinds
            and covers(rooms.opening(room, key.day), self.facts.span(key))
        ]
        seats = [
            seat for number, timed in enumerate(blocks) for seat in self._block_seats(key, number, timed)
        ]
        return MeetingPlan(key, blocks, bool(led), tuple(leaders), needs_room, tuple(usable), tuple(seats))

    def _works(self, key: MeetingKey, timed: TimedBlock, need: StaffNeed, clinician: Clinician) -> bool:
        cohort = self.facts.cohorts[key.cohort]
        place = self.facts.meeting_place(cohort)
        return (
            self.facts.qualified(clinician, need)
            and (place is None or place in clinician.sites)
            and speaks(clinician.languages, (cohort.language,) if cohort.language else ())
            and clinician_time.admits(self.model, clinician, key.day, place, (timed.start, timed.end))
        )

    def _block_seats(self, key: MeetingKey, number: int, timed: TimedBlock) -> list[Seat]:
        able = [
            tuple(c.id for c in self.week.clinicians if self._works(key, timed, need, c))
            for need in timed.block.staff
        ]
        seats = [
            Seat(number, index, False, able[index])
            for index, need in enumerate(timed.block.staff)
            for _ in range(need.count - need.lead)
        ]
        if timed.block.ratio is not None and able:
            least = sum(need.count for need in timed.block.staff)
            most = -(-len(self.facts.treated) // timed.block.ratio)
            widest = max(range(len(able)), key=lambda index: len(able[index]))
            extra = min(most - least, len(able[widest]))
            seats += [Seat(number, widest, True, able[widest])] * max(0, extra)
        return seats

    # -- sessions ----------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> list[Line]:
        """Every service that is prescribed to somebody."""
        return [
            Line(client, item, self.facts.services[item.service])
            for client in self.facts.treated
            for item in prescribed(client)
        ]

    @cached_property
    def sessions(self) -> list[SessionPlan]:
        """Sessions that may take place; those for which nobody or no time is found are left out."""
        found = [
            session
            for number, line in enumerate(self.lines)
            if not line.service.is_open_group
            for session in [self._session(line.service, number)] * line.item.max_count
        ]
        wanted = {line.service.id for line in self.lines}
        for service in self.week.services:
            if service.is_open_group and service.id in wanted:
                offerings: Sequence[Offering | None] = service.offerings or [None] * service.max_offerings
                found += [self._session(service, None, offering) for offering in offerings]
        return [s for s in found if s.runs and s.givers and all(seat.people for seat in s.seats)]

    def _session(self, service: Service, line: int | None, offering: Offering | None = None) -> SessionPlan:
        client = None if line is None else self.lines[line].client
        seats = [
            Seat(0, index, False, self._givers(need, client))
            for index, need in enumerate(service.staff)
            for _ in range(need.count)
        ]
        usable = sorted(
            (room for room in self.week.rooms if service.room_kind in room.kinds),
            key=lambda room: (len(room.kinds), room.capacity),
        )
        runs = self._runs(service, client, offering)
        name = None if offering is None else offering.id
        return SessionPlan(
            line,
            service,
            name,
            tuple(runs),
            seats[0].people,
            tuple(room.id for room in usable),
            tuple(seats[1:]),
        )

    def _givers(self, need: StaffNeed, client: Client | None) -> tuple[Id, ...]:
        return tuple(
            c.id
            for c in self.week.clinicians
            if self.facts.qualified(c, need) and (client is None or self.facts.suits(c, client))
        )

    def _runs(self, service: Service, client: Client | None, offering: Offering | None) -> list[Run]:
        modes: list[tuple[Day, Place]] = [(day, place) for day in WEEK for place in [*self.sites, None]]
        if offering is not None:
            modes = [(offering.day, offering.site)]
        runs: list[Run] = []
        for day, place in modes:
            free: list[Interval] = [(0, DAY_MINUTES)] if self.facts.is_open(place, day) else []
            if offering is not None:
                length = self.facts.cells(service.minutes) * self.week.grid
                free = intersect(free, [(offering.start, offering.start + length)])
            free = service_delivery.cut(self.model, service, day, place, free, fixed=offering is not None)
            if client is not None:
                free = self._free(service, client, day, place, free)
            hours = self._hours(service, day, place)
            runs += [
                (day, place, first * self.week.grid, last * self.week.grid)
                for first, last in self.facts.starts(intersect(free, hours), service.minutes)
            ]
        return runs

    def _free(
        self, service: Service, client: Client, day: Day, place: Place, free: list[Interval]
    ) -> list[Interval]:
        if not service_delivery.admits(self.model, service, client, place):
            return []
        return intersect(free, client_time.free(self.model, client, service, day))

    def _hours(self, service: Service, day: Day, place: Place) -> list[Interval]:
        """When somebody who could give the service works."""
        return [
            hour
            for clinician in self.week.clinicians
            if any(self.facts.qualified(clinician, need) for need in service.staff)
            for hour in self.works(clinician, day, place)
        ]

    def works(self, clinician: Clinician, day: Day, place: Place) -> list[Interval]:
        """Working hours of a clinician at a place; none where the clinician does not go."""
        if place is not None and place not in clinician.sites:
            return []
        return clinician_time.free(self.model, clinician, day, place)

    def allowed(self, line: Line) -> list[Run]:
        """When and where a client can be in a session of an open group."""
        return [
            (day, place, first * self.week.grid, last * self.week.grid)
            for day in WEEK
            for place in [*self.sites, None]
            for first, last in self.facts.starts(
                self._free(line.service, line.client, day, place, [(0, DAY_MINUTES)]), line.service.minutes
            )
        ]

    @cached_property
    def groups(self) -> dict[Id, list[int]]:
        """Numbers of the sessions of each open group."""
        found: dict[Id, list[int]] = {}
        for number, session in enumerate(self.sessions):
            if session.line is None:
                found.setdefault(session.service.id, []).append(number)
        return found


__all__ = ["Line", "MeetingPlan", "Plan", "Run", "Seat", "SessionPlan"]
