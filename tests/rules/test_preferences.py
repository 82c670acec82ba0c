"""Rule ``preferences``: slot, days, clinician, compact days."""

from __future__ import annotations

from typing import Any

import pytest

from builder import (
    Raw,
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
from iop_sched.rules import evaluate
from iop_sched.week.policy import Policy
from solving import best, off

RULE = "preferences"
ONLINE = {"formats": ["in-person", "telehealth"]}


def value(raw: Raw, decided: Raw) -> int:
    """What the specification counts for a roster, which must break nothing."""
    found = evaluate(week(raw), roster(decided), Policy())
    assert found.holds, found.violations
    return found.tiers["preference"].value


def wishing(wish: Raw, *cohorts: Raw, **more: Any) -> Raw:
    """``ana`` comes to one of the cohorts on three days."""
    return small_raw(person("ana", preferences=wish, **more), cohorts=list(cohorts or (group("red"),)))


def test_what_is_wished_for_costs_nothing_and_the_rest_does() -> None:
    wish = {"slots": ["am"], "days": ["mon", "tue", "wed"]}
    raw = wishing(wish, group("red"), group("blue", slot="pm"))
    assert value(raw, small_roster(raw, seat("ana", "mon tue wed"))) == 0
    # Another slot, and two days that she would rather not come on.
    assert value(raw, small_roster(raw, seat("ana", "wed thu fri", "blue", start="wed"))) == 60 + 40 + 2 * 30


@pytest.mark.parametrize(
    ("slots", "cost"), [(["am"], 0), (["pm"], 60), (["am", "pm"], 0), ([], 0), (["pm", "eve"], 60)]
)
def test_a_slot_is_preferred(slots: list[str], cost: int) -> None:
    raw = wishing({"slots": slots})
    assert best(raw).values["preference"] == cost
    assert best(raw, off(RULE)).values["preference"] == 0


def test_the_cohort_in_the_preferred_slot_is_chosen() -> None:
    raw = wishing({"slots": ["pm"]}, group("red"), group("blue", slot="pm"))
    assert best(raw).placements["ana"].cohort == "blue"
    assert best(wishing({"slots": ["pm"]}, group("red"), group("blue"))).values["preference"] == 60


@pytest.mark.parametrize(
    ("wish", "others"),
    [("mon sat sun", 0), ("mon sat", 1), ("sun", 2), ("tue", 3), ("", 0)],
)
def test_days_are_preferred_on_a_weekend_program(wish: str, others: int) -> None:
    raw = wishing({"days": wish.split()}, group("red", ("mon", "sat", "sun")))
    # Each day of the pattern that is not preferred costs 20.
    assert best(raw).values["preference"] == 20 * others
    assert best(raw, off(RULE)).values["preference"] == 0


def test_the_days_preferred_are_chosen() -> None:
    raw = wishing({"days": ["mon", "wed", "fri"]})
    assert best(raw).days("ana") == ["mon", "wed", "fri"]
    raw["closures"] = [{"day": "mon"}]
    # On tuesday, thursday or so she attends all 180 minutes: one other day at 20, and a day of delay at 30.
    found = best(raw).values
    assert (found["dose"], found["preference"]) == (0, 20 + 30)


# Sessions


def cared_for(wish: Raw, *staff: Raw, **more: Any) -> Raw:
    """``ana`` needs therapy once, from ``tom`` on mondays or ``una`` on sundays."""
    people = staff or (
        clinician("tom", "therapist", available=[window("mon")]),
        clinician("una", "therapist", available=[window("sun")]),
    )
    client = patient("ana", preferences=wish, **more)
    return services_raw(client, clinicians=list(people))


@pytest.mark.parametrize(("wish", "day"), [("tom", "mon"), ("una", "sun")])
def test_a_preferred_clinician_gives_the_session(wish: str, day: str) -> None:
    raw = cared_for({"clinicians": [wish]})
    found = best(raw)
    assert found.values["preference"] == 0
    assert [(s.day.code, s.staff[0].clinician) for s in found.sessions("therapy")] == [(day, wish)]
    raw["closures"] = [{"day": day}]
    # On the other day another clinician is there: 20.
    assert best(raw).values["preference"] == 20
    assert best(raw, off(RULE)).values["preference"] == 0


def test_a_wish_that_cannot_be_met_costs_nothing() -> None:
    fay = clinician("fay", "facilitator")
    tom = clinician("tom", "therapist", available=[window("mon")])
    # fay gives no therapy, so nothing is lost when tom gives it.
    assert best(cared_for({"clinicians": ["fay"]}, tom, fay)).values["preference"] == 0
    una = clinician("una", "therapist", languages=["es"])
    raw = cared_for({"clinicians": ["una"]}, tom, una, languages=["en"])
    assert best(raw).values["preference"] == 0
    # una could give it, if she were there: 20.
    raw["clinicians"][1] |= {"languages": [], "away": [window("daily", "08:00", "20:00")]}
    assert best(raw).values["preference"] == 20
    assert best(raw, off(RULE)).values["preference"] == 0


def test_one_preferred_clinician_on_a_staff_of_two_will_do() -> None:
    raw = cared_for(
        {"clinicians": ["tom"]}, *(clinician(name, "therapist") for name in ("tom", "una", "zoe"))
    )
    raw["services"][0]["staff"] = [{"roles": ["therapist"], "count": 2}]
    assert best(raw).values["preference"] == 0
    raw["clinicians"][0]["away"] = [window("daily", "08:00", "20:00")]
    assert best(raw).values["preference"] == 20


@pytest.mark.parametrize(("placed", "cost"), [(True, 20), (False, 0)])
def test_an_assessment_counts_for_who_is_placed(placed: bool, cost: int) -> None:
    staff = (
        clinician("tom", "therapist"),
        clinician("una", "therapist", away=[window("daily", "08:00", "20:00")]),
    )
    intake = {"assessment": "assess", "assessment_only": not placed}
    raw = cared_for({"clinicians": ["una"]}, *staff, intake=intake)
    raw["clients"][0]["prescription"]["services"] = []
    raw["services"] = [service("assess", counts=False, windows=[window("mon")])]
    decided = services_roster("ana" if placed else "", session("assess", ["ana"], "mon", "09:00"))
    assert value(raw, decided) == cost
    assert best(raw).values["preference"] == cost


def test_open_groups_are_nobody_s_wish() -> None:
    circle = service("circle", participants={"min": 1, "max": 3}, max_offerings=1, windows=[window("mon")])
    raw = cared_for({"clinicians": ["una"]})
    raw["services"].append(circle)
    raw["clients"][0]["prescription"]["services"] = [{"service": "circle"}]
    # tom gives it on monday, and una is not missed.
    found = best(raw).values
    assert (found["dose"], found["preference"]) == (0, 0)


# Compact days


@pytest.mark.parametrize(("day", "cost"), [("mon", 0), ("fri", 40), ("sun", 40)])
def test_a_day_with_a_session_alone(day: str, cost: int) -> None:
    raw = wishing(
        {"compact": True}, weekdays=("mon", "tue", "wed"), services=({"service": "therapy"},), **ONLINE
    )
    raw["services"] = [service(windows=[window(day, "12:00", "14:00")])]
    raw["clinicians"] = [clinician("tom", "therapist")]
    # She comes on monday, tuesday and wednesday: on another day for the session alone, at 40.
    assert best(raw).values["preference"] == cost
    assert best(raw, off(RULE)).values["preference"] == 0
    # Online she need not come.
    raw["services"][0]["telehealth"] = "allowed"
    assert best(raw).values["preference"] == 0


def test_a_day_counts_once_and_only_while_the_meeting_is_attended() -> None:
    twice = ({"service": "therapy", "min_count": 2, "max_count": 2},)
    raw = wishing({"compact": True}, weekdays=("mon", "tue", "wed"), services=twice)
    raw["services"] = [service(windows=[window("wed", "12:00", "14:00")])]
    raw["clinicians"] = [clinician("tom", "therapist")]
    assert best(raw).values["preference"] == 0
    # Excused from wednesday's meeting in the morning, she comes for two sessions: one day at 40.
    raw["clients"][0]["absences"] = [window("wed")]
    assert best(raw).values["preference"] == 40
    assert best(raw, off(RULE)).values["preference"] == 0
