"""service-delivery: what is prescribed is given, where and how it may be; what is missing is counted."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.facts import Place, prescribed, within
from iop_sched.cpsat.model import Cost, Expr, Model
from iop_sched.week.care import Service
from iop_sched.week.people import Client, PrescribedService
from iop_sched.week.times import Day, Id, Interval

RULE = "service-delivery"


def cut(
    model: Model, service: Service, day: Day, place: Place, free: list[Interval], fixed: bool
) -> list[Interval]:
    """Minutes in which the service may be given at a place; ``fixed`` offerings need no window."""
    if not model.active(RULE):
        return free
    online = place is None
    barred = service.telehealth == ("never" if online else "only")
    elsewhere = not online and bool(service.sites) and place not in service.sites
    if barred or elsewhere:
        return []
    return free if fixed else within(free, service.windows, day)


def admits(model: Model, service: Service, client: Client, place: Place) -> bool:
    """Whether the client can have it there."""
    if not model.active(RULE):
        return True
    if place is None:
        return "telehealth" in client.formats
    return "in-person" in client.formats and (not client.sites or place in client.sites)


def implies_place(model: Model, client: Client, service: Id) -> bool:
    """Whether who has a session of the service has a place: so of prescribed ones, not of an assessment."""
    return any(item.service == service for item in prescribed(client))


def post(model: Model) -> Iterator[Cost]:
    """What is missing costs dose, or is forbidden when hard."""
    for client in model.facts.treated:
        placed = model.placed[client.id]
        for item in prescribed(client):
            points = model.facts.services[item.service].points
            missing = item.min_count - credited(model, client, item)
            if not model.soft(RULE):
                model.cp.add(missing <= item.min_count * (1 - placed))
            yield Cost("service-delivery.missing", points * missing, points * item.min_count)


def credited(model: Model, client: Client, item: PrescribedService) -> Expr:
    """Sessions delivered, up to ``min_count``."""
    return model.delivered(client.id, item.service) - beyond(model, client, item)


def beyond(model: Model, client: Client, item: PrescribedService) -> Expr:
    """Sessions delivered beyond ``min_count``."""
    sessions = model.sessions_of(client.id, item.service)
    if len(sessions) <= item.min_count or item.max_count <= item.min_count:
        return 0
    if not model.facts.services[item.service].is_open_group:
        return sum(s.joins[client.id] for s in sessions[item.min_count :])
    key = (client.id, item.service)
    if key not in model.extras:
        model.extras[key] = _extra(model, client, item)
    return model.extras[key]


def _extra(model: Model, client: Client, item: PrescribedService) -> Expr:
    """max(0, joined − min_count), exactly: it is wanted for dose and unwanted for hours."""
    joined = model.delivered(client.id, item.service)
    most = len(model.sessions_of(client.id, item.service))
    extra = model.amount(most - item.min_count, f"{client.id} {item.service} beyond prescribed")
    model.cp.add_max_equality(extra, [joined - item.min_count, 0])
    return extra
