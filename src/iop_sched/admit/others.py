"""What a roster decides for everybody but one client."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise

from iop_sched.rules.facts import Facts
from iop_sched.rules.qualification import misfit, qualified_for
from iop_sched.rules.schedule import Schedule
from iop_sched.week.care import Service
from iop_sched.week.people import Client, Clinician
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster, Session
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, Id, Interval, merge, overlap


def without_client(roster: Roster, client: Id) -> Roster:
    """The roster with the client's place and sessions taken out; a shared session goes on with the others."""
    sessions = []
    for session in roster.sessions:
        others = tuple(one for one in session.clients if one != client)
        if others:
            sessions.append(session.model_copy(update={"clients": others}))
    return Roster(
        cohorts=roster.cohorts,
        placements=tuple(one for one in roster.placements if one.client != client),
        facilitation=roster.facilitation,
        sessions=tuple(sessions),
        team_meeting=roster.team_meeting,
    )


class Others:
    """A week and its roster without one client's part; what is taken then is taken."""

    def __init__(self, week: ProgramWeek, roster: Roster, policy: Policy, client: Id) -> None:
        """Raises ``KeyError`` when the week has no such client."""
        self.week = week
        self.policy = policy
        self.facts = Facts(week)
        self.client: Client = self.facts.clients[client]
        self.roster = without_client(roster, client)
        self.schedule = Schedule(self.facts, self.roster)

    def active(self, rule: str) -> bool:
        """Whether the policy holds the rule, hard or soft."""
        return self.policy.mode(rule) != "off"

    @cached_property
    def services(self) -> dict[Id, Service]:
        """What the client may have this week: prescribed services, and the assessment to come."""
        found = {service.id: service for _, service in self.facts.prescribed(self.client)}
        intake = self.client.intake
        if intake is not None and intake.assessment is not None:
            found[intake.assessment] = self.facts.services[intake.assessment]
        return found

    @cached_property
    def clinicians(self) -> tuple[Clinician, ...]:
        """Those who may give one of these services, and those whom the client prefers."""
        wished = self.client.preferences.clinicians
        return tuple(
            one
            for one in self.week.clinicians
            if one.id in wished or any(qualified_for(one, service) for service in self.services.values())
        )

    def caseload_left(self, clinician: Clinician) -> int | None:
        """How many more clients the clinician may be primary of; none: no limit. Never below 0."""
        if clinician.caseload is None:
            return None
        most = max(clinician.caseload, self.facts.inherited_caseload.get(clinician.id, 0))
        return max(0, most - self._caseloads[clinician.id])

    @cached_property
    def _caseloads(self) -> Counter[Id | None]:
        return Counter(placement.primary for placement in self.roster.placements)

    # Places

    def room_uses(self, room: Id, day: Day) -> list[Interval]:
        """When the room is used on a day."""
        return self._room_uses.get((room, day), [])

    @cached_property
    def _room_uses(self) -> dict[tuple[Id, Day], list[Interval]]:
        found: dict[tuple[Id, Day], list[Interval]] = defaultdict(list)
        for meeting in self.schedule.held:
            if meeting.room is not None:
                found[meeting.room, meeting.day].append(self.schedule.span(meeting))
        for session in self.roster.sessions:
            if session.room is not None:
                found[session.room, session.day].append(self.schedule.session_interval(session))
        return dict(found)

    def used_up(self, site: Id, kind: Id, day: Day) -> list[Interval]:
        """When every supply of a kind at a site is in use on a day."""
        count = sum(one.count for one in self.week.supplies if (one.site, one.kind) == (site, kind))
        if count == 0:
            return [(0, DAY_MINUTES)]
        uses = self._supply_uses.get((site, kind, day), [])
        moments = sorted({moment for use in uses for moment in use})
        return merge(
            (start, end)
            for start, end in pairwise(moments)
            if sum(overlap(use, (start, end)) > 0 for use in uses) >= count
        )

    @cached_property
    def _supply_uses(self) -> dict[tuple[Id, Id, Day], list[Interval]]:
        found: dict[tuple[Id, Id, Day], list[Interval]] = defaultdict(list)
        for meeting in self.schedule.held:
            site = self.facts.place(meeting.cohort)
            if site is not None:
                for block in self.facts.blocks_on(meeting.cohort, meeting.day):
                    interval = self.schedule.block_interval(meeting.cohort, block, meeting.day)
                    for kind in block.supplies:
                        found[site, kind, meeting.day].append(interval)
        for session in self.roster.sessions:
            if session.site is not None:
                for kind in self.schedule.service(session).supplies:
                    found[session.site, kind, session.day].append(self.schedule.session_interval(session))
        return dict(found)

    @cached_property
    def full_sites(self) -> frozenset[tuple[Id, Day]]:
        """Sites and days on which as many clients are there as the licence allows."""
        there: dict[tuple[Id, Day], set[Id]] = defaultdict(set)
        for meeting in self.schedule.held:
            site = self.facts.place(meeting.cohort)
            if site is not None:
                there[site, meeting.day].update(one.id for one in self.schedule.attendance.attending(meeting))
        for session in self.roster.sessions:
            if session.site is not None:
                there[session.site, session.day].update(session.clients)
        return frozenset(
            (site.id, day)
            for site in self.week.sites
            for day in WEEK
            if site.census is not None and len(there[site.id, day]) >= site.census
        )

    # Open groups

    def joinable(self, service: Service) -> list[Session]:
        """Sessions of an open group that have a seat for the client, and suitable staff and company."""
        return [one for one in self.roster.sessions if one.service == service.id and self._may_join(one)]

    def _may_join(self, session: Session) -> bool:
        facts, client = self.facts, self.client
        with_client = session.model_copy(update={"clients": (*session.clients, client.id)})
        people = self.schedule.people(with_client)
        most = self.schedule.service(session).participants.max
        if people > most and self.active("open-group"):
            return False
        if session.room is not None and people > facts.rooms[session.room].capacity:
            return False
        if self.active("service-staff") and any(
            misfit(facts, facts.clinicians[one.clinician], client) for one in session.staff
        ):
            return False
        return self._kept_apart.isdisjoint(session.clients)

    @cached_property
    def _kept_apart(self) -> frozenset[Id]:
        """Clients who must not be in one session with this one."""
        return frozenset(
            other
            for pair in self.week.apart
            for one, other in (pair, pair[::-1])
            if one == self.client.id
            and self.active("companions")
            and not self.facts.overridden(one, "companions")
            and not self.facts.overridden(other, "companions")
        )
