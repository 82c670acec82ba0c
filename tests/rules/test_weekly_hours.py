"""weekly-hours: 9 to 20 hours a week, as near to the target as can be."""

from __future__ import annotations

import pytest

from builder import Raw, block, clinician, group, level, person, seat, session, small_raw, small_roster
from solving import best, broken, off

RULE = "weekly-hours"
TALK = {"service": "talk"}


def ana(hours: tuple[float, float, float], of_level: tuple[float, float] = (0, 40), **client: object) -> Raw:
    """Ana, who was in red last week, has three meetings of 60 minutes, and ``tom`` sessions of 60 for her."""
    band = dict(zip(("min", "max"), of_level, strict=True))
    return small_raw(
        person("ana", hours=hours, **client),
        levels=[level("iop", hours=band)],
        services=[{"id": "talk", "minutes": 60, "staff": [{"roles": ["therapist"]}], "sites": ["north"]}],
        clinicians=[clinician("tom", "therapist")],
        previous={"placements": [{"client": "ana", "cohort": "red"}]},
    )


FIT = [
    pytest.param((3, 3, 3), {}, id="three hours"),
    pytest.param((0, 3, 40), {"of_level": (3, 3)}, id="three for the level"),
    pytest.param((3, 3, 40), {"of_level": (9, 20), "step_down": True}, id="steps down below the level"),
    pytest.param((0, 1, 3), {"of_level": (0, 2), "step_down": True}, id="and above its ceiling"),
    pytest.param((4, 4, 40), {"services": (TALK,)}, id="with the session"),
]
UNFIT = [
    pytest.param((3.25, 4, 40), {}, id="too little"),
    pytest.param((0, 2, 2.75), {}, id="too much"),
    pytest.param((0, 3, 40), {"of_level": (3.25, 20)}, id="too little for the level"),
    pytest.param((0, 3, 40), {"of_level": (0, 2.75)}, id="too much for the level"),
    pytest.param((3.25, 4, 40), {"step_down": True}, id="too little for a step-down"),
    pytest.param((4.25, 5, 40), {"services": (TALK,)}, id="too little with the session"),
]


@pytest.mark.parametrize(("hours", "client"), FIT)
def test_hours_within_the_bands(hours: tuple[float, float, float], client: Raw) -> None:
    raw = ana(hours, **client)
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed", start="mon"))) == set()
    found = best(raw)
    assert (found.values["placed"], found.values["dose"]) == (0, 0)


@pytest.mark.parametrize(("hours", "client"), UNFIT)
def test_hours_outside_the_bands(hours: tuple[float, float, float], client: Raw) -> None:
    raw = ana(hours, **client)
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed"))) == {RULE}
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


def test_minutes_below_the_target_cost() -> None:
    # Five hours less 60 of the session, less 180 of meetings; nobody placed: less the session alone.
    raw = ana((0, 5, 40), services=(TALK,))
    assert best(raw).values["dose"] == 300 - 60 - 180
    assert best(raw, off(RULE)).values["dose"] == 0
    # Out of place by the level: 240 short, and the session's 60 points.
    raw["levels"][0]["hours"]["min"] = 9
    assert best(raw).values["dose"] == 300 - 60 + 60


def test_extra_sessions_are_hours_up_to_the_ceiling() -> None:
    # Three sessions allowed, one needed: 180 + 60 + 2 x 60 are the six hours aimed at.
    line = {"service": "talk", "min_count": 1, "max_count": 3}
    raw = ana((0, 6, 40), services=(line,))
    found = best(raw)
    assert (found.values["dose"], len(found.sessions("talk"))) == (0, 3)
    # Under a ceiling of five hours one session is too many: 60 short.
    raw = ana((0, 5, 5), services=(line,))
    assert len(best(raw).sessions("talk")) == 2
    raw["clients"][0]["prescription"]["hours"]["target"] = 6
    raw["clients"][0]["prescription"]["hours"]["max"] = 5.75
    assert best(raw).values["dose"] == 60
    four = [session("talk", ["ana"], day, "12:00") for day in ("mon", "tue", "wed")]
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed"), sessions=four)) == {RULE}
    # With extra sessions a floor of six hours is met, too.
    assert best(ana((6, 6, 40), services=(line,))).values["placed"] == 0


