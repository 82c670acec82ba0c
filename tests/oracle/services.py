"""Every way to give a session."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from iop_sched.week.care import Offering, Service
from iop_sched.week.people import Client
from iop_sched.week.roster import Placement, Session, SessionStaff
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, clock
from oracle.judge import Judge, make
from oracle.placing import Few

Sessions = tuple[Session, ...]
Time = tuple[Day, int, str | None]


def individual(judge: Judge, client: Client, service: Service, most: int) -> list[Sessions]:
    """No session up to ``most`` sessions of a service for one client."""
    by_time = {client.id: _broken_by_time(judge, service, client, _times(judge, service), None)}
    single = list(_sessions(judge, service, [client], by_time, None))
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
    clients = [
        c
        for c in judge.facts.treated
        if any(line.service == service.id for line, _ in judge.facts.prescribed(c))
    ]
    groups = [chosen for size in range(1, len(clients) + 1) for chosen in combinations(clients, size)]
    if service.offerings:
        choices: list[list[Sessions]] = []
        for offering in service.offerings:
            times = _offered(judge, service, offering)
            by_time = {c.id: _broken_by_time(judge, service, c, times, offering.id) for c in clients}
            single = [
                s for group in groups for s in _sessions(judge, service, list(group), by_time, offering.id)
            ]
            choices.append([(), *((one,) for one in single)])
        sets = [tuple(s for part in chosen for s in part) for chosen in product(*choices)]
        return [chosen for chosen in sets if _in_form(judge, service, chosen)]
    by_time = {c.id: _broken_by_time(judge, service, c, _times(judge, service), None) for c in clients}
    single = [s for group in groups for s in _sessions(judge, service, list(group), by_time, None)]
    found = [()]
    for count in range(1, service.max_offerings + 1 + judge.may_break("open-group")):
        found += [
            chosen
            for chosen in combinations(single, count)
            if _in_form(judge, service, chosen)
            and judge.keeps(("client-time", "clinician-time", "rooms"), make(sessions=chosen))
        ]
    return found


def _in_form(judge: Judge, service: Service, chosen: Sessions) -> bool:
    """Whether nobody has more sessions than prescribed, which matters where the rule against it is off."""
    if "service-delivery" in judge.active:
        return True
    return all(
        sum(client.id in session.clients for session in chosen) <= line.max_count
        for client in judge.facts.treated
        for line, prescribed in judge.facts.prescribed(client)
        if prescribed.id == service.id
    )


def _offered(judge: Judge, service: Service, offering: Offering) -> list[Time]:
    """The time of an offering; and near ones, to break the rule with."""
    shifts = (-1, 0, 1) if judge.may_break("open-group") else (0,)
    last = DAY_MINUTES - judge.facts.occ(service.minutes)
    starts = [offering.start + shift * judge.week.grid for shift in shifts]
    return [(offering.day, start, offering.site) for start in starts if 0 <= start <= last]


def _times(judge: Judge, service: Service) -> list[Time]:
    """Every start on the grid of the whole week, at every place."""
    last = DAY_MINUTES - judge.facts.occ(service.minutes)
    places = [site.id for site in judge.week.sites] + [None]
    return [
        (day, start, place)
        for day in WEEK
        for start in range(0, last + 1, judge.week.grid)
        for place in places
    ]


def _sessions(
    judge: Judge,
    service: Service,
    clients: list[Client],
    by_time: dict[str, dict[Time, frozenset[str]]],
    offering: str | None,
) -> Iterator[Session]:
    """Sessions that break no rule by themselves, and a few that break one in focus."""
    few, names = Few(judge), tuple(client.id for client in clients)
    staffs = list(_staff(judge, service))
    rooms: list[str | None] = [None]
    if service.room_kind is not None:
        rooms += [room.id for room in judge.week.rooms]
    for day, start, place in next(iter(by_time.values())):
        broken = frozenset[str]().union(*(by_time[client.id][day, start, place] for client in clients))
        if not judge.worth_keeping(broken):
            continue
        bare = Session(
            service=service.id,
            clients=names,
            staff=(),
            day=day,
            start=clock(start),
            site=place,
            offering=offering,
        )
        for staff in staffs:
            staffed = bare.model_copy(update={"staff": staff})
            with_staff = broken | judge.broken(("service-staff", "clinician-time"), make(sessions=[staffed]))
            if not judge.worth_keeping(with_staff):
                continue
            for room in rooms:
                session = staffed.model_copy(update={"room": room})
                if few.passes(with_staff | judge.broken(("rooms",), make(sessions=[session]))):
                    yield session


def _broken_by_time(
    judge: Judge, service: Service, client: Client, times: list[Time], offering: str | None
) -> dict[Time, frozenset[str]]:
    """What time and place of a session break for one client, as if placed; each client counts alone."""
    placed = [Placement(client=client.id, start=Day.MON, last=Day.SUN)] if client.prescription else []
    found = {}
    for day, start, place in times:
        if "service-delivery" not in judge.active and day not in judge.facts.open_days(place):
            continue
        session = Session.model_construct(
            service=service.id,
            clients=(client.id,),
            staff=(),
            day=day,
            start=start,
            site=place,
            room=None,
            offering=offering,
        )
        # the number of sessions, which only all of them together can tell, does not count here
        broken = judge.broken(
            ("service-delivery",), make(placements=placed, sessions=[session]), judge.lenient
        )
        if judge.worth_keeping(broken):
            broken |= judge.broken(("client-time", "intake"), make(sessions=[session]))
        found[day, start, place] = broken
    return found


def _staff(judge: Judge, service: Service) -> Iterator[tuple[SessionStaff, ...]]:
    if "service-staff" not in judge.active:
        yield ()
        return
    people = [clinician.id for clinician in judge.week.clinicians]
    teams = [list(combinations(people, need.count)) for need in service.staff]
    if judge.may_break("service-staff"):
        yield ()
    for chosen in product(*teams):
        yield tuple(
            SessionStaff(need=number, clinician=one) for number, team in enumerate(chosen) for one in team
        )
