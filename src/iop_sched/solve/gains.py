"""What a roster adds for clients whom the change does not touch: it disturbs nothing, and nobody asked.

A client who keeps the cohort and all days gains 1 for each day more, 1 for a first primary, and 1 for each
session of a service more than before. Whoever is moved gains nothing: that is no longer the same week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from iop_sched.cpsat.model import Column, Expr, Model
from iop_sched.cpsat.tiers import Objective
from iop_sched.week.roster import Placement, Roster
from iop_sched.week.times import Id

NAME = "gains"
"""What the tier is called that holds them."""


def gained(before: Roster, after: Roster, clients: Collection[Id]) -> int:
    """How much the clients have gained."""
    return by_client(before, after, clients).total()


def by_client(before: Roster, after: Roster, clients: Collection[Id]) -> Counter[Id]:
    """The same of each of them who has gained something."""
    was = {one.client: one for one in before.placements if one.client in clients}
    stays = {
        one.client: one for one in after.placements if one.client in was and _keeps(was[one.client], one)
    }
    found = Counter[Id]()
    for client, one in stays.items():
        found[client] += len(set(one.days) - set(was[client].days))
        found[client] += was[client].primary is None is not one.primary
    for (client, _), more in (_attended(after, stays) - _attended(before, stays)).items():
        found[client] += more
    return +found


def objective(model: Model, before: Roster, clients: Collection[Id]) -> Objective:
    """The same of the model's rosters, exact where it is minimised; variables are added to the model."""
    attended = _attended(before, clients)
    amounts = [
        one for old in before.placements if old.client in clients for one in _amounts(model, old, attended)
    ]
    return Objective(NAME, sum(amount for amount, _ in amounts), sum(upper for _, upper in amounts))


def _keeps(old: Placement, new: Placement | Column) -> bool:
    return old.cohort == new.cohort and set(old.days) <= set(new.days)


def _attended(roster: Roster, clients: Collection[Id]) -> Counter[tuple[Id, Id]]:
    """Sessions of each of the clients, by service."""
    return Counter(
        (client, one.service) for one in roster.sessions for client in one.clients if client in clients
    )


def _amounts(model: Model, old: Placement, attended: Counter[tuple[Id, Id]]) -> Iterator[tuple[Expr, int]]:
    """What one client gains, each amount with the most that it can be."""
    client = old.client
    kept = [(column, literal) for column, literal in model.columns.get(client, []) if _keeps(old, column)]
    keeps = sum(literal for _, literal in kept)
    more = [(len(set(column.days) - set(old.days)), literal) for column, literal in kept]
    yield sum(number * literal for number, literal in more), max((number for number, _ in more), default=0)
    primaries = [literal for (who, _), literal in model.primary.items() if who == client]
    if old.primary is None and primaries:
        yield model.excess(sum(primaries) + keeps, 1, 1, f"{client} gains a primary"), 1
    for service in dict.fromkeys(one.service.id for one in model.sessions_of(client)):
        most = len(model.sessions_of(client, service))
        left = most - attended[client, service]
        if left > 0:
            delivered = model.delivered(client, service) + left * keeps
            name = f"{client} gains {service}"
            yield model.excess(delivered, most, left, name), left
