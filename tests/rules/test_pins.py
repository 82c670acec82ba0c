"""Rule ``pins``: what the director decided stays."""

from __future__ import annotations

from typing import Any

import pytest

from accepts import accepts
from builder import (
    Raw,
    block,
    clinician,
    group,
    patient,
    person,
    roster,
    seat,
    service,
    services_raw,
    services_roster,
    session,
    small_raw,
    small_roster,
    week,
    window,
)
from iop_sched.solve.infeasible import possible
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.policy import Policy
from solving import best, broken, off

RULE = "pins"


def pinned(raw: Raw, **what: Any) -> Raw:
    return raw | {"pins": [{"id": "p", **what}]}


def red_week(*clients: Raw, **more: Any) -> Raw:
    """Cohorts ``red`` at 9:00 and ``blue`` at 14:00; nobody prefers anything unless told to."""
    return small_raw(*clients, **{"cohorts": [group("red"), group("blue", slot="pm")], **more})


def therapy_week(client: Raw | None = None) -> Raw:
    """Either ``tom`` or ``una`` gives therapy; ana would rather see tom."""
    ana = client or patient("ana", preferences={"clinicians": ["tom"]})
    staff = [clinician("tom", "therapist"), clinician("una", "therapist")]
    return services_raw(ana, services=[service(primary=True)], clinicians=staff)


# Places

ANA = person("ana", preferences={"slots": ["am"], "days": ["mon", "tue", "wed"]})
IN_RED = seat("ana", "mon tue wed")


@pytest.mark.parametrize(
    ("pin", "rules"),
    [
        ({"cohort": "red", "days": ["mon", "tue", "wed"], "start": "mon"}, set()),
        ({"cohort": "blue"}, {RULE}),
        ({"days": ["mon", "tue"]}, {RULE}),
        ({"start": "tue"}, {RULE}),
        ({"primary": "tom"}, {RULE}),
    ],
)
def test_a_place_is_as_pinned(pin: Raw, rules: set[str]) -> None:
    raw = pinned(red_week(ANA), place={"client": "ana", **pin}) | {
        "clinicians": [clinician("tom", "therapist")]
    }
    assert broken(raw, small_roster(raw, IN_RED)) == rules


def test_a_pinned_client_without_a_place_breaks() -> None:
    raw = pinned(red_week(ANA), place={"client": "ana"})
    assert broken(raw, small_roster(raw)) == {RULE}


@pytest.mark.parametrize(
    ("pin", "preference"),
    [
        # Another slot than preferred: 60.
        ({"cohort": "blue"}, 60),
        # Two days not preferred: 20 each. The days run to the last on which red meets.
        ({"days": ["wed", "thu", "fri"]}, 40 + 2 * 30),
        # A start on wednesday, on which she comes: two days of delay at 30, two days not preferred.
        ({"start": "wed"}, 60 + 40),
        ({"start": "mon"}, 0),
    ],
)
def test_a_pinned_place_costs_what_was_preferred(pin: Raw, preference: int) -> None:
    raw = pinned(red_week(ANA), place={"client": "ana", **pin})
    found = best(raw)
    assert (found.values["dose"], found.values["preference"]) == (0, preference)
    assert best(raw, off(RULE)).values["preference"] == 0


def test_a_pinned_client_goes_first() -> None:
    raw = red_week(person("ana"), person("ben", priority=5))
    for cohort in raw["cohorts"]:
        cohort["members"]["max"] = 1
    raw["cohorts"].pop()
    raw = pinned(raw, place={"client": "ana"})
    # One seat: ana has it, and ben's 100 points are lost; left to itself, ana's 20 are.
    assert best(raw).values["placed"] == 100
    assert best(raw, off(RULE)).values["placed"] == 20


def test_a_pin_against_availability_needs_an_override() -> None:
    busy = [window("daily", "08:00", "20:00")]
    raw = pinned(red_week(person("ana", busy=busy)), place={"client": "ana"})
    assert best(raw).outcome == "INFEASIBLE"
    assert best(raw, off(RULE)).values["placed"] == 20
    raw["pins"][0] |= {"overrides": ["client-time"], "reason": "her employer agreed"}
    assert best(raw).values["placed"] == 0


