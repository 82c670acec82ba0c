"""Open groups that take place already: a client may join, and nothing about them changes otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.admit.others import Others
from iop_sched.cpsat import client_time, intake, service_delivery
from iop_sched.cpsat.model import Model, SessionVars
from iop_sched.week.care import Service
from iop_sched.week.roster import Session
from iop_sched.week.times import covers


@dataclass(frozen=True)
class Joinable:
    """A session of the roster, and the variables of the client's attendance."""

    session: Session
    variables: SessionVars


def declare(model: Model, others: Others) -> list[Joinable]:
    """Sessions that the client could join; they have their room, and staff that ``give_staff`` names."""
    found: list[Joinable] = []
    for service in others.services.values():
        for session in others.joinable(service) if service.is_open_group else ():
            if _fits(model, others, service, session):
                found.append(_declare(model, others, service, session, len(found)))
        if service.is_open_group:
            _must_stay(model, others, service, found)
    return found


def _fits(model: Model, others: Others, service: Service, session: Session) -> bool:
    client, day = others.client, session.day
    interval = others.schedule.session_interval(session)
    return (
        service_delivery.admits(model, service, client, session.site)
        and intake.admits_session(model, client, service.id, day)
        and covers(client_time.free(model, client, service, day), interval)
    )


def _declare(model: Model, others: Others, service: Service, session: Session, number: int) -> Joinable:
    client, day, place = others.client.id, session.day, session.site
    name = f"{client} joins {service.id} {day.code} #{number + 1}"
    joins = model.bool(name)
    variables = SessionVars(name, service, (client,), number, session.offering, joins)
    cell = session.start // model.facts.grid
    variables.on[day] = variables.mode[day, place] = variables.joins[client] = joins
    variables.joins_on[client, day] = {place: joins}
    variables.start[day] = model.cp.new_int_var(cell, cell, f"start of {name}")
    model.add_session(variables)
    return Joinable(session, variables)


def give_staff(joinable: list[Joinable]) -> None:
    """Name those who give the sessions, for the rules that ask who does.

    To be called when occupations have been collected: these people are occupied in any case.
    """
    for one in joinable:
        day, place = one.session.day, one.session.site
        for entry in one.session.staff:
            one.variables.staff[day, place, entry.need, entry.clinician] = one.variables.present


def _must_stay(model: Model, others: Others, service: Service, found: list[Joinable]) -> None:
    """A group that has too few people without the client is one that the client cannot leave."""
    if not others.active("open-group"):
        return
    joinable = {id(one.session): one.variables.present for one in found}
    for session in others.roster.sessions:
        if session.service == service.id and others.schedule.people(session) < service.participants.min:
            joins = joinable.get(id(session))
            model.cp.add_bool_or([] if joins is None else [joins])
