"""Rule ``rooms``: one meeting or session in a room at a time, and everybody has a seat."""

from __future__ import annotations

from typing import Any

import pytest

from builder import (
    Raw,
    clinician,
    group,
    patient,
    person,
    seat,
    service,
    services_raw,
    services_roster,
    session,
    small_raw,
    small_roster,
    window,
)
from solving import best, broken

RULE = "rooms"
WITHOUT = frozenset({RULE})
WEEKEND = ("mon", "sat", "sun")


def room(name: str = "one", **more: Any) -> Raw:
    """A room at ``north`` for one person, for sessions and meetings alike."""
    return {"id": name, "site": "north", "kinds": ["office", "group"], "capacity": 1, **more}


def sessions_week(
    *rooms: Raw, clients: tuple[Raw, ...] = (patient("ana"),), days: str = "mon", **more: Any
) -> Raw:
    """Therapy needs an office; one hour a day, and a therapist for each of two clients."""
    return services_raw(
        *clients,
        rooms=list(rooms),
        services=[service(room_kind="office", windows=[window(days)], **more)],
        clinicians=[clinician("tom", "therapist"), clinician("una", "therapist")],
    )


def given(**more: Any) -> Raw:
    return services_roster("ana", session("therapy", ["ana"], "mon", "09:00", **more))


def meetings_week(*rooms: Raw, clients: int = 1, **more: Any) -> Raw:
    """``red`` needs a room on monday, saturday and sunday at 9:00; its clients come on all three."""
    cohorts = more.pop("cohorts", [group("red", WEEKEND, room_kind="group")])
    names = ("ana", "ben", "cy")[:clients]
    return small_raw(*(person(name) for name in names), cohorts=cohorts, rooms=list(rooms), **more)


def met(raw: Raw, *rooms: str | None) -> Raw:
    decided = small_roster(raw, *(seat(client["id"], " ".join(WEEKEND)) for client in raw["clients"]))
    for meeting, name in zip(decided["facilitation"], rooms, strict=True):
        meeting["room"] = name
    return decided


def test_a_room_for_each_obeys() -> None:
    assert broken(sessions_week(room()), given(room="one")) == set()
    raw = meetings_week(room())
    assert broken(raw, met(raw, "one", "one", "one")) == set()


