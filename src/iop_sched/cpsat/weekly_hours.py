"""weekly-hours: within the bands of the level and the prescription, as near to the target as can be."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat import dosage
from iop_sched.cpsat.model import Cost, Expr, Literal, Model
from iop_sched.week.people import Client

RULE = "weekly-hours"


def post(model: Model) -> Iterator[Cost]:
    """Floor prorated by attended days, ceiling, and minutes below target."""
    for client in model.facts.treated:
        assert client.prescription is not None
        given = dosage.block_minutes(model, client) + dosage.extra(model, client)
        needed = model.facts.needed(client)
        if not model.facts.overridden(RULE, client.id):
            _floor(model, client, given + needed)
            ceiling = model.facts.ceiling(client)
            if dosage.most(model, client) > ceiling:
                model.cp.add(dosage.total(model, client) <= ceiling)
        aim = max(0, client.prescription.hours.aim - needed)
        short = model.excess(aim - given, 0, aim, f"{client.id} minutes below target")
        yield Cost("weekly-hours.short", short, aim)


def _floor(model: Model, client: Client, credited: Expr) -> None:
    floor = model.facts.floor(client)
    if client.group_optional:
        model.cp.add(credited >= floor * model.placed[client.id])
        return
    attended = sum(literal for _, literal in model.seats_of(client.id))
    for size, literals in _by_size(model, client).items():
        # exact in whole numbers: n × minutes ≥ floor × attended days
        chosen = model.any_of(literals, f"{client.id} comes {size} days")
        model.cp.add(size * credited >= floor * attended).only_enforce_if(chosen)


def _by_size(model: Model, client: Client) -> dict[int, list[Literal]]:
    """Columns by number of pattern days, those left out whose floor holds whatever is held or left."""
    sizes: dict[int, list[Literal]] = {}
    floor, needed = model.facts.floor(client), model.facts.needed(client)
    may_leave = bool(model.inside_of(client.id))
    for column, literal in model.columns[client.id]:
        size = len(column.days)
        worst = size * needed
        for day in column.scheduled:
            own = model.facts.owned(client, column.meeting(day))
            worst += min(0, size * sum(t.block.minutes for t in own if t.block.counts) - floor)
        if worst < 0 or may_leave:
            sizes.setdefault(size, []).append(literal)
    return sizes
