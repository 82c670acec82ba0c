"""companions: kept apart, never in one cohort or session; kept together, never in two cohorts."""

from __future__ import annotations

import pytest

from builder import ALWAYS, Raw, clinician, group, person, seat, session, small_raw, small_roster
from solving import best, broken, off

RULE = "companions"
CIRCLE = {
    "id": "circle",
    "minutes": 60,
    "participants": {"min": 1, "max": 4},
    "staff": [{"roles": ["therapist"]}],
    "max_offerings": 1,
    "windows": ALWAYS,
}


def pair(*cohorts: Raw, **more: object) -> Raw:
    """Two clients and some cohorts."""
    return small_raw(person("ana"), person("ben"), cohorts=list(cohorts), **more)


def override(name: str) -> Raw:
    pin = {"id": "p", "place": {"client": name}, "overrides": [RULE], "reason": "they made up"}
    return {"pins": [pin]}


def test_apart_in_two_cohorts_not_in_one() -> None:
    raw = pair(group("red"), group("blue"), apart=[["ana", "ben"]])
    days = "mon tue wed"
    assert broken(raw, small_roster(raw, seat("ana", days), seat("ben", days, "blue"))) == set()
    assert broken(raw, small_roster(raw, seat("ana", days), seat("ben", days))) == {RULE}
    found = best(raw)
    assert found.values["placed"] == 0
    assert found.placements["ana"].cohort != found.placements["ben"].cohort


def test_apart_with_one_cohort_leaves_one_out() -> None:
    raw = pair(group("red"), apart=[["ana", "ben"]])
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


def test_apart_holds_on_days_they_do_not_share() -> None:
    # Mon, closed tue and wed; fri, sat and sun: never in the room at once, and one cohort still.
    raw = small_raw(
        person("ana", weekdays=("mon", "tue", "wed")),
        person("ben", weekdays=("fri", "sat", "sun")),
        cohorts=[group("red", ("mon", "tue", "wed", "fri", "sat", "sun"))],
        closures=[{"day": "tue"}],
        apart=[["ben", "ana"]],
    )
    decided = small_roster(raw, seat("ana", "mon tue wed"), seat("ben", "fri sat sun", start="fri"))
    assert broken(raw, decided) == {RULE}
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


def circle(day: str, **more: object) -> Raw:
    """Two group-optional clients who are prescribed the circle, which ``tom`` gives on one day."""
    lines = ({"service": "circle"},)
    clients = [
        person(name, days=(), services=lines, hours=(0, 1, 40), group_optional=True)
        for name in ("ana", "ben")
    ]
    service = {**CIRCLE, "windows": [{"days": [day], "start": "10:00", "end": "12:00"}]}
    tom = clinician("tom", "therapist")
    return small_raw(*clients, cohorts=[], services=[service], clinicians=[tom], **more)


@pytest.mark.parametrize("day", ["mon", "sat", "sun"])
def test_apart_in_sessions(day: str) -> None:
    raw = circle(day, apart=[["ana", "ben"]])
    seats = seat("ana", "", None), seat("ben", "", None)
    joined = {"cohorts": [], "facilitation": [], "placements": list(seats)}
    alone = session("circle", ["ana"], day, "10:00")
    assert broken(raw, joined | {"sessions": [alone]}) == set()
    both = session("circle", ["ana", "ben"], day, "10:00")
    assert broken(raw, joined | {"sessions": [both]}) == {RULE}
    # One circle a week, which only one of them may join: 60 points of dose are missing.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


def test_together_in_one_cohort_not_in_two() -> None:
    raw = pair(group("red"), group("blue"), together=[["ana", "ben"]])
    days = "mon tue wed"
    assert broken(raw, small_roster(raw, seat("ana", days), seat("ben", days))) == set()
    assert broken(raw, small_roster(raw, seat("ana", days))) == set()
    assert broken(raw, small_roster(raw, seat("ana", days), seat("ben", days, "blue"))) == {RULE}


def test_together_leaves_one_out_when_each_cohort_has_one_seat() -> None:
    one = {"min": 0, "max": 1}
    raw = pair(group("red", members=one), group("blue", members=one), together=[["ana", "ben"]])
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


def test_together_counts_across_the_week_boundary() -> None:
    # Ana was in red and ben in blue, at 600 each for a move: together one of them moves.
    days = ["mon", "tue", "wed"]
    previous = [
        {"client": "ana", "cohort": "red", "days": days},
        {"client": "ben", "cohort": "blue", "days": days},
    ]
    raw = pair(group("red"), group("blue"), together=[["ana", "ben"]], previous={"placements": previous})
    assert best(raw).values["continuity"] == 600
    assert best(raw, off(RULE)).values["continuity"] == 0


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_a_pin_of_either_waives_the_pair(name: str) -> None:
    days = "mon tue wed"
    raw = pair(group("red"), apart=[["ana", "ben"]], **override(name))
    assert broken(raw, small_roster(raw, seat("ana", days), seat("ben", days))) == set()
    assert best(raw).values["placed"] == 0
    one = {"min": 0, "max": 1}
    cohorts = group("red", members=one), group("blue", members=one)
    raw = pair(*cohorts, together=[["ana", "ben"]], **override(name))
    assert best(raw).values["placed"] == 0
