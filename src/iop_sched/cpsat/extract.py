"""Reading a roster off a solution."""

from __future__ import annotations

from collections.abc import Callable

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Literal, Model, SessionVars
from iop_sched.week.roster import (
    BlockStaff,
    Meeting,
    OpenCohort,
    Placement,
    Roster,
    Session,
    SessionStaff,
    TeamMeeting,
)
from iop_sched.week.times import WEEK, clock

Value = Callable[[Literal], int]


def roster(model: Model, value: Value) -> Roster:
    """The roster of a solution; ``value`` gives a variable's value in it."""
    cohorts = _cohorts(model, value)
    return Roster(
        cohorts=tuple(cohorts),
        placements=tuple(placements(model, value)),
        facilitation=tuple(_meetings(model, value, cohorts)),
        sessions=tuple(sorted(_sessions(model, value), key=lambda s: (s.day, s.start, s.service, s.clients))),
        team_meeting=tuple(_teams(model, value)),
    )


def _cohorts(model: Model, value: Value) -> list[OpenCohort]:
    opened = []
    for cohort in model.facts.week.cohorts:
        for index, option in enumerate(cohort.options):
            if value(model.open[cohort.id, index]):
                leaders = [k for (c, k), lit in model.lead.items() if c == cohort.id and value(lit)]
                opened.append(
                    OpenCohort(
                        cohort=cohort.id, slot=option.slot, days=option.days, leader=next(iter(leaders), None)
                    )
                )
    return opened


def placements(model: Model, value: Value) -> list[Placement]:
    """The placements of a solution."""
    found = []
    primaries = {client: k for (client, k), lit in model.primary.items() if value(lit)}
    for client, columns in model.columns.items():
        for column, literal in columns:
            if value(literal):
                found.append(
                    Placement(
                        client=client,
                        cohort=column.cohort,
                        days=column.days,
                        start=column.start,
                        last=column.last,
                        primary=primaries.get(client),
                    )
                )
    return found


def _meetings(model: Model, value: Value, cohorts: list[OpenCohort]) -> list[Meeting]:
    meetings = []
    opened = {cohort.cohort for cohort in cohorts}
    rooms = {key: room for (key, room), lit in model.room.items() if value(lit)}
    for key, held in model.held.items():
        if key.cohort in opened and value(model.open[key.cohort, key.option]):
            is_held = bool(value(held))
            staff = tuple(_staff(model, value, key)) if is_held else ()
            meetings.append(
                Meeting(cohort=key.cohort, day=key.day, held=is_held, room=rooms.get(key), staff=staff)
            )
    return meetings


def _staff(model: Model, value: Value, key: MeetingKey) -> list[BlockStaff]:
    leader = next((k for (m, k), lit in model.leads.items() if m == key and value(lit)), None)
    staff = []
    for timed in model.facts.blocks(key):
        for index in range(len(timed.block.staff)):
            led = model.facts.led(key, timed.block, index)
            people = [leader] if led and leader is not None else []
            people += [
                k
                for k in model.facts.clinicians
                if (literal := model.staff.get((key, timed.block.id, index, k))) is not None
                and value(literal)
            ]
            staff += [BlockStaff(block=timed.block.id, need=index, clinician=k) for k in people]
    return staff


def _sessions(model: Model, value: Value) -> list[Session]:
    return [session(model, value, s) for s in model.sessions if value(s.present)]


def session(model: Model, value: Value, s: SessionVars) -> Session:
    """A session that takes place in a solution."""
    day, place = next(mode for mode, literal in s.mode.items() if value(literal))
    staff = [
        SessionStaff(need=need, clinician=k)
        for (d, where, need, k), literal in s.staff.items()
        if (d, where) == (day, place) and value(literal)
    ]
    rooms = [r for (d, where, r), lit in s.room.items() if (d, where) == (day, place) and value(lit)]
    return Session(
        service=s.service.id,
        clients=tuple(client for client, literal in s.joins.items() if value(literal)),
        staff=tuple(staff),
        day=day,
        start=clock(value(s.start[day]) * model.facts.grid),
        site=place,
        room=next(iter(rooms), None),
        offering=s.offering,
    )


def _teams(model: Model, value: Value) -> list[TeamMeeting]:
    found = []
    for team, variables in model.teams.items():
        day = next(d for d in WEEK if d in variables.on and value(variables.on[d]))
        found.append(
            TeamMeeting(
                team=team,
                day=day,
                start=clock(value(variables.start[day]) * model.facts.grid),
                attendees=tuple(k for k, literal in variables.attends.items() if value(literal)),
            )
        )
    return found
