"""A roster's decisions as values of a model's variables, to fix the model to them or to hint at them.

The counterpart of ``extract``. A model that is fixed is feasible exactly when it accepts the roster: a
decision for which it has no variable makes it infeasible, as the model has then ruled it out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Protocol, TypeVar

from ortools.sat.python import cp_model

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Literal, Model, SessionVars
from iop_sched.week.roster import OpenCohort, Roster, Session, TeamMeeting
from iop_sched.week.times import Id

Key = TypeVar("Key", bound=Hashable)


class Sink(Protocol):
    """What is done with the values."""

    def take(self, variable: cp_model.IntVar, value: int) -> None:
        """A variable's value in the roster."""

    def refuse(self) -> None:
        """The model has no variable for one of the roster's decisions."""


class _Fixing:
    def __init__(self, cp: cp_model.CpModel) -> None:
        self.cp = cp

    def take(self, variable: cp_model.IntVar, value: int) -> None:
        self.cp.add(variable == value)

    def refuse(self) -> None:
        self.cp.add_bool_or([])


class _Hinting:
    def __init__(self) -> None:
        self.values: dict[int, int] = {}

    def take(self, variable: cp_model.IntVar, value: int) -> None:
        self.values[variable.index] = value

    def refuse(self) -> None:
        """A hint may say less than all."""


def fix(model: Model, roster: Roster, cp: cp_model.CpModel | None = None) -> None:
    """Hold every decision at what a well-formed roster says; in ``cp``, a clone, if given."""
    _assign(model, roster, _Fixing(model.cp if cp is None else cp))


def hint(model: Model, roster: Roster) -> dict[int, int]:
    """The decisions that the model knows of a roster of this or a similar week, by variable index."""
    sink = _Hinting()
    _assign(model, known(model, roster), sink)
    return sink.values


def known(model: Model, roster: Roster) -> Roster:
    """The part of a roster that is about people, cohorts and services of this week."""
    facts = model.facts
    cohorts = [one for one in roster.cohorts if one.cohort in facts.cohorts and options(model, one)]
    names = {one.cohort for one in cohorts}
    return Roster(
        cohorts=tuple(cohorts),
        placements=tuple(
            one
            for one in roster.placements
            if one.client in facts.clients and (one.cohort is None or one.cohort in names)
        ),
        facilitation=tuple(one for one in roster.facilitation if one.cohort in names),
        sessions=tuple(
            one
            for one in roster.sessions
            if one.service in facts.services and set(one.clients) <= set(facts.clients)
        ),
        team_meeting=tuple(one for one in roster.team_meeting if one.team in model.teams),
    )


def _assign(model: Model, roster: Roster, sink: Sink) -> None:
    opened = {
        one.cohort: MeetingKey(one.cohort, options(model, one)[0], one.days[0]) for one in roster.cohorts
    }
    _exactly(sink, model.open, {(key.cohort, key.option) for key in opened.values()})
    if any(one.leader for one in roster.cohorts) or model.lead:
        _exactly(sink, model.lead, {(one.cohort, one.leader) for one in roster.cohorts if one.leader})
    _placements(model, roster, opened, sink)
    _meetings(model, roster, opened, sink)
    _sessions(model, roster, sink)
    for team in roster.team_meeting:
        _team(model, team, sink)
    if set(model.teams) != {team.team for team in roster.team_meeting}:
        sink.refuse()


def options(model: Model, opened: OpenCohort) -> list[int]:
    """The cohort's option that the roster follows, by number; none when it has changed since."""
    options = enumerate(model.facts.cohorts[opened.cohort].options)
    wanted = (opened.slot, set(opened.days))
    return [number for number, option in options if (option.slot, set(option.days)) == wanted]


def _exactly(sink: Sink, literals: dict[Key, Literal], chosen: Iterable[Key]) -> None:
    """The chosen literals hold, all others do not; one that does not exist cannot hold."""
    wanted = set(chosen)
    for key, literal in literals.items():
        sink.take(literal, int(key in wanted))
    if wanted - set(literals):
        sink.refuse()


