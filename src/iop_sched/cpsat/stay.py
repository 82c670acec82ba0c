"""stay: a new client starts within the admission window; nobody is treated after the last day."""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python import cp_model

from iop_sched.cpsat.model import Cost, Model
from iop_sched.week.people import Client
from iop_sched.week.times import WEEK, Day

RULE = "stay"


def spans(model: Model, client: Client) -> list[tuple[Day, Day]]:
    """First and last days that the stay allows."""
    if not model.active(RULE) or model.facts.overridden(RULE, client.id):
        any_start = WEEK[:1] if model.facts.current(client) else WEEK
        return [(start, Day.SUN) for start in any_start]
    stay = client.stay
    until = Day.SUN if stay.last_day is None else stay.last_day
    if model.facts.current(client):
        return [(Day.MON, until)]
    starts = [day for day in WEEK if stay.earliest_start <= day <= min(stay.latest_start, until)]
    if stay.length_days is None:
        return [(start, until) for start in starts]
    length = stay.length_days
    return [
        (start, last)
        for start in starts
        for last in WEEK
        if start <= last <= until
        and last - start + 1 <= length.max
        and (last - start + 1 >= length.min or last == until)
    ]


def admits_start(model: Model, client: Client, start: Day, attended: list[Day]) -> bool:
    """Whether a new client may start on a day, given the days attended if nothing bounded the stay."""
    if not model.active(RULE) or model.facts.overridden(RULE, client.id) or model.facts.current(client):
        return True
    return start in attended


def post(model: Model) -> Iterator[Cost]:
    """Sessions within the stay; a cost for each day of delay."""
    for client in model.facts.treated:
        columns = model.columns[client.id]
        if not model.facts.overridden(RULE, client.id):
            inside = {
                day: [lit for column, lit in columns if column.start <= day <= column.last] for day in WEEK
            }
            for session in model.sessions_of(client.id):
                if client.intake is None or session.service.id != client.intake.assessment:
                    for day in session.on:
                        model.cp.add(
                            session.attends_on(client.id, day) <= cp_model.LinearExpr.sum(inside[day])
                        )
        if not model.facts.current(client):
            first = client.stay.earliest_start
            delay = sum(lit * (column.start - first) for column, lit in columns if column.start > first)
            yield Cost("stay.delay", delay, 6)
