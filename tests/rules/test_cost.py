"""Rule ``cost``: meetings, hours, overtime."""

from __future__ import annotations

from typing import Any

import pytest

from builder import (
    Raw,
    block,
    clinician,
    group,
    patient,
    person,
    roster,
    service,
    services_raw,
    services_roster,
    session,
    small_raw,
    small_roster,
    week,
    window,
)
from iop_sched.rules import evaluate
from iop_sched.week.policy import Policy
from solving import best, off

RULE = "cost"


def value(raw: Raw, decided: Raw) -> int:
    """What the specification counts for a roster, which must break nothing."""
    found = evaluate(week(raw), roster(decided), Policy())
    assert found.holds, found.violations
    return found.tiers["cost"].value


def work(*staff: Raw, minutes: int = 60, **more: Any) -> Raw:
    """Two clients need therapy, which is given on monday and sunday."""
    services = [service(windows=[window("mon sun")], minutes=minutes)]
    return services_raw(patient("ana"), patient("ben"), services=services, clinicians=list(staff), **more)


def tom(**more: Any) -> Raw:
    return clinician("tom", "therapist", **more)


def una(**more: Any) -> Raw:
    return clinician("una", "therapist", **more)


ON_TOM = services_roster(
    "ana ben", session("therapy", ["ana"], "mon", "09:00"), session("therapy", ["ben"], "sun", "09:00")
)


def test_nothing_scheduled_costs_nothing() -> None:
    assert value(services_raw(), {}) == 0


def test_meetings_minutes_and_overtime_cost() -> None:
    raw = small_raw()
    assert value(raw, small_roster(raw)) == 5 * 60
    assert value(work(tom()), ON_TOM) == 120
    # 15 minutes beyond the contract, at 2. (105 minutes are more than 80 percent: 35 at 10 is balance's.)
    assert value(work(tom(contract_hours=1.75)), ON_TOM) == 120 + 30 + 350


@pytest.mark.parametrize(
    ("days", "meetings"), [(("mon", "sun"), 2), (("mon", "tue", "wed", "thu", "fri"), 5)]
)
def test_each_meeting_held_costs(days: tuple[str, ...], meetings: int) -> None:
    raw = small_raw(cohorts=[group("red", days)])
    assert best(raw).values["cost"] == 60 * meetings
    assert best(raw, off(RULE)).values["cost"] == 0
    raw["closures"] = [{"day": "mon"}]
    assert best(raw).values["cost"] == 60 * (meetings - 1)


def test_a_candidate_opens_only_for_somebody() -> None:
    new = group("new", ("sat", "sun"), status="candidate")
    raw = small_raw(cohorts=[group("red"), new])
    found = best(raw)
    assert (found.values["cost"], len(found.roster.cohorts)) == (300, 1)
    raw["clients"] = [person("ana", days=(2,), weekdays=("sat", "sun"), step_down=True)]
    # Two more meetings for ana, and a difference of one between the cohorts (20).
    assert best(raw).values["cost"] == 300 + 120 + 20
    assert best(raw, off(RULE)).values["cost"] == 20


def test_of_two_options_the_one_with_fewer_meetings_is_chosen() -> None:
    options = [
        {"slot": "am", "days": ["mon", "tue", "wed", "thu"]},
        {"slot": "pm", "days": ["mon", "sat", "sun"]},
    ]
    raw = small_raw(person("ana"), cohorts=[group("new", status="candidate", options=options)])
    found = best(raw)
    assert (found.values["cost"], found.roster.cohorts[0].slot) == (3 * 60, "pm")


def test_staff_of_a_block_cost_their_minutes() -> None:
    needs = [{"roles": ["therapist"], "lead": True}, {"roles": ["nurse"]}]
    raw = small_raw(
        agendas=[{"id": "talk", "blocks": [block("talk", 0, 45, staff=needs)]}],
        cohorts=[group("red", ("mon", "sun"))],
        clinicians=[tom(), clinician("nia", "nurse")],
    )
    # Two meetings; two people for 45 minutes, which take 60 on the grid.
    assert best(raw).values["cost"] == 120 + 240
    assert best(raw, off(RULE)).values["cost"] == 0


@pytest.mark.parametrize(
    ("hours", "cost"),
    [
        # 120 minutes of work; beyond the contract 2 a minute.
        (None, 120),
        (2.5, 120),
        (2, 120),
        (1.5, 120 + 60),
        (0, 120 + 240),
    ],
)
def test_minutes_beyond_a_contract_cost_twice_more(hours: float | None, cost: int) -> None:
    raw = work(tom() if hours is None else tom(contract_hours=hours))
    assert best(raw, off("balance")).values["cost"] == cost
    assert best(raw, off("balance", RULE)).values["cost"] == 0


def test_work_goes_to_whoever_has_hours_left() -> None:
    raw = work(tom(contract_hours=0), una(contract_hours=2))
    found = best(raw, off("balance"))
    assert found.values["cost"] == 120
    assert {s.staff[0].clinician for s in found.sessions("therapy")} == {"una"}
    raw["closures"] = [{"day": "mon"}]
    raw["services"][0]["windows"] = [window("mon sun")]
    # Both come on sunday at 9:00: tom must help, 60 minutes beyond his contract.
    assert best(raw, off("balance")).values["cost"] == 120 + 120


def test_a_care_team_costs_the_minutes_of_all_who_attend() -> None:
    team = {
        "id": "core",
        "site": "north",
        "minutes": 60,
        "members": ["tom", "una"],
        "windows": [window("sat")],
    }
    raw = services_raw(clinicians=[tom(), una()], care_teams=[team])
    assert best(raw).values["cost"] == 120
    assert best(raw, off(RULE)).values["cost"] == 0


def test_weights_are_the_policy_s() -> None:
    policy = Policy(
        weights={"cost.meeting": 7, "cost.staff": 0, "cost.overtime": 3}, rules={"balance": "off"}
    )
    raw = work(tom(contract_hours=1), cohorts=[group("red", ("mon", "sun"))])
    # Two meetings at 7, and 60 minutes of overtime at 3.
    assert best(raw, policy).values["cost"] == 14 + 180