def _placements(model: Model, roster: Roster, opened: dict[Id, MeetingKey], sink: Sink) -> None:
    placements = {placement.client: placement for placement in roster.placements}
    for client, columns in model.columns.items():
        wanted = placements.get(client)
        found = 0
        for column, literal in columns:
            same = (
                wanted is not None
                and (column.cohort, column.days) == (wanted.cohort, wanted.days)
                and (column.start, column.last) == (wanted.start, wanted.last)
                and (column.cohort is None or column.option == opened[column.cohort].option)
            )
            sink.take(literal, int(same))
            found += same
        if wanted is not None and found != 1:
            sink.refuse()
    _exactly(
        sink,
        model.primary,
        {(placement.client, placement.primary) for placement in roster.placements if placement.primary},
    )


def _meetings(model: Model, roster: Roster, opened: dict[Id, MeetingKey], sink: Sink) -> None:
    held = {
        opened[meeting.cohort]._replace(day=meeting.day): meeting
        for meeting in roster.facilitation
        if meeting.held
    }
    _exactly(sink, model.held, held)
    _exactly(sink, model.room, {(key, meeting.room) for key, meeting in held.items() if meeting.room})
    leaders = {one.cohort: one.leader for one in roster.cohorts}
    leads, staff = set(), set()
    for key, meeting in held.items():
        led, leader = _led(model, key), leaders[key.cohort]
        if led and leader is not None:
            leads.add((key, leader))
        for entry in meeting.staff:
            if entry.clinician == leader and (entry.block, entry.need) in led:
                led.remove((entry.block, entry.need))
            else:
                staff.add((key, entry.block, entry.need, entry.clinician))
        if led:
            sink.refuse()
    _exactly(sink, model.leads, leads)
    _exactly(sink, model.staff, staff)


def _led(model: Model, key: MeetingKey) -> set[tuple[Id, int]]:
    """The needs, by block and number, that the leader fills; none when nobody leads."""
    if not model.lead:
        return set()
    return {
        (timed.block.id, number)
        for timed in model.facts.blocks(key)
        for number in range(len(timed.block.staff))
        if model.facts.led(key, timed.block, number)
    }


def _sessions(model: Model, roster: Roster, sink: Sink) -> None:
    left = sorted(roster.sessions, key=lambda session: (session.day, session.start))
    for variables in model.sessions:
        session = next((one for one in left if _is_copy(variables, one)), None)
        if session is None:
            sink.take(variables.present, 0)
        else:
            left.remove(session)
            _session(model, variables, session, sink)
    if left:
        sink.refuse()


def _is_copy(variables: SessionVars, session: Session) -> bool:
    """Copies stand in order of time, so the first that is left belongs to the first variables."""
    if (variables.service.id, variables.offering) != (session.service, session.offering):
        return False
    return variables.service.is_open_group or variables.clients == session.clients


def _session(model: Model, variables: SessionVars, session: Session, sink: Sink) -> None:
    day, place = session.day, session.site
    sink.take(variables.present, 1)
    _exactly(sink, variables.mode, {(day, place)})
    if day in variables.start:
        _start(model, variables.start[day], session.start, sink)
    _exactly(sink, variables.staff, {(day, place, entry.need, entry.clinician) for entry in session.staff})
    _exactly(sink, variables.room, {(day, place, session.room)} if session.room else ())
    _exactly(sink, variables.joins, session.clients)


def _team(model: Model, meeting: TeamMeeting, sink: Sink) -> None:
    variables = model.teams.get(meeting.team)
    if variables is None:
        return
    _exactly(sink, variables.on, {meeting.day})
    if meeting.day in variables.start:
        _start(model, variables.start[meeting.day], meeting.start, sink)
    _exactly(sink, variables.attends, meeting.attendees)


def _start(model: Model, variable: cp_model.IntVar, start: int, sink: Sink) -> None:
    if start % model.facts.grid:
        sink.refuse()
    sink.take(variable, start // model.facts.grid)
