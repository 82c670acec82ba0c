"""cohort-size: 8 to 12 people, as the cohort says; a cohort that inherits more may not grow."""

from __future__ import annotations

import pytest

from builder import Raw, group, person, seat, small_raw, small_roster
from iop_sched.week.policy import Policy
from solving import best, broken, off, soft

RULE = "cohort-size"
NAMES = ("ana", "ben", "cy", "dee")


def crowd(count: int, least: int = 0, most: int = 2, **cohort: object) -> Raw:
    """``count`` clients and cohort ``red`` for ``least`` to ``most`` members."""
    red = group("red", members={"min": least, "max": most}, **cohort)
    return small_raw(*(person(name) for name in NAMES[:count]), cohorts=[red])


def before(*names: str, cohort: str = "red") -> Raw:
    """Last week: these clients on monday to wednesday."""
    days = ["mon", "tue", "wed"]
    return {"placements": [{"client": name, "cohort": cohort, "days": days} for name in names]}


def everybody(raw: Raw, days: str = "mon tue wed", **more: str) -> Raw:
    """All clients in red."""
    return small_roster(raw, *(seat(client["id"], days, **more) for client in raw["clients"]))


def test_as_many_as_the_cohort_holds() -> None:
    raw = crowd(2)
    assert broken(raw, everybody(raw)) == set()
    assert best(raw).values["placed"] == 0


def test_one_more_is_left_out() -> None:
    raw = crowd(3)
    assert broken(raw, everybody(raw)) == {RULE}
    # Two seats for three clients of 20 points and 180 minutes: one of them is left out.
    found = best(raw)
    assert (found.values["placed"], found.values["dose"]) == (20, 180)
    assert best(raw, off(RULE)).values["placed"] == 0


def test_soft_admits_at_a_price() -> None:
    raw = crowd(4)
    assert broken(raw, everybody(raw), soft(RULE)) == set()
    # Two above the cap at 600; five meetings are held at 60.
    found = best(raw, soft(RULE))
    assert (found.values["placed"], found.values["cost"]) == (0, 2 * 600 + 5 * 60)
    assert best(raw, off(RULE)).values["cost"] == 5 * 60


def test_inherited_members_stay_but_the_cohort_does_not_grow() -> None:
    raw = crowd(3) | {"previous": before("ana", "ben", "cy")}
    assert broken(raw, everybody(raw)) == set()
    assert best(raw).values["kept"] == 0
    # The cap is 3 inherited, not 2: dee is out, and cannot take the place of cy, who is current.
    raw = crowd(4) | {"previous": before("ana", "ben", "cy")}
    assert broken(raw, everybody(raw)) == {RULE}
    found = best(raw)
    assert (found.values["kept"], found.values["placed"]) == (0, 20)
    assert "dee" not in found.placements
    assert best(raw, off(RULE)).values["placed"] == 0


def test_only_clients_of_this_week_with_a_prescription_are_inherited() -> None:
    # Zoe has left and dee wants an assessment only: the cap is 2, so one current client loses the seat.
    raw = crowd(4) | {"previous": before("ana", "ben", "zoe", "dee", cohort="red")}
    raw["clients"][3] = {"id": "dee", "level": "iop"}
    found = best(raw)
    assert (found.values["kept"], found.values["placed"]) == (0, 20)
    # Cy, the one new client, is left out.
    assert sorted(found.placements) == ["ana", "ben"]


def test_an_overriding_pin_is_not_counted() -> None:
    pin = {"id": "p", "place": {"client": "cy"}, "overrides": [RULE], "reason": "court order"}
    raw = crowd(3) | {"pins": [pin]}
    assert broken(raw, everybody(raw)) == set()
    assert best(raw).values["placed"] == 0
    raw = crowd(4) | {"pins": [pin]}
    assert broken(raw, everybody(raw)) == {RULE}
    assert best(raw).values["placed"] == 20


@pytest.mark.parametrize("policy", [Policy(), soft(RULE)])
def test_a_running_cohort_that_is_too_small_costs(policy: Policy) -> None:
    # Two below the least at 60, and five meetings at 60.
    raw = crowd(1, least=3)
    assert best(raw, policy).values["cost"] == 2 * 60 + 5 * 60
    assert best(raw, off(RULE)).values["cost"] == 5 * 60


@pytest.mark.parametrize("policy", [Policy(), soft(RULE)])
def test_a_candidate_opens_only_with_its_least(policy: Policy) -> None:
    raw = crowd(2, least=3, status="candidate")
    opened = everybody(raw) | {"cohorts": [{"cohort": "red", **raw["cohorts"][0]["options"][0]}]}
    opened["facilitation"] = [{"cohort": "red", "day": day} for day in ("mon", "tue", "wed", "thu", "fri")]
    assert broken(raw, opened, policy) == {RULE}
    # Two clients do not make three: both stay out, 40 points.
    assert best(raw, policy).values["placed"] == 40
    assert best(raw, off(RULE)).values["placed"] == 0
    # With three there is a group.
    assert best(crowd(3, least=3, most=3, status="candidate"), policy).values["placed"] == 0


def test_only_so_many_candidates_open() -> None:
    members = {"min": 1, "max": 2}
    cohorts = [group(name, status="candidate", members=members) for name in ("red", "blue")]
    raw = small_raw(*(person(name) for name in NAMES), cohorts=cohorts)
    # Two cohorts of two seat all four; if one may open, two clients of 20 points are left out.
    assert best(raw).values["placed"] == 0
    raw["max_new_cohorts"] = 1
    assert best(raw).values["placed"] == 40
    assert best(raw, off(RULE)).values["placed"] == 0
    days = ["mon", "tue", "wed", "thu", "fri"]
    both = {
        "cohorts": [{"cohort": name, "slot": "am", "days": days} for name in ("red", "blue")],
        "placements": [seat("ana", "mon tue wed"), seat("ben", "mon tue wed", "blue")],
        "facilitation": [{"cohort": name, "day": day} for name in ("red", "blue") for day in days],
    }
    assert broken(raw, both) == {RULE}


def test_members_count_whatever_days_they_come_closed_days_and_weekend() -> None:
    # Mon is closed, and ana and ben share no other day than sun: they are two members all the same.
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    raw = small_raw(
        person("ana", weekdays=("mon", "tue", "sun")),
        person("ben", weekdays=("thu", "sat", "sun")),
        cohorts=[group("red", days, members={"min": 0, "max": 1})],
        closures=[{"day": "mon"}],
    )
    both = seat("ana", "mon tue sun", start="tue"), seat("ben", "thu sat sun", start="thu")
    assert broken(raw, small_roster(raw, *both)) == {RULE}
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0
