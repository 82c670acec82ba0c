"""Rule ``continuity``: moving a settled client costs trust."""

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
from iop_sched.week.policy import Limits, Policy
from solving import best, off

RULE = "continuity"


def value(raw: Raw, decided: Raw) -> int:
    """What the specification counts for a roster, which must break nothing."""
    found = evaluate(week(raw), roster(decided), Policy())
    assert found.holds, found.violations
    return found.tiers["continuity"].value


def moved(client: Raw, *cohorts: Raw, **before: Any) -> Raw:
    """``client`` was in ``red`` in the morning last week, as far as ``before`` does not say otherwise."""
    old = {"client": client["id"], "cohort": "red", "slot": "am", **before}
    return small_raw(client, cohorts=list(cohorts), previous={"placements": [old]})


BOTH = (group("red"), group("blue", slot="pm"))


def test_a_client_who_stays_costs_nothing_and_one_who_moves_does() -> None:
    raw = moved(person("ana"), *BOTH, days=["mon", "tue", "wed"])
    assert value(raw, small_roster(raw, seat("ana", "mon tue wed"))) == 0
    # Another cohort, another slot, one day lost.
    assert value(raw, small_roster(raw, seat("ana", "tue wed thu", "blue"))) == 600 + 300 + 120


def test_a_settled_client_stays_rather_than_have_a_wish_met() -> None:
    raw = moved(person("ana", preferences={"slots": ["pm"]}), *BOTH)
    stays = best(raw)
    assert (stays.values["continuity"], stays.values["preference"]) == (0, 60)
    # Off: the wish is all that counts.
    goes = best(raw, off(RULE))
    assert (goes.values["continuity"], goes.values["preference"]) == (0, 0)


@pytest.mark.parametrize(
    ("now", "before", "cost"),
    [
        (group("blue"), {}, 600),
        (group("blue", slot="pm"), {}, 600 + 300),
        (group("red", slot="pm"), {}, 300),
        (group("blue", slot="pm"), {"cohort": None}, 300),
        (group("blue", slot="pm"), {"slot": None}, 600),
        (group("blue", slot="pm"), {"cohort": None, "slot": None}, 0),
    ],
)
def test_cohort_and_slot(now: Raw, before: Raw, cost: int) -> None:
    raw = moved(person("ana"), now, **before)
    assert best(raw).values["continuity"] == cost
    assert best(raw, off(RULE)).values["continuity"] == 0


@pytest.mark.parametrize(
    ("before", "allowed", "days", "lost"),
    [
        # Days of last week, days allowed now, how many of them, days lost.
        ("mon sat sun", "mon sat sun", 3, 0),
        ("mon sat sun", "tue sat sun", 3, 1),
        ("mon tue wed", "wed sat sun", 3, 2),
        ("mon tue wed", "thu sat sun", 3, 3),
        ("mon tue wed", "mon tue", 2, 0),
        ("mon tue", "mon thu sat sun", 4, 1),
    ],
)
def test_days_of_a_pattern(before: str, allowed: str, days: int, lost: int) -> None:
    all_days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    client = person("ana", days=(days,), weekdays=tuple(allowed.split()), step_down=True)
    raw = moved(client, group("red", all_days), days=before.split())
    # min(old, new) less those in both, at 120.
    assert best(raw).values["continuity"] == 120 * lost
    assert best(raw, off(RULE)).values["continuity"] == 0


@pytest.mark.parametrize("closed", ["mon", "fri"])
def test_a_closed_day_of_the_pattern_is_kept(closed: str) -> None:
    raw = moved(person("ana"), group("red"), days=["mon", "wed", "fri"])
    raw["closures"] = [{"day": closed}]
    # Coming on another day would save 60 minutes of dose: that comes first, and one day is lost.
    found = best(raw)
    assert (found.values["dose"], found.values["continuity"]) == (0, 120)
    raw["clients"][0]["prescription"]["weekdays"] = ["mon", "wed", "fri"]
    assert best(raw).values["continuity"] == 0


@pytest.mark.parametrize(("excludes", "cost"), [(["tom"], 600), ([], 0)])
def test_the_primary(excludes: list[str], cost: int) -> None:
    staff = [clinician("tom", "therapist"), clinician("una", "therapist")]
    raw = services_raw(
        patient("ana", excludes=excludes, preferences={"clinicians": ["una"]}),
        services=[service(primary=True)],
        clinicians=staff,
        previous={"placements": [{"client": "ana", "primary": "tom"}]},
    )
    # ana would rather have una now, but stays with tom as long as she may.
    assert best(raw).values["continuity"] == cost
    assert best(raw, off(RULE)).placements["ana"].primary == "una"


