"""Who leaves, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builder import person, seat
from iop_sched.next_week import NextWeek
from iop_sched.week.people import Stay
from iop_sched.week.times import Day
from next_week.turning import assessing_raw, client_of, current, placed, turned


def stayed(stay: dict[str, Any], start: str = "mon", last: str = "sun", is_current: bool = False) -> NextWeek:
    """``ana`` and ``ben`` in red; ``ana`` has this stay."""
    before = current("ana", "ben") if is_current else current("ben")
    raw = assessing_raw(person("ana", stay=stay), person("ben"), previous=before, apart=[["ana", "ben"]])
    return turned(
        raw, placed(raw, seat("ana", "mon thu fri", start=start, last=last), seat("ben", "mon tue wed"))
    )


@pytest.mark.parametrize(("last", "on"), [("wed", date(2026, 3, 4)), ("sun", date(2026, 3, 8))])
def test_a_last_day_that_has_come_is_a_discharge(last: str, on: date) -> None:
    found = stayed({"last_day": last}, last=last, is_current=True)
    assert client_of(found) is None
    assert found.week.apart == ()
    assert [one.client for one in found.week.previous.placements] == ["ben"]
    (left,) = found.affected.left
    assert (left.client, left.why, left.on) == ("ana", "discharged", on)
    (seat_,) = found.affected.openings
    assert (seat_.client, seat_.cohort, seat_.on, seat_.why) == ("ana", "red", date(2026, 3, 9), "discharge")
    assert [(one.members, one.most) for one in found.affected.fill] == [(1, 12)]


def test_a_pin_may_keep_somebody_beyond_the_last_day() -> None:
    # where 'stay' is set aside, the roster treats the client until sunday
    found = stayed({"last_day": "wed"}, last="sun", is_current=True)
    ana = client_of(found)
    assert ana is not None
    assert ana.stay == Stay()


@pytest.mark.parametrize(
    ("last_date", "after"),
    [
        ("2026-03-09", Stay(last_day=Day.MON)),
        ("2026-03-15", Stay(last_day=Day.SUN)),
        ("2026-03-16", Stay(last_date=date(2026, 3, 16))),
    ],
)
def test_a_date_becomes_a_last_day_in_its_week(last_date: str, after: Stay) -> None:
    found = stayed({"last_date": last_date}, is_current=True)
    ana = client_of(found)
    assert ana is not None
    assert ana.stay == after
    (seat_,) = found.affected.openings
    assert (seat_.on - date.fromisoformat(last_date)).days == 1


@pytest.mark.parametrize(
    ("band", "start", "last", "after"),
    [
        # started on thursday the 5th: day 10 is saturday the 14th, day 12 monday the 16th
        ((3, 10), "thu", "sun", Stay(last_day=Day.SAT)),
        ((3, 12), "thu", "sun", Stay(last_date=date(2026, 3, 16))),
        ((3, 4), "thu", "sun", None),
        ((3, 5), "thu", "sun", Stay(last_day=Day.MON)),
        ((2, 9), "thu", "fri", None),
    ],
)
def test_a_length_is_counted_from_the_start(
    band: tuple[int, int], start: str, last: str, after: Stay | None
) -> None:
    length = dict(zip(("min", "max"), band, strict=True))
    ana = client_of(stayed({"length_days": length}, start, last))
    assert (ana and ana.stay) == after


def test_a_length_says_nothing_of_somebody_current() -> None:
    ana = client_of(stayed({"length_days": {"min": 1, "max": 2}}, is_current=True))
    assert ana is not None
    assert ana.stay == Stay()


def test_a_length_waits_with_who_waits() -> None:
    raw = assessing_raw(person("ana", stay={"length_days": {"min": 3, "max": 9}, "last_day": "fri"}))
    found = turned(raw, placed(raw))
    ana = client_of(found)
    assert ana is not None
    assert ana.stay.length_days is not None
    assert ana.stay.last_day is None
    assert [(one.what, one.on) for one in found.affected.passed] == [("last day", date(2026, 3, 6))]


def test_who_lost_a_place_before_the_last_day_leaves_too() -> None:
    raw = assessing_raw(person("ana", stay={"last_day": "thu"}), previous=current("ana"))
    found = turned(raw, placed(raw))
    assert found.week.clients == ()
    assert found.affected.left[0].on == date(2026, 3, 5)


def test_a_step_after_the_stay_opens_nothing() -> None:
    raw = assessing_raw(person("ana", days=(5,), stay={"last_date": "2026-03-13"}), previous=current("ana"))
    step = {"days": [3], "hours": {"min": 0, "target": 3, "max": 40}}
    steps = [{"week_of": "2026-03-09", **step}, {"week_of": "2026-03-16", **step}]
    raw["clients"][0]["prescription"]["steps"] = steps
    found = turned(raw, placed(raw, seat("ana", "mon tue wed thu fri"))).affected
    assert [(one.why, one.on, one.days) for one in found.openings] == [
        ("step-down", date(2026, 3, 9), 2),
        ("discharge", date(2026, 3, 14), 5),
    ]
