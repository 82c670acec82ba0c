"""The sessions of the planted roster: each at the first time that suits everybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from iop_sched.generate.catalogue import SERVICES, ServicePlan
from iop_sched.generate.clinicians import Clinician
from iop_sched.generate.draft import Person, Planned, Site
from iop_sched.generate.free_time import adds_too_much, days_in_order, free, starts
from iop_sched.generate.hiring import Wanted, hire
from iop_sched.week.times import round_up

ORDER = (
    "individual",
    "support",
    "family-session",
    "emdr",
    "review",
    "psych-eval",
    "neurofeedback",
    "medication",
    "discharge-planning",
    "case-management",
)
WORTH_HIRING = 4
"""So many sessions that nobody has time for make it worth hiring somebody."""


def assess(site: Site) -> None:
    """The assessments of new clients, as early as can be; then their first day of treatment."""
    plan = SERVICES["assessment"]
    for person in site.people:
        if not person.new or person.kind == "pending":
            continue
        if not person.assessed and not _give(site, person, plan):
            person.assessed = person.kind == "seat"
        if person.kind == "seat":
            _first_day(site, person)


def _first_day(site: Site, person: Person) -> None:
    """The first meeting that comes after the assessment; without one, the assessment was before this week."""
    days = [day for day in person.pattern if day not in site.closed]
    session = person.sessions_of("assessment")
    if session and all(day < session[0].day + max(1, person.lag) for day in days):
        _take_back(site, session[0])
        person.assessed = True
        session = []
    earliest = max(session[0].day + max(1, person.lag) if session else 0, person.verified or 0)
    can = [day for day in days if day >= earliest]
    if not can:
        person.verified = None
        can = days
    person.start = can[0]
    person.window = (site.dice.between(0, person.start), site.dice.between(person.start, 6))
    if site.dice.chance(0.2):
        length = site.dice.between(3, 7 - person.start) if person.start <= 3 else 7 - person.start
        person.length = (min(3, length), length)
        person.last = person.start + length - 1


def give_sessions(site: Site) -> None:
    """What is prescribed, service by service; what nobody has time for is missing."""
    for name in ORDER:
        plan = SERVICES[name]
        left = [
            person
            for person in site.people
            if person.kind in ("seat", "optional")
            for service, least, _ in person.services
            for _ in range(least if service == name else 0)
        ]
        while left:
            left = [
                person
                for person in left
                if not (_give(site, person, plan, True) or _give(site, person, plan))
            ]
            if len(left) < WORTH_HIRING or site.dice.chance(0.3):
                break
            hire(site, Wanted(plan.needs[0]), site.dice.pick(("evening", "afternoon")))
        site.missing += len(left)


def _give(site: Site, person: Person, plan: ServicePlan, own: bool = False) -> bool:
    """Plan one more session, ``own`` with the primary alone; whether there was a time for it."""
    crews = list(_crews(site, person, plan, own and plan.extra.get("primary", False)))
    for online in _places(site, person, plan):
        for day in days_in_order(site, person, plan):
            if adds_too_much(person, plan, day, site.closed):
                continue
            for start in starts(site, person, plan, day):
                end = start + round_up(plan.minutes, site.grid)
                if not free(site, person, plan, day, start) or not _supplies(
                    site, plan, day, start, end, online
                ):
                    continue
                for crew in crews:
                    if all(one.fits(day, start, end) for one in crew) and _book(
                        site, person, plan, crew, day, start, online
                    ):
                        return True
    return False


def _places(site: Site, person: Person, plan: ServicePlan) -> list[bool]:
    """Whether online: in person before online, for those who take both."""
    found = [False] if "in-person" in person.formats else []
    return [*found, True] if plan.online and site.alone and "telehealth" in person.formats else found


def _crews(site: Site, person: Person, plan: ServicePlan, own: bool) -> Iterator[tuple[Clinician, ...]]:
    """People who may give it together, the primary first."""
    able = []
    for need in plan.needs:
        staff = [one for one in site.staff if one.qualified(need) and suits(one, person)]
        staff.sort(key=lambda one: one is not person.primary)
        able.append(staff)
    if own and person.primary is not None:
        able = [[person.primary]]
    for crew in product(*able):
        if len({one.id for one in crew}) == len(crew):
            yield crew


def suits(clinician: Clinician, person: Person) -> bool:
    """Whether the two share a language, and the payer agrees."""
    if person.payer == "guild" and "guild" not in clinician.payers:
        return False
    return any(language in clinician.languages for language in person.languages)


def _book(
    site: Site,
    person: Person,
    plan: ServicePlan,
    crew: tuple[Clinician, ...],
    day: int,
    start: int,
    online: bool,
) -> bool:
    end = start + round_up(plan.minutes, site.grid)
    session = Planned(plan.id, [person], list(crew), day, start, None if online else site.id)
    if plan.room_kind is not None:
        room = site.rooms.find(plan.room_kind, [day], (start, end))
        if room is None:
            return False
        session.room = site.rooms.take(room, day, (start, end), 1 + person.family)
    for one in crew:
        one.book(day, start, end)
    use_supplies(site, plan, session, 1)
    person.sessions.append(session)
    site.sessions.append(session)
    if plan.id == "individual" and not any(
        person.attends(earlier, site.closed) for earlier in range(max(0, day - 3), day)
    ):
        person.keeps_days = True
    return True


def _take_back(site: Site, session: Planned) -> None:
    plan = SERVICES[session.service]
    end = session.start + round_up(plan.minutes, site.grid)
    for one in session.staff:
        one.release(session.day, session.start, end)
    use_supplies(site, plan, session, -1)
    session.people[0].sessions.remove(session)
    site.sessions.remove(session)


# Supplies


def use_supplies(site: Site, plan: ServicePlan, session: Planned, number: int) -> None:
    """Count what a session in person takes, in every cell of the grid."""
    if session.site is None:
        return
    end = session.start + round_up(plan.minutes, site.grid)
    for kind in plan.supplies:
        today = site.in_use.setdefault(kind, [{} for _ in range(7)])[session.day]
        for cell in range(session.start, end, site.grid):
            today[cell] = today.get(cell, 0) + number


def _supplies(site: Site, plan: ServicePlan, day: int, start: int, end: int, online: bool) -> bool:
    if online:
        return True
    for kind in plan.supplies:
        today = site.in_use.get(kind, [{}] * 7)[day]
        if any(today.get(cell, 0) >= site.limits[kind] for cell in range(start, end, site.grid)):
            return False
    return True
