"""Pins that say nothing, say too much, or contradict each other; pairs; last week's roster."""

from __future__ import annotations

import pytest

from week.texts import expect, problems, spoil

MEETS = "- id: meets\n"
ROOM = "room: hall"

CASES = [
    (MEETS, "- «id: idle\n- id: meets\n", "this pin fixes nothing"),
    (MEETS, "- id: meets\n  team: {team: team, day: wed}\n", "fixes exactly one thing"),
    ("  reason: agreed\n", "", "set aside without a reason"),
    ("  reason: agreed\n", '  reason: " "\n', "set aside without a reason"),
    (MEETS, "- id: meets\n  overrides: «[track]\n", "only pins of a place or a session"),
    (
        "day: mon, room: hall",
        "day: mon, held: false, staff: «[{block: first, clinicians: [tess]}]",
        "no staff",
    ),
    (ROOM, "staff: [{block: «frist, clinicians: [tess]}]", "no block 'frist' on mon; did you mean 'first'?"),
    (ROOM, "staff: [{block: second, need: «0, clinicians: [tess]}]", "no staff need 0"),
    (ROOM, "staff: [{block: first, need: «1, clinicians: [tess]}]", "no staff need 1; write 0 to 0"),
    (ROOM, "staff: [{block: first, clinicians: [«tes]}]", "no clinician 'tes'; did you mean 'tess'?"),
    (ROOM, "staff: [{block: first, clinicians: [«phil]}]", "'phil' cannot fill need 0 of block 'first'"),
    (ROOM, "staff: [{block: first, clinicians: [«phil]}]", "it is for therapist; who can: tess"),
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


TWO = """\
    - {roles: [therapist], lead: true}
    - {roles: [psychiatrist], count: 2}
    - {roles: [therapist, psychiatrist]}
"""
BOTH = "    - {roles: [therapist], lead: true}\n"


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        ("{block: first, need: 1, clinicians: «[phil]}", "asks for 2, not 1"),
        ("{block: first, clinicians: «[tess, quin]}", "asks for 1, not 2"),
        ("{block: first, need: 2, clinicians: [tess]}, {block: first, clinicians: [«tess]}", "fill need 2"),
        ("{block: first, clinicians: [tess]}, {block: first, clinicians: «[quin]}", "says otherwise"),
        ("{block: first, need: 1, clinicians: [phil, «phil]}", "this stands twice in the list"),
    ],
)
def test_staff_is_all_who_fill_a_need(staff: str, said: str) -> None:
    hours = "available: [{days: daily, start: '08:00', end: '09:00'}]"
    quin = f"- id: quin\n  roles: [therapist]\n  sites: [north]\n  {hours}\n"
    more = [(BOTH, TWO), ("care_teams:", f"{quin}care_teams:")]
    expect([*more, (ROOM, f"staff: [{staff}]")], said)


def test_two_pins_name_the_same_people_in_any_order() -> None:
    more = [(BOTH, TWO.replace("psychiatrist], count", "therapist, psychiatrist], count"))]
    staff = "staff: [{{block: first, need: 1, clinicians: [{}]}}]"
    meets = f"- id: more\n  meeting: {{cohort: red, day: mon, {staff.format('phil, tess')}}}\n- id: meets\n"
    assert problems(spoil(*more, (ROOM, staff.format("tess, phil")), (MEETS, meets))) == ()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            [
                ("sites: [north, south]", "sites: [south]"),
                ("site: north}\n  breaks", "site: south}\n  breaks"),
            ],
            "none of their sites",
        ),
        (
            [
                (
                    "staff:\n    - {roles: [therapist], lead",
                    "staff:\n    - {roles: [therapist], modalities: [cbt], lead",
                )
            ],
            "it asks for cbt",
        ),
        (
            [
                ("serves: [trauma]", "serves: [trauma]\n  language: es"),
                ("- id: tess\n", "- id: tess\n  languages: [en]\n"),
            ],
            "the cohort speaks es",
        ),
    ],
)
def test_who_could_never_fill_a_need(changes: list[tuple[str, str]], why: str) -> None:
    expect([*changes, (ROOM, "staff: [{block: first, clinicians: [«tess]}]")], why)


def test_somebody_who_is_away_makes_the_week_impossible_and_no_mistake() -> None:
    at_lunch = ('start: "08:00", end: "17:00", site', 'start: "12:00", end: "17:00", site')
    assert problems(spoil(at_lunch, (ROOM, "staff: [{block: first, clinicians: [tess]}]"))) == ()


def test_a_week_that_is_merely_impossible_is_in_order() -> None:
    at_work = ('days: [mon, wed]\n    start: "14:00"', 'days: [mon, wed]\n    start: "08:00"')
    nobody = ("roles: [therapist]\n  credentials", "roles: [psychiatrist]\n  credentials")
    assert problems(spoil(at_work, nobody)) == ()
