"""Rule ``balance``: cohorts of like size, work shared fairly."""

from __future__ import annotations

from typing import Any

import pytest

from builder import (
    Raw,
    clinician,
    group,
    patient,
    person,
    roster,
    seat,
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
from iop_sched.week.policy import Limits, Policy
from solving import best, off

RULE = "balance"
RED, BLUE = group("red"), group("blue")


def value(raw: Raw, decided: Raw) -> int:
    """What the rule adds to the cost of a roster, which must break nothing."""
    found = [evaluate(week(raw), roster(decided), policy) for policy in (Policy(), off(RULE))]
    assert found[0].holds, found[0].violations
    return found[0].tiers["cost"].value - found[1].tiers["cost"].value


def added(raw: Raw) -> int:
    """What the rule adds to the cost of the best roster."""
    return best(raw).values["cost"] - best(raw, off(RULE)).values["cost"]


# Cohorts


def cohorts_week(clients: int, *cohorts: Raw, **more: Any) -> Raw:
    return small_raw(*(person(f"c{n}") for n in range(clients)), cohorts=list(cohorts), **more)


def test_cohorts_of_like_size_cost_nothing_and_others_do() -> None:
    raw = cohorts_week(2, RED, BLUE)
    like = small_roster(raw, seat("c0", "mon tue wed"), seat("c1", "mon tue wed", "blue"))
    assert value(raw, like) == 0
    # Two and none: a difference of two at 20.
    assert value(raw, small_roster(raw, seat("c0", "mon tue wed"), seat("c1", "mon tue wed"))) == 40


@pytest.mark.parametrize(("clients", "spread"), [(0, 0), (1, 1), (2, 0), (3, 1), (4, 0)])
def test_clients_are_shared_out(clients: int, spread: int) -> None:
    raw = cohorts_week(clients, RED, BLUE)
    assert best(raw).values["cost"] == 10 * 60 + 20 * spread
    sizes = [sum(p.cohort == name for p in best(raw).roster.placements) for name in ("red", "blue")]
    assert max(sizes) - min(sizes) == spread


@pytest.mark.parametrize(("most", "spread"), [(0, 4), (1, 2), (2, 0)])
def test_a_cohort_that_takes_few_leaves_a_difference(most: int, spread: int) -> None:
    raw = cohorts_week(4, RED, group("blue", members={"min": 0, "max": most}))
    assert best(raw).values["cost"] == 10 * 60 + 20 * spread
    assert best(raw, off(RULE)).values["cost"] == 10 * 60


def test_settled_clients_are_not_moved_to_balance() -> None:
    raw = cohorts_week(3, RED, BLUE)
    raw["previous"] = {"placements": [{"client": f"c{n}", "cohort": "red", "slot": "am"} for n in range(3)]}
    # Three and none: 60, cheaper than trust.
    assert added(raw) == 60


def test_candidates_that_stay_shut_have_no_size() -> None:
    shut = group("new", status="candidate", members={"min": 3, "max": 12})
    # Opening it would cost five meetings; shut, red is the only cohort.
    assert best(cohorts_week(2, RED, shut)).values["cost"] == 5 * 60
    # On a weekend with too few seats it opens with one client of three; red has two.
    few = group("red", ("mon", "sat", "sun"), members={"min": 0, "max": 2})
    new = group("new", ("mon", "sat", "sun"), status="candidate", members={"min": 1, "max": 12})
    assert best(cohorts_week(3, few, new)).values["cost"] == 6 * 60 + 20


def test_a_closed_day_changes_no_size() -> None:
    assert added(cohorts_week(1, RED, BLUE, closures=[{"day": "mon"}])) == 20


# Work


def work(*staff: Raw, days: str = "mon sun") -> Raw:
    """Two clients need therapy, and there is an hour for it on each of the days."""
    services = [service(windows=[window(days, "09:00", "11:00")])]
    return services_raw(patient("ana"), patient("ben"), services=services, clinicians=list(staff))


def tom(hours: float, **more: Any) -> Raw:
    return clinician("tom", "therapist", contract_hours=hours, **more)


def una(hours: float, **more: Any) -> Raw:
    return clinician("una", "therapist", contract_hours=hours, **more)


def test_work_shared_costs_nothing_and_work_on_one_does() -> None:
    raw = work(tom(2), una(2))
    on_tom = [session("therapy", ["ana"], "mon", "09:00"), session("therapy", ["ben"], "sun", "09:00")]
    # tom has 120 of 120 minutes: 20 percent above 80, at 10.
    assert value(raw, services_roster("ana ben", *on_tom)) == 200
    on_tom[1]["staff"] = [{"need": 0, "clinician": "una"}]
    assert value(raw, services_roster("ana ben", *on_tom)) == 0


@pytest.mark.parametrize("days", ["mon", "sun", "mon sun"])
def test_the_busiest_clinician_is_relieved(days: str) -> None:
    raw = work(tom(2), una(2), days=days)
    # One session each: 50 percent.
    assert added(raw) == 0
    assert sorted(s.staff[0].clinician for s in best(raw).sessions("therapy")) == ["tom", "una"]
    raw["clinicians"][1]["away"] = [window("daily", "08:00", "20:00")]
    assert added(raw) == 200


@pytest.mark.parametrize(
    ("hours", "percent"),
    [
        # 120 minutes of 5 h, 2.5 h, 1.75 h (114.3, rounded up) and 1 h; 0 h is no contract to speak of.
        (5, 40),
        (2.5, 80),
        (1.75, 115),
        (1, 200),
        (0, 0),
    ],
)
def test_percent_of_contract_is_rounded_up(hours: float, percent: int) -> None:
    assert added(work(tom(hours))) == 10 * max(0, percent - 80)


def test_how_busy_is_too_busy_is_the_policy_s() -> None:
    raw = work(tom(5))
    # 40 percent: 15 above 25.
    policy = Policy(limits=Limits(busy_at=25))
    assert best(raw, policy).values["cost"] - best(raw).values["cost"] == 150


def test_a_closed_day_relieves() -> None:
    raw = work(tom(2))
    assert added(raw) == 200
    raw["services"][0]["windows"] = [window("mon sun")]
    raw["closures"] = [{"day": "mon"}]
    # One session is left: 50 percent.
    assert added(raw) == 0
