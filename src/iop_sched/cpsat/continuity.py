"""continuity: moving a settled client costs trust."""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python import cp_model

from iop_sched.cpsat.model import Column, Cost, Literal, Model, Move, SessionVars
from iop_sched.cpsat.service_delivery import implies_place
from iop_sched.week.care import Cohort
from iop_sched.week.people import Client
from iop_sched.week.previous import PreviousPlacement, PreviousSession
from iop_sched.week.times import week_minute

RULE = "continuity"


def post(model: Model) -> Iterator[Cost]:
    """Cohort, slot, primary, leader, weekdays and session times that change."""
    for client in model.facts.current_treated:
        previous = model.facts.previous[client.id]
        columns = model.columns[client.id]
        yield _cohort(columns, previous)
        yield _slot(model, columns, previous)
        yield _days(columns, previous)
        if previous.primary is not None:
            others = [name for name in model.facts.clinicians if name != previous.primary]
            changed = [model.primary[client.id, k] for k in others if (client.id, k) in model.primary]
            yield Cost("continuity.primary", sum(changed), 1)
        yield from _sessions(model, client)
    yield from _leaders(model)


def _cohort(columns: list[tuple[Column, Literal]], previous: PreviousPlacement) -> Cost:
    moved = [
        lit for column, lit in columns if previous.cohort and column.cohort not in (None, previous.cohort)
    ]
    return Cost("continuity.cohort", sum(moved), 1)


def _slot(model: Model, columns: list[tuple[Column, Literal]], previous: PreviousPlacement) -> Cost:
    moved = [
        lit
        for column, lit in columns
        if column.cohort is not None
        and previous.slot is not None
        and model.facts.cohorts[column.cohort].options[column.option].slot != previous.slot
    ]
    return Cost("continuity.slot", sum(moved), 1)


def _days(columns: list[tuple[Column, Literal]], previous: PreviousPlacement) -> Cost:
    old = set(previous.days)
    lost = sum(
        lit * (min(len(old), len(column.days)) - len(old & set(column.days))) for column, lit in columns
    )
    return Cost("continuity.day", lost, len(old))


def _leaders(model: Model) -> Iterator[Cost]:
    for previous in model.facts.week.previous.leaders:
        cohort = model.facts.cohorts.get(previous.cohort)
        if cohort is not None and _has_lead(model, cohort):
            opened = sum(model.open[cohort.id, o] for o in range(len(cohort.options)))
            yield Cost("continuity.leader", opened - model.lead.get((cohort.id, previous.leader), 0), 1)


def _has_lead(model: Model, cohort: Cohort) -> bool:
    return any(need.lead for block in model.facts.agendas[cohort.agenda].blocks for need in block.staff)


def _sessions(model: Model, client: Client) -> Iterator[Cost]:
    cap = model.policy.limits.session_move_cap
    services = {s.service.id: s.service for s in model.sessions_of(client.id)}
    for name, service in services.items():
        if not service.is_open_group:
            before = model.facts.previous_sessions(client.id, name)
            for session, old in zip(model.sessions_of(client.id, name), before, strict=False):
                yield Cost("continuity.session", _moved(model, client, session, old, cap), cap)


def _moved(
    model: Model, client: Client, session: SessionVars, old: PreviousSession, cap: int
) -> cp_model.IntVar:
    """min(cap, minutes between old and new time) when the session takes place and the client is placed."""
    # a prescribed session implies a place; an assessment does not
    other = [] if implies_place(model, client, session.service.id) else [model.placed[client.id]]
    moved = model.amount(cap, f"{session.key} moved")
    grid = model.facts.grid
    for day, on in session.on.items():
        start = session.start[day]
        shift = grid * start + week_minute(day, 0) - week_minute(old.day, old.start)
        domain = model.cp.proto.variables[start.index].domain
        least = _least_shift(list(domain), grid, week_minute(day, 0) - week_minute(old.day, old.start))
        # the minutes that the day alone costs hold without knowing the start
        model.cp.add(moved >= min(cap, least) * (on + sum(other) - len(other)))
        if least < cap:
            far = model.bool(f"{session.key} {day.code} moved far")
            model.cp.add(moved >= cap).only_enforce_if(on, far, *other)
            model.cp.add(moved >= shift).only_enforce_if(on, ~far, *other)
            model.cp.add(moved >= -shift).only_enforce_if(on, ~far, *other)
    model.moves.append(Move(session, old, moved, tuple(other)))
    return moved


def _least_shift(domain: list[int], grid: int, offset: int) -> int:
    """Fewest minutes between any start of the domain (flat closed ranges of cells) and the old time."""
    least = None
    for first, last in zip(domain[::2], domain[1::2], strict=True):
        nearest = min(max(round(-offset / grid), first), last)
        for cell in (nearest - 1, nearest, nearest + 1):
            if first <= cell <= last:
                shift = abs(grid * cell + offset)
                least = shift if least is None else min(least, shift)
    return least or 0
