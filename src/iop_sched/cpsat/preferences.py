"""preferences: slot, days, clinician, compact days."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.model import Cost, Model
from iop_sched.cpsat.service_delivery import implies_place
from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.times import WEEK, Id

RULE = "preferences"


def post(model: Model) -> Iterator[Cost]:
    """What each placed client would rather have had."""
    for client in model.facts.treated:
        wish = client.preferences
        columns = [(column, lit) for column, lit in model.columns[client.id] if column.cohort is not None]
        if wish.slots:
            other = [
                lit
                for column, lit in columns
                if model.facts.cohorts[column.cohort or ""].options[column.option].slot not in wish.slots
            ]
            yield Cost("preferences.slot", sum(other), 1)
        if wish.days:
            days = sum(lit * len(set(column.days) - set(wish.days)) for column, lit in columns)
            yield Cost("preferences.day", days, 7)
        if wish.clinicians:
            yield from _clinicians(model, client)
        if wish.compact:
            yield from _compact(model, client)


def _clinicians(model: Model, client: Client) -> Iterator[Cost]:
    for session in model.sessions_of(client.id):
        service = session.service
        wanted = [k for k in client.preferences.clinicians if _could_give(model, client, k, service)]
        if wanted and not service.is_open_group:
            other = session.present - sum(session.given_by(k) for k in wanted)
            alone = len(service.staff) == 1 and service.staff[0].count == 1
            if not alone or not implies_place(model, client, service.id):
                name = f"{session.key} not by preferred"
                other = model.excess(other + model.placed[client.id] - 1, 0, 1, name)
            yield Cost("preferences.clinician", other, 1)


def _could_give(model: Model, client: Client, name: Id, service: Service) -> bool:
    clinician = model.facts.clinicians[name]
    fit = any(model.facts.qualified(clinician, need) for need in service.staff)
    return fit and model.facts.suits(clinician, client)


def _compact(model: Model, client: Client) -> Iterator[Cost]:
    for day in WEEK:
        visits = [
            literal
            for session in model.sessions_of(client.id)
            for place, literal in session.joins_on.get((client.id, day), {}).items()
            if place is not None
        ]
        if visits and client.id in model.placed:
            meeting = sum(seat for _, seat in model.seats_of(client.id, day))
            alone = model.bool(f"{client.id} {day.code} comes for sessions alone")
            for literal in visits:
                model.cp.add(alone >= literal - meeting + model.placed[client.id] - 1)
            yield Cost("preferences.compact", alone, 1)
