"""What a cut of a site costs: torn ties, and sections without their fair share of seats, staff and rooms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from iop_sched.cpsat.facts import prescribed
from iop_sched.cpsat.model import Literal
from iop_sched.sites.section_cut import Cut
from iop_sched.week.base import minutes
from iop_sched.week.care import Cohort, StaffNeed
from iop_sched.week.people import Clinician
from iop_sched.week.times import WEEK, Day, Id

AWAY = 4
"""Cost of a client whose primary, or whose open group, is in another section."""

LED_ELSEWHERE = 30
"""Cost of a cohort whose leader is in another section."""

SHORT = 1
"""Cost of an hour that a section is short of its fair share of some staff."""

MISSING = 60
"""Cost of somebody whom the staff of an open group is short of."""

UNEVEN = 4
"""Cost of a client, and of a room of some kind, by which a section is above or below its share."""

TEAM_SHORT = 80
"""Cost of a care team that a section is short of its share."""

UNEVEN_MOST = 0.4
"""Part of its fair share of seats by which a section may be above or below it."""


def add_costs(cut: Cut) -> None:
    """Add all costs to ``cut.costs``, and bound how uneven sections may be."""
    _sizes(cut)
    _ties(cut)
    _staff(cut)
    _meetings(cut)


def _sizes(cut: Cut) -> None:
    """Sections of like size: in seats of running cohorts, and in seats that candidates would open."""
    for status in ("running", "candidate"):
        seats = {cohort.id: cohort.members.max for cohort in cut.here if cohort.status == status}
        total = sum(seats.values())
        for number in range(cut.count):
            size = sum(most * cut.cohorts[cohort][number] for cohort, most in seats.items())
            cut.short(total // cut.count, size, total, UNEVEN)
            cut.short(size, -(-total // cut.count), total, UNEVEN)
            if status == "running":
                cut.cp.add(cut.count * size >= round((1 - UNEVEN_MOST) * total))
                cut.cp.add(cut.count * size <= round((1 + UNEVEN_MOST) * total))
    rooms = {room.id: room for room in cut.week.rooms}
    for kind in {kind for room in cut.rooms for kind in rooms[room].kinds}:
        fitting = [literals for room, literals in cut.rooms.items() if kind in rooms[room].kinds]
        for number in range(cut.count):
            there = sum(literals[number] for literals in fitting)
            cut.short(len(fitting) // cut.count, there, len(fitting), UNEVEN)
    for number in range(cut.count):
        there = sum(literals[number] for literals in cut.teams.values())
        cut.short(len(cut.teams) // cut.count, there, len(cut.teams), TEAM_SHORT)
    if cut.here:
        # sections are alike until one has something
        cut.cp.add(cut.cohorts[cut.here[0].id][0] == 1)


def _ties(cut: Cut) -> None:
    """Clients with their primaries and open groups, cohorts with their leaders."""
    primaries: Counter[tuple[Id, Id]] = Counter()
    attending: Counter[tuple[Id, Id]] = Counter()
    for one in cut.week.previous.placements:
        if one.client in cut.home and one.primary in cut.clinicians:
            primaries[cut.home[one.client], one.primary or ""] += 1
    for client, cohort in cut.home.items():
        for line in prescribed(cut.facts.clients[client]):
            attending[cohort, line.service] += 1
    for (cohort, primary), clients in primaries.items():
        cut.apart(cut.cohorts[cohort], cut.clinicians[primary], AWAY * clients)
    for (service, _), literals in cut.offerings.items():
        for cohort in cut.cohorts:
            if attending[cohort, service]:
                cut.apart(cut.cohorts[cohort], literals, AWAY * attending[cohort, service])
        for need in cut.facts.services[service].staff:
            for number, held in enumerate(literals):
                able = [cut.clinicians[person.id][number] for person in cut.able(need)]
                cut.short(need.count * held, sum(able), need.count, MISSING)
    for leader in cut.week.previous.leaders:
        if leader.cohort in cut.cohorts and leader.leader in cut.clinicians:
            cut.apart(cut.cohorts[leader.cohort], cut.clinicians[leader.leader], LED_ELSEWHERE)


def _staff(cut: Cut) -> None:
    """Hours of everybody who may fill a need, in proportion to what is asked of them."""
    asked: dict[StaffNeed, Counter[Id]] = defaultdict(Counter)
    for client, cohort in cut.home.items():
        for line in prescribed(cut.facts.clients[client]):
            service = cut.facts.services[line.service]
            for need in service.staff if not service.is_open_group else ():
                asked[need][cohort] += need.count * service.minutes * line.max_count
    for need, minutes_of in asked.items():
        hours = {person.id: _hours(cut, person) for person in cut.able(need)}
        total, supply = sum(minutes_of.values()), sum(hours.values())
        for number in range(cut.count):
            # the section's part of the demand, as a part of all hours there are
            share = sum(
                asked_for * supply // total * cut.cohorts[cohort][number]
                for cohort, asked_for in minutes_of.items()
            )
            there = sum(time * cut.clinicians[who][number] for who, time in hours.items())
            cut.short(share, there, supply, SHORT)


def _hours(cut: Cut, person: Clinician) -> int:
    working = sum(cut.facts.working_minutes(person, day) for day in WEEK) - minutes(person.admin_hours)
    most = person.max_hours_week
    return max(0, working if most is None else min(working, minutes(most))) // 60


def _meetings(cut: Cut) -> None:
    """For each time at which running cohorts meet: enough leaders, other staff, and rooms for so many."""
    rooms = {room.id: room for room in cut.week.rooms}
    members = Counter(cut.home.values())
    for cohorts in _at_one_time(cut):
        for kind, least in {(cohort.room_kind, members[cohort.id]) for cohort in cohorts}:
            large = [c.id for c in cohorts if c.room_kind == kind and members[c.id] >= least]
            fitting = [
                literals
                for room, literals in cut.rooms.items()
                if kind in rooms[room].kinds and rooms[room].capacity >= least
            ]
            if kind:
                _enough(cut, [cut.cohorts[cohort] for cohort in large], fitting)
    for wanting, able in _needs_at_one_time(cut):
        _enough(cut, [cut.cohorts[cohort] for cohort in wanting], [cut.clinicians[who] for who in able])


def _enough(cut: Cut, wanting: list[list[Literal]], there: list[list[Literal]]) -> None:
    for number in range(cut.count):
        wanted, found = sum(w[number] for w in wanting), sum(t[number] for t in there)
        cut.short(wanted, found, len(wanting), MISSING)


def _running(cut: Cut) -> list[Cohort]:
    return [cohort for cohort in cut.here if cohort.status == "running"]


def _at_one_time(cut: Cut) -> Iterator[list[Cohort]]:
    by_time: dict[tuple[Id, Day], list[Cohort]] = defaultdict(list)
    for cohort in _running(cut):
        for day in cohort.options[0].days:
            by_time[cohort.options[0].slot, day].append(cohort)
    seen = set()
    for cohorts in by_time.values():
        names = tuple(cohort.id for cohort in cohorts)
        if names not in seen:
            seen.add(names)
            yield cohorts


def _needs_at_one_time(cut: Cut) -> Iterator[tuple[list[Id], list[Id]]]:
    """For each need and time: the cohorts that have it then, and who may fill it then."""
    wanting: dict[tuple[StaffNeed, Day, int, int], list[Id]] = defaultdict(list)
    for cohort in _running(cut):
        for day in cut.facts.due_days(cohort, 0):
            for timed in cut.facts.blocks_of(cohort, 0, day):
                for need in timed.block.staff:
                    wanting[need, day, timed.start, timed.end].append(cohort.id)
    for (need, day, start, end), cohorts in wanting.items():
        yield cohorts, [person.id for person in cut.able(need) if _works(cut, person, day, start, end)]


def _works(cut: Cut, person: Clinician, day: Day, start: int, end: int) -> bool:
    free = cut.facts.clinician_free(person.id, day, cut.site)
    return any(first <= start and end <= last for first, last in free)
