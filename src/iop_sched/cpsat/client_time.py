"""client-time: work, school and family come first; no client is in two places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from iop_sched.cpsat.facts import MeetingKey, Place, TimedBlock, on_day, within
from iop_sched.cpsat.model import Cost, Inside, Literal, Model, SessionVars
from iop_sched.cpsat.separate import Timed, keep_apart
from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, Interval, covers, subtract

RULE = "client-time"


def admits(model: Model, client: Client, key: MeetingKey) -> bool:
    """Whether the client's blocks of a meeting lie in the client's free hours."""
    if _waived(model, client):
        return True
    free = model.facts.client_free(client.id, key.day)
    return all(covers(free, (timed.start, timed.end)) for timed in model.facts.owned(client, key))


def free(model: Model, client: Client, service: Service, day: Day) -> list[Interval]:
    """Minutes of a day in which the client, and the family if it attends, can have a session."""
    if _waived(model, client):
        return [(0, DAY_MINUTES)]
    hours = subtract(model.facts.client_free(client.id, day), on_day(client.absences, day))
    family = client.family.available if service.family and client.family else ()
    return within(hours, family, day)


def _waived(model: Model, client: Client) -> bool:
    return not model.active(RULE) or model.facts.overridden(RULE, client.id)


class _Attended(NamedTuple):
    """A stretch of a meeting, and the literals any of which makes the client attend it."""

    start: int
    end: int
    place: Place
    literals: list[Literal]


def post(model: Model) -> Iterator[Cost]:
    """Sessions and attended blocks of a client do not overlap, and leave time to travel."""
    for client in model.facts.week.clients:
        for day in WEEK:
            _day(model, client, day)
    yield from ()


def _day(model: Model, client: Client, day: Day) -> None:
    sessions = [s for s in model.sessions_of(client.id) if s.joins_on.get((client.id, day))]
    if not sessions:
        return
    solid, leavable = _attended(model, client, day)
    fixed = [_timed(model, client, day, span) for span in solid]
    sessions_here = [_session(model, client, day, s) for s in sessions]
    model.cp.add_no_overlap([t.interval(model) for t in [*fixed, *sessions_here]])
    if leavable:
        outside = [
            _outside(model, client, day, s, t, leavable) for s, t in zip(sessions, sessions_here, strict=True)
        ]
        blocks = [
            _timed(model, client, day, _span(model, key, [timed], literal))
            for key, timed, literal in leavable
        ]
        model.cp.add_no_overlap([t.interval(model) for t in [*blocks, *outside]])
        fixed += blocks
    _travel(model, client, day, fixed, sessions)


def _attended(
    model: Model, client: Client, day: Day
) -> tuple[list[_Attended], list[tuple[MeetingKey, TimedBlock, Literal]]]:
    """Stretches that no session may touch, alike ones joined; and blocks that may be left."""
    solid: dict[tuple[int, int, Place], list[Literal]] = defaultdict(list)
    leavable = []
    for key, literal in model.seats_of(client.id, day):
        for timed in model.facts.owned(client, key):
            if timed.block.may_leave:
                leavable.append((key, timed, literal))
        for run in _runs([t for t in model.facts.owned(client, key) if not t.block.may_leave]):
            span = _span(model, key, run, literal)
            solid[span.start, span.end, span.place].append(literal)
    return [_Attended(*where, literals) for where, literals in solid.items()], leavable


def _runs(blocks: list[TimedBlock]) -> Iterator[list[TimedBlock]]:
    """Blocks without a gap between them, together."""
    run: list[TimedBlock] = []
    for timed in blocks:
        if run and run[-1].end != timed.start:
            yield run
            run = []
        run.append(timed)
    if run:
        yield run


def _span(model: Model, key: MeetingKey, run: list[TimedBlock], literal: Literal) -> _Attended:
    place = model.facts.meeting_place(model.facts.cohorts[key.cohort])
    grid = model.facts.grid
    return _Attended(run[0].start // grid, run[-1].end // grid, place, [literal])


def _timed(model: Model, client: Client, day: Day, span: _Attended) -> Timed:
    name = f"{client.id} {day.code} attends cells {span.start}-{span.end}"
    literal = span.literals[0]
    if len(span.literals) > 1:
        # one placement a client, so at most one of the literals holds
        literal = model.bool(name)
        model.cp.add(sum(span.literals) == literal)
    return Timed(name, span.start, span.end - span.start, span.place, literal)


def _session(model: Model, client: Client, day: Day, session: SessionVars) -> Timed:
    places = session.joins_on[client.id, day]
    literal = next(iter(places.values()))
    if len(places) > 1:
        literal = model.bool(f"{client.id} at {session.key} {day.code}")
        model.cp.add(sum(places.values()) == literal)
    size = model.facts.cells(session.service.minutes)
    return Timed(f"{client.id} {session.key} {day.code}", session.start[day], size, None, literal)


def _outside(
    model: Model,
    client: Client,
    day: Day,
    session: SessionVars,
    timed: Timed,
    leavable: list[tuple[MeetingKey, TimedBlock, Literal]],
) -> Timed:
    """The session as far as it does not lie inside a block that the client may leave."""
    inside = []
    grid = model.facts.grid
    for key, block, seat in leavable:
        place = model.facts.meeting_place(model.facts.cohorts[key.cohort])
        near = [lit for where, lit in session.joins_on[client.id, day].items() if where in (None, place)]
        too_long = session.service.minutes > block.block.minutes
        if too_long or block.end - block.start < timed.size * grid or not near:
            continue
        literal = model.bool(f"{timed.name} inside {key.cohort}#{key.option} {block.block.id}")
        model.cp.add_implication(literal, seat)
        model.cp.add(literal <= sum(near))
        model.cp.add(timed.start >= block.start // grid).only_enforce_if(literal)
        model.cp.add(timed.start + timed.size <= block.end // grid).only_enforce_if(literal)
        model.add_inside(Inside(client.id, session, key, block.block, literal))
        inside.append(literal)
    if not inside:
        return timed
    outside = model.bool(f"{timed.name} outside")
    model.cp.add(outside + sum(inside) == timed.literal)
    return timed._replace(name=f"{timed.name} outside", literal=outside)


def _travel(model: Model, client: Client, day: Day, fixed: list[Timed], sessions: list[SessionVars]) -> None:
    placed = [
        Timed(
            f"{client.id} {s.key} {place}", s.start[day], model.facts.cells(s.service.minutes), place, literal
        )
        for s in sessions
        for place, literal in s.joins_on[client.id, day].items()
    ]
    for one, other in combinations([*fixed, *placed], 2):
        keep_apart(model, one, other, model.facts.cells(model.facts.travel(one.place, other.place)))
