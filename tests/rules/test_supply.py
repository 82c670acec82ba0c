"""Rule ``supply``: there are only so many offices, machines and licensed places."""

from __future__ import annotations

from typing import Any

import pytest

from builder import (
    Raw,
    block,
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
from solving import best, broken, off

RULE = "supply"
WEEKEND = ("mon", "sat", "sun")


def offices(count: int, hours: Raw, **more: Any) -> Raw:
    """Two clients and two therapists in the ``hours`` of therapy, which takes one of ``count`` offices."""
    return services_raw(
        patient("ana"),
        patient("ben"),
        supplies=[{"kind": "office", "site": "north", "count": count}],
        services=[service(supplies=["office"], windows=[hours])],
        clinicians=[clinician("tom", "therapist"), clinician("una", "therapist")],
        **more,
    )


def licensed(census: int, hours: Raw) -> Raw:
    """The same two without offices, at one site with a licence for so many clients a day."""
    raw = offices(0, hours, sites=[{"id": "north", "census": census}, {"id": "south", "census": 0}])
    raw["services"][0]["supplies"] = []
    return raw


def both(day: str, one: str, other: str) -> Raw:
    una = [{"need": 0, "clinician": "una"}]
    return services_roster(
        "ana ben",
        session("therapy", ["ana"], day, one),
        session("therapy", ["ben"], day, other, staff=una),
    )


def weekend(*clients: str, supplies: tuple[Raw, ...] = (), **more: Any) -> Raw:
    """``red`` meets monday, saturday and sunday, and uses a projector; its clients come on all three."""
    talk = {"id": "talk", "blocks": [block("talk", 0, 60, supplies=["projector"])]}
    alone = {"cohorts": [group("red", WEEKEND)], "agendas": [talk], "supplies": list(supplies)}
    return small_raw(*(person(name) for name in clients), **{**alone, **more})


PROJECTOR = {"kind": "projector", "site": "north", "count": 1}


def test_no_more_than_there_are_obeys() -> None:
    assert broken(offices(1, window("mon", "09:00", "11:00")), both("mon", "09:00", "10:00")) == set()
    raw = weekend("ana", supplies=(PROJECTOR,))
    assert broken(raw, small_roster(raw, seat("ana", "mon sat sun"))) == set()


def test_one_more_than_there_are_breaks() -> None:
    hours = window("mon sun", "09:00", "11:00")
    assert broken(offices(1, hours), both("mon", "09:00", "09:30")) == {RULE}
    assert broken(offices(1, hours), both("sun", "09:30", "09:00")) == {RULE}
    assert broken(licensed(1, hours), both("sun", "09:00", "10:00")) == {RULE}
    raw = weekend("ana")
    assert broken(raw, small_roster(raw, seat("ana", "mon sat sun"))) == {RULE}


@pytest.mark.parametrize("day", ["mon", "sat", "sun"])
def test_one_office_serves_one_session_at_a_time(day: str) -> None:
    # Two sessions of an hour do not fit into an hour and a half one after the other: 60 points missing.
    hours = window(day, "09:00", "10:30")
    assert best(offices(1, hours)).values["dose"] == 60
    assert best(offices(1, hours), off(RULE)).values["dose"] == 0
    assert best(offices(2, hours)).values["dose"] == 0
    found = best(offices(1, window(day, "09:00", "11:00"))).sessions("therapy")
    assert [s.start for s in found] == [540, 600]


def test_none_listed_means_none() -> None:
    raw = offices(1, window("mon", "09:00", "11:00"))
    raw["supplies"][0]["kind"] = "another"
    # No office at either site: both sessions are missing.
    assert best(raw).values["dose"] == 120
    assert best(raw, off(RULE)).values["dose"] == 0
    online = {"telehealth": "allowed"}
    raw["services"][0].update(online)
    for client in raw["clients"]:
        client["formats"] = ["telehealth"]
    assert best(raw).values["dose"] == 0


def test_a_supply_listed_twice_is_added_up() -> None:
    raw = offices(1, window("mon"))
    raw["supplies"] *= 2
    assert best(raw).values["dose"] == 0


@pytest.mark.parametrize("closed", ["mon", "sun"])
def test_a_closed_day_leaves_one_hour_for_two(closed: str) -> None:
    raw = offices(1, window("mon sun"))
    assert best(raw).values["dose"] == 0
    raw["closures"] = [{"day": closed, "sites": ["north"]}]
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


def test_meetings_take_supplies_too() -> None:
    # Without a projector none of three meetings can be held.
    assert best(weekend("ana")).values["kept"] == 3
    assert best(weekend("ana"), off(RULE)).values["kept"] == 0
    pair = [group("red", WEEKEND), group("blue", WEEKEND)]
    # With one, red and blue cannot meet at once: one of them does not, on each of three days.
    assert best(weekend("ana", supplies=(PROJECTOR,), cohorts=pair)).values["kept"] == 3
    pair[1] = group("blue", WEEKEND, slot="pm")
    assert best(weekend("ana", supplies=(PROJECTOR,), cohorts=pair)).values["kept"] == 0
    pair[1] = group("blue", WEEKEND, format="telehealth")
    assert best(weekend("ana", supplies=(PROJECTOR,), cohorts=pair)).values["kept"] == 0


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_a_licence_bounds_the_clients_of_a_day(day: str) -> None:
    hours = window(day, "09:00", "11:00")
    # One client a day: the other's session (60) is missing.
    assert best(licensed(1, hours)).values["dose"] == 60
    assert best(licensed(1, hours), off(RULE)).values["dose"] == 0
    assert best(licensed(2, hours)).values["dose"] == 0
    # The next day is a new one, unless it is closed.
    raw = licensed(1, window(f"{day} sat"))
    assert best(raw).values["dose"] == 0
    raw["closures"] = [{"day": "sat"}]
    assert best(raw).values["dose"] == 60


@pytest.mark.parametrize(("census", "placed"), [(0, 40), (1, 20), (2, 0)])
def test_who_attends_a_meeting_is_on_site(census: int, placed: int) -> None:
    sites = [{"id": "north", "census": census}, {"id": "south"}]
    raw = weekend("ana", "ben", supplies=(PROJECTOR,), sites=sites)
    # Each client beyond the licence costs 20 points.
    assert best(raw).values["placed"] == placed
    assert best(raw, off(RULE)).values["placed"] == 0


def test_a_client_on_site_twice_in_a_day_counts_once() -> None:
    raw = weekend(supplies=(PROJECTOR,), sites=[{"id": "north", "census": 1}])
    line = {"service": "therapy", "min_count": 2, "max_count": 2}
    raw["clients"] = [person("ana", services=(line,))]
    raw["services"] = [service(windows=[window("sun", "12:00", "14:00")])]
    raw["clinicians"] = [clinician("tom", "therapist", sites=["north"])]
    found = best(raw)
    # A meeting and two sessions on sunday, of one client.
    assert (found.values["placed"], found.values["dose"]) == (0, 0)
    assert [s.day.code for s in found.sessions("therapy")] == ["sun", "sun"]
