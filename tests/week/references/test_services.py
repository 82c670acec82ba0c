"""Services whose fields contradict each other."""

from __future__ import annotations

import pytest

from week.texts import expect, problems, spoil

CASES = [
    (
        "  telehealth: allowed\n",
        '  telehealth: allowed\n  offerings: «[{id: a, day: mon, start: "09:00"}]\n',
        "only an open group",
    ),
    ("  telehealth: allowed\n", "  telehealth: allowed\n  max_offerings: «2\n", "only an open group"),
    (
        "participants: {min: 2, max: 10}",
        "participants: {min: 2, max: 10}\n  max_offerings: «2",
        "take one of the two",
    ),
    (
        "- id: family-talk\n",
        "- «id: walk\n  minutes: 30\n  participants: {min: 2, max: 5}\n  staff: [{roles: "
        "[therapist]}]\n- id: family-talk\n",
        "this open group has no times",
    ),
    ("credentials: [lcsw]}]", "credentials: [lcsw], lead: «true}]", "only a block of a meeting has a leader"),
    ("  telehealth: allowed\n", "  missing_points: «49\n", "write 50 or more"),
    ("{id: thursday, day: thu", "{id: thursday, day: tue", "overlaps offering 'tuesday'"),
    ('thu, start: "14:00", site: north', 'thu, start: «"23:15", site: north', "past midnight"),
    (
        '- {id: thursday, day: thu, start: "14:00", site: north}',
        '- «{id: thursday, day: thu, start: "14:00"}',
        "never online",
    ),
    (
        "participants: {min: 2, max: 10}",
        "sites: [south]\n  participants: {min: 2, max: 10}",
        "not among the sites",
    ),
    ("{block_kind: process}", "«{min_days: 1}", "name either block_kind or service"),
    ("{block_kind: process}", "{service: «family-talk}", "cannot follow itself"),
    ("{block_kind: process}", "{block_kind: process, min_days: «4}", "min_days is above max_days"),
]


@pytest.mark.parametrize(("old", "new", "said"), CASES)
def test_a_contradiction_is_reported(old: str, new: str, said: str) -> None:
    if "«" in new:
        expect([(old, new)], said)
    else:
        found = problems(spoil((old, new)))
        assert found
        assert all(said in str(one) for one in found)


def test_a_service_that_is_no_dosage_may_cost_anything_when_missing() -> None:
    assert problems(spoil(("counts: false", "counts: false\n  missing_points: 1"))) == ()


def test_offerings_that_touch_do_not_overlap() -> None:
    assert problems(spoil(('thursday, day: thu, start: "14:00"', 'thursday, day: tue, start: "15:00"'))) == ()
