"""Rule ``service-delivery``: what is prescribed is given; what cannot be is counted."""

from __future__ import annotations

from typing import Any

import pytest

from builder import Raw, clinician, patient, person, service, services_raw, services_roster, session, window
from iop_sched.week.policy import Policy
from solving import best, broken, off

RULE = "service-delivery"
HARD = Policy(rules={RULE: "hard"})
ONLINE = {"formats": ["in-person", "telehealth"]}


def therapy_week(client: Raw | None = None, of_week: Raw | None = None, **of_service: Any) -> Raw:
    """``ana`` needs therapy once."""
    return services_raw(client or patient("ana"), services=[service(**of_service)], **(of_week or {}))


def given(*days: str, **more: Any) -> Raw:
    """Therapy for ``ana`` at 9:00 on each of the days."""
    return services_roster("ana", *(session("therapy", ["ana"], day, "09:00", **more) for day in days))


def test_a_prescribed_session_obeys() -> None:
    assert broken(therapy_week(), given("mon")) == set()


BREAKS = {
    "not prescribed": (
        services_raw(patient("ana", "other"), services=[service(), service("other")]),
        given("mon"),
    ),
    "no place": (therapy_week(), given("mon") | {"placements": []}),
    "too many": (therapy_week(), given("mon", "sun")),
    "never online": (therapy_week(patient("ana", **ONLINE)), given("mon", site=None)),
    "client not online": (therapy_week(telehealth="allowed"), given("mon", site=None)),
    "only online": (therapy_week(telehealth="only"), given("mon")),
    "client only online": (therapy_week(patient("ana", formats=["telehealth"])), given("mon")),
    "not given there": (therapy_week(sites=["south"]), given("mon")),
    "out of reach": (therapy_week(patient("ana", sites=["south"])), given("mon")),
    "too early": (therapy_week(windows=[window("mon", "09:30", "12:00")]), given("mon")),
    "not that day": (therapy_week(windows=[window("tue")]), given("mon")),
    "closed": (therapy_week(of_week={"closures": [{"day": "sun", "sites": ["north"]}]}), given("sun")),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_session_that_may_not_be_breaks(name: str) -> None:
    raw, decided = BREAKS[name]
    assert broken(raw, decided) == {RULE}


def test_a_missing_session_breaks_only_when_hard() -> None:
    assert broken(therapy_week(), given()) == set()
    assert broken(therapy_week(), given(), HARD) == {RULE}


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_a_window_without_staff_leaves_the_session_missing(day: str) -> None:
    raw = therapy_week(windows=[window(day, "07:00", "08:30")])
    # tom comes at 8:00: 60 points are missing, and nothing is spent.
    found = best(raw).values
    assert (found["placed"], found["dose"], found["cost"]) == (0, 60, 0)
    assert best(raw, off(RULE)).values["dose"] == 0
    # Hard: without the session there is no place (20 points), and it is missing all the same.
    strict = best(raw, HARD).values
    assert (strict["placed"], strict["dose"]) == (20, 60)
    raw["services"][0]["windows"] = [window(day, "07:00", "09:00")]
    assert best(raw).values["dose"] == 0
    assert [(s.day.code, s.start) for s in best(raw, HARD).sessions("therapy")] == [(day, 480)]


def test_a_session_is_not_given_where_only_the_rule_forbids_it() -> None:
    # A pin wants sunday, the service is given on monday: both hold only without the rule.
    pin = {"id": "p", "session": {"client": "ana", "service": "therapy", "day": "sun"}}
    raw = therapy_week(of_week={"pins": [pin]}, windows=[window("mon")])
    assert best(raw).outcome == "INFEASIBLE"
    assert [s.day.code for s in best(raw, off(RULE)).sessions("therapy")] == ["sun"]


def test_points_of_a_missing_session() -> None:
    closed = {"closures": [{"day": day} for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]}
    assert best(therapy_week(of_week=closed)).values["dose"] == 60
    assert best(therapy_week(of_week=closed, missing_points=7)).values["dose"] == 7
    thrice = patient("ana", {"service": "therapy", "min_count": 3, "max_count": 3})
    # One hour on monday and one on sunday: one of three is missing.
    assert best(therapy_week(thrice, windows=[window("mon sun")])).values["dose"] == 60


@pytest.mark.parametrize(("most", "dose"), [(1, 60), (2, 0)])
def test_sessions_beyond_the_prescribed_number_count_as_hours(most: int, dose: int) -> None:
    line = {"service": "therapy", "min_count": 1, "max_count": most}
    client = person("ana", days=(), hours=(0, 2, 40), services=(line,), group_optional=True)
    # The target is 120 minutes: one session leaves 60 short, two leave nothing.
    assert best(therapy_week(client)).values["dose"] == dose


def test_online_needs_a_day_that_is_not_closed_everywhere() -> None:
    here = {"closures": [{"day": "sat", "sites": ["north", "south"]}]}
    raw = therapy_week(patient("ana", **ONLINE), here, telehealth="allowed", windows=[window("sat")])
    found = best(raw)
    assert (found.values["dose"], [s.site for s in found.sessions("therapy")]) == (0, [None])
    raw["closures"] = [{"day": "sat"}]
    assert best(raw).values["dose"] == 60
    raw["closures"], raw["services"][0]["telehealth"] = here["closures"], "never"
    assert best(raw).values["dose"] == 60


@pytest.mark.parametrize(
    ("client", "of_service", "dose"),
    [
        ({}, {"telehealth": "only"}, 60),
        (ONLINE, {"telehealth": "only"}, 0),
        ({"formats": ["telehealth"]}, {}, 60),
        ({"sites": ["south"]}, {"sites": ["north"]}, 60),
        ({"sites": ["north"]}, {"sites": ["north"]}, 0),
    ],
)
def test_where_the_service_is_given_and_the_client_can_come(client: Raw, of_service: Raw, dose: int) -> None:
    assert best(therapy_week(patient("ana", **client), **of_service)).values["dose"] == dose


def test_a_fixed_offering_needs_no_window() -> None:
    offering = {"id": "one", "day": "sat", "start": "09:00", "site": "north"}
    raw = therapy_week(
        participants={"min": 1, "max": 2}, offerings=[offering], windows=[window("mon", "12:00", "13:00")]
    )
    assert broken(raw, given("sat", offering="one")) == set()
    assert best(raw).values["dose"] == 0


def test_who_has_no_place_has_no_session_and_misses_it() -> None:
    raw = therapy_week(patient("ana", intake={"insurance": "pending"}))
    found = best(raw)
    assert (found.values["placed"], found.values["dose"], found.roster.sessions) == (20, 60, ())


def test_two_clients_share_what_staff_there_is() -> None:
    raw = services_raw(
        patient("ana"),
        patient("ben", {"service": "therapy", "min_count": 1, "max_count": 2}),
        services=[service(windows=[window("mon sat")])],
        clinicians=[clinician("tom", "therapist")],
    )
    # Two hours for two prescribed sessions: ben's second one is not worth ana's first.
    found = best(raw)
    assert found.values["dose"] == 0
    assert sorted(s.clients[0] for s in found.sessions("therapy")) == ["ana", "ben"]
