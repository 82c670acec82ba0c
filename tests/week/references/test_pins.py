"""Pins that say nothing, say too much, or contradict each other; pairs; last week's roster."""

from __future__ import annotations

import pytest

from week.texts import expect, problems, spoil

MEETS = "- id: meets\n"

CASES = [
    (MEETS, "- «id: idle\n- id: meets\n", "this pin fixes nothing"),
    (MEETS, "- id: meets\n  team: {team: team, day: wed}\n", "fixes exactly one thing"),
    ("  reason: agreed\n", "", "set aside without a reason"),
    ("  reason: agreed\n", '  reason: " "\n', "set aside without a reason"),
    (MEETS, "- id: meets\n  overrides: «[track]\n", "only pins of a place or a session"),
    ("open: false}", "open: false, slot: «am}", "not open has none of this"),
    ("day: mon, room: hall", "day: mon, held: false, room: «hall", "not held has no room"),
    ("{cohort: blue, open: false}", "{cohort: red, open: «false}", "a running cohort is open"),
    (MEETS, "- id: more\n  place: {client: c02, cohort: «blue}\n- id: meets\n", "'blue' does not open"),
    (
        MEETS,
        "- id: more\n  place: {client: c01, days: «[mon, tue, wed]}\n- id: meets\n",
        "'stays' says otherwise",
    ),
    (
        "- id: convenes",
        "- id: more\n  meeting: {cohort: red, day: mon, held: «false}\n- id: convenes",
        "'meets' says",
    ),
    ("previous:", "- id: more\n  team: {team: team, day: «thu}\nprevious:", "'convenes' says otherwise"),
    (
        MEETS,
        '- id: s\n  session: {client: c01, service: individual, start: «"23:45"}\n- id: meets\n',
        "midnight",
    ),
    ("- [c01, c02]", "- «[c01, c01]", "a client with itself"),
    ("- [c01, c02]", "- [c01, c02]\n- «[c02, c01]", "this pair stands twice"),
    ("together: []", "together: [«[c02, c01]]", "kept apart as well"),
    ("  leaders:", "  - «{client: c01, cohort: blue}\n  leaders:", "had a place already"),
    ("leader: tess}", "leader: tess}\n  - «{cohort: red, leader: phil}", "had a leader already"),
]


@pytest.mark.parametrize(("old", "new", "said"), CASES)
def test_a_contradiction_is_reported(old: str, new: str, said: str) -> None:
    if "«" in new:
        changes = [(old, new)]
        if "a running cohort" in said:
            # Two more pins need the cohort that this one closes.
            found = problems(spoil((old, new.replace("«", ""))))
            assert len([one for one in found if said in str(one)]) == 1
            assert len(found) == 3
            return
        expect(changes, said)
        return
    (found,) = problems(spoil((old, new)))
    assert said in str(found)


def test_pins_that_name_different_things_agree() -> None:
    more = "- id: more\n  place: {client: c01, cohort: red, primary: tess, start: tue}\n- id: meets\n"
    assert problems(spoil((MEETS, more))) == ()


def test_a_week_that_is_merely_impossible_is_in_order() -> None:
    at_work = ('days: [mon, wed]\n    start: "14:00"', 'days: [mon, wed]\n    start: "08:00"')
    nobody = ("roles: [therapist]\n  credentials", "roles: [psychiatrist]\n  credentials")
    assert problems(spoil(at_work, nobody)) == ()
