"""meeting-attendance: clients in the room within each block's band."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from iop_sched.cpsat.facts import MeetingKey, TimedBlock
from iop_sched.cpsat.model import Cost, Literal, Model
from iop_sched.week.people import Client

RULE = "meeting-attendance"


def present(model: Model) -> dict[MeetingKey, list[tuple[Client, Literal]]]:
    """Seats by meeting, with the client who takes each."""
    seats: dict[MeetingKey, list[tuple[Client, Literal]]] = defaultdict(list)
    for (client, key), lit in model.seat.items():
        seats[key].append((model.facts.clients[client], lit))
    return seats


def owning(timed: TimedBlock, seats: list[tuple[Client, Literal]]) -> list[tuple[Client, Literal]]:
    """The seats of clients who attend the block."""
    levels = timed.block.levels
    return [(client, lit) for client, lit in seats if not levels or client.level in levels]


def post(model: Model) -> Iterator[Cost]:
    """Cap and least attendance of every block of every meeting."""
    seats = present(model)
    for key in model.facts.meetings:
        for timed in model.facts.blocks(key):
            band = timed.block.attendance
            if band is not None:
                yield from _block(model, key, timed, owning(timed, seats[key]), band.min, band.max)


def _block(
    model: Model,
    key: MeetingKey,
    timed: TimedBlock,
    seats: list[tuple[Client, Literal]],
    least: int,
    most: int,
) -> Iterator[Cost]:
    name = f"{key.cohort}#{key.option} {key.day.code} {timed.block.id}"
    cap = max(most, _inherited(model, key, timed))
    counted = [lit for client, lit in seats if not model.facts.overridden(RULE, client.id)]
    if len(counted) > cap:
        if model.soft(RULE):
            over = model.excess(sum(counted), cap, len(counted) - cap, f"{name} above cap")
            yield Cost("meeting-attendance.above", over, len(counted) - cap)
        else:
            model.cp.add(sum(counted) <= cap)
    below = model.amount(least, f"{name} below least")
    model.cp.add(below >= least * model.held[key] - sum(lit for _, lit in seats))
    yield Cost("meeting-attendance.below", below, least)


def _inherited(model: Model, key: MeetingKey, timed: TimedBlock) -> int:
    levels = timed.block.levels
    return sum(
        previous.cohort == key.cohort and key.day in previous.days and (not levels or client.level in levels)
        for client in model.facts.current_treated
        if (previous := model.facts.previous[client.id])
    )
