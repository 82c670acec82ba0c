"""Sessions that may take place: when, where, by whom, in which room, and who attends."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from iop_sched.cpsat import client_time, intake, rooms, service_delivery, service_staff
from iop_sched.cpsat.facts import Place, prescribed
from iop_sched.cpsat.model import Literal, Model, SessionVars
from iop_sched.cpsat.starts import Starts, domain
from iop_sched.week.care import Offering, Service
from iop_sched.week.people import Client
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, Interval, intersect


def declare(model: Model) -> None:
    """Every session that prescriptions, assessments and open groups can lead to."""
    for client in model.facts.week.clients:
        if model.active("intake") and client.intake and client.intake.assessment:
            _individual(model, client, model.facts.services[client.intake.assessment], 1)
        for item in prescribed(client):
            service = model.facts.services[item.service]
            if not service.is_open_group:
                _individual(model, client, service, item.max_count)
    for service in model.facts.week.services:
        if service.is_open_group:
            _open_group(model, service)
    for client in model.facts.treated:
        _prescribed_to_placed(model, client)


def _prescribed_to_placed(model: Model, client: Client) -> None:
    """A matter of form, whatever rules are off: placed clients have what is prescribed, and no more of it."""
    for item in prescribed(client):
        for session in model.sessions_of(client.id, item.service):
            model.cp.add_implication(session.joins[client.id], model.placed[client.id])
        if model.facts.services[item.service].is_open_group:
            model.cp.add(model.delivered(client.id, item.service) <= item.max_count)


def _individual(model: Model, client: Client, service: Service, count: int) -> None:
    copies = []
    for copy in range(count):
        name = f"{service.id} {client.id} #{copy + 1}"
        session = SessionVars(name, service, (client.id,), copy, None, model.bool(f"present {name}"))
        _declare_modes(model, session, _places(model, service), [client])
        session.joins[client.id] = session.present
        for (day, place), mode in session.mode.items():
            session.joins_on.setdefault((client.id, day), {})[place] = mode
        model.add_session(session)
        copies.append(session)
    _in_order(model, copies)


def _open_group(model: Model, service: Service) -> None:
    clients = [c for c in model.facts.treated if any(p.service == service.id for p in prescribed(c))]
    if not clients:
        return
    offerings: list[Offering | None] = list(service.offerings) or [None] * service.max_offerings
    placed = []
    for copy, offering in enumerate(offerings):
        name = f"{service.id} {offering.id if offering else f'#{copy + 1}'}"
        session = SessionVars(
            name,
            service,
            tuple(c.id for c in clients),
            copy,
            offering.id if offering else None,
            model.bool(f"present {name}"),
        )
        places = [(offering.day, offering.site)] if offering else _places(model, service)
        _declare_modes(model, session, places, [], offering)
        for client in clients:
            _join(model, session, client)
        # somebody attends, even where the group's least number is not asked for
        model.cp.add_bool_or(*session.joins.values(), ~session.present)
        model.add_session(session)
        placed.append(session)
    if not service.offerings:
        _in_order(model, placed, strict=False)


def _places(model: Model, service: Service) -> list[tuple[Day, Place]]:
    return [(day, place) for day in WEEK for place in [*model.facts.sites, None]]


def _declare_modes(
    model: Model,
    session: SessionVars,
    places: Iterable[tuple[Day, Place]],
    clients: list[Client],
    offering: Offering | None = None,
) -> None:
    """Modes with at least one start; staff and rooms of each; exactly one mode when present."""
    found: dict[Day, dict[Place, Starts]] = {}
    for day, place in places:
        free = _free(model, session, day, place, clients, offering)
        starts = model.facts.starts(free, session.service.minutes)
        if starts:
            found.setdefault(day, {})[place] = starts
    for day, by_place in found.items():
        cells = domain([pair for starts in by_place.values() for pair in starts])
        start = model.cp.new_int_var_from_domain(cells, f"start {session.key} {day.code}")
        session.start[day] = start
        for place, starts in by_place.items():
            mode = model.bool(f"{session.key} {day.code} {place or 'online'}")
            session.mode[day, place] = mode
            if len(by_place) > 1:
                model.cp.add_linear_expression_in_domain(start, domain(starts)).only_enforce_if(mode)
            service_staff.declare(model, session, day, place, starts)
            rooms.declare(model, session, day, place, starts)
        session.on[day] = _one_of(model, session, day, list(by_place))
    model.cp.add(sum(session.mode.values()) == session.present)


def _one_of(model: Model, session: SessionVars, day: Day, places: list[Place]) -> Literal:
    """Whether the session is on ``day``: exactly one of its places there, or none."""
    modes = [session.mode[day, place] for place in places]
    if len(modes) == 1:
        return modes[0]
    on = model.bool(f"{session.key} {day.code}")
    model.cp.add(sum(modes) == on)
    return on


def _free(
    model: Model,
    session: SessionVars,
    day: Day,
    place: Place,
    clients: list[Client],
    offering: Offering | None,
) -> list[Interval]:
    """Minutes of the day in which the session fits, before staff and rooms are asked."""
    service = session.service
    if not model.facts.is_open(place, day):
        return []
    free: list[Interval] = [(0, DAY_MINUTES)]
    if offering:
        free = [(offering.start, offering.start + model.facts.cells(service.minutes) * model.facts.grid)]
    free = service_delivery.cut(model, service, day, place, free, fixed=offering is not None)
    for client in clients:
        if not service_delivery.admits(model, service, client, place):
            return []
        if not intake.admits_session(model, client, service.id, day):
            return []
        free = intersect(free, client_time.free(model, client, service, day))
    return free


def _join(model: Model, session: SessionVars, client: Client) -> None:
    """Who attends an open group, and when: the start must suit the client."""
    joins = model.bool(f"{client.id} joins {session.key}")
    model.cp.add_implication(joins, session.present)
    session.joins[client.id] = joins
    service, literals = session.service, []
    for (day, place), mode in session.mode.items():
        if not service_delivery.admits(model, service, client, place):
            continue
        if not intake.admits_session(model, client, service.id, day):
            continue
        fits = model.facts.starts(client_time.free(model, client, service, day), service.minutes)
        if not fits:
            continue
        attends = model.bool(f"{client.id} joins {session.key} {day.code} {place or 'online'}")
        model.cp.add_implication(attends, mode)
        model.cp.add_linear_expression_in_domain(session.start[day], domain(fits)).only_enforce_if(attends)
        session.joins_on.setdefault((client.id, day), {})[place] = attends
        literals.append(attends)
    model.cp.add(sum(literals) == joins)


def _in_order(model: Model, copies: list[SessionVars], strict: bool = True) -> None:
    """Interchangeable sessions stand in order of time; the first ones take place."""
    for first, second in pairwise(copies):
        model.cp.add_implication(second.present, first.present)
        size = model.facts.cells(first.service.minutes) if strict else 0
        for day, on in second.on.items():
            model.cp.add(sum(lit for d, lit in first.on.items() if d > day) + on <= 1)
            if day in first.on:
                model.cp.add(first.start[day] + size <= second.start[day]).only_enforce_if(first.on[day], on)
