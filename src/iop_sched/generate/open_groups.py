"""Open groups of the planted roster: times at which most of those who want them can come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iop_sched.generate.catalogue import SERVICES, ServicePlan
from iop_sched.generate.clinicians import Clinician
from iop_sched.generate.draft import Person, Planned, Site
from iop_sched.generate.free_time import adds_too_much, free
from iop_sched.generate.sessions import suits
from iop_sched.week.times import clock, overlap, round_up

TIMES: dict[str, tuple[int, ...]] = {
    "alumni": tuple(range(15 * 60, 19 * 60 + 1, 60)),
    "family-education": tuple(range(15 * 60, 19 * 60 + 1, 60)),
    "yoga": tuple(range(9 * 60, 19 * 60 + 1, 30)),
}
MOST_SESSIONS = 14
"""Of one open group in a week, as a file may have them."""
USUAL_TIME = (3, 18 * 60)
Seats = Callable[[Person], int]


def gather(site: Site) -> None:
    """Sessions of every open group. Those at fixed times get offerings; yoga can be moved."""
    for name in TIMES:
        plan = SERVICES[name]
        left = [one for one in site.people if one.kind in ("seat", "optional") and _wants(one, name)]
        while len(site.sessions_of(name)) < MOST_SESSIONS and (session := _best(site, plan, left)):
            left = [one for one in left if one not in session.people]
            site.sessions.append(session)
            if name == "yoga":
                site.movable += 1
            else:
                session.offering = _offer(site, name, session.day, session.start)
        site.missing += len(left)
        if name != "yoga" and not site.offerings.get(name):
            _offer(site, name, *USUAL_TIME)
    site.movable = max(1, site.movable)


def _wants(person: Person, service: str) -> bool:
    return any(name == service for name, _, _ in person.services)


def _offer(site: Site, name: str, day: int, start: int) -> str:
    offered = site.offerings.setdefault(name, [])
    found = f"{name}-{site.id}-{len(offered) + 1}"
    day_code = ("mon", "tue", "wed", "thu", "fri")[day]
    offered.append({"id": found, "day": day_code, "start": clock(start), "site": site.id})
    return found


def _best(site: Site, plan: ServicePlan, people: list[Person]) -> Planned | None:
    """The time that suits most, booked; none when it suits too few."""
    band = plan.extra["participants"]
    best: tuple[list[Person], Clinician, int, int] | None = None
    for day, start, clinician in _possible(site, plan):
        able = [
            one
            for one in people
            if one.start <= day <= one.last
            and suits(clinician, one)
            and free(site, one, plan, day, start)
            and not adds_too_much(one, plan, day, site.closed)
        ]
        able = _fill(plan, able, band["max"])
        if sum(map(plan_seats(plan), able)) >= band["min"] and (best is None or len(able) > len(best[0])):
            best = (able, clinician, day, start)
    return None if best is None else _book(site, plan, *best)


def _possible(site: Site, plan: ServicePlan) -> Iterator[tuple[int, int, Clinician]]:
    """Times at which there is a room and somebody to give it."""
    length = round_up(plan.minutes, site.grid)
    for day in site.dice.shuffled([day for day in range(5) if day not in site.closed]):
        for start in TIMES[plan.id]:
            when = (start, start + length)
            if any(
                one.service == plan.id and one.day == day and overlap((one.start, one.start + length), when)
                for one in site.sessions
            ):
                continue
            able = (
                one
                for one in site.staff
                if not one.leads
                and one.qualified(plan.needs[0])
                and one.fits(day, *when, meeting=f"{plan.id} {day} {start}")
            )
            clinician = next(able, None)
            if clinician is not None and site.rooms.find("group", [day], when):
                yield day, start, clinician


def plan_seats(plan: ServicePlan) -> Seats:
    """How many seats a client takes, with the loved ones who come along."""
    return lambda person: 1 + (person.family if plan.extra.get("family") else 0)


def _fill(plan: ServicePlan, able: list[Person], most: int) -> list[Person]:
    found: list[Person] = []
    seats = plan_seats(plan)
    for person in able:
        if sum(map(seats, found)) + seats(person) <= most:
            found.append(person)
    return found


def _book(
    site: Site, plan: ServicePlan, people: list[Person], clinician: Clinician, day: int, start: int
) -> Planned | None:
    when = (start, start + round_up(plan.minutes, site.grid))
    room = site.rooms.find("group", [day], when)
    if room is None:
        return None
    clinician.book(day, *when, meeting=f"{plan.id} {day} {start}")
    session = Planned(plan.id, people, [clinician], day, start, site.id)
    session.room = site.rooms.take(room, day, when, sum(map(plan_seats(plan), people)))
    for person in people:
        person.sessions.append(session)
    return session