def test_a_missing_session_breaks_no_floor_but_the_ceiling_drops_it() -> None:
    # Tom is away: 180 + 60 needed make the floor of four hours; the session's 60 points are missing.
    raw = ana((4, 4, 40), services=(TALK,))
    raw["clinicians"][0]["away"] = [{"days": "daily", "start": "00:00", "end": "24:00"}]
    found = best(raw)
    assert (found.values["placed"], found.values["dose"]) == (0, 60)
    # He is there, and the ceiling of 3.5 hours has no room for the session.
    assert best(ana((0, 3, 3.5), services=(TALK,))).values["dose"] == 60
    assert best(ana((0, 3, 3.5), services=(TALK,)), off(RULE)).values["dose"] == 0


def uneven(absent: str, **more: object) -> Raw:
    """Mon has 120 minutes, tue and sun 60; the floor is all four hours."""
    long, short = block("long", 0, 120, days=["mon"]), block("short", 0, 60, days=["tue", "sun"])
    raw = ana((4, 4, 40))
    raw["clients"][0]["absences"] = [{"days": [absent], "start": "09:00", "end": "09:30"}] if absent else []
    return raw | {
        "agendas": [{"id": "talk", "blocks": [long, short]}],
        "cohorts": [group("red", ("mon", "tue", "sun"))],
        **more,
    }


@pytest.mark.parametrize(("absent", "kept"), [("", 0), ("tue", 0), ("sun", 0), ("mon", 1)])
def test_the_floor_is_prorated_by_attended_days(absent: str, kept: int) -> None:
    # Two of three days ask for 160 minutes: without tue or sun there are 180, without mon 120.
    raw = uneven(absent)
    assert broken(raw, small_roster(raw, seat("ana", "mon tue sun"))) == ({RULE} if kept else set())
    assert best(raw).values["kept"] == kept
    assert best(raw, off(RULE)).values["kept"] == 0


@pytest.mark.parametrize(("closed", "kept"), [("tue", 0), ("sun", 0), ("mon", 1)])
def test_a_closed_day_prorates_like_an_absence(closed: str, kept: int) -> None:
    raw = uneven("", closures=[{"day": closed}])
    assert broken(raw, small_roster(raw, seat("ana", "mon tue sun"))) == ({RULE} if kept else set())
    assert best(raw).values["kept"] == kept


def test_the_first_week_is_prorated() -> None:
    # A new client who starts on sat has one of three days, which asks for a third of the floor.
    raw = ana((3, 3, 40), weekdays=("thu", "fri", "sat"), stay={"earliest_start": "sat"})
    raw |= {"cohorts": [group("red", ("thu", "fri", "sat"))], "previous": {}}
    found = best(raw)
    assert (found.values["placed"], found.values["dose"]) == (0, 120)


@pytest.mark.parametrize(("floor", "placed"), [(1, 0), (2, 0), (2.25, 20)])
def test_without_a_cohort_sessions_alone_make_the_hours(floor: float, placed: int) -> None:
    # One session needed and one extra; the level's floor of nine hours does not hold.
    line = {"service": "talk", "min_count": 1, "max_count": 2}
    raw = ana((floor, floor, 40), (9, 20), days=(), services=(line,), group_optional=True)
    found = best(raw)
    assert (found.values["placed"], found.values["dose"] > 0) == (placed, placed > 0)
    assert best(raw, off(RULE)).values["placed"] == 0


def test_an_overriding_pin_waives_the_bands_but_not_the_cost() -> None:
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": [RULE], "reason": "first week"}
    raw = ana((4, 4, 40)) | {"pins": [pin]}
    assert broken(raw, small_roster(raw, seat("ana", "mon tue wed"))) == set()
    found = best(raw)
    assert (found.values["placed"], found.values["dose"]) == (0, 60)