def led(cohort: Raw, **more: Any) -> Raw:
    """``fay`` led last week; she comes on no sunday, ``gil`` every day."""
    lead = [{"roles": ["facilitator"], "lead": True}]
    fay = clinician("fay", "facilitator", available=[window("mon tue wed thu fri sat")])
    return small_raw(
        agendas=[{"id": "talk", "blocks": [block("talk", 0, 60, staff=lead)]}],
        cohorts=[cohort],
        clinicians=[fay, clinician("gil", "facilitator")],
        previous={"leaders": [{"cohort": "red", "leader": "fay"}]},
        **more,
    )


@pytest.mark.parametrize(("days", "cost"), [(("mon", "sat"), 0), (("mon", "sun"), 600)])
def test_the_leader(days: tuple[str, ...], cost: int) -> None:
    found = best(led(group("red", days)))
    assert (found.values["kept"], found.values["continuity"]) == (0, cost)
    assert found.roster.cohorts[0].leader == ("gil" if cost else "fay")
    assert best(led(group("red", days)), off(RULE)).values["continuity"] == 0


def test_no_leader_is_another_leader_while_the_cohort_is_open() -> None:
    # Facilitation off: nobody leads. A candidate that stays shut has no leader to miss.
    assert best(led(group("red")), off("facilitation")).values["continuity"] == 600
    assert best(led(group("red", status="candidate")), off("facilitation")).values["continuity"] == 0


# Sessions


def sessions_of(last_week: tuple[Raw, ...], *windows: Raw, count: int = 1) -> Raw:
    """``ana``, current, needs therapy ``count`` times within the windows."""
    line = {"service": "therapy", "min_count": count, "max_count": count}
    return services_raw(
        patient("ana", line),
        services=[service(windows=list(windows))],
        previous={"placements": [{"client": "ana"}], "sessions": list(last_week)},
    )


def had(day: str, start: str) -> Raw:
    return {"client": "ana", "service": "therapy", "day": day, "start": start}


@pytest.mark.parametrize(
    ("day", "start", "wanted", "cost"),
    [
        ("mon", "09:00", window("mon"), 0),
        ("mon", "09:00", window("mon", "10:00", "12:00"), 60),
        ("sun", "12:00", window("sun", "09:00", "12:00"), 60),
        # Beyond four hours, and on another day, the cap of 240.
        ("mon", "09:00", window("mon", "15:00", "18:00"), 240),
        ("mon", "09:00", window("sun"), 240),
        ("sun", "19:00", window("mon"), 240),
    ],
)
def test_a_session_moves_as_little_as_it_can(day: str, start: str, wanted: Raw, cost: int) -> None:
    raw = sessions_of((had(day, start),), wanted)
    assert best(raw).values["continuity"] == cost
    assert best(raw, off(RULE)).values["continuity"] == 0


def test_the_cap_is_the_policy_s() -> None:
    raw = sessions_of((had("mon", "09:00"),), window("mon", "15:00", "18:00"))
    assert best(raw, Policy(limits=Limits(session_move_cap=480))).values["continuity"] == 360


def test_sessions_are_matched_in_order_of_time() -> None:
    last_week = (had("sat", "09:00"), had("mon", "09:00"))
    raw = sessions_of(last_week, window("mon"), window("sat", "10:00", "11:00"), count=2)
    # Monday's with monday's, saturday's with saturday's an hour later.
    assert best(raw).values["continuity"] == 60
    # Only saturday is left: its one session is the week's first, and far from monday's.
    raw["closures"] = [{"day": "mon"}]
    assert best(raw).values["continuity"] == 240


def test_a_new_client_has_no_session_to_keep() -> None:
    raw = sessions_of((had("mon", "09:00"),), window("sun"))
    raw["previous"]["placements"] = []
    assert best(raw).values["continuity"] == 0


def test_an_assessment_keeps_its_time_too() -> None:
    raw = sessions_of((), window("daily"))
    raw["services"].append(service("assess", counts=False, windows=[window("mon", "10:00", "11:00")]))
    raw["clients"][0]["intake"] = {"assessment": "assess"}
    raw["previous"]["sessions"] = [{"client": "ana", "service": "assess", "day": "mon", "start": "09:00"}]
    decided = services_roster(
        "ana", session("assess", ["ana"], "mon", "10:00"), session("therapy", ["ana"], "tue", "09:00")
    )
    assert value(raw, decided) == 60
    assert best(raw).values["continuity"] == 60
