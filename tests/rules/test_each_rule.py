"""Every rule fires by itself, pays when it is soft, and is waived where a pin may waive it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from builder import Raw, client, placement, session
from iop_sched.rules import CHECKS, evaluate
from iop_sched.week.policy import PENALTIES, RULES, Policy
from joined import schedule


def _prescribe(facts: Raw, number: int, service: str, **more: Any) -> None:
    facts["clients"][number]["prescription"].setdefault("services", []).append({"service": service, **more})


def _circle(facts: Raw, decided: Raw) -> Any:
    for number in (0, 1):
        _prescribe(facts, number, "circle")
    decided["sessions"].append(session("circle", ["ana", "ben"], "thu", "15:00"))


def _moves(facts: Raw, decided: Raw) -> None:
    facts["cohorts"].append({**facts["cohorts"][0], "id": "old", "members": {"min": 0, "max": 12}})
    days = ["mon", "tue", "wed", "thu"]
    decided["cohorts"].append({"cohort": "old", "slot": "am", "days": days})
    decided["facilitation"] += [{"cohort": "old", "day": day, "held": False} for day in days]
    facts["clients"].append(client("dee"))
    decided["placements"].append(placement("dee"))
    facts["previous"] = {
        "placements": [{"client": name, "cohort": "old"} for name in ("ana", "ben", "cy", "dee")]
    }


def _care_team(facts: Raw, decided: Raw) -> None:
    facts["care_teams"] = [
        {
            "id": "team",
            "site": "north",
            "minutes": 60,
            "windows": [{"days": ["fri"], "start": "09:00", "end": "12:00"}],
        }
    ]


def _authorised(facts: Raw, decided: Raw) -> None:
    dates = {"first": "2026-03-02", "last": "2026-03-08"}
    facts["clients"][2]["authorisation"] = {**dates, "hours": 8}


def _intake(facts: Raw, decided: Raw) -> None:
    facts["clients"][1]["intake"] = {"assessment": "assess"}


BREAKING: dict[str, Callable[[Raw, Raw], Any]] = {
    "eligibility": lambda facts, _: facts["cohorts"][0].update(requires=["trauma"]),
    "cohort-size": lambda facts, _: facts["cohorts"][0].update(members={"min": 1, "max": 2}),
    "meeting-attendance": lambda facts, _: facts["agendas"][0]["blocks"][0].update(
        attendance={"min": 1, "max": 2}
    ),
    "meeting-held": lambda _, decided: decided["facilitation"].__setitem__(
        3, {"cohort": "morning", "day": "thu", "held": False}
    ),
    "companions": lambda facts, _: facts.update(apart=[("ana", "cy")]),
    "max-moves": _moves,
    "track": lambda _, decided: decided["placements"][1].update(days=["mon", "tue"]),
    "stay": lambda _, decided: decided["placements"][1].update(start="tue", last="fri"),
    "intake": _intake,
    "weekly-hours": lambda facts, _: facts["clients"][1]["prescription"]["hours"].update(min=9.25),
    "program-day": lambda facts, _: facts["levels"][0]["day_hours"].update(min=3.25),
    "authorisation": _authorised,
    "group-share": lambda facts, _: facts["levels"][0].update(group_share={"min": 60, "max": 70}),
    "client-time": lambda facts, _: facts["clients"][1].update(
        busy=[{"days": ["tue"], "start": "11:45", "end": "12:00"}]
    ),
    "clinician-time": lambda _, decided: decided["sessions"][0].update(start="19:15"),
    "clinician-load": lambda facts, _: facts["clinicians"][0].update(max_hours_day=2.75),
    "facilitation": lambda _, decided: decided["facilitation"][0].update(staff=[]),
    "care-team": _care_team,
    "service-delivery": lambda _, decided: decided.update(sessions=[]),
    "service-staff": lambda _, decided: decided["sessions"][0].update(
        staff=[{"need": 0, "clinician": "fay"}]
    ),
    "primary": lambda _, decided: decided["placements"][0].update(primary="fay"),
    "service-timing": lambda facts, _: facts["services"][0].update(follows={"block_kind": "movement"}),
    "open-group": lambda facts, decided: (
        facts["clients"][0].update(family={"attendees": 2}),
        _circle(facts, decided),
    ),
    "rooms": lambda facts, _: facts["rooms"][0].update(capacity=2),
    "supply": lambda facts, decided: (
        facts["supplies"][0].update(count=0),
        _circle(facts, decided),
    ),
    "pins": lambda facts, _: facts.update(pins=[{"id": "p", "place": {"client": "ana", "days": ["thu"]}}]),
    "continuity": lambda facts, _: facts.update(
        previous={"placements": [{"client": "ana", "cohort": "evening", "primary": "una"}]}
    ),
    "preferences": lambda facts, _: facts["clients"][1].update(preferences={"slots": ["pm"]}),
    "balance": lambda facts, _: facts["clinicians"][0].update(contract_hours=8),
    "cost": lambda facts, _: None,
}
HARDENED = ("meeting-held", "authorisation", "group-share", "service-delivery")


def test_registry_is_in_the_policy_order() -> None:
    assert list(CHECKS) == list(RULES) == list(BREAKING)


@pytest.mark.parametrize("rule", BREAKING)
def test_rule_fires_only_by_itself(rule: str) -> None:
    found = schedule(BREAKING[rule])
    policy = Policy(rules={name: "hard" for name in HARDENED if name == rule})
    result = evaluate(found.facts.week, found.roster, policy)
    paid = {PENALTIES[term.penalty].rule for term in result.terms}
    assert {one.rule for one in result.violations} == ({rule} if "hard" in RULES[rule].modes else set())
    assert "hard" in RULES[rule].modes or rule in paid
    left_out = evaluate(found.facts.week, found.roster, policy, without=frozenset({rule}))
    assert left_out.holds
    assert rule not in {PENALTIES[term.penalty].rule for term in left_out.terms}


STARRED = ["cohort-size", "meeting-attendance", "clinician-load", "service-timing"]


@pytest.mark.parametrize("rule", STARRED)
def test_soft_rule_pays_instead(rule: str) -> None:
    found = schedule(BREAKING[rule])
    result = evaluate(found.facts.week, found.roster, Policy(rules={rule: "soft"}))
    assert result.holds
    assert rule in {PENALTIES[term.penalty].rule for term in result.terms}


def test_soft_caseload_pays_and_covering_pays_in_every_mode() -> None:
    def burden(facts: Raw, decided: Raw) -> None:
        facts["clinicians"][2]["caseload"] = 0
        decided["placements"][0]["primary"] = "una"

    found = schedule(burden)
    hard = evaluate(found.facts.week, found.roster, Policy())
    soft = evaluate(found.facts.week, found.roster, Policy(rules={"primary": "soft"}))
    assert [one.rule for one in hard.violations] == ["primary"]
    assert [term.penalty for term in hard.terms if term.penalty.startswith("primary")] == ["primary.cover"]
    assert {"primary.cover", "primary.caseload"} <= {term.penalty for term in soft.terms}


OVERRIDABLE = {
    "eligibility": "ben",
    "cohort-size": "ben",
    "meeting-attendance": "ben",
    "companions": "ana",
    "track": "ben",
    "stay": "ben",
    "intake": "ben",
    "weekly-hours": "ben",
    "program-day": "ben",
    "authorisation": "cy",
    "max-moves": "ben",
    "service-timing": "ana",
    "client-time": "ben",
}


@pytest.mark.parametrize("rule", OVERRIDABLE)
def test_override_waives_the_rule_for_the_pinned_client(rule: str) -> None:
    name = OVERRIDABLE[rule]

    def waive(facts: Raw, decided: Raw) -> None:
        BREAKING[rule](facts, decided)
        pin = {"id": "w", "place": {"client": name}, "overrides": [rule], "reason": "asked"}
        facts["pins"] = [pin]

    found = schedule(waive)
    policy = Policy(rules={n: "hard" for n in HARDENED if n == rule})
    result = evaluate(found.facts.week, found.roster, policy)
    assert name not in {one.who for one in result.violations}
    if rule not in ("eligibility", "program-day"):
        assert result.holds, result.violations
