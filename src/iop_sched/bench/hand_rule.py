"""The hand rule: what a director does in a spreadsheet.

Leaders as last week and the first rooms that fit, the care team at the first time it can meet, then clients
one by one, those in treatment first and then by priority, each into the first seat that fits, and each
session at the first time that is free. Nothing is ever taken back. A step is made when it breaks no rule
that was not broken before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from iop_sched.rules import evaluate
from iop_sched.rules.client_time import pattern_clashes
from iop_sched.rules.eligibility import mismatches
from iop_sched.rules.facts import Facts, points
from iop_sched.rules.findings import Violation
from iop_sched.rules.qualification import qualified, suits
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.tiers import empty_roster
from iop_sched.week.care import Cohort, Service
from iop_sched.week.people import Client
from iop_sched.week.places import Window
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import (
    BlockStaff,
    Meeting,
    OpenCohort,
    Placement,
    Roster,
    Session,
    SessionStaff,
    TeamMeeting,
)
from iop_sched.week.times import WEEK, Day, Id, Interval, clock, intersect, overlap, subtract


def hand_rule(week: ProgramWeek, policy: Policy) -> Roster:
    """A roster made by hand. The order of work may make a pin impossible, nothing else."""
    hand = _Hand(week, policy)
    for cohort in week.cohorts:
        hand.run_cohort(cohort)
    meet = [hand.meets(team.id) for team in week.care_teams]
    if not all(meet):
        # the cohorts left no hour for a team: begin again with the teams
        hand = _Hand(week, policy)
        for team in week.care_teams:
            hand.meets(team.id)
        for cohort in week.cohorts:
            hand.run_cohort(cohort)
    for client in hand.in_order():
        hand.first(hand.assessments(client))
        hand.first(hand.places(client), pinned=client.id in hand.pinned)
    for client in hand.in_order():
        for line, service in hand.facts.prescribed(client):
            if hand.is_placed(client) and not service.is_open_group:
                for _ in range(line.min_count):
                    hand.first(hand.sessions(client, service), pinned=client.id in hand.pinned)
    for service in week.services:
        if service.is_open_group:
            hand.open_group(service)
    return hand.roster


class _Hand:
    """A roster under construction."""

    def __init__(self, week: ProgramWeek, policy: Policy) -> None:
        self.week, self.policy, self.facts = week, policy, Facts(week)
        self.roster = empty_roster(self.facts)
        self._broken = self._count(self.roster)
        self._joined: Schedule | None = None
        targets = [pin.place or pin.session for pin in week.pins]
        self.pinned = {target.client for target in targets if target}

    def _count(self, roster: Roster) -> Counter[str]:
        found: Counter[str] = Counter()
        violation: Violation
        for violation in evaluate(self.week, roster, self.policy).violations:
            found[violation.rule] += violation.amount
        return found

    def attempt(self, roster: Roster) -> bool:
        """Take the step if nothing is broken that was whole."""
        broken = self._count(roster)
        if any(broken[rule] > self._broken[rule] for rule in broken):
            return False
        self.roster, self._broken = roster, broken
        return True

    def first(self, steps: Iterable[Roster], pinned: bool = False) -> bool:
        """Take the first step that can be taken; when pinned, one that heeds the pin if there is any."""
        if pinned and self._broken["pins"]:
            steps = list(steps)
            before = self._broken["pins"]
            if any(self._count(step)["pins"] < before and self.attempt(step) for step in steps):
                return True
        return any(self.attempt(step) for step in steps)

    # -- meetings ----------------------------------------------------------------------------------

    def run_cohort(self, cohort: Cohort) -> None:
        """A running cohort, with last week's leader or else the first who can; candidates stay shut."""
        if cohort.status == "candidate":
            return
        last = [entry.leader for entry in self.week.previous.leaders if entry.cohort == cohort.id]
        leaders = [*last, *self.facts.clinicians] if self.facts.has_lead(cohort.id) else [None]
        for leader in leaders:
            before = self.roster, self._broken
            if self._lead(cohort, leader):
                return
            self.roster, self._broken = before
        self._lead(cohort, leaders[0], partly=True)

    def _lead(self, cohort: Cohort, leader: Id | None, partly: bool = False) -> bool:
        cohorts = tuple(
            entry.model_copy(update={"leader": leader}) if entry.cohort == cohort.id else entry
            for entry in self.roster.cohorts
        )
        if not self.attempt(self.roster.model_copy(update={"cohorts": cohorts})):
            return False
        entry = next(e for e in cohorts if e.cohort == cohort.id)
        due = self.facts.due_days(cohort, entry.days)
        held = [self.first(self._held(cohort, entry, day)) for day in due]
        return partly or all(held)

    def _held(self, cohort: Cohort, entry: OpenCohort, day: Day) -> Iterator[Roster]:
        staff = self._block_staff(cohort, entry, day)
        if staff is None:
            return
        rooms: list[Id | None] = [None]
        if cohort.room_kind is not None and cohort.format == "in-person":
            rooms = [room.id for room in self.week.rooms if cohort.room_kind in room.kinds]
        for room in rooms:
            held = Meeting(cohort=cohort.id, day=day, held=True, room=room, staff=tuple(staff))
            meetings = tuple(
                held if (m.cohort, m.day) == (cohort.id, day) else m for m in self.roster.facilitation
            )
            yield self.roster.model_copy(update={"facilitation": meetings})

    def _block_staff(self, cohort: Cohort, entry: OpenCohort, day: Day) -> list[BlockStaff] | None:
        staff: list[BlockStaff] = []
        for block in self.facts.blocks_on(cohort.id, day):
            interval = self.facts.block_interval(entry.slot, block, day)
            working: set[Id] = set()
            for index, need in enumerate(block.staff):
                able = [
                    c.id
                    for c in self.week.clinicians
                    if qualified(c, need)
                    and c.id not in working
                    and self._free(c.id, day, interval, self.facts.place(cohort.id))
                ]
                chosen = [entry.leader] if need.lead else able[: need.count]
                if len(chosen) < need.count or None in chosen:
                    return None
                working.update(c for c in chosen if c)
                staff += [BlockStaff(block=block.id, need=index, clinician=c) for c in chosen if c]
        return staff

    def meets(self, team: Id) -> bool:
        """Let a care team meet at the first time it can."""
        return self.first(self.team_meetings(team), pinned=True)

    def team_meetings(self, team: Id) -> Iterator[Roster]:
        """Every time at which a care team may meet, with its members and the first who make each quorum."""
        found = self.facts.teams[team]
        for day, start in self._times(found.minutes, found.windows):
            interval = (start, start + self.facts.occ(found.minutes))
            people = list(found.members)
            for quorum in found.quorum:
                able = [c for c in self.week.clinicians if quorum.role in c.roles and found.site in c.sites]
                missing = quorum.count - sum(c.id in people for c in able)
                free = [
                    c.id for c in able if c.id not in people and self._free(c.id, day, interval, found.site)
                ]
                people += free[: max(0, missing)]
            meeting = TeamMeeting(team=team, day=day, start=clock(start), attendees=tuple(people))
            yield self.roster.model_copy(update={"team_meeting": (*self.roster.team_meeting, meeting)})

    # -- clients -----------------------------------------------------------------------------------

    def in_order(self) -> list[Client]:
        """Clients in treatment first, then by priority."""
        limits = self.policy.limits
        return sorted(
            self.week.clients, key=lambda c: (not self.facts.is_current(c), -points(c, limits), c.id)
        )

    def places(self, client: Client) -> Iterator[Roster]:
        """Every place a client might take, last week's first, then in the order of the file."""
        if client.prescription is None:
            return
        for placement in self._placements(client):
            for primary in self._primaries(client):
                step = placement.model_copy(update={"primary": primary})
                yield self.roster.model_copy(update={"placements": (*self.roster.placements, step)})

    def _placements(self, client: Client) -> Iterator[Placement]:
        assert client.prescription is not None
        before = self.facts.previous.get(client.id)
        until = Day.SUN if client.stay.last_day is None else client.stay.last_day
        if client.group_optional:
            for start in WEEK[:1] if before else WEEK:
                yield Placement(client=client.id, start=start, last=until)
            return
        opened = sorted(self.roster.cohorts, key=lambda e: before is None or e.cohort != before.cohort)
        for entry in opened:
            cohort = self.facts.cohorts[entry.cohort]
            if not self.facts.overridden(client.id, "eligibility") and any(mismatches(client, cohort)):
                continue
            patterns = [days for n in client.prescription.days for days in combinations(entry.days, n)]
            for days in sorted(patterns, key=lambda d: (before is None or d != before.days, -len(d), d)):
                for start in WEEK[:1] if before else days:
                    if start <= until and not any(
                        pattern_clashes(self.facts, client, cohort.id, entry.slot, days)
                    ):
                        yield Placement(
                            client=client.id, cohort=cohort.id, days=days, start=start, last=until
                        )

    def _primaries(self, client: Client) -> list[Id | None]:
        services = self.facts.primary_services(client)
        if not services:
            return [None]
        before = self.facts.previous.get(client.id)
        able = [
            c.id
            for c in self.week.clinicians
            if suits(self.facts, c, client) and all(any(qualified(c, n) for n in s.staff) for s in services)
        ]
        able.sort(key=lambda c: before is None or c != before.primary)
        carried = Counter(placement.primary for placement in self.roster.placements)
        return [c for c in able if self._has_room(c, carried[c], before is not None and c == before.primary)]

    def _has_room(self, clinician: Id, carried: int, is_own: bool) -> bool:
        caseload = self.facts.clinicians[clinician].caseload
        return is_own or caseload is None or carried < caseload

    # -- sessions ----------------------------------------------------------------------------------

    def assessments(self, client: Client) -> Iterator[Roster]:
        """Every time for a referral's assessment."""
        if client.intake is not None and client.intake.assessment is not None:
            yield from self.sessions(client, self.facts.services[client.intake.assessment])

    def sessions(self, client: Client, service: Service) -> Iterator[Roster]:
        """Every session of a service that client and clinician are free for, in order of time."""
        placement = next((p for p in self.roster.placements if p.client == client.id), None)
        primary = placement.primary if placement else None
        for day, start in self._times(service.minutes, service.windows):
            interval = (start, start + self.facts.occ(service.minutes))
            if not self._client_free(client, day, interval):
                continue
            for site in self._places(client, service):
                staff = self._session_staff(client, service, day, interval, site, primary)
                if staff:
                    yield from self._add(service, (client.id,), staff, day, start, site)

    def _places(self, client: Client, service: Service) -> list[Id | None]:
        sites = [s for s in self.facts.sites if s in (client.sites or (s,)) and s in (service.sites or (s,))]
        here: list[Id | None] = (
            [*sites] if service.telehealth != "only" and "in-person" in client.formats else []
        )
        online = service.telehealth != "never" and "telehealth" in client.formats
        return [*here, None] if online else here

    def _session_staff(
        self,
        client: Client | None,
        service: Service,
        day: Day,
        interval: Interval,
        site: Id | None,
        primary: Id | None = None,
    ) -> list[SessionStaff]:
        staff: list[SessionStaff] = []
        for index, need in enumerate(service.staff):
            able = [
                c.id
                for c in sorted(self.week.clinicians, key=lambda c: c.id != primary)
                if qualified(c, need)
                and (client is None or suits(self.facts, c, client))
                and c.id not in [s.clinician for s in staff]
                and (site is None or site in c.sites)
                and self._free(c.id, day, interval, site)
            ]
            if len(able) < need.count:
                return []
            staff += [SessionStaff(need=index, clinician=c) for c in able[: need.count]]
        return staff

    def _add(
        self,
        service: Service,
        clients: tuple[Id, ...],
        staff: list[SessionStaff],
        day: Day,
        start: int,
        site: Id | None,
        offering: Id | None = None,
    ) -> Iterator[Roster]:
        rooms: list[Id | None] = [None]
        if service.room_kind is not None and site is not None:
            rooms = [r.id for r in self.week.rooms if r.site == site and service.room_kind in r.kinds]
        for room in rooms:
            session = Session(
                service=service.id,
                clients=clients,
                staff=tuple(staff),
                day=day,
                start=clock(start),
                site=site,
                room=room,
                offering=offering,
            )
            yield self.roster.model_copy(update={"sessions": (*self.roster.sessions, session)})

    def open_group(self, service: Service) -> None:
        """Each offering with everybody who is still owed one and can come, as many as there are seats for."""
        times: list[tuple[Day, int, Id | None, Id | None]] = [
            (o.day, o.start, o.site, o.id) for o in service.offerings
        ]
        if not times:
            windows = service.windows
            places: list[Id | None] = [*self.facts.sites, None]
            times = [(d, s, p, None) for d, s in self._times(service.minutes, windows) for p in places]
        for day, start, site, offering in times:
            interval = (start, start + self.facts.occ(service.minutes))
            able = [
                c for c in self.in_order() if self._owed(c, service) and self._client_free(c, day, interval)
            ]
            staff = self._session_staff(None, service, day, interval, site)
            most = min(len(able), service.participants.max)
            for number in range(most, service.participants.min - 1 if staff else most, -1):
                people = tuple(c.id for c in able[:number])
                if people and self.first(self._add(service, people, staff, day, start, site, offering)):
                    break

    def is_placed(self, client: Client) -> bool:
        """Whether the client has a place already."""
        return any(placement.client == client.id for placement in self.roster.placements)

    def _owed(self, client: Client, service: Service) -> bool:
        if not self.is_placed(client):
            return False
        had = sum(s.service == service.id and client.id in s.clients for s in self.roster.sessions)
        return any(
            line.service == service.id and had < line.min_count for line, _ in self.facts.prescribed(client)
        )

    # -- time --------------------------------------------------------------------------------------

    def _times(self, minutes: int, windows: Iterable[Window]) -> Iterator[tuple[Day, int]]:
        for day in WEEK:
            hours = [w.interval for w in windows if day in w.days] if windows else [(7 * 60, 21 * 60)]
            for first, end in hours:
                start = -(-first // self.week.grid) * self.week.grid
                while start + minutes <= end:
                    yield day, start
                    start += self.week.grid

    def _free(self, clinician: Id, day: Day, interval: Interval, site: Id | None) -> bool:
        person = self.facts.clinicians[clinician]
        hours = [
            w.interval for w in person.available if day in w.days and (site is None or w.site in (None, site))
        ]
        away = [w.interval for w in person.away if day in w.days]
        if intersect(subtract(hours, away), [interval]) != [interval]:
            return False
        return not any(
            o.day == day and overlap(o.interval, interval) for o in self._schedule().occupations_of(clinician)
        )

    def _schedule(self) -> Schedule:
        """The roster so far, joined with the week; made anew when a step has been taken."""
        if self._joined is None or self._joined.roster is not self.roster:
            self._joined = Schedule(self.facts, self.roster)
        return self._joined

    def _client_free(self, client: Client, day: Day, interval: Interval) -> bool:
        hours = [w.interval for w in client.available if day in w.days] if client.available else [(0, 1440)]
        busy = [w.interval for w in (*client.busy, *client.absences) if day in w.days]
        if intersect(subtract(hours, busy), [interval]) != [interval]:
            return False
        schedule = self._schedule()
        sessions = [s for s in schedule.sessions_of(client) if s.day == day]
        taken = [schedule.session_interval(s) for s in sessions] + self._blocks(client, day)
        return not any(overlap(one, interval) for one in taken)

    def _blocks(self, client: Client, day: Day) -> list[Interval]:
        """Blocks of the day that the client attends and may not leave."""
        placement = next((p for p in self.roster.placements if p.client == client.id), None)
        if placement is None or placement.cohort is None or day not in placement.days:
            return []
        slot = next(e.slot for e in self.roster.cohorts if e.cohort == placement.cohort)
        return [
            self.facts.block_interval(slot, block, day)
            for block in self.facts.own_blocks(client, placement.cohort, day)
            if not block.may_leave
        ]
