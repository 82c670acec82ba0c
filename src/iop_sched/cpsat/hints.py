"""Hints: where a search may well begin. A hint is never a constraint."""

from __future__ import annotations

from iop_sched.cpsat.model import Model
from iop_sched.week.times import Id


def previous(model: Model) -> dict[int, int]:
    """Last week's cohorts, days, leaders, primaries and session times, by variable index."""
    hint: dict[int, int] = {}
    for client, before in model.facts.previous.items():
        for column, literal in model.columns.get(client, []):
            same = column.cohort == before.cohort and column.days == before.days
            hint[literal.index] = int(same)
        for (who, clinician), literal in model.primary.items():
            if who == client:
                hint[literal.index] = int(clinician == before.primary)
    for leader in model.facts.week.previous.leaders:
        _lead(model, hint, leader.cohort, leader.leader)
    for cohort in model.facts.week.cohorts:
        if cohort.status == "running":
            for key in model.facts.meetings:
                if key.cohort == cohort.id:
                    hint[model.held[key].index] = 1
    _sessions(model, hint)
    return hint


def _lead(model: Model, hint: dict[int, int], cohort: Id, leader: Id) -> None:
    for (led, clinician), literal in model.lead.items():
        if led == cohort:
            hint[literal.index] = int(clinician == leader)
    for (key, clinician), literal in model.leads.items():
        if key.cohort == cohort:
            hint[literal.index] = int(clinician == leader)


def _sessions(model: Model, hint: dict[int, int]) -> None:
    for session in model.sessions:
        if session.service.is_open_group:
            continue
        before = model.facts.previous_sessions(session.clients[0], session.service.id)
        if session.copy < len(before):
            old = before[session.copy]
            for day, on in session.on.items():
                hint[on.index] = int(day == old.day)
                if day == old.day:
                    hint[session.start[day].index] = old.start // model.facts.grid
