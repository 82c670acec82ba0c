"""Placements: every way to place a client that the client's own rules admit, one literal each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ortools.sat.python import cp_model

from iop_sched.cpsat import client_time, eligibility, intake, stay, track
from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Column, Model, Pattern
from iop_sched.week.people import Client
from iop_sched.week.times import Day


def declare(model: Model) -> None:
    """Columns, and ``placed`` as their sum."""
    for client in model.facts.treated:
        literals = [
            (column, model.bool(f"place {client.id}: {_name(column)}")) for column in columns(model, client)
        ]
        placed = model.bool(f"placed {client.id}")
        model.cp.add(cp_model.LinearExpr.sum([lit for _, lit in literals]) == placed)
        model.columns[client.id], model.placed[client.id] = literals, placed


def columns(model: Model, client: Client) -> Iterator[Column]:
    """The columns of a client with a prescription."""
    spans = [
        (start, last)
        for start, last in stay.spans(model, client)
        if intake.admits_start(model, client, start)
    ]
    if client.group_optional:
        for start, last in spans:
            yield Column(client.id, None, 0, (), start, last, ())
        return
    for cohort in model.facts.week.cohorts:
        if not eligibility.admits(model, client, cohort):
            continue
        for option in range(len(cohort.options)):
            due = model.facts.due_days(cohort, option)
            there = {d for d in due if not model.facts.excused(client, cohort.id, option, d)}
            for days, goes_on in patterns(model, client, MeetingKey(cohort.id, option, Day.MON)):
                attended = [d for d in days if d in there]
                for start, last in spans:
                    if not goes_on and not track.leaves(client, last):
                        continue
                    if stay.admits_start(model, client, start, attended):
                        scheduled = tuple(d for d in attended if start <= d <= last)
                        yield Column(client.id, cohort.id, option, days, start, last, scheduled)


def patterns(model: Model, client: Client, key: MeetingKey) -> tuple[Pattern, ...]:
    """Day patterns that track and the client's hours allow in an option; ``key.day`` is not used."""
    offered = model.facts.cohorts[key.cohort].options[key.option].days
    meetings = [key._replace(day=day) for day in sorted(offered)]
    free = tuple(
        meeting.day
        for meeting in meetings
        if track.admits_day(model, client, meeting) and client_time.admits(model, client, meeting)
    )
    # most of a client's options leave the same days
    if (client.id, free) not in model.patterns:
        model.patterns[client.id, free] = tuple(_within(model, client, free))
    return model.patterns[client.id, free]


def _within(model: Model, client: Client, free: tuple[Day, ...]) -> Iterator[Pattern]:
    fitting = [
        days
        for size in range(1, len(free) + 1)
        if track.admits_number(model, client, size)
        for days in combinations(free, size)
        if track.admits_gaps(model, client, days)
    ]
    reached = track.earliest_last(model, client, fitting)
    for days in fitting:
        if track.admits_since(model, client, days):
            yield Pattern(days, days[-1] >= reached)


def _name(column: Column) -> str:
    days = " ".join(day.code for day in column.days)
    where = f"{column.cohort}#{column.option} {days}" if column.cohort else "no cohort"
    return f"{where} from {column.start.code} to {column.last.code}"