@pytest.mark.parametrize(("primary", "preference"), [("una", 20), ("tom", 0)])
def test_a_pinned_primary_gives_the_session(primary: str, preference: int) -> None:
    raw = pinned(therapy_week(), place={"client": "ana", "primary": primary})
    # una, the primary, gives the session rather than have tom cover (120): a wish of 20 is not met.
    found = best(raw)
    assert (found.values["continuity"], found.values["preference"]) == (0, preference)
    assert found.placements["ana"].primary == primary
    assert best(raw, off(RULE)).values["preference"] == 0


# Sessions


@pytest.mark.parametrize(
    ("pin", "rules"),
    [
        ({"day": "sun", "start": "09:00", "clinician": "tom"}, set()),
        ({}, set()),
        ({"day": "mon"}, {RULE}),
        ({"start": "10:00"}, {RULE}),
        ({"clinician": "una"}, {RULE}),
    ],
)
def test_a_session_is_as_pinned(pin: Raw, rules: set[str]) -> None:
    raw = pinned(therapy_week(), session={"client": "ana", "service": "therapy", **pin})
    decided = services_roster("ana", session("therapy", ["ana"], "sun", "09:00"))
    decided["placements"][0]["primary"] = "tom"
    assert broken(raw, decided) == rules


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_a_pinned_session_is_given_then_and_by_whom(day: str) -> None:
    pin = {"client": "ana", "service": "therapy", "day": day, "start": "15:30", "clinician": "una"}
    raw = pinned(therapy_week(), session=pin)
    found = best(raw)
    assert [(s.day.code, s.start) for s in found.sessions("therapy")] == [(day, 15 * 60 + 30)]
    # Not by tom, whom ana prefers: 20.
    assert found.values["preference"] == 20
    assert best(raw, off(RULE)).values["preference"] == 0
    raw["closures"] = [{"day": day}]
    assert best(raw).outcome == "INFEASIBLE"


# Cohorts and meetings


def candidate_week(*clients: Raw) -> Raw:
    """``red`` runs from monday to friday (5 meetings at 60); ``new`` may open on monday, or on two days."""
    options = [{"slot": "am", "days": ["mon"]}, {"slot": "pm", "days": ["mon", "sun"]}]
    new = group("new", status="candidate", options=options)
    return small_raw(*clients, cohorts=[group("red"), new])


@pytest.mark.parametrize(
    ("pin", "cost"),
    [({}, 360), ({"slot": "am"}, 360), ({"slot": "pm"}, 420), ({"days": ["mon", "sun"]}, 420)],
)
def test_a_candidate_opens_as_pinned(pin: Raw, cost: int) -> None:
    raw = pinned(candidate_week(), cohort={"cohort": "new", **pin})
    # red costs 300; new 60 for each of its days. Off: nobody needs it.
    assert best(raw).values["cost"] == cost
    assert best(raw, off(RULE)).values["cost"] == 300
    assert broken(raw, small_roster(raw)) == {RULE}


def test_a_candidate_pinned_shut_stays_shut() -> None:
    ana = person("ana", days=(1,), step_down=True, weekdays=("sun",))
    raw = pinned(candidate_week(ana), cohort={"cohort": "new", "open": False})
    # Only new meets on sunday: ana (20 points) has no place.
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


def led_week() -> Raw:
    lead = [{"roles": ["facilitator"], "lead": True}]
    staff = [clinician("fay", "facilitator"), clinician("gil", "facilitator")]
    raw = red_week(cohorts=[group("red", ("mon", "sun"))], clinicians=staff)
    raw["agendas"][0]["blocks"] = [block("talk", 0, 60, staff=lead)]
    return raw | {"previous": {"leaders": [{"cohort": "red", "leader": "fay"}]}}


