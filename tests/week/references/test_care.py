"""Bands, agendas, cohorts, sites and supplies that contradict themselves."""

from __future__ import annotations

import pytest

from week.texts import expect, problems, spoil

CASES = [
    ("hours: {min: 9, max: 20}", "hours: {min: «21, max: 20}", "min is above max"),
    ("members: {min: 8, max: 12}", "members: {min: «13, max: 12}", "min is above max"),
    ("attendance: {min: 6, max: 12}", "attendance: {min: «16, max: 12}", "min is above max"),
    ("group_share: {min: 60, max: 70}", "group_share: {min: 60, max: «101}", "write 100 or less"),
    ("  days: {min: 3, max: 5}", "  days: {min: 3, max: «8}", "a week has 7 days"),
    ("day_hours: {min: 3, max: 5}", "day_hours: {min: 3, max: «25}", "a day has 24 hours"),
    ("travel: {south: 20}", "travel: {«north: 5, south: 20}", "from a site to itself"),
    (
        "{kind: office, site: north, count: 2}",
        "{kind: office, site: north, count: 2}\n- «{kind: office, site: north, count: 1}",
        "counted twice",
    ),
    ("after: 90", "after: «75", "before block 'first' is over"),
    (
        "    levels: [iop]",
        "    staff: [{roles: [therapist], lead: true, count: «2}]",
        "the leader is one person",
    ),
    ("lead: true}", "lead: true}\n    - {roles: [therapist], lead: «true}", "keep 'lead: true' on one need"),
    (
        "options: [{slot: am, days: [mon, tue, thu]}]",
        "options: [{slot: am, days: [mon, tue, thu]}, «{slot: am, days: [mon]}]",
        "a running cohort has one slot",
    ),
    (
        "- {slot: am, days: [mon, wed, fri]}",
        "- «{slot: am, days: [wed, tue, mon]}",
        "this option stands twice",
    ),
    (
        "serves: [trauma]",
        "serves: [trauma]\n  requires: [«phase-2]",
        "requires 'phase-2' but does not serve it",
    ),
    ("- {slot: am, days: [mon, wed, fri]}", "- {slot: «late, days: [mon, wed, fri]}", "past midnight on mon"),
]


@pytest.mark.parametrize(("old", "new", "said"), CASES)
def test_a_contradiction_is_reported(old: str, new: str, said: str) -> None:
    expect([(old, new)], said)


def test_blocks_overlap_by_what_they_occupy_on_the_grid() -> None:
    assert problems(spoil(("minutes: 80", "minutes: 90"))) == ()
    expect([("minutes: 80", "minutes: 95"), ("after: 90", "after: «90")], "write 105 or more")


def test_blocks_of_different_weekdays_do_not_overlap() -> None:
    alone = ("after: 90\n", "after: 0\n    days: [sat]\n")
    assert (
        problems(spoil(alone, ("after: 0\n    minutes: 80", "after: 0\n    days: weekdays\n    minutes: 80")))
        == ()
    )


def test_a_slot_that_no_cohort_has_may_be_as_late_as_it_likes() -> None:
    assert problems(spoil(('id: late\n  start: "22:00"', 'id: late\n  start: "23:45"'))) == ()
