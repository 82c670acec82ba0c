"""Moving a session to another time, where nothing but the rule in question is in its way."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster, Session
from iop_sched.week.times import WEEK, Day
from mutations.case import Case
from mutations.edit import edit_at, stand_in
from mutations.tally import hits, holds

EASED = ("dosage", "timing", "supplies", "pins")
"""What a session that moves may touch besides: see ``ease``."""
FROM, UNTIL = 7 * 60, 20 * 60


def restaffed(week: ProgramWeek, roster: Roster, number: int) -> tuple[ProgramWeek, Roster]:
    """Copies in which equals of its staff, with time at any hour, give a session."""
    staff = []
    for entry in roster.sessions[number].staff:
        week, name = stand_in(week, entry.clinician)
        staff.append(entry.model_copy(update={"clinician": name}))
    return week, edit_at(roster, "sessions", number, staff=tuple(staff))


def moved(case: Case, number: int, day: Day, start: int) -> tuple[ProgramWeek, Roster]:
    """Copies in which equals of its staff give a session at another time."""
    week, roster = restaffed(case.week, case.roster, number)
    return week, edit_at(roster, "sessions", number, day=day, start=start)


def movable(case: Case, session: Session) -> bool:
    """Whether a session can move at all: its client is alone, and has no assessment around it."""
    service = case.tally.services[session.service]
    (name, *others) = session.clients
    return not others and not service.is_open_group and session.room is None and name in case.tally.placements


def possible(case: Case, session: Session) -> Iterator[tuple[Day, int]]:
    """Times at which the service may be given at the session's place and the client is being treated."""
    service, client = case.tally.services[session.service], case.tally.clients[session.clients[0]]
    place, length = case.tally.placements[client.id], case.tally.occ(service.minutes)
    closed = {
        closure.day
        for closure in case.week.closures
        if not closure.sites or (session.site is not None and session.site in closure.sites)
    }
    for day in WEEK:
        if day in closed or not place.start <= day <= place.last or client.intake is not None:
            continue
        for start in range(FROM, UNTIL - length, case.week.grid):
            if not service.windows or holds(service.windows, day, (start, start + length)):
                yield day, start


def clashes(case: Case, session: Session, day: Day, start: int) -> list[str]:
    """Why the session's client has no time then: ``away`` for each reason, ``twice``, ``way``."""
    tally, client = case.tally, case.tally.clients[session.clients[0]]
    service = tally.services[session.service]
    time = (start, start + tally.occ(service.minutes))
    found = ["away"] * (bool(client.available) and not holds(client.available, day, time))
    found += ["away"] * (hits(client.busy, day, time) + hits(client.absences, day, time))
    if service.family and client.family is not None and client.family.available:
        found += ["away"] * (not holds(client.family.available, day, time))
    for other, site in appointments(case, session, day):
        if other[0] < time[1] and time[0] < other[1]:
            found.append("twice")
        elif max(other[0] - time[1], time[0] - other[1]) < travel(case, site, session.site):
            found.append("way")
    return found


def appointments(case: Case, session: Session, day: Day) -> list[tuple[tuple[int, int], str | None]]:
    """What else the session's client has on a day: own blocks and other sessions, with their sites."""
    tally, client = case.tally, case.tally.clients[session.clients[0]]
    place = tally.placements[client.id]
    found = [
        (tally.interval(one), one.site)
        for one in tally.sessions(client.id)
        if one is not session and one.day == day
    ]
    if day in tally.attended(client.id):
        site = tally.site(place.cohort)
        found += [(time, site) for _, time in tally.own(client, place.cohort, day)]
    return found


def travel(case: Case, one: str | None, other: str | None) -> int:
    """Minutes between two sites."""
    if one is None or other is None or one == other:
        return 0
    ways = {site.id: site.travel for site in case.week.sites}
    there = ways[one].get(other)
    return ways[other].get(one, 0) if there is None else there
