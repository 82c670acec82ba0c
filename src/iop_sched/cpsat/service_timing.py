"""service-timing: spacing, at most k in any n days, and order; last week counts too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from iop_sched.cpsat.facts import MeetingKey, prescribed
from iop_sched.cpsat.model import Cost, Expr, Model, SessionVars
from iop_sched.week.care import Follows, Service
from iop_sched.week.people import Client
from iop_sched.week.times import WEEK

RULE = "service-timing"


def post(model: Model) -> Iterator[Cost]:
    """Every timing clause of every prescribed service of every client."""
    for client in model.facts.treated:
        if model.facts.overridden(RULE, client.id):
            continue
        for item in prescribed(client):
            service = model.facts.services[item.service]
            sessions = model.sessions_of(client.id, service.id)
            past = [s.day - 7 for s in model.facts.previous_sessions(client.id, service.id)]
            if service.spacing_days is not None:
                yield from _spacing(model, client, sessions, past, service.spacing_days)
            if service.at_most is not None:
                limit, run = service.at_most.count, service.at_most.days
                yield from _at_most(model, client, service, sessions, past, limit, run)
            if service.follows is not None:
                yield from _follows(model, client, service.follows, sessions)


def _spacing(
    model: Model, client: Client, sessions: list[SessionVars], past: list[int], spacing: int
) -> Iterator[Cost]:
    if model.soft(RULE):
        yield from _close_pairs(model, client, sessions, past, spacing)
        return
    for first in range(1 - spacing, 7):
        days = range(first, first + spacing)
        free = 0 if any(day in days for day in past) else 1
        model.cp.add(sum(s.attends_on(client.id, d) for s in sessions for d in WEEK if d in days) <= free)


def _close_pairs(
    model: Model, client: Client, sessions: list[SessionVars], past: list[int], spacing: int
) -> Iterator[Cost]:
    for one, other in combinations(sessions, 2):
        close = model.bool(f"{client.id} {one.key} and {other.key} too close")
        for day in WEEK:
            near = sum(other.attends_on(client.id, d) for d in WEEK if abs(d - day) < spacing)
            model.cp.add(close >= one.attends_on(client.id, day) + near - 1)
        yield Cost("service-timing", close, 1)
    for before in past:
        for session in sessions:
            near = sum(session.attends_on(client.id, d) for d in WEEK if d - before < spacing)
            yield Cost("service-timing", near, 1)


def _at_most(
    model: Model,
    client: Client,
    service: Service,
    sessions: list[SessionVars],
    past: list[int],
    limit: int,
    run: int,
) -> Iterator[Cost]:
    for first in range(1 - run, 7):
        days = range(first, first + run)
        before = sum(day in days for day in past)
        now = sum(s.attends_on(client.id, d) for s in sessions for d in WEEK if d in days)
        if len(sessions) + before <= limit:
            continue
        if not model.soft(RULE):
            model.cp.add(now <= max(0, limit - before))
            continue
        upper = len(sessions) + before - limit
        over = model.amount(upper, f"{client.id} {service.id} too many from day {first}")
        some = model.bool(f"{client.id} {service.id} some from day {first}")
        model.cp.add(now <= len(sessions) * some)
        model.cp.add(over >= now + before - limit).only_enforce_if(some)
        yield Cost("service-timing", over, upper)


def _follows(model: Model, client: Client, follows: Follows, sessions: list[SessionVars]) -> Iterator[Cost]:
    for session in sessions:
        for day in WEEK:
            attends = session.attends_on(client.id, day)
            if isinstance(attends, int):
                continue
            window = range(day - follows.max_days, day - follows.min_days + 1)
            if _in_the_past(model, client, follows, window):
                continue
            before = _this_week(model, client, follows, window)
            if model.soft(RULE):
                alone = model.excess(
                    attends - before, 0, 1, f"{client.id} {session.key} {day.code} follows nothing"
                )
                yield Cost("service-timing", alone, 1)
            else:
                model.cp.add(attends <= before)


def _in_the_past(model: Model, client: Client, follows: Follows, window: range) -> bool:
    sessions = model.facts.previous_sessions(client.id, follows.service) if follows.service else []
    if any(s.day - 7 in window for s in sessions):
        return True
    previous = model.facts.previous.get(client.id)
    cohort = model.facts.cohorts.get(previous.cohort or "") if previous else None
    if previous is None or cohort is None or cohort.status != "running":
        return False
    return any(
        day - 7 in window and _has_block(model, client, follows, MeetingKey(cohort.id, 0, day))
        for day in previous.days
    )


def _this_week(model: Model, client: Client, follows: Follows, window: range) -> Expr:
    days = [day for day in WEEK if day in window]
    sessions = model.sessions_of(client.id, follows.service) if follows.service else []
    return sum(s.attends_on(client.id, day) for s in sessions for day in days) + sum(
        seat
        for day in days
        for key, seat in model.seats_of(client.id, day)
        if _has_block(model, client, follows, key)
    )


def _has_block(model: Model, client: Client, follows: Follows, key: MeetingKey) -> bool:
    kinds = {timed.block.kind for timed in model.facts.owned(client, key)}
    return follows.block_kind is not None and follows.block_kind in kinds