def test_a_pinned_leader_takes_over_from_last_week_s() -> None:
    raw = pinned(led_week(), cohort={"cohort": "red", "leader": "gil"})
    found = best(raw)
    assert (found.values["continuity"], found.roster.cohorts[0].leader) == (600, "gil")
    assert best(raw, off(RULE)).values["continuity"] == 0


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_a_meeting_is_held_or_not_as_pinned(day: str) -> None:
    raw = pinned(led_week(), meeting={"cohort": "red", "day": day, "held": False})
    assert best(raw).values["kept"] == 1
    assert best(raw, off(RULE)).values["kept"] == 0
    for person_away in raw["clinicians"]:
        person_away["away"] = [window(day)]
    raw["pins"][0]["meeting"]["held"] = True
    assert best(raw).outcome == "INFEASIBLE"
    assert best(raw, off(RULE)).values["kept"] == 1


def test_no_meeting_is_due_on_a_closed_day() -> None:
    raw = pinned(led_week(), meeting={"cohort": "red", "day": "sun", "held": False})
    raw["closures"] = [{"day": "sun", "sites": ["north"]}]
    assert best(raw).outcome == "INFEASIBLE"
    assert best(raw, off(RULE)).values["kept"] == 0


def test_a_meeting_has_the_room_pinned() -> None:
    raw = red_week(person("ana"), person("ben"), cohorts=[group("red", room_kind="group")])
    for client in raw["clients"]:
        client["prescription"]["weekdays"] = ["mon", "tue", "wed"]
    raw["rooms"] = [
        {"id": name, "site": "north", "kinds": ["group"], "capacity": seats}
        for name, seats in (("hall", 9), ("den", 1))
    ]
    raw = pinned(raw, meeting={"cohort": "red", "day": "mon", "room": "den"})
    # One seat in the den on monday: the other client starts on tuesday, and loses 60 minutes.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


# Staff of meetings


def staffed_week(staff: list[Raw] | None = None, **more: Any) -> Raw:
    """``red`` meets on monday and sunday, led by fay or gil, with hal or ida beside; fay led last week."""
    raw = led_week() | more
    raw["clinicians"] += [clinician("hal", "aide"), clinician("ida", "aide")]
    raw["agendas"][0]["blocks"][0]["staff"].append({"roles": ["aide"]})
    return raw if staff is None else pinned(raw, meeting={"cohort": "red", "day": "mon", "staff": staff})


def staffed(mon: tuple[str, ...], sun: tuple[str, ...] = ("fay", "hal"), leader: str = "fay") -> Raw:
    """Who fills the two needs of each meeting of ``red``."""
    meetings = [
        {
            "cohort": "red",
            "day": day,
            "staff": [{"block": "talk", "need": n, "clinician": who} for n, who in enumerate(people)],
        }
        for day, people in (("mon", mon), ("sun", sun))
    ]
    red = {"cohort": "red", "slot": "am", "days": ["mon", "sun"], "leader": leader}
    return {"cohorts": [red], "facilitation": meetings}


LED_BY_GIL = [{"block": "talk", "clinicians": ["gil"]}]


@pytest.mark.parametrize(
    ("staff", "mon", "rules"),
    [
        (LED_BY_GIL, ("gil", "hal"), set()),
        (LED_BY_GIL, ("gil", "ida"), set()),
        (LED_BY_GIL, ("fay", "hal"), {RULE}),
        ([{"block": "talk", "need": 1, "clinicians": ["ida"]}], ("fay", "ida"), set()),
        ([{"block": "talk", "need": 1, "clinicians": ["ida"]}], ("fay", "hal"), {RULE}),
        # only the need that is named is not the leader's
        ([{"block": "talk", "need": 1, "clinicians": ["ida"]}], ("gil", "ida"), {"facilitation"}),
        ([], ("gil", "hal"), {"facilitation"}),
        # those named must fill it all the same, as many as it asks for
        (LED_BY_GIL, ("gil",), {"facilitation"}),
    ],
)
def test_a_meeting_has_the_staff_pinned(staff: list[Raw], mon: tuple[str, ...], rules: set[str]) -> None:
    raw = staffed_week(staff)
    assert broken(raw, staffed(mon)) == rules
    assert accepts(week(raw), Policy(), roster(staffed(mon))) == (not rules)


