"""Weekdays, clock times and intervals."""

from __future__ import annotations

import pytest

from iop_sched.week.places import Window
from iop_sched.week.times import (
    Day,
    clock,
    covers,
    intersect,
    merge,
    overlap,
    parse_clock,
    parse_day,
    round_up,
    subtract,
    week_minute,
)


@pytest.mark.parametrize(("text", "minutes"), [("00:00", 0), ("9:05", 545), ("09:05", 545), ("24:00", 1440)])
def test_clock_times_are_read(text: str, minutes: int) -> None:
    assert parse_clock(text) == minutes


@pytest.mark.parametrize(
    "value", ["24:01", "25:00", "9", "9:5", "09:60", "-1:00", "", 540, None, 9.5, "9:0٩"]
)
def test_what_is_no_clock_time_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a time of day"):
        parse_clock(value)


def test_times_are_written_as_they_are_read() -> None:
    assert [clock(minutes) for minutes in (0, 545, 1440)] == ["00:00", "09:05", "24:00"]


def test_days_are_read_in_any_order_and_kept_in_week_order() -> None:
    assert parse_day("SUN") is Day.SUN
    window = Window.model_validate({"days": ["fri", "mon"], "start": "08:00", "end": "09:00"})
    assert window.days == (Day.MON, Day.FRI)


def test_a_day_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        Window.model_validate({"days": ["mon", "mon"], "start": "08:00", "end": "09:00"})


def test_lengths_are_rounded_up_to_the_grid() -> None:
    assert [round_up(minutes, 15) for minutes in (0, 1, 15, 50)] == [0, 15, 15, 60]
    assert week_minute(Day.SUN, 1440) == 7 * 1440


def test_intervals_are_half_open() -> None:
    assert overlap((0, 10), (10, 20)) == 0
    assert overlap((0, 10), (5, 20)) == 5
    assert merge([(5, 10), (0, 5), (20, 20), (30, 40)]) == [(0, 10), (30, 40)]
    assert subtract([(0, 60)], [(10, 20), (50, 90)]) == [(0, 10), (20, 50)]
    assert intersect([(0, 30)], [(10, 20), (25, 60)]) == [(10, 20), (25, 30)]
    assert covers([(0, 5), (5, 10)], (2, 8))
    assert not covers([(0, 5), (6, 10)], (2, 8))
