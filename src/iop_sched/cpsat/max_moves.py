"""max-moves: few settled clients change cohort in one week."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat import eligibility, stay, track
from iop_sched.cpsat.columns import patterns
from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Cost, Model
from iop_sched.week.people import Client
from iop_sched.week.times import Day

RULE = "max-moves"


def settled(model: Model, client: Client) -> bool:
    """Whether a current client's old cohort, and a pattern in it, still fit."""
    cohort = model.facts.cohorts.get(model.facts.previous[client.id].cohort or "")
    if cohort is None or client.group_optional or not eligibility.admits(model, client, cohort):
        return False
    if not stay.spans(model, client):
        return False
    return any(
        pattern.goes_on or track.leaves(client, Day.SUN)
        for option in range(len(cohort.options))
        for pattern in patterns(model, client, MeetingKey(cohort.id, option, Day.MON))
    )


def post(model: Model) -> Iterator[Cost]:
    """At most ``max_moves`` settled clients are placed in another cohort."""
    limit = model.policy.limits.max_moves
    moves = [
        lit
        for client in model.facts.current_treated
        if not model.facts.overridden(RULE, client.id) and settled(model, client)
        for column, lit in model.columns[client.id]
        if column.cohort != model.facts.previous[client.id].cohort
    ]
    if limit is not None and moves:
        model.cp.add(sum(moves) <= limit)
    yield from ()
