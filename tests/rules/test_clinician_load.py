"""Rule ``clinician-load``: not more hours or groups than a person can carry."""

from __future__ import annotations

from typing import Any

import pytest

from builder import (
    Raw,
    block,
    clinician,
    group,
    patient,
    service,
    services_raw,
    services_roster,
    session,
    small_raw,
    window,
)
from solving import best, broken, off, soft

RULE = "clinician-load"


def two_clients(days: str = "mon", **limits: Any) -> Raw:
    """Two hours of work a day for ``tom``, who carries what ``limits`` say."""
    return services_raw(
        patient("ana"),
        patient("ben"),
        services=[service(windows=[window(days, "09:00", "11:00")])],
        clinicians=[clinician("tom", "therapist", **limits)],
    )


def circles(**limits: Any) -> Raw:
    """An open group for two at a time, on saturday at 10:00 and 14:00, and three who need it."""
    offerings = [
        {"id": name, "day": "sat", "start": start, "site": "north"}
        for name, start in (("one", "10:00"), ("two", "14:00"))
    ]
    circle = service("circle", participants={"min": 1, "max": 2}, offerings=offerings)
    return services_raw(
        *(patient(name, "circle") for name in ("ana", "ben", "cy")),
        services=[circle],
        clinicians=[clinician("tom", "therapist", **limits)],
    )


BOTH = services_roster(
    "ana ben", session("therapy", ["ana"], "mon", "09:00"), session("therapy", ["ben"], "mon", "10:00")
)


def test_two_hours_obey_a_cap_of_two_hours() -> None:
    assert broken(two_clients(max_hours_day=2, max_hours_week=2), BOTH) == set()


@pytest.mark.parametrize("limit", ["max_hours_day", "max_hours_week"])
def test_two_hours_break_a_cap_below(limit: str) -> None:
    assert broken(two_clients(**{limit: 1.75}), BOTH) == {RULE}


def test_two_groups_a_day_break_a_cap_of_one() -> None:
    both = services_roster(
        "ana ben cy",
        session("circle", ["ana", "ben"], "sat", "10:00", offering="one"),
        session("circle", ["cy"], "sat", "14:00", offering="two"),
    )
    assert broken(circles(max_groups_day=2), both) == set()
    assert broken(circles(max_groups_day=1), both) == {RULE}


@pytest.mark.parametrize("day", ["mon", "sun"])
@pytest.mark.parametrize("limit", ["max_hours_day", "max_hours_week"])
def test_a_session_is_left_out_for_a_cap_of_one_hour(day: str, limit: str) -> None:
    raw = two_clients(day, **{limit: 1})
    # One of two sessions of 60 is missing; without the rule both are given.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0
    # Soft: 2 x 60 staff minutes, and 60 minutes above the cap at 5.
    eased = best(raw, soft(RULE)).values
    assert (eased["dose"], eased["cost"]) == (0, 120 + 300)


def test_minutes_above_the_day_and_above_the_week_add_up() -> None:
    raw = two_clients(max_hours_day=1, max_hours_week=1)
    # 120 staff minutes, and (60 + 60) minutes above at 5.
    assert best(raw, soft(RULE)).values["cost"] == 120 + 600


def test_hours_spread_over_the_week_until_its_cap() -> None:
    # One hour a day fits two sessions on two days, but not within one hour a week.
    assert best(two_clients("mon sun", max_hours_day=1)).values["dose"] == 0
    assert best(two_clients("mon sun", max_hours_day=1, max_hours_week=1)).values["dose"] == 60


def test_a_load_is_counted_in_whole_cells_of_the_grid() -> None:
    raw = services_raw(
        patient("ana"),
        services=[service(minutes=45)],
        clinicians=[clinician("tom", "therapist", max_hours_day=0.75)],
    )
    # 45 minutes occupy 60 on a grid of 30, so the session (45 points) is missing.
    assert best(raw).values["dose"] == 45
    raw["grid"] = 15
    assert best(raw).values["dose"] == 0


def test_a_closed_day_carries_nothing() -> None:
    raw = two_clients("mon tue", max_hours_day=1)
    assert best(raw).values["dose"] == 0
    raw["closures"] = [{"day": "mon"}]
    # Tuesday's one hour is all that is left: one session of 60 is missing.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


def test_one_group_a_day_on_a_weekend() -> None:
    raw = circles(max_groups_day=1)
    # One circle has two of the three; the third misses 60 points.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0
    # Soft: 2 x 60 staff minutes, and one group above the most at 120.
    eased = best(raw, soft(RULE)).values
    assert (eased["dose"], eased["cost"]) == (0, 120 + 120)


@pytest.mark.parametrize(("most", "dose"), [(1, 60), (2, 0)])
def test_a_meeting_of_two_blocks_is_one_group(most: int, dose: int) -> None:
    lead = {"staff": [{"roles": ["therapist"], "lead": True}]}
    circle = service("circle", participants={"min": 1, "max": 2}, windows=[window("mon", "14:00", "15:00")])
    raw = small_raw(
        patient("ana", "circle"),
        agendas=[{"id": "talk", "blocks": [block("talk", 0, 60, **lead), block("skills", 60, 60, **lead)]}],
        cohorts=[group("red", ("mon",))],
        services=[circle | {"max_offerings": 1}],
        clinicians=[clinician("tom", "therapist", max_groups_day=most)],
    )
    # The meeting is dearer than the circle: with room for one group, the circle (60) is missing.
    found = best(raw)
    assert (found.values["kept"], found.values["dose"]) == (0, dose)
