"""Impossible weeks are explained by exactly what makes them so."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from builder import Raw, block, clinician, group, person, small_raw, week, window
from explain.again import wrong_with
from instances.facts import INSTANCES
from iop_sched.explain.conflict import Conflict
from iop_sched.explain.facts import Fact
from iop_sched.explain.in_turn import Explanation, explain_week
from iop_sched.week.loading import load_policy_file, load_week
from iop_sched.week.pins import Pin
from iop_sched.week.policy import Policy
from iop_sched.week.reading import read_document
from strategies import draft

IMPOSSIBLE = sorted((INSTANCES / "infeasible").glob("*.yaml"))
SECONDS = 3600.0
STANDARD = load_policy_file("standard")


def explained(raw: Raw, policy: Policy | None = None, seconds: float = SECONDS) -> Explanation:
    return explain_week(week(raw), policy or Policy(), seconds)


def says(conflict: Conflict) -> tuple[set[str], set[str], set[str]]:
    """Rules, ids of pins, and sentences of facts."""
    return set(conflict.rules), {pin.id for pin in conflict.pins}, {fact.says for fact in conflict.facts}


@pytest.mark.parametrize("path", IMPOSSIBLE, ids=lambda path: path.stem)
def test_the_planted_conflict_and_nothing_else_is_found(path: Path) -> None:
    program, document = load_week(path), read_document(path)
    expected = tomllib.loads(path.with_suffix(".conflict.toml").read_text(encoding="utf-8"))
    found = explain_week(program, STANDARD, SECONDS)
    (lifted,) = found.conflicts
    conflict = lifted.conflict
    assert set(conflict.rules) == set(expected["rules"])
    assert {pin.id for pin in conflict.pins} == set(expected["pins"])
    assert {document.where(fact.path) for fact in conflict.facts} == set(expected["facts"])
    assert (found.verdict, found.after, conflict.verified) == ("infeasible", "feasible", True)
    assert wrong_with(program, STANDARD, conflict) == []


# Drafts of generated weeks that are impossible as they come: care teams, pins, tracks, primaries, stays …
GENERATED = [(5, 0), (16, 0), (24, 0), (49, 1), (58, 1), (61, 0), (66, 0), (66, 1), (77, 0), (159, 1)]
GENERATED += [(184, 0), (192, 1), (198, 1), (229, 1), (234, 0), (268, 1), (276, 1), (313, 0)]


@pytest.mark.parametrize(("seed", "number"), GENERATED)
def test_each_conflict_of_a_generated_week_is_minimal(seed: int, number: int) -> None:
    program, policy = draft(seed, number)[1].finish()
    found = explain_week(program, policy, SECONDS)
    assert found.verdict == "infeasible"
    assert all(lifted.conflict.verified for lifted in found.conflicts)
    # later ones are conflicts of the week as well, whose other parts are not asked for
    assert [wrong_with(program, policy, lifted.conflict) for lifted in found.conflicts] == [
        [] for _ in found.conflicts
    ]
    assert found.after == "feasible"


def test_two_conflicts_are_found_in_turn() -> None:
    ana = person("ana", busy=[window("daily", "08:00", "20:00")])
    cy = person("cy", intake={"insurance": "pending"})
    raw = small_raw(ana, person("ben"), cy)
    raw["pins"] = [{"id": f"pin-{name}", "place": {"client": name}} for name in ("ana", "ben", "cy")]
    found = explained(raw)
    assert sorted(
        (says(lifted.conflict) for lifted in found.conflicts), key=lambda parts: sorted(parts[1])
    ) == [
        (
            {"client-time"},
            {"pin-ana"},
            {"ana is busy every day 08:00-20:00", "red meets Mon-Fri at 09:00"},
        ),
        ({"intake"}, {"pin-cy"}, {"the insurance of cy is not verified yet"}),
    ]
    lifted = [one.member.id for one in found.conflicts if isinstance(one.member, Pin)]
    assert sorted(lifted) == ["pin-ana", "pin-cy"]
    assert found.after == "feasible"


def test_two_conflicts_over_the_same_pin_are_one_pin_apart() -> None:
    # whichever of the two facts were changed, the other one would still be in the way
    ana = person("ana", busy=[window("daily", "08:00", "20:00")], intake={"insurance": "pending"})
    found = explained(small_raw(ana, pins=[{"id": "pin-ana", "place": {"client": "ana"}}]))
    (lifted,) = found.conflicts
    assert lifted.conflict.pins == (lifted.member,)
    assert len(lifted.conflict.rules) == 1
    assert found.after == "feasible"


def test_pinned_staff_who_is_away() -> None:
    # two lead the block, one more than it needs at least; ida alone is in the way
    raw = small_raw(cohorts=[group("red", ("mon",))])
    raw["agendas"][0]["blocks"] = [block("talk", 0, 60, staff=[{"roles": ["aide"], "count": 2}], ratio=9)]
    raw["clinicians"] = [clinician(name, "aide") for name in ("hal", "ida", "joe")]
    raw["clinicians"][1]["away"] = [window("mon", "09:00", "12:00")]
    staff = [{"block": "talk", "clinicians": ["hal", "ida", "joe"]}]
    raw["pins"] = [{"id": "who", "meeting": {"cohort": "red", "day": "mon", "staff": staff}}]
    (lifted,) = explained(raw).conflicts
    assert says(lifted.conflict) == (
        {"clinician-time", "facilitation"},
        {"who"},
        {"ida is away Mon 09:00-12:00", "red meets Mon at 09:00"},
    )
    assert lifted.conflict.verified
    assert wrong_with(week(raw), Policy(), lifted.conflict) == []


def test_without_a_pin_a_fact_is_lifted() -> None:
    tom: dict[str, Any] = {"id": "tom", "roles": ["doctor"], "sites": ["north"]}
    tom["available"] = [window("mon", "09:00", "12:00")]
    team = {"id": "team", "site": "north", "minutes": 60, "members": ["tom"]}
    team["windows"] = [window("tue", "09:00", "12:00")]
    found = explained(small_raw(clinicians=[tom], care_teams=[team]))
    (lifted,) = found.conflicts
    assert says(lifted.conflict)[2] == {
        "tom works Mon 09:00-12:00",
        "team may meet Tue 09:00-12:00",
        "tom must be there when team meets",
    }
    # when a team meets is more easily changed than when somebody works
    assert isinstance(lifted.member, Fact)
    assert lifted.member.kind.name == "care team"


def test_clients_whom_no_pin_names_can_be_what_a_group_needs() -> None:
    # co opens with three; two of four may not join it, and neither of them is pinned
    clients = [person(name) for name in ("ana", "ben")]
    clients += [person(name, formats=["telehealth"]) for name in ("cy", "dan")]
    co = {"id": "co", "status": "candidate", "site": "north", "levels": ["iop"], "agenda": "talk"}
    co |= {"members": {"min": 3, "max": 9}, "options": [{"slot": "pm", "days": ["mon", "tue", "wed"]}]}
    raw = small_raw(*clients, pins=[{"id": "pin-co", "cohort": {"cohort": "co"}}])
    raw["cohorts"].append(co)
    (lifted,) = explained(raw).conflicts
    assert says(lifted.conflict) == (
        {"eligibility", "cohort-size"},
        {"pin-co"},
        {
            "co opens with 3 members at least",
            "cy comes by telehealth only",
            "dan comes by telehealth only",
        },
    )
    raw["clients"][2]["formats"] = ["in-person"]
    assert explained(raw).verdict == "feasible"


def test_a_possible_week_has_no_conflict() -> None:
    found = explained(small_raw(person("ana")))
    assert (found.verdict, found.after, found.conflicts, found.explained) == (
        "feasible",
        "feasible",
        (),
        True,
    )


def test_without_time_nothing_is_claimed() -> None:
    ana = person("ana", busy=[window("daily", "08:00", "20:00")])
    raw = small_raw(ana, pins=[{"id": "pin-ana", "place": {"client": "ana"}}])
    found = explained(raw, seconds=0.0)
    assert (found.verdict, found.conflicts, found.solves, found.explained) == ("unknown", (), 0, False)


PINNED_STAFF = [
    ("facilitation", {"cohort": {"cohort": "red", "leader": "tom"}}),
    ("rooms", {"meeting": {"cohort": "red", "day": "mon", "room": "hall"}}),
    ("care-team", {"team": {"team": "team", "day": "mon"}}),
    ("service-staff", {"session": {"client": "ana", "service": "therapy", "clinician": "tom"}}),
    ("primary", {"place": {"client": "ana", "primary": "tom"}}),
]


@pytest.mark.parametrize(("rule", "pin"), PINNED_STAFF)
def test_a_pin_is_no_conflict_by_itself_where_its_rule_is_left_out(rule: str, pin: Raw) -> None:
    # bob is the conflict; what the other pin names exists only as long as its rule is there
    ana = person("ana", services=({"service": "therapy"},))
    bob = person("bob", intake={"insurance": "pending"})
    tom = {
        "id": "tom",
        "roles": ["therapist"],
        "sites": ["north"],
        "available": [window("daily", "08:00", "20:00")],
    }
    raw = small_raw(ana, bob, clinicians=[tom])
    raw["services"] = [{"id": "therapy", "minutes": 60, "staff": [{"roles": ["therapist"]}], "primary": True}]
    raw["agendas"][0]["blocks"][0]["staff"] = [{"roles": ["therapist"], "lead": True}]
    raw["rooms"] = [{"id": "hall", "site": "north", "kinds": ["group"], "capacity": 9}]
    raw["cohorts"][0]["room_kind"] = "group"
    team = {"id": "team", "site": "north", "minutes": 60, "windows": [window("mon", "14:00", "16:00")]}
    raw["care_teams"] = [team | {"members": ["tom"]}]
    raw["pins"] = [{"id": "pin-bob", "place": {"client": "bob"}}, {"id": "about-staff", **pin}]
    (lifted,) = explained(raw).conflicts
    assert (lifted.conflict.rules, [one.id for one in lifted.conflict.pins]) == (("intake",), ["pin-bob"])
