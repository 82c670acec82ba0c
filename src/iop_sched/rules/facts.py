"""The program week with its lists indexed, and the figures that follow from it alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from iop_sched.week.care import Block, Cohort, Service
from iop_sched.week.people import Client, PrescribedService
from iop_sched.week.policy import Limits
from iop_sched.week.previous import PreviousPlacement, PreviousSession
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import WEEK, Day, Interval, round_up


class Facts:
    """Lookups by id. Every id in ``week`` is taken to be known, as loading has seen to it."""

    def __init__(self, week: ProgramWeek) -> None:
        self.week = week
        self.sites = {site.id: site for site in week.sites}
        self.rooms = {room.id: room for room in week.rooms}
        self.payers = {payer.id: payer for payer in week.payers}
        self.levels = {level.id: level for level in week.levels}
        self.slots = {slot.id: slot for slot in week.slots}
        self.agendas = {agenda.id: agenda for agenda in week.agendas}
        self.cohorts = {cohort.id: cohort for cohort in week.cohorts}
        self.services = {service.id: service for service in week.services}
        self.clinicians = {clinician.id: clinician for clinician in week.clinicians}
        self.teams = {team.id: team for team in week.care_teams}
        self.clients = {client.id: client for client in week.clients}
        self._blocks: dict[tuple[str, Day], tuple[Block, ...]] = {}
        self._intervals: dict[tuple[str, int, int, Day], Interval] = {}
        self._own: dict[tuple[str, str, Day], tuple[Block, ...]] = {}

    # Time and place

    def occ(self, minutes: int) -> int:
        """Minutes that a length occupies: whole cells of the grid."""
        return round_up(minutes, self.week.grid)

    @cached_property
    def online_days(self) -> frozenset[Day]:
        """Days that are not closed everywhere."""
        return frozenset(WEEK) - {closure.day for closure in self.week.closures if not closure.sites}

    @cached_property
    def _open_days(self) -> dict[str, frozenset[Day]]:
        closed = defaultdict(set)
        for closure in self.week.closures:
            for site in closure.sites:
                closed[site].add(closure.day)
        return {site: self.online_days - closed[site] for site in self.sites}

    def open_days(self, site: str | None) -> frozenset[Day]:
        """Days open at a site; with none, days on which something can be online."""
        return self.online_days if site is None else self._open_days[site]

    def travel(self, origin: str | None, target: str | None) -> int:
        """Minutes from one site to another; 0 from or to online, and where no time is given."""
        if origin is None or target is None or origin == target:
            return 0
        there = self.sites[origin].travel.get(target)
        return self.sites[target].travel.get(origin, 0) if there is None else there

    # Cohorts

    def blocks_on(self, cohort: str, day: Day) -> tuple[Block, ...]:
        """Blocks that a meeting of the cohort has on a weekday, in order of time."""
        key = (cohort, day)
        if key not in self._blocks:
            self._blocks[key] = self.agendas[self.cohorts[cohort].agenda].blocks_on(day)
        return self._blocks[key]

    def own_blocks(self, client: Client, cohort: str, day: Day) -> tuple[Block, ...]:
        """Those of the day's blocks that the client's level of care attends."""
        key = (client.level, cohort, day)
        if key not in self._own:
            self._own[key] = tuple(block for block in self.blocks_on(cohort, day) if owns(client, block))
        return self._own[key]

    def block_interval(self, slot: str, block: Block, day: Day) -> Interval:
        """Minutes of the day that a block occupies when the meeting is in ``slot``."""
        key = (slot, block.after, block.minutes, day)
        if key not in self._intervals:
            start = self.slots[slot].start_on(day) + block.after
            self._intervals[key] = (start, start + self.occ(block.minutes))
        return self._intervals[key]

    def due_days(self, cohort: Cohort, days: Iterable[Day]) -> tuple[Day, ...]:
        """Those of an option's days on which a meeting is due."""
        open_days = self.open_days(cohort.site)
        return tuple(day for day in sorted(set(days)) if day in open_days and self.blocks_on(cohort.id, day))

    def place(self, cohort: str) -> str | None:
        """Where a cohort's meetings are: its site, or none when they are online."""
        found = self.cohorts[cohort]
        return found.site if found.format == "in-person" else None

    def has_lead(self, cohort: str) -> bool:
        """Whether some block of the cohort needs its leader."""
        agenda = self.agendas[self.cohorts[cohort].agenda]
        return any(need.lead for block in agenda.blocks for need in block.staff)

    @cached_property
    def pinned_staff(self) -> dict[tuple[str, Day, str, int], tuple[str, ...]]:
        """Who fills a need, where a pin names them: by cohort, weekday, block and number of the need."""
        meetings = [pin.meeting for pin in self.week.pins if pin.meeting is not None]
        return {
            (meeting.cohort, meeting.day, fixed.block, fixed.need): fixed.clinicians
            for meeting in meetings
            for fixed in meeting.staff
        }

    # Last week

    @cached_property
    def previous(self) -> dict[str, PreviousPlacement]:
        """Previous placement by client. A client is current who has one."""
        return {placement.client: placement for placement in self.week.previous.placements}

    @cached_property
    def previous_sessions(self) -> dict[tuple[str, str], list[PreviousSession]]:
        """Previous sessions by client and service, in order of time."""
        found = defaultdict(list)
        for session in sorted(self.week.previous.sessions, key=lambda one: (one.day, one.start)):
            found[session.client, session.service].append(session)
        return dict(found)

    def is_current(self, client: Client) -> bool:
        """Whether the client was placed last week."""
        return client.id in self.previous

    @cached_property
    def treated(self) -> tuple[Client, ...]:
        """Clients with a prescription."""
        return self.week.treated

    @cached_property
    def current_treated(self) -> tuple[Client, ...]:
        """Current clients with a prescription."""
        return tuple(client for client in self.treated if self.is_current(client))

    @cached_property
    def inherited_members(self) -> dict[str, list[Client]]:
        """Current clients with a prescription, by their previous cohort."""
        found = defaultdict(list)
        for client in self.current_treated:
            cohort = self.previous[client.id].cohort
            if cohort is not None:
                found[cohort].append(client)
        return dict(found)

    @cached_property
    def inherited_caseload(self) -> dict[str, int]:
        """Number of current clients with a prescription, by their previous primary."""
        found: dict[str, int] = defaultdict(int)
        for client in self.current_treated:
            primary = self.previous[client.id].primary
            if primary is not None:
                found[primary] += 1
        return dict(found)

    # Clients

    @cached_property
    def _overrides(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for pin in self.week.pins:
            target = pin.place or pin.session
            if target is not None:
                found[target.client].update(pin.overrides)
        return dict(found)

    def overridden(self, client: str, rule: str) -> bool:
        """Whether a place or session pin of the client sets the rule aside."""
        return rule in self._overrides.get(client, ())

    def prescribed(self, client: Client) -> list[tuple[PrescribedService, Service]]:
        """Lines of the client's prescription with their services."""
        if client.prescription is None:
            return []
        return [(line, self.services[line.service]) for line in client.prescription.services]

    def needed(self, client: Client) -> int:
        """Minutes of dosage that the prescribed least numbers of sessions make."""
        return sum(
            line.min_count * service.minutes for line, service in self.prescribed(client) if service.counts
        )

    def primary_services(self, client: Client) -> list[Service]:
        """Prescribed services that are the primary's to give."""
        return [service for _, service in self.prescribed(client) if service.primary]


def owns(client: Client, block: Block) -> bool:
    """Whether the client's level of care attends the block."""
    return not block.levels or client.level in block.levels


def assessment(client: Client) -> str | None:
    """The service that is still to assess the client."""
    return client.intake.assessment if client.intake is not None else None


def points(client: Client, limits: Limits) -> int:
    """What it costs in the tier *placed* to leave the client out."""
    waiting = min(limits.waiting_cap, limits.waiting_points * client.waiting_days)
    return limits.priority_points * client.priority + waiting
