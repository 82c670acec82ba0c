"""What the model reads off the program week: look-ups by id, and times that need no decision.

Times are minutes after midnight here; ``cells`` turns them into grid cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from typing import NamedTuple

from iop_sched.week.care import Block, Cohort, Service, StaffNeed
from iop_sched.week.people import Client, Clinician, PrescribedService
from iop_sched.week.places import Window
from iop_sched.week.previous import PreviousPlacement, PreviousSession
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import (
    DAY_MINUTES,
    WEEK,
    Day,
    Id,
    Interval,
    intersect,
    merge,
    overlap,
    round_up,
    subtract,
)

Place = Id | None
"""A site's id, or None for online."""


class MeetingKey(NamedTuple):
    """A meeting that is due if the cohort follows this option."""

    cohort: Id
    option: int
    day: Day


class TimedBlock(NamedTuple):
    """A block with its occupied interval on one day, in minutes after midnight."""

    block: Block
    start: int
    end: int


class Facts:
    """Index of a program week. Every method answers from facts alone, never from a decision."""

    def __init__(self, week: ProgramWeek) -> None:
        self.week = week
        self.grid = week.grid
        self.clients = {client.id: client for client in week.clients}
        self.clinicians = {clinician.id: clinician for clinician in week.clinicians}
        self.cohorts = {cohort.id: cohort for cohort in week.cohorts}
        self.services = {service.id: service for service in week.services}
        self.levels = {level.id: level for level in week.levels}
        self.slots = {slot.id: slot for slot in week.slots}
        self.agendas = {agenda.id: agenda for agenda in week.agendas}
        self.rooms = {room.id: room for room in week.rooms}
        self.sites = {site.id: site for site in week.sites}
        self.payers = {payer.id: payer for payer in week.payers}
        self.treated = week.treated
        self.previous: dict[Id, PreviousPlacement] = {
            place.client: place for place in week.previous.placements if place.client in self.clients
        }
        self.own_blocks = cache(self._own_blocks)
        self.client_free = cache(self._client_free)
        self.clinician_free = cache(self._clinician_free)
        self.givers = cache(self._givers)

    def current(self, client: Client) -> bool:
        """Whether the client had a place last week."""
        return client.id in self.previous

    @cached_property
    def current_treated(self) -> list[Client]:
        """Current clients with a prescription."""
        return [client for client in self.treated if self.current(client)]

    @cached_property
    def _overrides(self) -> set[tuple[str, Id]]:
        subjects = [(pin, pin.place or pin.session) for pin in self.week.pins]
        return {(rule, subject.client) for pin, subject in subjects if subject for rule in pin.overrides}

    def overridden(self, rule: str, client: Id) -> bool:
        """Whether a pin sets the rule aside for the client."""
        return (rule, client) in self._overrides

    @cached_property
    def _pinned_needs(self) -> set[tuple[Id, Day, Id, int]]:
        meetings = [pin.meeting for pin in self.week.pins if pin.meeting]
        return {(one.cohort, one.day, fixed.block, fixed.need) for one in meetings for fixed in one.staff}

    def led(self, key: MeetingKey, block: Block, number: int) -> bool:
        """Whether the cohort's leader fills this need of a block: it asks for one, and no pin names who."""
        return block.staff[number].lead and (key.cohort, key.day, block.id, number) not in self._pinned_needs

    @cached_property
    def _previous_sessions(self) -> dict[tuple[Id, Id], list[PreviousSession]]:
        found: dict[tuple[Id, Id], list[PreviousSession]] = defaultdict(list)
        for session in sorted(self.week.previous.sessions, key=lambda s: (s.day, s.start)):
            found[session.client, session.service].append(session)
        return found

    def previous_sessions(self, client: Id, service: Id) -> list[PreviousSession]:
        """Last week's sessions of a client and service, in order of time."""
        return self._previous_sessions.get((client, service), [])

    # -- days and meetings -------------------------------------------------------------------------

    @cached_property
    def _closed(self) -> set[tuple[Place, Day]]:
        closed: set[tuple[Place, Day]] = set()
        for closure in self.week.closures:
            sites: Iterable[Place] = closure.sites or [None, *self.sites]
            closed.update((site, closure.day) for site in sites)
        return closed

    def is_open(self, place: Place, day: Day) -> bool:
        """Whether anything can take place there (None: online) on that day."""
        return (place, day) not in self._closed

    def meeting_place(self, cohort: Cohort) -> Place:
        """Where the cohort meets; None for telehealth."""
        return cohort.site if cohort.format == "in-person" else None

    def due_days(self, cohort: Cohort, option: int) -> tuple[Day, ...]:
        """Weekdays of the option on which a meeting is due."""
        agenda = self.agendas[cohort.agenda]
        return tuple(
            day
            for day in cohort.options[option].days
            if self.is_open(cohort.site, day) and agenda.blocks_on(day)
        )

    @cached_property
    def meetings(self) -> list[MeetingKey]:
        """Every meeting that could be due."""
        return [
            MeetingKey(cohort.id, option, day)
            for cohort in self.week.cohorts
            for option in range(len(cohort.options))
            for day in self.due_days(cohort, option)
        ]

    def blocks(self, key: MeetingKey) -> list[TimedBlock]:
        """The blocks of a meeting, in order of time."""
        cohort = self.cohorts[key.cohort]
        return self.blocks_of(cohort, key.option, key.day)

    def blocks_of(self, cohort: Cohort, option: int, day: Day) -> list[TimedBlock]:
        """The blocks of a cohort on a day, whether or not the day is open."""
        start = self.slots[cohort.options[option].slot].start_on(day)
        return [
            TimedBlock(block, start + block.after, start + block.after + round_up(block.minutes, self.grid))
            for block in self.agendas[cohort.agenda].blocks_on(day)
        ]

    def _own_blocks(self, level: Id, cohort: Id, option: int, day: Day) -> tuple[TimedBlock, ...]:
        return tuple(
            timed
            for timed in self.blocks_of(self.cohorts[cohort], option, day)
            if not timed.block.levels or level in timed.block.levels
        )

    def owned(self, client: Client, key: MeetingKey) -> tuple[TimedBlock, ...]:
        """The blocks of a meeting that the client attends."""
        return self.own_blocks(client.level, key.cohort, key.option, key.day)

    def span(self, key: MeetingKey) -> Interval:
        """From the first block's start to the last block's end."""
        blocks = self.blocks(key)
        return blocks[0].start, max(block.end for block in blocks)

    def excused(self, client: Client, cohort: Id, option: int, day: Day) -> bool:
        """Whether an absence touches one of the client's blocks on that day."""
        own = self.own_blocks(client.level, cohort, option, day)
        return any(
            overlap(window.interval, (timed.start, timed.end)) > 0
            for window in client.absences
            if day in window.days
            for timed in own
        )

    # -- people ------------------------------------------------------------------------------------

    def _client_free(self, client: Id, day: Day) -> tuple[Interval, ...]:
        person = self.clients[client]
        free = on_day(person.available, day) if person.available else [(0, DAY_MINUTES)]
        return tuple(subtract(free, on_day(person.busy, day)))

    def _clinician_free(self, clinician: Id, day: Day, place: Place) -> tuple[Interval, ...]:
        person = self.clinicians[clinician]
        windows = [w for w in person.available if w.site is None or place is None or w.site == place]
        return tuple(subtract(on_day(windows, day), on_day(person.away, day)))

    def working_minutes(self, clinician: Clinician, day: Day) -> int:
        """Minutes of working hours on a day that is not closed everywhere, less absences."""
        if not self.is_open(None, day):
            return 0
        return sum(end - start for start, end in self.clinician_free(clinician.id, day, None))

    def travel(self, one: Place, other: Place) -> int:
        """Minutes from one place to another; online is nowhere and everywhere."""
        if one is None or other is None or one == other:
            return 0
        there, back = self.sites[one].travel, self.sites[other].travel
        return there.get(other, back.get(one, 0))

    def qualified(self, clinician: Clinician, need: StaffNeed) -> bool:
        """Whether a clinician can fill a staff need."""
        return (
            bool(set(clinician.roles) & set(need.roles))
            and set(need.credentials) <= set(clinician.credentials)
            and set(need.modalities) <= set(clinician.modalities)
        )

    def suits(self, clinician: Clinician, client: Client) -> bool:
        """Whether a clinician may serve a client alone: exclusions, language, payer."""
        if clinician.id in client.excludes or not speaks(clinician.languages, client.languages):
            return False
        return not self.strict_payer(client) or client.payer in clinician.payers

    def _givers(self, service: Id, need: int, place: Place, client: Id | None) -> tuple[Clinician, ...]:
        person = self.clients[client] if client is not None else None
        return tuple(
            clinician
            for clinician in self.week.clinicians
            if (place is None or place in clinician.sites)
            and self.qualified(clinician, self.services[service].staff[need])
            and (person is None or self.suits(clinician, person))
        )

    def strict_payer(self, client: Client) -> bool:
        """Whether the client's payer wants credentialed staff."""
        return client.payer is not None and self.payers[client.payer].credentialed_only

    def people(self, client: Client, service: Service) -> int:
        """Seats the client takes in a session: one, and the loved ones in a family service."""
        return 1 + (client.family.attendees if service.family and client.family else 0)

    def floor(self, client: Client) -> int:
        """Weekly floor in minutes."""
        assert client.prescription is not None
        own = client.prescription.hours.floor
        free = client.step_down or client.group_optional
        return own if free else max(own, self.levels[client.level].hours.floor)

    def ceiling(self, client: Client) -> int:
        """Weekly ceiling in minutes."""
        assert client.prescription is not None
        own = client.prescription.hours.ceiling
        return own if client.step_down else min(own, self.levels[client.level].hours.ceiling)

    def is_dosage(self, client: Client, service: Service) -> bool:
        """Whether a session of the service is dosage for the client."""
        return service.counts and any(p.service == service.id for p in prescribed(client))

    def needed(self, client: Client) -> int:
        """Minutes of prescribed services that count as dosage."""
        return sum(
            p.min_count * self.services[p.service].minutes
            for p in prescribed(client)
            if self.services[p.service].counts
        )

    # -- grid --------------------------------------------------------------------------------------

    def cells(self, minutes: int) -> int:
        """Minutes as whole grid cells, rounded up."""
        return -(-minutes // self.grid)

    def starts(self, free: Iterable[Interval], minutes: int) -> list[Interval]:
        """Grid cells at which ``minutes`` can start within the free intervals; both ends included."""
        size = self.cells(minutes)
        ranges = [(self.cells(start), end // self.grid - size) for start, end in merge(free)]
        return [(first, last) for first, last in ranges if first <= last]


def prescribed(client: Client) -> tuple[PrescribedService, ...]:
    """The client's prescribed services; none without a prescription."""
    return client.prescription.services if client.prescription else ()


def speaks(one: tuple[Id, ...], other: tuple[Id, ...]) -> bool:
    """Whether two people share a language; naming none suits all."""
    return not one or not other or bool(set(one) & set(other))


def on_day(windows: Iterable[Window], day: Day) -> list[Interval]:
    """The intervals of windows on one day."""
    return [window.interval for window in windows if day in window.days]


def within(free: Iterable[Interval], windows: tuple[Window, ...], day: Day) -> list[Interval]:
    """Free intervals cut down to windows; no window at all cuts nothing."""
    return intersect(free, on_day(windows, day)) if windows else merge(free)


__all__ = ["WEEK", "Facts", "MeetingKey", "Place", "TimedBlock", "on_day", "prescribed", "speaks", "within"]
