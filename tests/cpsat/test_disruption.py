"""The disruption as an expression of the model is what ``compare.disruption`` measures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from random import Random

import pytest

from compare.hand import disturbed, edited
from compare.test_disruption import CASES
from cpsat.held import least
from iop_sched.compare.disruption import POINTS, disruption
from iop_sched.cpsat.build import build
from iop_sched.cpsat.disruption import objective
from iop_sched.cpsat.model import Model
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from report.harbour import ROSTER, WEEK, raw_week
from strategies import tiny_week
from tiny_weeks import TURNS

SEEDS = [
    TURNS.index(theme)
    for theme in (
        "cohort_size",
        "stay",
        "facilitation",
        "care_team",
        "service_staff",
        "primary",
        "open_group",
        "rooms",
        "shared_places",
        "first_week",
    )
]


def modelled(model: Model, before: Roster, after: Roster, newcomers: Sequence[str] = ()) -> int:
    """The expression's least value with every decision held at what ``after`` says."""
    return least(model, after, lambda held: objective(held, before, newcomers))


# Legal rosters of tiny weeks, each against each


@pytest.mark.parametrize("seed", SEEDS)
def test_two_rosters_of_a_week(seed: int) -> None:
    tiny = tiny_week(seed)
    model, _ = build(tiny.week, tiny.policy)
    for before, after in product(tiny.tally.accepted, repeat=2):
        placed = {one.client for one in before.placements}
        newcomers = [client.id for client in tiny.week.treated if client.id not in placed]
        waiting = set(newcomers) - {one.client for one in after.placements}
        expected = disruption(before, after, tiny.week).total
        assert modelled(model, before, after) == expected
        expected += POINTS["place-lost"] * len(waiting)
        assert modelled(model, before, after, newcomers) == expected


# One week with something of everything; what it had before is one roster or another


@pytest.fixture(scope="module")
def harbour() -> Model:
    return build(WEEK, Policy())[0]


@pytest.mark.parametrize("name", CASES)
def test_each_part(harbour: Model, name: str) -> None:
    before = edited(*CASES[name][0])
    assert modelled(harbour, before, ROSTER) == disruption(before, ROSTER, WEEK).total


def test_each_part_includes_a_meeting_on_a_new_day(harbour: Model) -> None:
    before = edited(*CASES["no longer due, and not held"][0])
    assert modelled(harbour, before, ROSTER) == POINTS["meeting-lost"]


@pytest.mark.parametrize("seed", range(20))
def test_much_at_once(harbour: Model, seed: int) -> None:
    before = disturbed(ROSTER, Random(seed), 12)
    assert modelled(harbour, before, ROSTER) == disruption(before, ROSTER, WEEK).total


def test_what_the_week_no_longer_knows() -> None:
    raw = raw_week()
    raw["services"] = [one for one in raw["services"] if one["id"] != "yoga"]
    for client in raw["clients"]:
        if (prescription := client.get("prescription")) is not None:
            prescription["services"] = [s for s in prescription.get("services", ()) if s["service"] != "yoga"]
            if client.get("group_optional") and not prescription["services"]:
                # who had yoga alone has no hours left, and is owed none
                prescription["hours"] |= {"min": 0, "target": 0}
    week = ProgramWeek.model_validate(raw)
    after = ROSTER.model_copy(
        update={"sessions": tuple(one for one in ROSTER.sessions if one.service != "yoga")}
    )
    assert modelled(build(week, Policy())[0], ROSTER, after) == disruption(ROSTER, after, week).total == 0
