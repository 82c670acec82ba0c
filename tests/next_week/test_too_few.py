"""Cohorts that fall below their least in the weeks to come."""

from __future__ import annotations

from datetime import date

import pytest

from builder import Raw, block, group, person, seat
from next_week.turning import assessing_raw, current, placed, turned

MONDAY = date(2026, 3, 9)
"""Next week's; this week is that of 2 March."""


def stepping(week_of: str, days: int) -> Raw:
    hours = {"min": 0, "target": 2, "max": 40}
    return {"week_of": week_of, "hours": hours, "days": [days], "step_down": True}


def due(*clients: Raw, least: int = 2, attendance: int | None = None) -> list[tuple[object, ...]]:
    """What is told of ``red``, in which all clients were on monday, tuesday and wednesday, and are again."""
    talk = block("talk", 0, 60)
    if attendance is not None:
        talk["attendance"] = {"min": attendance, "max": 12}
    names = [one["id"] for one in clients]
    raw = assessing_raw(
        *clients,
        cohorts=[group("red", ("mon", "tue", "wed"), members={"min": least, "max": 12})],
        agendas=[{"id": "talk", "blocks": [talk]}],
        previous=current(*names),
    )
    leaving = {one["id"]: one.get("stay", {}).get("last_day", "sun") for one in clients}
    found = turned(raw, placed(raw, *(seat(name, "mon tue wed", last=leaving[name]) for name in names)))
    return [
        (one.on, one.block, one.there, one.least, one.leave, one.step_down) for one in found.affected.too_few
    ]


def test_enough_members_are_not_told() -> None:
    assert due(person("ana"), person("ben")) == []


def test_who_has_left_this_week_is_missing_on_monday() -> None:
    gone = person("cy", stay={"last_day": "fri"})
    assert due(person("ana"), gone) == [(MONDAY, None, 1, 2, ("cy",), ())]


@pytest.mark.parametrize(
    ("stay", "on"),
    [
        ({"last_date": "2026-03-11"}, date(2026, 3, 12)),
        ({"last_date": "2026-03-15"}, date(2026, 3, 16)),
        ({"last_date": "2026-04-02"}, date(2026, 4, 3)),
    ],
)
def test_the_first_day_without_one_too_many(stay: Raw, on: date) -> None:
    later = person("dee", stay={"last_date": "2026-05-01"})
    told = due(person("ana"), person("cy", stay=stay), later, least=3)
    assert told == [(on, None, 2, 3, ("cy",), ())]


def test_steps_leave_members_and_take_people_from_meetings() -> None:
    # Three come to each of three meetings; from 23 March on 3 + 3 + 2 of 9, and some meeting has two.
    ana = person("ana")
    ana["prescription"]["steps"] = [stepping("2026-03-23", 2)]
    others = (person("ben"), person("cy"))
    assert due(ana, *others, attendance=3) == [(date(2026, 3, 23), "talk", 2.6, 3, (), ("ana",))]
    assert due(ana, *others, attendance=2) == []
    assert due(ana, *others) == []


def test_who_leaves_on_a_wednesday_is_missed_from_the_monday_after() -> None:
    cy = person("cy", stay={"last_date": "2026-03-11"})
    told = due(person("ana"), person("ben"), cy, least=0, attendance=3)
    assert told == [(date(2026, 3, 16), "talk", 2, 3, ("cy",), ())]


def test_blocks_of_another_level_are_not_the_clients() -> None:
    raw = assessing_raw(person("ana"), previous=current("ana"))
    late = block("late", 60, 60, levels=["php"], attendance={"min": 1, "max": 12})
    raw["levels"].append({**raw["levels"][0], "id": "php"})
    raw["vocabulary"]["block_kinds"].append("late")
    raw["agendas"] = [{"id": "talk", "blocks": [block("talk", 0, 60), late]}]
    found = turned(raw, placed(raw, seat("ana", "mon tue wed")))
    assert [(one.block, one.there, one.least) for one in found.affected.too_few] == [("late", 0, 1)]
