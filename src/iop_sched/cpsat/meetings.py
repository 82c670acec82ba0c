"""Cohorts that open, meetings that are held, and who attends them."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Literal, Model
from iop_sched.week.times import Id


def declare(model: Model) -> None:
    """``open``, ``held`` and ``seat``, and how they hang together."""
    _open(model)
    for key in model.facts.meetings:
        held = model.bool(f"held {key.cohort}#{key.option} {key.day.code}")
        model.cp.add_implication(held, model.open[key.cohort, key.option])
        model.held[key] = held
    for client in model.facts.treated:
        _seats(model, client.id)


def _open(model: Model) -> None:
    for cohort in model.facts.week.cohorts:
        options = [model.bool(f"open {cohort.id}#{o}") for o in range(len(cohort.options))]
        if cohort.status == "running":
            model.cp.add(options[0] == 1)
        else:
            model.cp.add_at_most_one(options)
        model.open.update({(cohort.id, o): lit for o, lit in enumerate(options)})


def _seats(model: Model, client: Id) -> None:
    """A client attends a meeting that a chosen column schedules, if it is held."""
    by_meeting: dict[MeetingKey, list[Literal]] = defaultdict(list)
    by_option: dict[tuple[Id, int], list[Literal]] = defaultdict(list)
    for column, literal in model.columns[client]:
        if column.cohort is not None:
            by_option[column.cohort, column.option].append(literal)
            for day in column.scheduled:
                by_meeting[column.meeting(day)].append(literal)
    for option, literals in by_option.items():
        model.cp.add(cp_model.LinearExpr.sum(literals) <= model.open[option])
    for key, literals in by_meeting.items():
        seat = model.bool(f"seat {client} {key.cohort}#{key.option} {key.day.code}")
        scheduled = cp_model.LinearExpr.sum(literals)
        model.cp.add(seat <= scheduled)
        model.cp.add_implication(seat, model.held[key])
        model.cp.add(seat >= scheduled + model.held[key] - 1)
        model.add_seat(client, key, seat)
