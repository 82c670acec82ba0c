"""program-day: a billed day is long enough, no day too long, nor with too many or too few services."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat import dosage
from iop_sched.cpsat.model import Cost, Expr, Model
from iop_sched.week.people import Client
from iop_sched.week.times import WEEK, Day

RULE = "program-day"


def post(model: Model) -> Iterator[Cost]:
    """Floor on attended days, ceilings on every day, few days with sessions alone."""
    for client in model.facts.treated:
        if model.facts.overridden(RULE, client.id):
            continue
        for day in WEEK:
            _minutes(model, client, day)
            _services(model, client, day)
        _service_only(model, client)
    yield from ()


def _minutes(model: Model, client: Client, day: Day) -> None:
    band = model.facts.levels[client.level].day_hours
    minutes = dosage.minutes_on(model, client, day)
    left = any(inside.meeting.day == day for inside in model.inside_of(client.id))
    for key, seat in model.seats_of(client.id, day):
        blocks = sum(t.block.minutes for t in model.facts.owned(client, key) if t.block.counts)
        if blocks < band.floor or left:
            model.cp.add(minutes >= band.floor).only_enforce_if(seat)
    if dosage.most_on(model, client, day) > band.ceiling:
        model.cp.add(minutes <= band.ceiling * model.placed[client.id])


def _services(model: Model, client: Client, day: Day) -> None:
    band = model.facts.levels[client.level].services_per_day
    if band is None:
        return
    sessions = sum(s.attends_on(client.id, day) for s in model.sessions_of(client.id))
    seats = model.seats_of(client.id, day)
    blocks: Expr = 0
    for key, seat in seats:
        own = sum(t.block.counts for t in model.facts.owned(client, key))
        blocks += own * seat
    model.cp.add(blocks + sessions <= band.max).only_enforce_if(model.placed[client.id])
    for key, seat in seats:
        if sum(t.block.counts for t in model.facts.owned(client, key)) < band.min:
            model.cp.add(blocks + sessions >= band.min).only_enforce_if(seat)


def _service_only(model: Model, client: Client) -> None:
    most = model.facts.levels[client.level].service_only_days
    if most is None or client.group_optional:
        return
    alone = []
    for day in WEEK:
        sessions = [s.attends_on(client.id, day) for s in model.dosage_sessions(client) if day in s.on]
        if sessions:
            meeting = sum(seat for _, seat in model.seats_of(client.id, day))
            day_alone = model.bool(f"{client.id} {day.code} sessions alone")
            for attends in sessions:
                model.cp.add(day_alone >= attends - meeting)
            alone.append(day_alone)
    if len(alone) > most:
        model.cp.add(sum(alone) <= most)
