"""Every way to give a session."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from oracle.judge import Judge, make
from oracle.placing import Few

from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.roster import Placement, Session, SessionStaff
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, clock

Sessions = tuple[Session, ...]


def individual(judge: Judge, client: Client, service: Service, most: int) -> list[Sessions]:
    """No session up to ``most`` sessions of a service for one client."""
    single = list(_sessions(judge, service, [client], _times(judge, service), None))
    found = [()]
    for count in range(1, most + 1):
        found += [
            chosen
            for chosen in combinations(single, count)
            if judge.keeps(("client-time", "clinician-time", "rooms"), make(sessions=chosen))
        ]
    return found


def open_group(judge: Judge, service: Service) -> list[Sessions]:
    """Every set of sessions of an open group, with every set of clients in each."""
    clients = [c for c in judge.facts.treated if any(line.service == service.id for line, _ in judge.facts.prescribed(c))]
    groups = [chosen for size in range(1, len(clients) + 1) for chosen in combinations(clients, size)]
    if service.offerings:
        choices: list[list[Sessions]] = []
        for offering in service.offerings:
            time = (offering.day, offering.start, offering.site)
            single = [s for group in groups for s in _sessions(judge, service, list(group), [time], offering.id)]
            choices.append([(), *((one,) for one in single)])
        return [tuple(s for part in chosen for s in part) for chosen in product(*choices)]
    times = _times(judge, service)
    single = [s for group in groups for s in _sessions(judge, service, list(group), times, None)]
    found = [()]
    for count in range(1, service.max_offerings + 1):
        found += [
            chosen
            for chosen in combinations(single, count)
            if judge.keeps(("client-time", "clinician-time", "rooms"), make(sessions=chosen))
        ]
    return found


Time = tuple[Day, int, str | None]


def _times(judge: Judge, service: Service) -> list[Time]:
    """Every start on the grid of the whole week, at every place."""
    last = DAY_MINUTES - judge.facts.occ(service.minutes)
    places = [site.id for site in judge.week.sites] + [None]
    return [(day, start, place) for day in WEEK for start in range(0, last + 1, judge.week.grid) for place in places]


def _sessions(
    judge: Judge, service: Service, clients: list[Client], times: list[Time], offering: str | None
) -> Iterator[Session]:
    """Sessions that break no rule by themselves, and a few that break one in focus."""
    few, names = Few(judge), tuple(client.id for client in clients)
    staffs = list(_staff(judge, service))
    rooms: list[str | None] = [None]
    if service.room_kind is not None:
        rooms += [room.id for room in judge.week.rooms]
    for day, start, place in times:
        bare = Session(
            service=service.id, clients=names, staff=(), day=day, start=clock(start), site=place, offering=offering
        )
        broken = _broken_by_time(judge, bare, clients)
        if not judge.worth_keeping(broken):
            continue
        for staff in staffs:
            staffed = bare.model_copy(update={"staff": staff})
            with_staff = broken | judge.broken(("service-staff", "clinician-time"), make(sessions=[staffed]))
            if not judge.worth_keeping(with_staff):
                continue
            for room in rooms:
                session = staffed.model_copy(update={"room": room})
                if few.passes(with_staff | judge.broken(("rooms",), make(sessions=[session]))):
                    yield session


def _broken_by_time(judge: Judge, session: Session, clients: list[Client]) -> frozenset[str]:
    """What time and place break. The clients count as placed, and what they miss elsewhere does not count."""
    alone = make(sessions=[session])
    placed = [
        Placement(client=client.id, start=Day.MON, last=Day.SUN) for client in clients if client.prescription
    ]
    return judge.broken(("client-time", "intake"), alone) | judge.broken(
        ("service-delivery",), make(placements=placed, sessions=[session]), judge.lenient
    )


def _staff(judge: Judge, service: Service) -> Iterator[tuple[SessionStaff, ...]]:
    if "service-staff" not in judge.active:
        yield ()
        return
    people = [clinician.id for clinician in judge.week.clinicians]
    teams = [list(combinations(people, need.count)) for need in service.staff]
    if "service-staff" in judge.focus:
        yield ()
    for chosen in product(*teams):
        yield tuple(
            SessionStaff(need=number, clinician=one) for number, team in enumerate(chosen) for one in team
        )