def test_somebody_leads_for_a_day_and_the_leader_stays() -> None:
    found = best(staffed_week(LED_BY_GIL))
    monday, sunday = found.roster.facilitation
    assert (found.values["continuity"], found.roster.cohorts[0].leader) == (0, "fay")
    assert (monday.staff[0].clinician, sunday.staff[0].clinician) == ("gil", "fay")


@pytest.mark.parametrize(("away", "held"), [("mon", "sun"), ("sun", "mon")])
def test_another_leads_the_rest_of_the_week(away: str, held: str) -> None:
    raw = staffed_week()
    raw["clinicians"][0]["away"] = [window(away)]
    fay = [{"block": "talk", "clinicians": ["fay"]}]
    # gil leads where fay is away (600); all meetings are held.
    found = best(pinned(raw, meeting={"cohort": "red", "day": held, "staff": fay}))
    assert (found.values["kept"], found.values["continuity"]) == (0, 600)
    leaders = {one.day.code: one.staff[0].clinician for one in found.roster.facilitation}
    assert leaders == {held: "fay", away: "gil"}
    # Pinned to lead the cohort besides, fay cannot be replaced: one of two meetings is not held.
    both = pinned(raw, cohort={"cohort": "red", "leader": "fay"})
    assert best(both).values["kept"] == 1


def test_pinned_staff_that_is_away_is_impossible() -> None:
    raw = staffed_week(LED_BY_GIL)
    raw["clinicians"][1]["away"] = [window("mon")]
    assert best(raw).outcome == "INFEASIBLE"
    assert best(raw, off(RULE)).values["kept"] == 0
    assert best(raw, off("facilitation")).outcome == "INFEASIBLE"
    without = frozenset({"facilitation"})
    assert possible(week(raw), Policy(), SolveOptions(), without, 60) == "feasible"


def test_a_pin_left_out_never_allows_less() -> None:
    # fay, away on monday, is pinned to lead the cohort; gil to lead the meeting, which is pinned to be held.
    raw = staffed_week(LED_BY_GIL)
    raw["clinicians"][0]["away"] = [window("mon")]
    raw["pins"] += [
        {"id": "led", "cohort": {"cohort": "red", "leader": "fay"}},
        {"id": "held", "meeting": {"cohort": "red", "day": "mon"}},
    ]
    assert best(raw).values["kept"] == 0
    for gone in ("p", "led", "held"):
        assert possible(week(raw), Policy(), SolveOptions(), frozenset({f"pin:{gone}"}), 60) == "feasible"


def test_those_named_are_all_where_there_may_be_more() -> None:
    raw = red_week(person("ana"), person("ben"), cohorts=[group("red")])
    for client in raw["clients"]:
        client["prescription"]["weekdays"] = ["mon", "tue", "wed"]
    raw["clinicians"] = [clinician("fay", "facilitator"), clinician("gil", "facilitator")]
    lead = [{"roles": ["facilitator"], "lead": True}]
    raw["agendas"][0]["blocks"] = [block("talk", 0, 60, staff=lead, ratio=1)]
    staff = [{"block": "talk", "clinicians": ["gil"]}]
    raw = pinned(raw, meeting={"cohort": "red", "day": "mon", "staff": staff})
    # Each client takes one of the staff; on monday there is gil alone, and one client starts on tuesday.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0
    raw["pins"][0]["meeting"]["staff"][0]["clinicians"] = ["fay", "gil"]
    assert best(raw).values["dose"] == 0


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_the_team_meets_as_pinned(day: str) -> None:
    raw = therapy_week(patient("ana", excludes=["una"]))
    raw["services"][0]["windows"] = [window(day, "10:00", "11:00")]
    raw["care_teams"] = [
        {
            "id": "core",
            "site": "north",
            "minutes": 60,
            "members": ["tom"],
            "windows": [window("daily", "09:00", "18:00")],
        }
    ]
    raw = pinned(raw, team={"team": "core", "day": day, "start": "10:00"})
    # tom meets the team in the one hour in which he could see ana: 60 points missing.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0
