"""The reason shown for each unplaced client is the smallest obstacle in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from iop_sched.explain.unplaced import reason_unplaced, reasons_unplaced
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from report.harbour import POLICY, ROSTER, WEEK, raw_week

Change = Callable[[dict[str, Any], dict[str, Any]], None]


def reason(change: Change, client: str = "c12", policy: Policy = POLICY) -> str:
    """Why ``client`` is out after ``change`` of the week and of the client."""
    raw = raw_week()
    change(raw, next(one for one in raw["clients"] if one["id"] == client))
    return reason_unplaced(ProgramWeek.model_validate(raw), ROSTER, policy, client)


def cohort(raw: dict[str, Any], name: str) -> dict[str, Any]:
    return next(dict_ for dict_ in raw["cohorts"] if dict_["id"] == name)


def test_every_unplaced_client_has_one() -> None:
    reasons = reasons_unplaced(WEEK, ROSTER, POLICY)
    assert list(reasons) == ["c10", "c12", "c13"]
    assert reasons["c10"] == "the insurance is pending"
    assert reasons["c12"].startswith("every cohort that fits is full: eve-1 (2/2)")
    assert "collide with every cohort that could be joined: mor-1 (free on wed, fri only)" in reasons["c13"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw, one: one.update(intake={"insurance": "pending"}), "the insurance is pending"),
        (
            lambda raw, one: one.update(intake={"assessment": "assessment", "deadline": "wed"}),
            "no assessment could be scheduled by the deadline, wed",
        ),
        (lambda raw, one: one.update(intake={"assessment_only": True}), "wants the assessment only"),
        (lambda raw, one: one.update(sites=["nowhere"]), "no cohort admits this client"),
        (
            lambda raw, one: one["prescription"].update(weekdays=["mon", "wed"]),
            "no cohort meets on enough allowed days: mor-1 (2 of the 3 needed)",
        ),
        (
            lambda raw, one: one.update(busy=[{"days": "daily", "start": "00:00", "end": "24:00"}]),
            "collide with every cohort that could be joined: mor-1 (every day), eve-1 (every day)",
        ),
        (
            lambda raw, one: (
                cohort(raw, "eve-1").update(members={"min": 2, "max": 3}),
                one.update(stay={"earliest_start": "sat", "latest_start": "sun"}),
            ),
            "no day to start on: eve-1",
        ),
        (
            lambda raw, one: (
                cohort(raw, "eve-1").update(members={"min": 2, "max": 3}),
                raw["apart"].append(["c12", "c04"]),
            ),
            "not as the roster stands: eve-1 (companions: ",
        ),
        (
            lambda raw, one: cohort(raw, "eve-1").update(members={"min": 2, "max": 3}),
            "no single obstacle found in eve-1",
        ),
        (
            lambda raw, one: one.update(sites=[], formats=["telehealth"], busy=[]),
            "not opened: tele-1 (needs 2 to open, and only 1 without a place fits)",
        ),
        (
            lambda raw, one: (
                raw["pins"].append({"id": "p2", "cohort": {"cohort": "tele-1", "open": False}}),
                one.update(sites=[], formats=["telehealth"], busy=[]),
            ),
            "tele-1 (kept closed by a pin)",
        ),
        (
            lambda raw, one: (
                raw.update(max_new_cohorts=1),
                one.update(sites=[], formats=["telehealth"], busy=[]),
            ),
            "tele-1 (no more than 1 new may open)",
        ),
        (
            lambda raw, one: (
                [who.update(caseload=1) for who in raw["clinicians"] if "therapist" in who["roles"]],
                one.update(excludes=["mor"]),
                one["prescription"].update(services=[{"service": "individual"}]),
            ),
            "every therapist who suits has a full caseload: lee (4/3), kim (1/1)",
        ),
        (
            lambda raw, one: (
                one.update(excludes=["lee", "kim", "mor"]),
                one["prescription"].update(services=[{"service": "individual"}]),
            ),
            "no clinician who suits this client may give individual",
        ),
    ],
)
def test_the_reason_is_the_smallest_obstacle(change: Change, words: str) -> None:
    assert words in reason(change)


def test_a_rule_that_is_off_is_no_obstacle() -> None:
    def change(raw: dict[str, Any], one: dict[str, Any]) -> None:
        cohort(raw, "eve-1").update(members={"min": 2, "max": 3})
        raw["apart"].append(["c12", "c04"])

    assert "companions" not in reason(change, policy=Policy(rules={"companions": "off"}))


def test_a_long_waitlist_gets_a_reason_each() -> None:
    raw = raw_week()
    template = next(one for one in raw["clients"] if one["id"] == "c12")
    raw["clients"] += [{**template, "id": f"w{number}"} for number in range(200)]
    assert len(reasons_unplaced(ProgramWeek.model_validate(raw), ROSTER, POLICY)) == 203
