"""Rule ``care-team``: the team meets every week, whoever is named is there."""

from __future__ import annotations

from typing import Any

import pytest

from builder import Raw, clinician, patient, services_raw, window
from solving import best, broken, off

RULE = "care-team"


def team_week(*clients: Raw, windows: tuple[Raw, ...] = (window("mon"),), **more: Any) -> Raw:
    """``core`` meets for an hour at ``north``; ``tom`` is a member. Everybody there costs 60 minutes."""
    team = {
        "id": "core",
        "site": "north",
        "minutes": 60,
        "members": ["tom"],
        "windows": list(windows),
        **more,
    }
    staff = [clinician("tom", "therapist"), clinician("una", "therapist"), clinician("fay", "facilitator")]
    return services_raw(*clients, care_teams=[team], clinicians=staff)


def meeting(*attendees: str, day: str = "mon", start: str = "09:00") -> Raw:
    return {"team": "core", "day": day, "start": start, "attendees": list(attendees)}


def test_a_meeting_in_its_window_with_its_members_obeys() -> None:
    assert broken(team_week(), {"team_meeting": [meeting("tom")]}) == set()


@pytest.mark.parametrize(
    ("changed", "meetings"),
    [
        ({}, []),
        ({}, [meeting("tom"), meeting("tom", start="10:00")]),
        ({}, [meeting("tom", day="tue")]),
        ({}, [meeting("tom", start="09:30")]),
        ({"windows": [window("mon", "09:00", "12:00")]}, [meeting("tom", start="09:10")]),
        ({}, [meeting("una")]),
        ({}, [meeting("tom", "fay")]),
        ({"quorum": [{"role": "therapist", "count": 2}]}, [meeting("tom")]),
        ({"windows": [window("mon", "09:00", "09:30"), window("mon", "09:30", "10:00")]}, [meeting("tom")]),
    ],
    ids=["none", "twice", "day", "time", "grid", "member", "stranger", "quorum", "touching"],
)
def test_a_fault_breaks(changed: Raw, meetings: list[Raw]) -> None:
    raw = team_week(**{key: tuple(value) for key, value in changed.items()})
    assert broken(raw, {"team_meeting": meetings}) == {RULE}


def test_a_meeting_on_a_closed_day_or_with_somebody_from_another_site_breaks() -> None:
    raw = team_week()
    raw["clinicians"][0]["sites"] = ["south"]
    assert broken(raw, {"team_meeting": [meeting("tom")]}) == {RULE}
    raw = team_week() | {"closures": [{"day": "mon", "sites": ["north"]}]}
    assert broken(raw, {"team_meeting": [meeting("tom")]}) == {RULE}


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_the_meeting_comes_before_a_session(day: str) -> None:
    raw = team_week(patient("ana"), windows=(window(day),))
    raw["services"][0]["windows"] = [window(day)]
    raw["clients"][0]["excludes"] = ["una"]
    # tom has one hour: the team takes it (60 staff minutes), and ana's session (60) is missing.
    found = best(raw)
    assert (found.values["dose"], found.values["cost"]) == (60, 60)
    assert [(m.day.code, m.start, m.attendees) for m in found.roster.team_meeting] == [(day, 540, ("tom",))]
    # Off: no meeting, and the session's 60 staff minutes.
    alone = best(raw, off(RULE))
    assert (alone.values["dose"], alone.values["cost"], alone.roster.team_meeting) == (0, 60, ())


def test_a_closed_day_moves_the_meeting() -> None:
    raw = team_week(windows=(window("mon"), window("sat", "10:00", "11:00")))
    raw["closures"] = [{"day": "mon", "sites": ["north"]}]
    found = best(raw).roster.team_meeting
    assert [(m.day.code, m.start) for m in found] == [("sat", 600)]
    raw["closures"] += [{"day": "sat"}]
    assert best(raw).outcome == "INFEASIBLE"
    assert best(raw, off(RULE)).values["cost"] == 0


@pytest.mark.parametrize(("count", "cost"), [(1, 120), (2, 180)])
def test_a_quorum_is_met_by_no_more_than_it_takes(count: int, cost: int) -> None:
    raw = team_week(members=["fay"], quorum=[{"role": "therapist", "count": count}])
    # fay and as many therapists as the quorum asks for, 60 minutes each.
    assert best(raw).values["cost"] == cost
    assert best(raw, off(RULE)).values["cost"] == 0


def test_members_attend_when_they_work_and_are_not_away() -> None:
    raw = team_week(windows=(window("daily"),))
    raw["clinicians"][0]["away"] = [window("mon tue wed thu fri sat")]
    assert [m.day.code for m in best(raw).roster.team_meeting] == ["sun"]
    raw["clinicians"][0]["away"] = [window("daily", "09:30", "10:00")]
    assert best(raw).outcome == "INFEASIBLE"


def test_two_windows_that_touch_are_two() -> None:
    halves = (window("mon", "09:00", "09:30"), window("mon", "09:30", "10:00"))
    assert best(team_week(windows=halves)).outcome == "INFEASIBLE"
    assert best(team_week(windows=(*halves, window("fri")))).roster.team_meeting[0].day.code == "fri"
