"""rooms: one meeting or session in a room at a time, and everybody has a seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from iop_sched.cpsat.facts import MeetingKey, Place, on_day
from iop_sched.cpsat.meeting_attendance import owning, present
from iop_sched.cpsat.model import Cost, Literal, Model, SessionVars
from iop_sched.cpsat.separate import Timed
from iop_sched.cpsat.starts import Starts, common, restrict
from iop_sched.week.places import Room
from iop_sched.week.times import DAY_MINUTES, Day, Id, Interval, covers

RULE = "rooms"


def opening(room: Room, day: Day) -> list[Interval]:
    """When the room can be used on a day."""
    return on_day(room.available, day) if room.available else [(0, DAY_MINUTES)]


def declare(model: Model, session: SessionVars, day: Day, place: Place, starts: Starts) -> None:
    """Rooms in which a session can be on a day at a site; it has one of them if it needs one."""
    service = session.service
    if service.room_kind is None or place is None or not model.active(RULE):
        return
    people = (
        1 if service.is_open_group else model.facts.people(model.facts.clients[session.clients[0]], service)
    )
    literals = []
    for room in model.facts.week.rooms:
        if room.site != place or service.room_kind not in room.kinds or room.capacity < people:
            continue
        fits = common(starts, model.facts.starts(opening(room, day), service.minutes))
        if fits:
            used = model.bool(f"{session.key} {day.code} in {room.id}")
            restrict(model, session, day, starts, fits, used)
            session.room[day, place, room.id] = used
            literals.append(used)
    model.cp.add(sum(literals) == session.mode[day, place])


def declare_meetings(model: Model) -> None:
    """Rooms of meetings; each held meeting that needs one has one."""
    for key in model.facts.meetings if model.active(RULE) else ():
        cohort = model.facts.cohorts[key.cohort]
        if cohort.format == "in-person" and cohort.room_kind is not None:
            literals = []
            for room in model.facts.week.rooms:
                fits = covers(opening(room, key.day), model.facts.span(key))
                if room.site == cohort.site and cohort.room_kind in room.kinds and fits:
                    used = model.bool(f"{key.cohort}#{key.option} {key.day.code} in {room.id}")
                    model.room[key, room.id] = used
                    literals.append(used)
            model.cp.add(sum(literals) == model.held[key])


def post(model: Model) -> Iterator[Cost]:
    """No two uses of a room at once, and no more people than seats."""
    uses: dict[tuple[Id, Day], list[Timed]] = defaultdict(list)
    for (key, room), literal in model.room.items():
        start, end = (minute // model.facts.grid for minute in model.facts.span(key))
        uses[room, key.day].append(Timed(f"{room} {key}", start, end - start, None, literal))
    for session in model.sessions:
        size = model.facts.cells(session.service.minutes)
        for (day, _, room), literal in session.room.items():
            uses[room, day].append(Timed(f"{room} {session.key}", session.start[day], size, None, literal))
    for timed in uses.values():
        if len(timed) > 1:
            model.cp.add_no_overlap([t.interval(model) for t in timed])
            _cliques(model, timed)
    _meeting_seats(model)
    _session_seats(model)
    yield from ()


def _cliques(model: Model, timed: list[Timed]) -> None:
    """At most one of the meetings that share a cell: what the linear relaxation sees of no-overlap."""
    fixed = [t for t in timed if isinstance(t.start, int)]
    for at in sorted({t.start for t in fixed if isinstance(t.start, int)}):
        sharing = [t.literal for t in fixed if t.start <= at < t.start + t.size]
        if len(sharing) > 1:
            model.cp.add_at_most_one(sharing)


def _meeting_seats(model: Model) -> None:
    seats = present(model)
    rooms: dict[MeetingKey, list[tuple[int, Literal]]] = defaultdict(list)
    for (key, room), literal in model.room.items():
        rooms[key].append((model.facts.rooms[room].capacity, literal))
    for key, choices in rooms.items():
        attended = {
            tuple(sorted(client.id for client, _ in own)): own
            for own in (owning(timed, seats[key]) for timed in model.facts.blocks(key))
        }
        for own in attended.values():
            if len(own) > min(capacity for capacity, _ in choices):
                model.cp.add(sum(lit for _, lit in own) <= sum(cap * lit for cap, lit in choices))


def _session_seats(model: Model) -> None:
    for session in model.sessions:
        if session.service.is_open_group and session.room:
            seats = sum(model.facts.rooms[room].capacity * lit for (_, _, room), lit in session.room.items())
            people = sum(
                model.facts.people(model.facts.clients[client], session.service) * literal
                for client, literal in session.joins.items()
            )
            # online modes need no seat, so the bound holds only for what is in a room
            online = sum(lit for (_, place), lit in session.mode.items() if place is None)
            most = sum(model.facts.people(model.facts.clients[c], session.service) for c in session.joins)
            model.cp.add(people <= seats + most * online)
