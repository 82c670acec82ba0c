"""Clinicians and care teams that contradict themselves."""

from __future__ import annotations

import pytest

from week.texts import expect, problems, spoil

CASES = [
    (
        '{days: [tue, wed], start: "12:00"',
        '«{days: [tue, wed], start: "11:00"',
        "overlap earlier ones on tue",
    ),
    ('"17:00", site: north}', '"17:00", site: «south}', "not among the clinician's sites"),
    ('start: "12:00", end: "13:00"', 'start: "12:00", end: «"12:25"', "leaves 30 minutes"),
    ('start: "12:05", end: "13:00"', 'start: "12:05", end: «"12:40"', "leaves 30 minutes"),
    ('{minutes: 15, start: "15:00"', '«{minutes: 15, start: "12:30"', "overlaps an earlier one"),
    (
        "quorum: [{role: psychiatrist}]",
        "quorum: [{role: psychiatrist}, «{role: psychiatrist}]",
        "has a quorum",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), CASES)
def test_a_contradiction_is_reported(old: str, new: str, said: str) -> None:
    changes = [(old, new)]
    if "12:05" in old:
        changes = [('start: "12:00", end: "13:00"', new)]
    if "not among" in said:
        changes.append(("sites: [north, south]", "sites: [north]"))
    expect(changes, said)


def test_hours_at_two_sites_may_overlap_for_the_solver_to_choose() -> None:
    both = '  - {days: [mon], start: "08:00", end: "17:00", site: south}\n  breaks:'
    assert problems(spoil(("  breaks:", both))) == ()
