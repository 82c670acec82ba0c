"""Clock times: windows run forwards, starts lie on the grid, lengths are multiples of five minutes."""

from __future__ import annotations

import pytest

from week.texts import expect, loaded, problems, spoil

CASES = [
    ("week_of: 2026-03-02", "week_of: «2026-03-03", "not a Monday"),
    ('id: am\n  start: "09:00"', 'id: am\n  start: «"09:10"', "off the week's grid of 15 minutes"),
    ('by_day: {sat: "10:00"}', 'by_day: {sat: «"10:05"}', "write a time ending in :00, :15, :30, :45"),
    ("after: 90", "after: «95", "write a multiple of 15"),
    ('thu, start: "14:00"', 'thu, start: «"14:20"', "off the week's grid"),
    ('day: wed, start: "13:00"', 'day: wed, start: «"13:01"', "off the week's grid"),
    ('tue, start: "13:10"', 'tue, start: «"13:11"', "not a multiple of 5 minutes"),
    ("minutes: 80", "minutes: «81", "not a multiple of 5 minutes"),
    ("minutes: 50", "minutes: «52", "not a multiple of 5 minutes"),
    ('end: "16:00"', 'end: «"16:01"', "not a multiple of 5 minutes"),
    ('end: "16:00"', 'end: «"13:00"', "this window ends before it starts"),
    ('end: "16:00"', 'end: «"14:00"', "this window ends when it starts"),
    ('end: "16:00"', 'end: "16:00"\n    site: «north', "only a clinician's working hours"),
    ("- id: tess\n", "- id: tess\n  turnaround: «7\n", "not a multiple of 5 minutes"),
    ('id: late\n  start: "22:00"', 'id: late\n  start: «"24:00"', "nothing can start at 24:00"),
]


@pytest.mark.parametrize(("old", "new", "said"), CASES)
def test_a_time_that_cannot_be_is_reported(old: str, new: str, said: str) -> None:
    expect([(old, new)], said)


def test_a_window_may_end_at_midnight_and_begin_off_the_grid() -> None:
    week = loaded(spoil(('start: "14:00"\n    end: "16:00"', 'start: "14:05"\n    end: "24:00"')))
    assert week.clients[0].busy[0].interval == (14 * 60 + 5, 24 * 60)


def test_the_grid_decides_what_lies_on_it() -> None:
    assert problems(spoil(("grid: 15", "grid: 5"), ("after: 90", "after: 95"))) == ()
    assert problems(spoil(("grid: 15", "grid: 30"), ("after: 90", "after: 105")))[0].where.endswith(".after")


def test_a_grid_that_is_wrong_itself_puts_nothing_off_it() -> None:
    expect([("grid: 15", "grid: «20"), ("after: 90", "after: 95")], "write 5, 15 or 30")