FAMILY = patient("ana", family={"attendees": 1})
BREAKS = {
    "none": (sessions_week(room()), given()),
    "another kind": (sessions_week(room(kinds=["group"])), given(room="one")),
    "another site": (sessions_week(room(site="south")), given(room="one")),
    "too small": (sessions_week(room(), clients=(FAMILY,), family=True), given(room="one")),
    "not then": (sessions_week(room(available=[window("mon", "09:30", "12:00")])), given(room="one")),
    "needless": (services_raw(patient("ana"), rooms=[room()]), given(room="one")),
    "online": (
        sessions_week(
            room(), clients=(patient("ana", formats=["in-person", "telehealth"]),), telehealth="allowed"
        ),
        given(site=None, room="one"),
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_session_in_the_wrong_room_breaks(name: str) -> None:
    raw, decided = BREAKS[name]
    assert broken(raw, decided) == {RULE}


@pytest.mark.parametrize("rooms", [(None, "one", "one"), ("one", "one", None)])
def test_a_meeting_without_a_room_breaks_on_the_first_and_last_day(rooms: tuple[str | None, ...]) -> None:
    raw = meetings_week(room())
    assert broken(raw, met(raw, *rooms)) == {RULE}


def test_too_many_people_and_two_uses_at_once_break() -> None:
    raw = meetings_week(room(), clients=2)
    assert broken(raw, met(raw, "one", "one", "one")) == {RULE}
    blue = group("blue", WEEKEND, room_kind="group")
    raw = meetings_week(room(), cohorts=[group("red", WEEKEND, room_kind="group"), blue])
    assert broken(raw, met(raw, *["one"] * 6)) == {RULE}


@pytest.mark.parametrize("day", ["mon", "sat", "sun"])
def test_one_room_has_one_session_at_a_time(day: str) -> None:
    pair = (patient("ana"), patient("ben"))
    raw = sessions_week(room(), clients=pair, days=day)
    # One hour, one room: one of two sessions (60) is missing.
    assert best(raw).values["dose"] == 60
    assert best(raw, without=WITHOUT).values["dose"] == 0
    raw["rooms"].append(room("two"))
    assert {s.room for s in best(raw).sessions("therapy")} == {"one", "two"}


def test_a_closed_day_takes_the_room_with_it() -> None:
    raw = sessions_week(room(), clients=(patient("ana"), patient("ben")), days="mon sun")
    assert best(raw).values["dose"] == 0
    raw["closures"] = [{"day": "mon", "sites": ["north"]}]
    # One hour is left at north, and south has no office.
    assert best(raw).values["dose"] == 60
    # Without the rule, sunday's hour serves both.
    assert best(raw, without=WITHOUT).values["dose"] == 0


def test_a_meeting_and_a_session_share_a_room() -> None:
    raw = meetings_week(room())
    raw["services"] = [service(room_kind="office", windows=[window("sun")])]
    raw["clinicians"] = [clinician("tom", "therapist")]
    raw["clients"] = [patient("ben")]
    # The meeting has the room on sunday at 9:00, so ben's session is missing.
    assert (best(raw).values["kept"], best(raw).values["dose"]) == (0, 60)
    raw["services"][0]["windows"] = [window("sun", "09:30", "11:00")]
    assert [s.start for s in best(raw).sessions("therapy")] == [600]


@pytest.mark.parametrize("hours", [window("mon sat"), window("sat sun"), window("mon sun")])
def test_a_meeting_is_held_in_the_hours_of_its_room(hours: Raw) -> None:
    raw = meetings_week(room(available=[hours]))
    # On one of three days there is no room: one meeting is not held.
    assert best(raw).values["kept"] == 1
    assert best(raw, without=WITHOUT).values["kept"] == 0
    # Half an hour is too short for a meeting of one hour.
    raw["rooms"][0]["available"] = [hours | {"end": "09:30"}]
    assert best(raw).values["kept"] == 3


def test_two_cohorts_and_one_room() -> None:
    both = [group(name, WEEKEND, room_kind="group") for name in ("red", "blue")]
    raw = meetings_week(room(), cohorts=both)
    # One meets on each of three days, the other does not.
    assert best(raw).values["kept"] == 3
    assert best(raw, without=WITHOUT).values["kept"] == 0
    raw["cohorts"][1]["options"][0]["slot"] = "pm"
    assert best(raw).values["kept"] == 0


@pytest.mark.parametrize(("capacity", "placed"), [(1, 40), (2, 20), (3, 0)])
def test_seats_bound_the_clients_of_a_meeting(capacity: int, placed: int) -> None:
    raw = meetings_week(room(capacity=capacity), clients=3)
    # Every client without a seat costs 20 points.
    assert best(raw).values["placed"] == placed
    assert best(raw, without=WITHOUT).values["placed"] == 0


@pytest.mark.parametrize(("capacity", "dose"), [(2, 60), (3, 0)])
def test_loved_ones_and_open_groups_need_seats(capacity: int, dose: int) -> None:
    family = patient("ana", family={"attendees": 2})
    assert best(sessions_week(room(capacity=capacity), clients=(family,), family=True)).values["dose"] == dose
    three = tuple(patient(name) for name in ("ana", "ben", "cy"))
    circle = {"participants": {"min": 1, "max": 9}, "max_offerings": 1}
    # Of three people one has no seat.
    assert best(sessions_week(room(capacity=capacity), clients=three, **circle)).values["dose"] == dose


def test_online_needs_no_room() -> None:
    client = patient("ana", formats=["in-person", "telehealth"])
    raw = sessions_week(clients=(client,), telehealth="allowed")
    assert [(s.site, s.room) for s in best(raw).sessions("therapy")] == [(None, None)]
    raw["services"][0]["telehealth"] = "never"
    assert best(raw).values["dose"] == 60
