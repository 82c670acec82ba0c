"""Changes that were made for one week alone are over when it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.bench.hand_rule import hand_rule
from iop_sched.next_week import NextWeek, advance
from iop_sched.scenario.apply import apply, lasting
from iop_sched.scenario.grammar import parse_change
from iop_sched.scenario.kinds import KINDS
from iop_sched.scenario.scenario import Scenario
from iop_sched.week.loading import load_week
from iop_sched.week.policy import Policy

QUICKSTART = load_week(Path(__file__).resolve().parents[2] / "instances/quickstart.yaml")
POLICY = Policy()


def after(*texts: str) -> NextWeek:
    """The week after quickstart's with these changes, each in a scenario of its own."""
    scenarios = [Scenario(text, "", (parse_change(text),)) for text in texts]
    changed = apply(QUICKSTART, POLICY, scenarios)
    roster = hand_rule(changed.week, POLICY)
    return advance(changed.week, roster, lasting=lasting(QUICKSTART, POLICY, scenarios))


def test_these_kinds_are_of_one_week() -> None:
    assert {name for name, kind in KINDS.items() if kind.of_one_week} == {
        *("out", "back", "absent", "pause", "close", "reopen", "close-room")
    }


def test_who_paused_is_prescribed_what_was() -> None:
    found = after("pause c01")
    before, now = (next(one for one in week.clients if one.id == "c01") for week in (QUICKSTART, found.week))
    assert now.prescription == before.prescription
    assert now.absences == ()
    assert found.affected.dropped.prescriptions == ("c01",)
    # excused from all of it, nobody is below a floor
    assert "c01" not in {one.client for one in found.affected.below_floor}


@pytest.mark.parametrize("text", ["out t-ana", "close tue,thu"])
def test_a_care_team_meets_again_as_it_did(text: str) -> None:
    changed = apply(QUICKSTART, POLICY, [Scenario(text, "", (parse_change(text),))])
    assert changed.week.care_teams != QUICKSTART.care_teams
    found = after(text)
    assert found.week.care_teams == QUICKSTART.care_teams
    assert found.affected.dropped.teams == tuple(one.id for one in QUICKSTART.care_teams)


@pytest.mark.parametrize("text", ["close room room-sky thu", "close room room-sky"])
def test_a_closed_room_opens_again(text: str) -> None:
    found = after(text)
    assert found.week.rooms == QUICKSTART.rooms
    assert found.affected.dropped.rooms == ("room-sky",)


def test_what_lasts_lasts() -> None:
    found = after("absent c01 tue", "free c01 tue", "busy c02 fri 09:00-12:00", "pause c03")
    busy = {one.id: one.busy for one in found.week.clients}
    before = {one.id: one.busy for one in QUICKSTART.clients}
    assert busy["c01"] == before["c01"]
    assert len(busy["c02"]) == len(before["c02"]) + 1
    assert all(not one.absences for one in found.week.clients)
