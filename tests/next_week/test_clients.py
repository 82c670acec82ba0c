"""What a client is next week: waiting, intake, steps, and what was of this week only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builder import Raw, person, seat, window
from iop_sched.week.people import Stay
from iop_sched.week.times import Day
from next_week.turning import assessed, assessing_raw, client_of, current, placed, turned

REFERRED = {"intake": {"assessment": "assess", "deadline": "tue", "lag_days": 1}}
STEPS = [
    {"week_of": "2026-03-09", "days": [4], "hours": {"min": 0, "target": 4, "max": 40}},
    {"week_of": "2026-03-23", "days": [3], "hours": {"min": 0, "target": 3, "max": 40}},
    {"week_of": "2026-04-06", "days": [2], "hours": {"min": 0, "target": 2, "max": 2}, "step_down": True},
]


def stepping(name: str = "ana", **more: Any) -> Raw:
    raw = person(name, days=(5,), **more)
    raw["prescription"]["steps"] = STEPS
    return raw


def test_the_placed_are_current_and_wait_no_longer() -> None:
    raw = assessing_raw(person("ana", waiting_days=9, stay={"latest_start": "wed"}))
    found = turned(raw, placed(raw, seat("ana", "tue wed thu", start="tue")))
    ana = client_of(found)
    assert ana is not None
    assert (ana.waiting_days, ana.stay, ana.intake) == (0, Stay(), None)
    (before,) = found.week.previous.placements
    assert (before.client, before.cohort, before.slot) == ("ana", "red", "am")
    assert before.days == (Day.TUE, Day.WED, Day.THU)
    assert found.affected.began == ("ana",)
    assert found.affected.waiting == ()


@pytest.mark.parametrize(("before", "after"), [(0, 7), (9, 16), (3645, 3650), (3650, 3650)])
def test_who_has_no_place_waits_seven_days_more(before: int, after: int) -> None:
    raw = assessing_raw(person("ana", waiting_days=before, priority=3))
    found = turned(raw, placed(raw))
    ana = client_of(found)
    assert ana is not None
    assert ana.waiting_days == after
    (waiting,) = found.affected.waiting
    assert (waiting.client, waiting.priority, waiting.days, waiting.what) == ("ana", 3, after, "a place")
    assert not waiting.lost_place


def test_who_lost_a_place_waits_and_that_is_said() -> None:
    raw = assessing_raw(person("ana"), previous=current("ana"))
    found = turned(raw, placed(raw))
    assert found.affected.waiting[0].lost_place
    assert found.week.previous.placements == ()


def test_the_most_urgent_stand_first() -> None:
    people = [
        person("ana", waiting_days=3),
        person("ben", waiting_days=30),
        person("cy", priority=4),
        person("dee", waiting_days=30),
    ]
    raw = assessing_raw(*people)
    waiting = turned(raw, placed(raw)).affected.waiting
    assert [one.client for one in waiting] == ["cy", "ben", "dee", "ana"]


def test_what_is_of_this_week_only_is_gone_and_what_stands_stays() -> None:
    busy, away = window("mon", "14:00", "15:00"), window("fri", "14:00", "15:00")
    raw = assessing_raw(
        person("ana", busy=[busy], available=[window("daily", "08:00", "18:00")], absences=[away]),
        closures=[{"day": "sat"}],
        pins=[{"id": "p", "place": {"client": "ana"}, "overrides": ["track"], "reason": "agreed"}],
    )
    raw["clinicians"][0]["away"] = [away]
    found = turned(raw, placed(raw, seat("ana", "mon tue wed")))
    ana = client_of(found)
    assert ana is not None
    assert (len(ana.busy), len(ana.available), ana.absences) == (1, 1, ())
    assert (found.week.closures, found.week.pins, found.week.clinicians[0].away) == ((), (), ())
    gone = found.affected.dropped
    assert (gone.closed, gone.absent, gone.away, gone.pins) == ((Day.SAT,), ("ana",), ("tom",), ("p",))
    (waived,) = found.affected.waived
    assert (waived.client, waived.pin, waived.rules) == ("ana", "p", ("track",))


# Intake


def test_a_referral_who_was_placed_is_an_ordinary_client() -> None:
    raw = assessing_raw(person("ana", **REFERRED))
    decided = placed(raw, seat("ana", "wed thu fri", start="wed"), sessions=(assessed("ana", "tue"),))
    ana = client_of(turned(raw, decided))
    assert ana is not None
    assert ana.intake is None


def test_an_assessment_that_was_held_is_done_and_its_lag_may_reach_into_the_week() -> None:
    # assessed on thursday: with a lag of 6 days the first meeting may be on wednesday
    for lag, earliest in ((0, Day.MON), (3, Day.MON), (4, Day.MON), (5, Day.TUE), (6, Day.WED)):
        intake = {"assessment": "assess", "lag_days": lag, "insurance": "tue"}
        raw = assessing_raw(person("ana", intake=intake))
        ana = client_of(turned(raw, placed(raw, sessions=(assessed("ana", "thu"),))))
        assert ana is not None
        assert (ana.intake, ana.stay.earliest_start, ana.waiting_days) == (None, earliest, 7)


def test_a_deadline_that_has_passed_binds_nobody_and_is_told() -> None:
    raw = assessing_raw(person("ana", **REFERRED, stay={"earliest_start": "tue", "latest_start": "thu"}))
    found = turned(raw, placed(raw))
    ana = client_of(found)
    assert ana is not None
    assert ana.intake is not None
    assert (ana.intake.assessment, ana.intake.deadline, ana.intake.lag_days) == ("assess", Day.SUN, 1)
    assert ana.stay == Stay()
    passed = [(one.what, one.on) for one in found.affected.passed]
    assert passed == [("assessment", date(2026, 3, 3)), ("start", date(2026, 3, 5))]
    assert found.affected.waiting[0].what == "an assessment"


@pytest.mark.parametrize(
    ("before", "after"), [("pending", "pending"), ("verified", "verified"), ("fri", "verified")]
)
def test_a_weekday_on_which_insurance_is_verified_has_come(before: str, after: str) -> None:
    raw = assessing_raw(person("ana", intake={"assessment": "assess", "insurance": before}))
    found = turned(raw, placed(raw))
    ana = client_of(found)
    assert ana is not None
    assert ana.intake is not None
    assert ana.intake.insurance == after
    assert found.affected.waiting[0].what == ("insurance" if after == "pending" else "an assessment")
    assert found.affected.passed == ()


def test_who_wanted_an_assessment_alone_leaves_after_it() -> None:
    alone = {"level": "iop", "intake": {"assessment": "assess", "assessment_only": True}}
    raw = assessing_raw({"id": "ana", **alone}, {"id": "ben", "waiting_days": 2, **alone})
    found = turned(raw, placed(raw, sessions=(assessed("ana", "thu"),)))
    (left,) = found.affected.left
    assert (left.client, left.why, left.on) == ("ana", "assessed", date(2026, 3, 5))
    assert client_of(found) is None
    ben = client_of(found, "ben")
    assert ben is not None
    assert ben.waiting_days == 9


def test_who_missed_the_assessment_has_not_begun() -> None:
    raw = assessing_raw(person("ana", waiting_days=1, **REFERRED))
    decided = placed(raw, seat("ana", "wed thu fri", start="wed"), sessions=(assessed("ana", "tue"),))
    found = turned(raw, decided, {"client": "ana", "missed": [{"day": "tue", "service": "assess"}]})
    ana = client_of(found)
    assert ana is not None
    assert ana.intake is not None
    assert (ana.intake.assessment, ana.waiting_days) == ("assess", 8)
    assert found.week.previous.placements == ()
    assert found.affected.began == ()
    assert found.affected.openings == ()
    assert [(one.what, one.on) for one in found.affected.passed] == [("assessment missed", date(2026, 3, 3))]


# Steps


def test_a_step_is_taken_in_its_week_and_not_before() -> None:
    raw = assessing_raw(stepping(), previous=current("ana", days="mon tue wed thu fri"))
    decided = placed(raw, seat("ana", "mon tue wed thu fri"))
    found = turned(raw, decided)
    days = []
    for _ in range(6):
        (ana,) = found.week.clients
        assert ana.prescription is not None
        days.append((ana.prescription.days, len(ana.prescription.steps), ana.step_down))
        raw = found.week.model_dump(mode="json")
        found = turned(raw, placed(raw, seat("ana", "mon tue wed thu fri")))
    assert days == [
        ((4,), 2, False),
        ((4,), 2, False),
        ((3,), 1, False),
        ((3,), 1, False),
        ((2,), 0, True),
        ((2,), 0, True),
    ]


def test_a_step_brings_its_hours() -> None:
    raw = assessing_raw(stepping(), previous=current("ana"))
    ana = client_of(turned(raw, placed(raw, seat("ana", "mon tue wed thu fri"))))
    assert ana is not None
    assert ana.prescription is not None
    assert ana.prescription.hours.target == 4


def test_steps_due_and_to_come_are_told() -> None:
    raw = assessing_raw(stepping(), previous=current("ana"))
    found = turned(raw, placed(raw, seat("ana", "mon tue wed thu fri"))).affected
    assert [(one.on, one.due, one.before, one.after) for one in found.step_downs] == [
        (date(2026, 3, 9), True, (5,), (4,)),
        (date(2026, 3, 23), False, (4,), (3,)),
        (date(2026, 4, 6), False, (3,), (2,)),
    ]
    assert [(one.why, one.on, one.days) for one in found.openings] == [
        ("step-down", date(2026, 3, 9), 1),
        ("step-down", date(2026, 3, 23), 1),
        ("step-down", date(2026, 4, 6), 1),
    ]


def test_the_plan_of_somebody_without_a_place_is_a_week_later() -> None:
    raw = assessing_raw(stepping(stay={"last_date": "2026-05-01"}))
    found = turned(raw, placed(raw))
    ana = client_of(found)
    assert ana is not None
    assert ana.prescription is not None
    assert ana.prescription.days == (5,)
    mondays = [step.week_of for step in ana.prescription.steps]
    assert mondays == [date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 13)]
    assert ana.stay.last_date == date(2026, 5, 8)
    assert [one.due for one in found.affected.step_downs] == [False] * 3
