"""Minutes of treatment as expressions: blocks attended, sessions had, both of one day."""

from __future__ import annotations

from ortools.sat.python import cp_model

from iop_sched.cpsat.facts import prescribed
from iop_sched.cpsat.model import Expr, Model
from iop_sched.cpsat.service_delivery import beyond
from iop_sched.week.people import Client
from iop_sched.week.times import WEEK, Day


def block_minutes(model: Model, client: Client, day: Day | None = None, group_only: bool = False) -> Expr:
    """B: own counting block minutes attended, less sessions inside them; of group therapy only, if asked."""
    counted = [
        (literal, timed.block.minutes)
        for key, literal in model.seats_of(client.id, day)
        for timed in model.facts.owned(client, key)
        if timed.block.counts and (timed.block.group_therapy or not group_only)
    ]
    attended: Expr = 0
    if counted:
        literals, minutes = zip(*counted, strict=True)
        attended = cp_model.LinearExpr.weighted_sum(literals, minutes)
    left = sum(
        inside.session.service.minutes * inside.literal
        for inside in model.inside_of(client.id)
        if (day is None or inside.meeting.day == day)
        and inside.block.counts
        and (inside.block.group_therapy or not group_only)
    )
    return attended - left


def session_minutes(model: Model, client: Client, day: Day | None = None, group_only: bool = False) -> Expr:
    """S: minutes of dosage sessions; of group therapy only, if asked."""
    return sum(
        session.service.minutes
        * (session.joins[client.id] if day is None else session.attends_on(client.id, day))
        for session in model.dosage_sessions(client)
        if session.service.group_therapy or not group_only
    )


def minutes_on(model: Model, client: Client, day: Day) -> Expr:
    """B_d + S_d."""
    return block_minutes(model, client, day) + session_minutes(model, client, day)


def total(model: Model, client: Client) -> Expr:
    """Dosage of the week."""
    return block_minutes(model, client) + session_minutes(model, client)


def extra(model: Model, client: Client) -> Expr:
    """Minutes of dosage sessions beyond those prescribed."""
    return sum(
        model.facts.services[item.service].minutes * beyond(model, client, item)
        for item in prescribed(client)
        if model.facts.services[item.service].counts
    )


def most_on(model: Model, client: Client, day: Day) -> int:
    """An upper bound on ``minutes_on``."""
    seats = model.seats_of(client.id, day)
    blocks = max(
        (sum(t.block.minutes for t in model.facts.owned(client, key)) for key, _ in seats), default=0
    )
    sessions = [s for s in model.dosage_sessions(client) if (client.id, day) in s.joins_on]
    return blocks + sum(s.service.minutes for s in sessions)


def most(model: Model, client: Client) -> int:
    """An upper bound on ``total``."""
    return sum(most_on(model, client, day) for day in WEEK)
