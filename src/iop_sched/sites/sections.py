"""Sections of a large site: cohorts, clinicians and rooms that can do without the others'.

A site too large for one model is cut into sections that are solved like sites of their own. A good cut leaves
clients with their therapists and cohorts with their leaders, and gives each section its fair share of
everybody whom its clients need, and whom and what its meetings need to be held (see ``section_meetings``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ortools.sat.python import cp_model

from iop_sched.cpsat.columns import columns
from iop_sched.cpsat.facts import Facts, prescribed
from iop_sched.cpsat.model import Expr, Literal, Model
from iop_sched.sites.groups import pinned
from iop_sched.sites.section_meetings import SectionMeetings, meetings_model
from iop_sched.week.base import minutes
from iop_sched.week.care import Cohort, StaffNeed
from iop_sched.week.people import Clinician
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import WEEK, Day, Id

SECONDS_A_COHORT = 0.4
"""Time for each of the searches for a cut, half of it for the first, for each cohort of the site."""

GOOD_ENOUGH = 0.1
"""Part of the cost of a cut by which it may be above its bound."""

AWAY = 4
"""Cost of a client whose primary, or whose open group, is in another section."""

LED_ELSEWHERE = 30
"""Cost of a cohort whose leader is in another section."""

SHORT = 1
"""Cost of an hour that a section is short of its fair share of some staff."""

MISSING = 60
"""Cost of somebody whom the staff of an open group is short of."""

NOT_HELD = 500
"""Cost of a meeting that cannot be held with the staff and rooms of its section."""

UNEVEN = 4
"""Cost of a client, and of a room of some kind, by which a section is above or below its share."""

TEAM_SHORT = 80
"""Cost of a care team that a section is short of its share."""

UNEVEN_MOST = 0.4
"""Part of its fair share of seats by which a section may be above or below it."""

Offering = tuple[Id, Id]
"""Service and offering."""

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True)
class Sections:
    """The section, counted from 0, of all that a site has; what part of its meetings cannot be held."""

    count: int
    missing: float
    cohorts: Mapping[Id, int]
    clinicians: Mapping[Id, int]
    rooms: Mapping[Id, int]
    teams: Mapping[Id, int]
    offerings: Mapping[Offering, int]


def sections(
    week: ProgramWeek, policy: Policy, site: Id, count: int, workers: int = 8, seed: int = 1
) -> Sections | None:
    """A cut of a site whose clinicians work nowhere else; none when care teams or pins do not allow one.

    Who goes with whom is found first. Then people and rooms change until the meetings can be held, and if
    that is not enough, everything may: from nothing, the search for all at once ends in sections of very
    different size.
    """
    seconds = SECONDS_A_COHORT * sum(cohort.site == site for cohort in week.cohorts)
    rough = _Cut(week, policy, site, count, cp_model.CpModel())
    solver = rough.solve(seconds / 2, workers, seed)
    if solver is None:
        return None
    first = rough.sections(solver)
    meetings = meetings_model(week, policy, site)
    cut = _Cut(week, policy, site, count, meetings.cp)
    held = cut.hold(meetings)
    cut.begin_with(first)
    found = cut.solve(seconds, workers, seed, cut.kept(first))
    if found is None or not all(map(found.value, held)):
        found = cut.solve(seconds, workers, seed) or found
    if found is None:
        return replace(first, missing=1.0)
    return replace(cut.sections(found), missing=1 - sum(map(found.value, held)) / max(1, len(held)))


class _Cut:
    """The cut as a model: of each thing one literal a section."""

    def __init__(self, week: ProgramWeek, policy: Policy, site: Id, count: int, cp: cp_model.CpModel) -> None:
        self.week, self.policy, self.site, self.count = week, policy, site, count
        self.facts, self.cp = Facts(week), cp
        self.costs: list[Expr] = []
        self.here = [cohort for cohort in week.cohorts if cohort.site == site]
        self.people = [person for person in week.clinicians if site in person.sites]
        self.cohorts = self._in_one(cohort.id for cohort in self.here)
        self.clinicians = self._in_one(person.id for person in self.people)
        self.rooms = self._in_one(room.id for room in week.rooms if room.site == site)
        self.teams = self._in_one(team.id for team in week.care_teams if team.site == site)
        self.offerings: dict[Offering, list[Literal]] = self._in_one(
            (service.id, offering.id)
            for service in week.services
            for offering in service.offerings
            if offering.site == site
        )
        self.home = {
            one.client: one.cohort
            for one in week.previous.placements
            if one.cohort in self.cohorts and one.client in self.facts.clients
        }
        for post in (self._care_teams, self._together, self._sizes, self._ties, self._staff, self._meetings):
            post()

    def hold(self, meetings: Model) -> list[Literal]:
        """A cost for each meeting that staff and rooms of its section cannot hold; whether each is held."""
        tied = SectionMeetings(meetings, self.facts, self.cohorts, self.clinicians, self.rooms)
        held = tied.post(self.teams)
        self.costs += tied.costs
        self.costs += [NOT_HELD * (1 - one) for one in held]
        return held

    def begin_with(self, found: Sections) -> None:
        """Look for a cut from one that is known."""
        self._hint(self.cohorts, found.cohorts)
        self._hint(self.clinicians, found.clinicians)
        self._hint(self.rooms, found.rooms)
        self._hint(self.teams, found.teams)
        self._hint(self.offerings, found.offerings)

    def _hint(self, things: Mapping[Thing, list[Literal]], section: Mapping[Thing, int]) -> None:
        for thing, literals in things.items():
            for number, literal in enumerate(literals):
                self.cp.add_hint(literal, number == section[thing])

    def kept(self, found: Sections) -> list[Literal]:
        """What holds as long as cohorts and care teams stay where they are in a cut."""
        cohorts = (literals[found.cohorts[cohort]] for cohort, literals in self.cohorts.items())
        teams = (literals[found.teams[team]] for team, literals in self.teams.items())
        return [*cohorts, *teams]

    def solve(
        self, seconds: float, workers: int, seed: int, fixed: Iterable[Literal] = ()
    ) -> cp_model.CpSolver | None:
        """The best cut found in time with some literals fixed at 1; the next search begins with it."""
        self.cp.minimize(sum(self.costs))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.relative_gap_limit = GOOD_ENOUGH
        solver.parameters.catch_sigint_signal = False
        cp = self.cp.clone()
        for literal in fixed:
            cp.add(cp.get_int_var_from_proto_index(literal.index) == 1)
        if solver.status_name(solver.solve(cp)) not in ("OPTIMAL", "FEASIBLE"):
            return None
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # untyped upstream
        for index, value in enumerate(solver.response_proto.solution):
            self.cp.add_hint(self.cp.get_int_var_from_proto_index(index), value)
        return solver

    def sections(self, solver: cp_model.CpSolver) -> Sections:
        """What the solver chose."""

        def chosen(things: dict[Thing, list[Literal]]) -> dict[Thing, int]:
            return {
                thing: next(number for number, literal in enumerate(literals) if solver.value(literal))
                for thing, literals in things.items()
            }

        return Sections(
            self.count,
            0.0,
            chosen(self.cohorts),
            chosen(self.clinicians),
            chosen(self.rooms),
            chosen(self.teams),
            chosen(self.offerings),
        )

    def _in_one(self, things: Iterable[Thing]) -> dict[Thing, list[Literal]]:
        found = {}
        for thing in things:
            found[thing] = [self.cp.new_bool_var(f"{thing} {number}") for number in range(self.count)]
            self.cp.add_exactly_one(found[thing])
        return found

    # -- what must hold --------------------------------------------------------------------------

    def _same(self, one: list[Literal], other: list[Literal]) -> None:
        for a, b in zip(one, other, strict=True):
            self.cp.add(a == b)

    def _care_teams(self) -> None:
        for team in self.week.care_teams:
            if team.id not in self.teams:
                continue
            for member in team.members:
                self._same(self.clinicians[member], self.teams[team.id])
            for quorum in team.quorum:
                able = [person.id for person in self.people if quorum.role in person.roles]
                for number, meets in enumerate(self.teams[team.id]):
                    there = sum(self.clinicians[who][number] for who in able)
                    self.cp.add(there >= quorum.count).only_enforce_if(meets)

    def _together(self) -> None:
        """What clients kept together, or pins, join."""
        for pair in self.week.together:
            homes = [self.home[client] for client in pair if client in self.home]
            if len(homes) == 2:
                self._same(self.cohorts[homes[0]], self.cohorts[homes[1]])
        named: dict[Id, list[list[Literal]]] = defaultdict(list)
        somewhere: set[Id] = set()
        for pin in self.week.pins:
            client = pinned(pin)
            if client is not None:
                people = (pin.place and pin.place.primary, pin.session and pin.session.clinician)
                found = [self.clinicians.get(who or "") for who in people]
                if pin.place and pin.place.cohort:
                    found.append(self.cohorts.get(pin.place.cohort))
                else:
                    somewhere.add(client)
                named[client] += [literals for literals in found if literals]
            if pin.cohort and pin.cohort.cohort in self.cohorts and pin.cohort.leader in self.clinicians:
                self._same(self.cohorts[pin.cohort.cohort], self.clinicians[pin.cohort.leader])
            if pin.meeting and pin.meeting.cohort in self.cohorts and pin.meeting.room in self.rooms:
                self._same(self.cohorts[pin.meeting.cohort], self.rooms[pin.meeting.room])
        for client, joined in named.items():
            for other in joined[1:]:
                self._same(joined[0], other)
            if client in somewhere and joined:
                self._may_join(client, joined[0])

    def _may_join(self, client: Id, section: list[Literal]) -> None:
        """A pinned client has a place, so one of the cohorts that can be theirs is in the section."""
        record = self.facts.clients[client]
        if record.prescription is None or record.group_optional:
            return
        model = Model(cp_model.CpModel(), self.facts, self.policy)
        fitting = {column.cohort for column in columns(model, record) if column.cohort in self.cohorts}
        if self.home.get(client) in fitting:
            self._same(self.cohorts[self.home[client]], section)
            return
        for number, there in enumerate(section):
            self.cp.add_bool_or(
                ~there, *(self.cohorts[cohort.id][number] for cohort in self.here if cohort.id in fitting)
            )

    # -- what it costs ---------------------------------------------------------------------------

    def _short(self, wanted: Expr, there: Expr, most: int, cost: int) -> None:
        """A cost for each unit by which what is there falls short of what is wanted."""
        short = self.cp.new_int_var(0, max(0, most), "")
        self.cp.add(short >= wanted - there)
        self.costs.append(cost * short)

    def _sizes(self) -> None:
        """Sections of like size: in seats of running cohorts, and in seats that candidates would open."""
        for status in ("running", "candidate"):
            seats = {cohort.id: cohort.members.max for cohort in self.here if cohort.status == status}
            total = sum(seats.values())
            for number in range(self.count):
                size = sum(most * self.cohorts[cohort][number] for cohort, most in seats.items())
                self._short(total // self.count, size, total, UNEVEN)
                self._short(size, -(-total // self.count), total, UNEVEN)
                if status == "running":
                    self.cp.add(self.count * size >= round((1 - UNEVEN_MOST) * total))
                    self.cp.add(self.count * size <= round((1 + UNEVEN_MOST) * total))
        rooms = {room.id: room for room in self.week.rooms}
        for kind in {kind for room in self.rooms for kind in rooms[room].kinds}:
            fitting = [literals for room, literals in self.rooms.items() if kind in rooms[room].kinds]
            for number in range(self.count):
                there = sum(literals[number] for literals in fitting)
                self._short(len(fitting) // self.count, there, len(fitting), UNEVEN)
        for number in range(self.count):
            there = sum(literals[number] for literals in self.teams.values())
            self._short(len(self.teams) // self.count, there, len(self.teams), TEAM_SHORT)
        if self.here:
            # sections are alike until one has something
            self.cp.add(self.cohorts[self.here[0].id][0] == 1)

    def _apart(self, one: list[Literal], other: list[Literal], cost: int) -> None:
        apart = self.cp.new_bool_var("")
        for a, b in zip(one, other, strict=True):
            self.cp.add(a <= b + apart)
        self.costs.append(cost * apart)

    def _ties(self) -> None:
        """Clients with their primaries and open groups, cohorts with their leaders."""
        primaries: Counter[tuple[Id, Id]] = Counter()
        attending: Counter[tuple[Id, Id]] = Counter()
        for one in self.week.previous.placements:
            if one.client in self.home and one.primary in self.clinicians:
                primaries[self.home[one.client], one.primary or ""] += 1
        for client, cohort in self.home.items():
            for line in prescribed(self.facts.clients[client]):
                attending[cohort, line.service] += 1
        for (cohort, primary), clients in primaries.items():
            self._apart(self.cohorts[cohort], self.clinicians[primary], AWAY * clients)
        for (service, _), literals in self.offerings.items():
            for cohort in self.cohorts:
                if attending[cohort, service]:
                    self._apart(self.cohorts[cohort], literals, AWAY * attending[cohort, service])
            for need in self.facts.services[service].staff:
                for number, held in enumerate(literals):
                    able = [self.clinicians[person.id][number] for person in self._able(need)]
                    self._short(need.count * held, sum(able), need.count, MISSING)
        for leader in self.week.previous.leaders:
            if leader.cohort in self.cohorts and leader.leader in self.clinicians:
                self._apart(self.cohorts[leader.cohort], self.clinicians[leader.leader], LED_ELSEWHERE)

    def _able(self, need: StaffNeed) -> list[Clinician]:
        return [person for person in self.people if self.facts.qualified(person, need)]

    def _staff(self) -> None:
        """Hours of everybody who may fill a need, in proportion to what is asked of them."""
        asked: dict[StaffNeed, Counter[Id]] = defaultdict(Counter)
        for client, cohort in self.home.items():
            for line in prescribed(self.facts.clients[client]):
                service = self.facts.services[line.service]
                for need in service.staff if not service.is_open_group else ():
                    asked[need][cohort] += need.count * service.minutes * line.max_count
        for need, minutes_of in asked.items():
            hours = {person.id: self._hours(person) for person in self._able(need)}
            total, supply = sum(minutes_of.values()), sum(hours.values())
            for number in range(self.count):
                # the section's part of the demand, as a part of all hours there are
                share = sum(
                    asked_for * supply // total * self.cohorts[cohort][number]
                    for cohort, asked_for in minutes_of.items()
                )
                there = sum(time * self.clinicians[who][number] for who, time in hours.items())
                self._short(share, there, supply, SHORT)

    def _hours(self, person: Clinician) -> int:
        working = sum(self.facts.working_minutes(person, day) for day in WEEK) - minutes(person.admin_hours)
        most = person.max_hours_week
        return max(0, working if most is None else min(working, minutes(most))) // 60

    def _meetings(self) -> None:
        """For each time at which running cohorts meet: enough leaders, other staff, and rooms for so many."""
        rooms = {room.id: room for room in self.week.rooms}
        members = Counter(self.home.values())
        for cohorts in self._at_one_time():
            for kind, least in {(cohort.room_kind, members[cohort.id]) for cohort in cohorts}:
                large = [c.id for c in cohorts if c.room_kind == kind and members[c.id] >= least]
                fitting = [
                    literals
                    for room, literals in self.rooms.items()
                    if kind in rooms[room].kinds and rooms[room].capacity >= least
                ]
                if kind:
                    self._enough([self.cohorts[cohort] for cohort in large], fitting)
        for wanting, able in self._needs_at_one_time():
            self._enough([self.cohorts[cohort] for cohort in wanting], [self.clinicians[who] for who in able])

    def _enough(self, wanting: list[list[Literal]], there: list[list[Literal]]) -> None:
        for number in range(self.count):
            wanted, found = sum(w[number] for w in wanting), sum(t[number] for t in there)
            self._short(wanted, found, len(wanting), MISSING)

    def _running(self) -> list[Cohort]:
        return [cohort for cohort in self.here if cohort.status == "running"]

    def _at_one_time(self) -> Iterator[list[Cohort]]:
        by_time: dict[tuple[Id, Day], list[Cohort]] = defaultdict(list)
        for cohort in self._running():
            for day in cohort.options[0].days:
                by_time[cohort.options[0].slot, day].append(cohort)
        seen = set()
        for cohorts in by_time.values():
            names = tuple(cohort.id for cohort in cohorts)
            if names not in seen:
                seen.add(names)
                yield cohorts

    def _needs_at_one_time(self) -> Iterator[tuple[list[Id], list[Id]]]:
        """For each need and time: the cohorts that have it then, and who may fill it then."""
        wanting: dict[tuple[StaffNeed, Day, int, int], list[Id]] = defaultdict(list)
        for cohort in self._running():
            for day in self.facts.due_days(cohort, 0):
                for timed in self.facts.blocks_of(cohort, 0, day):
                    for need in timed.block.staff:
                        wanting[need, day, timed.start, timed.end].append(cohort.id)
        for (need, day, start, end), cohorts in wanting.items():
            yield cohorts, [person.id for person in self._able(need) if self._works(person, day, start, end)]

    def _works(self, person: Clinician, day: Day, start: int, end: int) -> bool:
        free = self.facts.clinician_free(person.id, day, self.site)
        return any(first <= start and end <= last for first, last in free)
