"""Fields that are missing, unknown or of the wrong kind, in a director's words."""

from __future__ import annotations

import pytest

from week.texts import expect, problems, spoil

CASES = [
    ("priorty", "  «priorty: 3\n", "there is no such field; write 'priority'"),
    ("zzz", "  «zzz: 3\n", "take it out; fields here are id, level, priority"),
    ("whole number", "  priority: «2.5\n", "not a whole number"),
    ("number as text", '  priority: «"3"\n', "not a whole number"),
    ("word for a number", "  priority: «high\n", "not a whole number"),
    ("Boolean for a number", "  priority: «true\n", "not a whole number"),
    ("too large", "  priority: «9\n", "too large; write 5 or less"),
    ("too small", "  priority: «0\n", "too small; write 1 or more"),
    ("NO", "  group_optional: «NO\n", "neither true nor false"),
    ("1", "  step_down: «1\n", "neither true nor false"),
    ("number for an id", "  payer: «12\n", "this is not a text"),
    ("spaces in an id", "  payer: «blue cross\n", "this is not an id"),
    ("long id", "  payer: «" + "x" * 41 + "\n", "this text is too long; write 40"),
    ("no list", "  needs: «trauma\n", "this is not a list"),
    ("empty list", "  formats: «[]\n", "this list is empty; name 1 or more"),
    ("word", "  formats: [«remote]\n", "write 'in-person' or 'telehealth'"),
    ("no mapping", "  stay: «mon\n", "not a mapping with named fields"),
    ("weekday", "  stay: {last_day: «monday}\n", "not a weekday; write one of mon"),
    ("days", "  preferences: {days: «mon}\n", "not a list of days"),
    ("day twice", "  preferences: {days: «[mon, mon]}\n", "a day stands twice"),
    ("clock", '  busy: [{days: daily, start: «"25:00", end: "26:00"}]\n', "not a time of day"),
    ("number for a clock", "  busy: [{days: daily, start: «540, end: «600}]\n", "not a time of day"),
    (
        "quarter hours",
        "  authorisation: {first: 2026-03-01, last: 2026-03-09, hours: «9.1}\n",
        "quarter of an hour",
    ),
    ("no number", "  authorisation: {first: 2026-03-01, last: 2026-03-09, hours: «nine}\n", "not a number"),
    ("date", "  authorisation: {first: «1.3.2026, last: 2026-03-09, hours: 9}\n", "write YYYY-MM-DD"),
    (
        "date and time",
        "  authorisation: {first: «2026-03-01T10:00, last: 2026-03-09, hours: 9}\n",
        "not a date",
    ),
    ("missing", "  family: {}\n  busy: [«{days: daily, start: 9:00}]\n", "'end' is missing; add 'end"),
    ("two kinds", "  intake: {insurance: «soon}\n", "'verified' or 'pending', or write one of mon"),
    ("null", "  priority: «null\n", "not a whole number"),
]


@pytest.mark.parametrize(("changed", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_field_that_is_wrong_is_reported_in_plain_words(changed: str, said: str) -> None:
    extra = [said] * changed.count("«")
    if "26:00" in changed:
        changed, extra = changed.replace('end: "', 'end: «"'), [said, said]
    expect([("- id: c02\n", f"- id: c02\n{changed}")], *extra)


def test_a_missing_list_of_the_week_is_reported() -> None:
    text = spoil(("sites:\n- id: north\n  travel: {south: 20}\n- id: south\n", ""))
    assert "'sites' is missing; add 'sites: …'" in str(problems(text)[0])


def test_an_empty_list_is_not_short_because_its_items_are_wrong() -> None:
    found = problems(spoil(("  hours: {min: 9, max: 20}", "  hours: {min: 9}")))
    assert [one.where for one in found] == ["levels[iop].hours"]


def test_a_pair_of_three_and_a_pair_of_one() -> None:
    expect([("- [c01, c02]", "- «[c01]\n- «[c01, c02, c03]")], "a pair needs two", "name 2 at most")


@pytest.mark.parametrize("text", ["3", "[]", "hello", "null"])
def test_a_file_that_is_no_mapping(text: str) -> None:
    (found,) = problems(text)
    assert "not a mapping" in found.what


def test_a_key_that_is_wrong_is_pointed_at() -> None:
    expect([('by_day: {sat: "10:00"}', 'by_day: {«saturday: "10:00"}')], "not a weekday")
    expect([("travel: {south: 20}", "travel: {«the south: 20}")], "not an id")
