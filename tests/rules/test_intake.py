"""intake: first the insurance, then the assessment, then treatment."""

from __future__ import annotations

import pytest

from builder import Raw, clinician, group, person, seat, session, small_raw, small_roster
from iop_sched.week.times import Day
from solving import best, broken, off

RULE = "intake"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TALK = {"service": "talk"}


def referral(intake: Raw, when: str = "mon tue wed thu fri sat sun 08:00-20:00", **client: object) -> Raw:
    """Ana comes to red any three days; ``tom`` assesses her and gives sessions at the hours ``when``."""
    *days, hours = when.split()
    start, end = hours.split("-")
    windows = [{"days": days, "start": start, "end": end}]
    one = {"minutes": 60, "staff": [{"roles": ["therapist"]}], "sites": ["north"]}
    return small_raw(
        person("ana", **{"intake": intake, **client}),
        cohorts=[group("red", WEEK)],
        services=[{"id": "assess", "counts": False, **one}, {"id": "talk", **one}],
        clinicians=[clinician("tom", "therapist", available=windows)],
    )


ASSESS = {"assessment": "assess"}


def decided(raw: Raw, days: str, start: str, *sessions: Raw) -> Raw:
    """A roster in which ana starts on a day, after the sessions."""
    return small_roster(raw, seat("ana", days, start=start), sessions=list(sessions))


def assessed(day: str, start: str) -> Raw:
    return session("assess", ["ana"], day, start)


def test_assessed_then_treated_on_the_same_day() -> None:
    raw = referral(ASSESS)
    assert broken(raw, decided(raw, "mon tue wed", "mon", assessed("mon", "08:00"))) == set()
    assert broken(raw, decided(raw, "mon tue wed", "mon", assessed("mon", "10:00"))) == {RULE}
    assert broken(raw, decided(raw, "mon tue wed", "mon")) == {RULE}
    # At 8:00 on mon there is time for the assessment before the meeting at 9:00.
    assert best(raw).values["preference"] == 0


def test_the_end_counts_by_the_grid() -> None:
    # 45 minutes from 8:30 end at 9:15, 20 minutes from 8:30 occupy until 9:00.
    raw = referral(ASSESS, "mon 08:30-10:00")
    for minutes, placed in ((20, 0), (45, 20)):
        raw["services"][0]["minutes"] = minutes
        raw["clients"][0]["stay"] = {"latest_start": "mon"}
        assert best(raw).values["placed"] == placed
        assert best(raw, off(RULE)).values["placed"] == 0


@pytest.mark.parametrize(
    ("when", "lag", "delay"),
    [
        ("mon 08:00-09:00", 0, 0),
        ("mon 10:00-11:00", 0, 1),
        ("mon 08:00-09:00", 1, 1),
        ("tue 10:00-11:00", 2, 3),
        ("sat 10:00-11:00", 0, 6),
        ("sun 08:00-09:00", 0, 6),
        ("mon 08:00-09:00", 6, 6),
    ],
)
def test_treatment_waits_for_the_assessment(when: str, lag: int, delay: int) -> None:
    # The assessment lies in its one hour, and the first meeting after it, at 30 a day after mon.
    raw = referral({**ASSESS, "lag_days": lag}, when)
    assert best(raw).values["preference"] == 30 * delay
    assert best(raw, off(RULE)).values["preference"] == 0


@pytest.mark.parametrize(("when", "lag"), [("sun 10:00-11:00", 0), ("sat 10:00-11:00", 2)])
def test_the_week_may_be_over_before_treatment(when: str, lag: int) -> None:
    # She is assessed (nothing unassessed) and not placed: 20 points; without the rule she is placed.
    raw = referral({**ASSESS, "lag_days": lag}, when)
    found = best(raw)
    assert (found.values["placed"], len(found.sessions("assess"))) == (20, 1)
    assert best(raw, off(RULE)).values["placed"] == 0


def test_a_closed_day_has_neither_assessment_nor_start() -> None:
    # Tom is there on mon, tue and fri; mon and tue are closed, so she starts on fri, four days after mon.
    raw = referral(ASSESS, "mon tue fri 08:00-09:00") | {"closures": [{"day": "mon"}, {"day": "tue"}]}
    assert best(raw).values["preference"] == 4 * 30


def test_the_deadline() -> None:
    # Tom is there on fri alone. A deadline of thu: neither assessed nor placed, 20 points each.
    raw = referral({**ASSESS, "deadline": "fri"}, "fri 08:00-09:00")
    assert best(raw).values["placed"] == 0
    raw["clients"][0]["intake"]["deadline"] = "thu"
    assert best(raw).values["placed"] == 20 + 20
    assert best(raw, off(RULE)).values["placed"] == 0
    late = decided(raw, "fri sat sun", "fri", assessed("fri", "08:00"))
    assert broken(raw, late) == {RULE}


