"""Rows about a clinician's day by what clients attend: they hold in every roster, and say more than a cut."""

from __future__ import annotations

from random import Random

import pytest
from ortools.sat.python import cp_model

from builder import block, clinician, person, service, small_raw, week, window
from generate.made import made
from iop_sched.cpsat.build import build
from iop_sched.master import decisions
from iop_sched.master.conflicts import cut
from iop_sched.master.lifting import Lifting
from iop_sched.master.linear import Linear, Row
from iop_sched.master.snapshot import snapshot
from iop_sched.master.windows import Windows
from iop_sched.week.policy import Policy
from master.points import Chooser, Master, holds, master, solved
from strategies import draft


def most(found: Master, row: Row) -> int:
    """The most that the row's sum is in any solution of the full model."""
    cp = found.model.cp.clone()
    columns = [cp.get_int_var_from_proto_index(column) for column in row.terms]
    cp.maximize(cp_model.LinearExpr.weighted_sum(columns, list(row.terms.values())))
    point = solved(cp)
    assert point is not None
    return sum(coefficient * point[column] for column, coefficient in row.terms.items())


def lifted(found: Master, rng: Random) -> list[Row]:
    """Rows that solutions of the master break, made of their conflicts."""
    chooser, timetable, rows = Chooser(found.linear), found.timetable, []
    for _ in range(3):
        values = chooser.most(decisions.all_of(found.model), rng, True)
        for conflict in timetable.conflicts(values) if values else []:
            chooser.add(cut(conflict))
            own = found.lifting.broken(conflict, values or [])
            assert not any(holds(row, values or []) for row in own)
            rows += own
    return rows


def two_of_a_cohort(*before: str) -> Master:
    """``red`` meets from 9:00 to 11:00; ``tom`` has from 10:00 to 12:00 on Monday for its members.

    ``before``: who were in ``red`` last week, on Monday, Tuesday and Wednesday.
    """
    tom = clinician("tom", "therapist", available=[window("mon", "10:00", "12:00")])
    names = ("ana", "ben")
    days = ("mon", "tue", "wed")
    people = [person(name, services=({"service": "therapy"},), weekdays=days) for name in names]
    agendas = [{"id": "talk", "blocks": [block("talk", 0, 120)]}]
    raw = small_raw(*people, services=[service()], clinicians=[tom], agendas=agendas)
    raw["previous"] = {
        "placements": [{"client": name, "cohort": "red", "days": ["mon", "tue", "wed"]} for name in before]
    }
    return master(week(raw), Policy())


def names_of(found: Master, row: Row) -> dict[str, int]:
    return {found.proto.variables[column].name: coefficient for column, coefficient in row.terms.items()}


def rows_about_two(found: Master) -> list[tuple[dict[str, int], float]]:
    rows = [(names_of(found, row), row.upper) for row in found.linear.rows[found.meetings : found.columns]]
    return [(row, upper) for row, upper in rows if {"seat ana red#0 mon", "seat ben red#0 mon"} <= row.keys()]


def test_last_weeks_meetings_leave_a_clinician_one_hour_for_two_clients() -> None:
    # one hour from 11:00, two cells, as both sit in red until then; who leaves red may come at 10:00
    found = two_of_a_cohort("ana", "ben")
    seats = {"seat ana red#0 mon": 2, "seat ben red#0 mon": 2}
    sessions = {
        f"therapy {name} #1 mon {site} by tom": 2 for name in ("ana", "ben") for site in ("north", "south")
    }
    assert rows_about_two(found) == [(seats | sessions, 2 + 2 + 2)]
    for row in found.linear.rows[found.meetings : found.columns]:
        assert most(found, row) <= row.upper


def test_who_was_elsewhere_last_week_is_not_in_such_a_row() -> None:
    assert not rows_about_two(two_of_a_cohort("ana"))


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_rows_of_tiny_weeks_hold_in_the_full_model(seed: int) -> None:
    found = master(*draft(seed, 0)[1].finish())
    rows = [*found.linear.rows[found.meetings : found.columns], *lifted(found, Random(seed))]
    for row in Random(seed).sample(rows, min(len(rows), 12)):
        assert most(found, row) <= row.upper


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_of_a_generated_week_hold_in_the_full_model(seed: int) -> None:
    found = master(made(24, 1, "high", seed).week, Policy())
    rows = lifted(found, Random(seed))
    assert rows or seed != 2
    last_week = found.linear.rows[found.meetings : found.columns]
    assert last_week
    for row in [*Random(seed).sample(rows, min(len(rows), 4)), *Random(seed).sample(last_week, 4)]:
        assert most(found, row) <= row.upper


def test_a_session_that_its_clients_meetings_leave_nothing_is_no_trouble() -> None:
    # red meets for as long as tom is there, so no row is about ana's session, and the cut stands alone
    tom = clinician("tom", "therapist", available=[window("mon", "09:00", "11:00")])
    ana = person("ana", services=({"service": "therapy"},), weekdays=("mon", "tue", "wed"))
    agendas = [{"id": "talk", "blocks": [block("talk", 0, 120)]}]
    found = master(week(small_raw(ana, services=[service()], clinicians=[tom], agendas=agendas)), Policy())
    names = {variable.name: column for column, variable in enumerate(found.proto.variables)}
    both = {names["seat ana red#0 mon"], names["therapy ana #1 mon north by tom"]}
    values = [int(column in both) for column in range(len(found.proto.variables))]
    assert found.lifting.broken(frozenset(both), values) == []


def test_clients_meetings_say_nothing_in_a_model_without_their_rule() -> None:
    found = two_of_a_cohort("ana", "ben")
    assert found.linear.rows[found.meetings : found.columns]
    model, _ = build(found.week, Policy(), without=frozenset({"client-time"}))
    linear = Linear([], [])
    Lifting(model, Windows(model, snapshot(model.cp), linear)).add(linear)
    assert linear.rows == []
