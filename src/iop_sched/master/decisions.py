"""Which of the full model's variables the master decides, and which it leaves to the timetable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Literal, Model, SessionVars
from iop_sched.week.times import Day, Id


def places(model: Model) -> set[int]:
    """Which cohorts open, and who has a place where, on which days."""
    columns = (literal for found in model.columns.values() for _, literal in found)
    return {literal.index for literal in chain(columns, model.open.values())}


def frame(model: Model) -> set[int]:
    """The week's frame: cohorts, places, leaders and staff of meetings, primaries, the care teams' days."""
    people = chain(model.lead.values(), model.leads.values(), model.staff.values(), model.primary.values())
    teams = (literal for team in model.teams.values() for literal in team.on.values())
    return places(model) | {literal.index for literal in chain(people, teams)}


def of_session(session: SessionVars) -> set[int]:
    """Everything about one session but its start and room."""
    literals = chain(
        (session.present,),
        session.on.values(),
        session.mode.values(),
        session.staff.values(),
        session.joins.values(),
        (literal for places in session.joins_on.values() for literal in places.values()),
    )
    return {literal.index for literal in literals}


def groups(model: Model) -> list[set[int]]:
    """Decisions made together: all about one session, one meeting's staff, one care team's people."""
    found = [of_session(session) for session in model.sessions]
    meetings: dict[MeetingKey, set[int]] = defaultdict(set)
    for (key, _), literal in model.leads.items():
        meetings[key].add(literal.index)
    for (key, *_), literal in model.staff.items():
        meetings[key].add(literal.index)
    found += meetings.values()
    for team in model.teams.values():
        people = chain(team.on.values(), team.attends.values(), team.attends_on.values())
        found.append({literal.index for literal in people})
    return found


def implied(model: Model) -> dict[int, set[int]]:
    """For decisions by column: others that hold whenever they do."""
    found: dict[int, set[int]] = defaultdict(set)
    for session in model.sessions:
        for (day, place), mode in session.mode.items():
            found[mode.index] |= {session.on[day].index, session.present.index}
            for where, staff in session.staff.items():
                if where[:2] == (day, place):
                    found[staff.index] |= {mode.index, *found[mode.index]}
            for client in session.clients:
                attends = session.joins_on.get((client, day), {}).get(place)
                if attends is not None:
                    found[attends.index] |= {mode.index, session.joins[client].index, *found[mode.index]}
    for (_, key), seat in model.seat.items():
        found[seat.index].add(model.held[key].index)
    return {column: others - {column} for column, others in found.items()}


def all_of(model: Model) -> set[int]:
    """Every variable that the master decides."""
    found = frame(model)
    for session in model.sessions:
        found |= of_session(session)
    for team in model.teams.values():
        found |= {literal.index for literal in chain(team.attends.values(), team.attends_on.values())}
    others = chain(model.placed.values(), model.held.values(), model.seat.values())
    return found | {literal.index for literal in others}


def of_day(model: Model, day: Day) -> set[int]:
    """The decisions that take somebody's time on one day, and the places, which open and close days."""
    return {literal.index for literal in _of_day(model, day)}


def _of_day(model: Model, day: Day) -> Iterator[Literal]:
    for found in model.columns.values():
        yield from (literal for _, literal in found)
    yield from (literal for (_, key), literal in model.seat.items() if key.day == day)
    yield from (literal for key, literal in model.held.items() if key.day == day)
    yield from (literal for (key, _), literal in model.leads.items() if key.day == day)
    yield from (literal for (key, *_), literal in model.staff.items() if key.day == day)
    for session in model.sessions:
        yield from (literal for d, literal in session.on.items() if d == day)
        yield from (literal for (d, _), literal in session.mode.items() if d == day)
        yield from (literal for (d, *_), literal in session.staff.items() if d == day)
        for (_, d), places in session.joins_on.items():
            if d == day:
                yield from places.values()
    for team in model.teams.values():
        yield from (literal for d, literal in team.on.items() if d == day)
        yield from (literal for (_, d), literal in team.attends_on.items() if d == day)


def unlike_last_week(model: Model) -> set[int]:
    """Decisions that a first roster can do without: what differs from last week for those who had a place.

    Other cohorts and days of current clients whose own still exist, other leaders of cohorts, and clinicians
    other than the primary for individual sessions that the primary may give.
    """
    facts, found = model.facts, other_places(model)
    pinned = {pin.cohort.cohort for pin in facts.week.pins if pin.cohort}
    for leader in facts.week.previous.leaders:
        if leader.cohort in pinned:
            continue
        leads = {
            who: literal.index for (cohort, who), literal in model.lead.items() if cohort == leader.cohort
        }
        if leader.leader in leads:
            found |= set(leads.values()) - {leads[leader.leader]}
    return found


def other_places(model: Model) -> set[int]:
    """The same, with every leader of a cohort free.

    Of those about whom there is a pin, nothing is left out: it may ask for something else than last week.
    """
    found, pinned = set[int](), _pinned_clients(model)
    for client, before in model.facts.previous.items():
        if client in pinned:
            continue
        columns = model.columns.get(client, [])
        same = {lit.index for col, lit in columns if (col.cohort, col.days) == (before.cohort, before.days)}
        if same:
            found |= {literal.index for _, literal in columns} - same
    for session in model.sessions:
        if not session.service.is_open_group and session.clients[0] not in pinned:
            found |= _other_givers(model, session)
    return found


def _pinned_clients(model: Model) -> set[Id]:
    about = (pin.place or pin.session for pin in model.facts.week.pins)
    return {one.client for one in about if one}


def meetings(model: Model) -> dict[int, int]:
    """Whether each meeting is held, and whether its cohort is open with the option it belongs to."""
    return {held.index: model.open[key.cohort, key.option].index for key, held in model.held.items()}


def _other_givers(model: Model, session: SessionVars) -> set[int]:
    before = model.facts.previous.get(session.clients[0])
    primary = before.primary if before else None
    own = {literal.index for (*_, who), literal in session.staff.items() if who == primary}
    return {literal.index for literal in session.staff.values()} - own if own else set()
