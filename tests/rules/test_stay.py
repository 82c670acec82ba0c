"""stay: a new client starts within the admission window; nobody is treated after the last day."""

from __future__ import annotations

import pytest

from builder import ALWAYS, Raw, clinician, group, person, seat, session, small_raw, small_roster
from solving import best, broken, off

RULE = "stay"
CURRENT = {"placements": [{"client": "ana", "cohort": "red", "days": ["mon", "tue", "wed"]}]}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def ana(stay: Raw, weekdays: str = "wed thu fri", previous: Raw | None = None, **more: object) -> Raw:
    """Ana, who can come on three weekdays; red meets on all seven."""
    client = person("ana", weekdays=tuple(weekdays.split()), stay=stay)
    return small_raw(client, cohorts=[group("red", WEEK)], previous=previous or {}, **more)


def length(least: int, most: int, **stay: str) -> Raw:
    return {"length_days": {"min": least, "max": most}, **stay}


OBEYED = [
    ({}, "wed", "sun"),
    ({}, "thu", "sun"),
    ({"earliest_start": "wed", "latest_start": "wed"}, "wed", "sun"),
    ({"last_day": "wed"}, "wed", "wed"),
    (length(1, 1), "fri", "fri"),
    (length(2, 5), "wed", "sun"),
    (length(5, 5, last_day="thu"), "wed", "thu"),
]
BROKEN = [
    ({}, "mon", "sun"),
    ({}, "wed", "fri"),
    ({"earliest_start": "thu"}, "wed", "sun"),
    ({"latest_start": "wed"}, "thu", "sun"),
    ({"last_day": "thu"}, "wed", "sun"),
    ({"last_day": "thu"}, "wed", "wed"),
    ({"last_day": "tue"}, "wed", "tue"),
    (length(1, 4), "wed", "sun"),
    (length(3, 5), "wed", "thu"),
    (length(1, 5, last_day="thu"), "wed", "fri"),
]


@pytest.mark.parametrize(("stay", "start", "last"), OBEYED)
def test_first_and_last_day_are_accepted(stay: Raw, start: str, last: str) -> None:
    raw = ana(stay)
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri", start=start, last=last))) == set()


@pytest.mark.parametrize(("stay", "start", "last"), BROKEN)
def test_first_and_last_day_are_refused(stay: Raw, start: str, last: str) -> None:
    raw = ana(stay)
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri", start=start, last=last))) == {RULE}


@pytest.mark.parametrize(
    ("stay", "weekdays", "delay"),
    [
        ({}, "mon tue wed", 0),
        ({}, "wed thu fri", 2),
        ({"earliest_start": "wed"}, "wed thu fri", 0),
        ({}, "fri sat sun", 4),
        ({"earliest_start": "sun"}, "mon sat sun", 0),
        ({"earliest_start": "tue"}, "mon sat sun", 4),
    ],
)
def test_each_day_of_delay_costs(stay: Raw, weekdays: str, delay: int) -> None:
    # The first pattern day from the earliest start on, at 30 a day.
    assert best(ana(stay, weekdays)).values["preference"] == 30 * delay
    assert best(ana(stay, weekdays), off(RULE)).values["preference"] == 0


def test_outside_the_window_there_is_no_place() -> None:
    for stay in ({"latest_start": "tue"}, {"earliest_start": "sat"}, {"last_day": "tue"}):
        assert best(ana(stay)).values["placed"] == 20
        assert best(ana(stay), off(RULE)).values["placed"] == 0


@pytest.mark.parametrize(
    ("stay", "dose"),
    [
        ({"last_day": "fri"}, 0),
        ({"last_day": "thu"}, 60),
        ({"last_day": "wed"}, 120),
        (length(1, 3), 0),
        (length(1, 2), 60),
        (length(5, 5, last_day="thu"), 60),
    ],
)
def test_days_after_the_last_are_lost(stay: Raw, dose: int) -> None:
    # Three days of 60 minutes are aimed at, and each one after the last day is missing.
    assert best(ana(stay)).values["dose"] == dose
    assert best(ana(stay), off(RULE)).values["dose"] == 0


def test_a_current_client_starts_on_monday_whatever_the_window() -> None:
    stay = {"earliest_start": "fri", **length(1, 1)}
    raw = ana(stay, previous=CURRENT)
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri"))) == set()
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri", start="wed"))) == {RULE}
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri", last="fri"))) == {RULE}
    # Neither window nor length is a current client's: no day is lost and no delay paid.
    found = best(raw)
    assert (found.values["dose"], found.values["preference"]) == (0, 0)
    assert best(ana(stay)).values["dose"] == 120
    # Discharge holds for all: fri is lost.
    assert best(ana({"last_day": "thu"}, previous=CURRENT)).values["dose"] == 60
    assert best(ana({"last_day": "thu"}, previous=CURRENT), off(RULE)).values["dose"] == 0


def test_nobody_starts_on_a_closed_day() -> None:
    raw = ana({}, closures=[{"day": "wed"}])
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri", start="wed"))) == {RULE}
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri", start="thu"))) == set()
    # Thu is three days after mon.
    assert best(raw).values["preference"] == 3 * 30
    assert best(ana({"latest_start": "wed"}, closures=[{"day": "wed"}])).values["placed"] == 20


def test_nobody_starts_on_a_day_of_absence() -> None:
    raw = ana({})
    raw["clients"][0]["absences"] = [{"days": ["wed"], "start": "09:30", "end": "10:00"}]
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri", start="wed"))) == {RULE}
    assert best(raw).values["preference"] == 3 * 30
    raw["clients"][0]["absences"][0]["start"] = "10:00"
    raw["clients"][0]["absences"][0]["end"] = "11:00"
    assert best(raw).values["preference"] == 2 * 30


def treated(stay: Raw, day: str, previous: Raw | None = None) -> Raw:
    """Ana has one session of 60 minutes a week, given on one day alone."""
    raw = ana(stay, previous=previous)
    window = [{"days": [day], "start": "12:00", "end": "13:00"}]
    therapist = [{"roles": ["therapist"]}]
    raw["services"] = [
        {"id": "talk", "minutes": 60, "staff": therapist, "windows": window, "sites": ["north"]}
    ]
    raw["clinicians"] = [clinician("tom", "therapist", available=ALWAYS)]
    raw["clients"][0]["prescription"]["services"] = [{"service": "talk"}]
    return raw


@pytest.mark.parametrize(("stay", "day"), [({}, "tue"), ({"last_day": "sat"}, "sun"), ({}, "mon")])
def test_sessions_outside_the_stay_are_missing(stay: Raw, day: str) -> None:
    raw = treated(stay, day)
    last = stay.get("last_day", "sun")
    decided = small_roster(raw, seat("ana", "wed thu fri", start="wed", last=last))
    assert broken(raw, decided | {"sessions": [session("talk", ["ana"], day, "12:00")]}) == {RULE}
    # The session's 60 points are missing.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0
    # A current client has been there since monday; after the last day there is none for anybody.
    assert best(treated(stay, day, CURRENT)).values["dose"] == (60 if day == "sun" else 0)


def test_an_overriding_pin_waives_it() -> None:
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": [RULE], "reason": "returns from hospital"}
    raw = ana({"latest_start": "tue", "last_day": "thu"}, pins=[pin])
    # Any start will do, and the last day is sun; the delay is paid all the same, from mon: none.
    found = best(raw)
    assert (found.values["placed"], found.values["dose"], found.values["preference"]) == (0, 0, 0)
    assert broken(raw, small_roster(raw, seat("ana", "wed thu fri"))) == set()
