"""Fixing a model's decisions to those of a roster; the model is then feasible exactly when it accepts it.

The counterpart of ``extract``. A decision for which the model has no variable makes it infeasible, as the
model has then ruled it out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Literal, Model, SessionVars
from iop_sched.week.roster import OpenCohort, Roster, Session, TeamMeeting
from iop_sched.week.times import Id

Key = TypeVar("Key", bound=Hashable)


def fix(model: Model, roster: Roster) -> None:
    """Hold every decision at what the roster, which must be well formed, says."""
    opened = {one.cohort: MeetingKey(one.cohort, _option(model, one), one.days[0]) for one in roster.cohorts}
    _exactly(model, model.open, {(key.cohort, key.option) for key in opened.values()})
    if any(one.leader for one in roster.cohorts) or model.lead:
        _exactly(model, model.lead, {(one.cohort, one.leader) for one in roster.cohorts if one.leader})
    _placements(model, roster, opened)
    _meetings(model, roster, opened)
    _sessions(model, roster)
    for team in roster.team_meeting:
        _team(model, team)
    if set(model.teams) != {team.team for team in roster.team_meeting}:
        _refuse(model)


def _option(model: Model, opened: OpenCohort) -> int:
    options = model.facts.cohorts[opened.cohort].options
    return next(
        number
        for number, option in enumerate(options)
        if (option.slot, set(option.days)) == (opened.slot, set(opened.days))
    )


def _refuse(model: Model) -> None:
    model.cp.add_bool_or([])


def _exactly(model: Model, literals: dict[Key, Literal], chosen: Iterable[Key]) -> None:
    """The chosen literals hold, all others do not; one that does not exist cannot hold."""
    wanted = set(chosen)
    for key, literal in literals.items():
        model.cp.add(literal == (key in wanted))
    if wanted - set(literals):
        _refuse(model)


def _placements(model: Model, roster: Roster, opened: dict[Id, MeetingKey]) -> None:
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
            model.cp.add(literal == same)
            found += same
        if wanted is not None and found != 1:
            _refuse(model)
    _exactly(
        model,
        model.primary,
        {(placement.client, placement.primary) for placement in roster.placements if placement.primary},
    )


def _meetings(model: Model, roster: Roster, opened: dict[Id, MeetingKey]) -> None:
    held = {
        opened[meeting.cohort]._replace(day=meeting.day): meeting
        for meeting in roster.facilitation
        if meeting.held
    }
    _exactly(model, model.held, held)
    _exactly(model, model.room, {(key, meeting.room) for key, meeting in held.items() if meeting.room})
    leaders = {one.cohort: one.leader for one in roster.cohorts}
    staff = set()
    for key, meeting in held.items():
        led = _led(model, key)
        for entry in meeting.staff:
            if entry.clinician == leaders[key.cohort] and (entry.block, entry.need) in led:
                led.remove((entry.block, entry.need))
            else:
                staff.add((key, entry.block, entry.need, entry.clinician))
        if led:
            _refuse(model)
    _exactly(model, model.staff, staff)


def _led(model: Model, key: MeetingKey) -> set[tuple[Id, int]]:
    """The needs, by block and number, that the leader fills; none when nobody leads."""
    if not model.lead:
        return set()
    return {
        (timed.block.id, number)
        for timed in model.facts.blocks(key)
        for number, need in enumerate(timed.block.staff)
        if need.lead
    }


def _sessions(model: Model, roster: Roster) -> None:
    left = sorted(roster.sessions, key=lambda session: (session.day, session.start))
    for variables in model.sessions:
        session = next((one for one in left if _is_copy(variables, one)), None)
        if session is None:
            model.cp.add(variables.present == 0)
        else:
            left.remove(session)
            _session(model, variables, session)
    if left:
        _refuse(model)


def _is_copy(variables: SessionVars, session: Session) -> bool:
    """Copies stand in order of time, so the first that is left belongs to the first variables."""
    if (variables.service.id, variables.offering) != (session.service, session.offering):
        return False
    return variables.service.is_open_group or variables.clients == session.clients


def _session(model: Model, variables: SessionVars, session: Session) -> None:
    day, place = session.day, session.site
    model.cp.add(variables.present == 1)
    _exactly(model, variables.mode, {(day, place)})
    if day in variables.start:
        model.cp.add(model.facts.grid * variables.start[day] == session.start)
    _exactly(model, variables.staff, {(day, place, entry.need, entry.clinician) for entry in session.staff})
    _exactly(model, variables.room, {(day, place, session.room)} if session.room else ())
    _exactly(model, variables.joins, session.clients)


def _team(model: Model, meeting: TeamMeeting) -> None:
    variables = model.teams.get(meeting.team)
    if variables is None:
        return
    _exactly(model, variables.on, {meeting.day})
    if meeting.day in variables.start:
        model.cp.add(model.facts.grid * variables.start[meeting.day] == meeting.start)
    _exactly(model, variables.attends, meeting.attendees)