def test_points_of_an_assessment_and_no_more_than_one() -> None:
    # Priority 2 at 20 and 50 days of waiting, of which 40 count; she wants the assessment only.
    raw = referral({**ASSESS, "assessment_only": True, "deadline": "thu"}, "fri 08:00-09:00")
    raw["clients"][0] |= {"priority": 2, "waiting_days": 50}
    del raw["clients"][0]["prescription"]
    assert best(raw).values["placed"] == 2 * 20 + 40
    raw["clients"][0]["intake"]["deadline"] = "fri"
    assert best(raw).values["placed"] == 0
    twice = small_roster(raw, sessions=[assessed("fri", "08:00"), assessed("thu", "08:00")])
    assert RULE in broken(raw, twice)


def test_assessment_only_is_not_placed() -> None:
    raw = referral({**ASSESS, "assessment_only": True})
    assert broken(raw, decided(raw, "mon tue wed", "mon", assessed("mon", "08:00"))) == {RULE}
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


def test_pending_insurance_admits_nothing() -> None:
    raw = referral({"insurance": "pending"}, services=(TALK,))
    assert broken(raw, decided(raw, "mon tue wed", "mon")) == {RULE}
    # 20 points for the place; 180 minutes, of which the session covers 60, and the session's 60.
    found = best(raw)
    assert (found.values["placed"], found.values["dose"]) == (20, 120 + 60)
    found = best(raw, off(RULE))
    assert (found.values["placed"], found.values["dose"]) == (0, 0)
    # An assessment has to wait as well: 20 points more.
    assert best(referral({**ASSESS, "insurance": "pending"})).values["placed"] == 40


@pytest.mark.parametrize(("day", "delay"), [("mon", 0), ("wed", 2), ("sun", 6)])
def test_insurance_is_verified_on_a_weekday(day: str, delay: int) -> None:
    raw = referral({"insurance": day})
    assert broken(raw, decided(raw, f"{day} thu fri", day)) == set()
    assert best(raw).values["preference"] == 30 * delay
    assert best(raw, off(RULE)).values["preference"] == 0
    # The assessment cannot come sooner either.
    assert best(referral({**ASSESS, "insurance": day})).values["preference"] == 30 * delay


def test_no_treatment_or_session_before_the_insurance() -> None:
    raw = referral({"insurance": "wed"}, "tue 12:00-13:00", services=(TALK,))
    early = session("talk", ["ana"], "tue", "12:00")
    assert broken(raw, decided(raw, "wed thu fri", "wed", early)) >= {RULE}
    assert broken(raw, decided(raw, "tue wed thu", "tue")) == {RULE}
    # Tom's only hour is too early: the session's 60 points are missing.
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


def test_a_current_client_whose_insurance_lapsed_loses_the_seat() -> None:
    # A current client starts on mon; the insurance comes on tue.
    raw = referral({"insurance": "tue"})
    raw["previous"] = {"placements": [{"client": "ana", "cohort": "red", "days": ["mon", "tue", "wed"]}]}
    assert best(raw).values["kept"] == 1
    assert best(raw, off(RULE)).values["kept"] == 0
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": [RULE], "reason": "payer called"}
    assert best(raw | {"pins": [pin]}).values["kept"] == 0


def test_other_sessions_come_after_the_assessment() -> None:
    client = person("ana", days=(), services=(TALK,), hours=(0, 1, 40), group_optional=True, intake=ASSESS)
    raw = referral({}, "mon 10:00-12:00") | {"clients": [client]}
    place = seat("ana", "", None)
    for assess, talk, rules in (("10:00", "11:00", set()), ("11:00", "10:00", {RULE})):
        both = [assessed("mon", assess), session("talk", ["ana"], "mon", talk)]
        assert broken(raw, small_roster(raw, place, sessions=both)) == rules
    # Tom has two hours on mon from 10:00: for the assessment, and then for the session.
    found = best(raw)
    assert [one.start for one in found.roster.sessions if one.service == "assess"] == [10 * 60]
    assert found.values["dose"] == 0
    # With an hour and a half there is no room for the session of 60 points.
    raw["clinicians"][0]["available"][0]["end"] = "11:30"
    assert best(raw).values["dose"] == 60
    assert best(raw, off(RULE)).values["dose"] == 0


def test_a_client_without_a_cohort_waits_for_the_lag() -> None:
    intake = {**ASSESS, "lag_days": 2}
    client = person("ana", days=(), hours=(0, 1, 40), services=(TALK,), group_optional=True, intake=intake)
    raw = referral({}, "mon tue wed 10:00-11:00") | {"clients": [client]}
    # Assessed on mon, she starts on wed.
    found = best(raw)
    assert (found.values["preference"], found.values["dose"]) == (60, 0)
    assert [one.day.code for one in found.roster.sessions] == ["mon", "wed"]
    assert best(raw, off(RULE)).values["preference"] == 0


def test_without_stay_treatment_starts_on_any_day_after_the_assessment() -> None:
    # Assessed on mon after the hour of the meeting, she comes tue to thu.
    raw = referral(ASSESS, "mon 10:00-11:00", weekdays=("tue", "wed", "thu"))
    assert best(raw, off("stay")).values["placed"] == 0
    # With mon in the pattern she starts on tue; were she to start on mon, the meeting would come first.
    raw["clients"][0]["prescription"]["weekdays"] = ["mon", "tue", "wed"]
    found = best(raw, off("stay"))
    assert found.values["placed"] == 0
    assert found.roster.placements[0].start > Day.MON
