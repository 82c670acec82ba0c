"""client-time: work, school and family come first; nobody is in two places at once."""

from __future__ import annotations

import pytest

from builder import Raw, block, clinician, group, level, person, seat, session, small_raw, small_roster
from solving import best, broken

RULE = "client-time"
WITHOUT = frozenset({RULE})
DAYS = ("mon", "sat", "sun")
TALK = {"service": "talk"}


def window(hours: str, *days: str) -> Raw:
    start, end = hours.split("-")
    return {"days": list(days or DAYS), "start": start, "end": end}


def ana(*tom: Raw, lines: tuple[Raw, ...] = (), most: int = 60, **client: object) -> Raw:
    """Ana is in red on mon, sat and sun, 9:00 to 10:00; ``tom`` gives sessions of 60 minutes when told."""
    one = {"minutes": 60, "staff": [{"roles": ["therapist"]}], "sites": ["north"]}
    return small_raw(
        person("ana", services=lines, **client),
        agendas=[{"id": "talk", "blocks": [block("talk", 0, most)]}],
        cohorts=[group("red", DAYS)],
        services=[{"id": "talk", **one}, {"id": "more", **one}],
        clinicians=[
            clinician(name, "therapist", available=list(tom) or [window("0:00-1:00")]) for name in "tu"
        ],
        previous={"placements": [{"client": "ana", "cohort": "red"}]},
    )


def decided(raw: Raw, *sessions: Raw) -> Raw:
    return small_roster(raw, seat("ana", " ".join(DAYS)), sessions=list(sessions))


def talk(start: str, day: str = "mon", service: str = "talk", who: str = "t", **more: object) -> Raw:
    return session(service, ["ana"], day, start, staff=[{"need": 0, "clinician": who}], **more)


@pytest.mark.parametrize(
    "hours",
    [
        {},
        {"available": [window("09:00-10:00")]},
        {"available": [window("08:00-09:30"), window("09:30-12:00")]},
        {"busy": [window("08:00-09:00"), window("10:00-12:00")]},
        {"busy": [window("08:00-12:00", "tue")]},
    ],
)
def test_meetings_in_free_time(hours: Raw) -> None:
    raw = ana(**hours)
    assert broken(raw, decided(raw)) == set()
    assert best(raw).values["kept"] == 0


@pytest.mark.parametrize(
    "hours",
    [
        {"available": [window("09:00-09:45")]},
        {"available": [window("09:00-10:00", "mon", "sat")]},
        {"busy": [window("08:00-09:15", "mon")]},
        {"busy": [window("09:45-12:00", "sun")]},
        {"available": [window("09:00-10:00")], "busy": [window("09:00-10:00", "sat")]},
    ],
)
def test_meetings_at_other_times(hours: Raw) -> None:
    raw = ana(**hours)
    assert broken(raw, decided(raw)) == {RULE}
    # All three days are needed: current, she loses her place.
    assert best(raw).values["kept"] == 1
    assert best(raw, without=WITHOUT).values["kept"] == 0


def test_only_own_blocks_need_free_time_and_they_count_by_the_grid() -> None:
    raw = ana(busy=[window("10:00-11:00")])
    raw["levels"] = [level("iop"), level("php")]
    raw["agendas"][0]["blocks"].append(block("late", 60, 60, levels=["php"]))
    assert best(raw).values["kept"] == 0
    raw["clients"][0]["level"] = "php"
    raw["cohorts"][0]["levels"] = ["php"]
    assert best(raw).values["kept"] == 1
    # 65 minutes occupy three cells, until 10:30.
    assert best(ana(most=65, busy=[window("10:15-11:00")])).values["kept"] == 1
    assert best(ana(most=65, busy=[window("10:30-11:00")])).values["kept"] == 0


def test_a_closed_pattern_day_needs_free_time_as_well() -> None:
    raw = ana(busy=[window("09:00-10:00", "sun")]) | {"closures": [{"day": "sun"}]}
    assert broken(raw, decided(raw)) == {RULE}
    assert best(raw).values["kept"] == 1
    assert best(raw, without=WITHOUT).values["kept"] == 0


@pytest.mark.parametrize("day", ["mon", "wed", "sun"])
@pytest.mark.parametrize(
    "hours",
    [
        {"available": [window("09:00-12:45", *DAYS, "wed")]},
        {"busy": [window("12:30-12:45", "mon", "wed", "sun")]},
        {"absences": [window("12:45-24:00", "mon", "wed", "sun")]},
    ],
)
def test_sessions_in_free_time(day: str, hours: Raw) -> None:
    # Tom has one hour, of which ana has not all: the session's 60 points are missing.
    raw = ana(window("12:00-13:00", day), lines=(TALK,), **hours)
    assert broken(raw, decided(raw, talk("12:00", day))) == {RULE}
    assert best(raw).values["dose"] == 60
    assert best(raw, without=WITHOUT).values["dose"] == 0
    # An hour earlier she has.
    raw = ana(window("11:00-12:00", day), lines=(TALK,), **hours)
    assert broken(raw, decided(raw, talk("11:00", day))) == set()
    assert best(raw).values["dose"] == 0


def test_family_sessions_suit_the_family() -> None:
    family = {"attendees": 1, "available": [window("12:30-18:00")]}
    for end, dose in (("13:00", 60), ("13:30", 0)):
        raw = ana(window(f"12:00-{end}"), lines=(TALK,), family=family)
        assert best(raw).values["dose"] == 0
        raw["services"][0]["family"] = True
        assert best(raw).values["dose"] == dose
    assert broken(raw, decided(raw, talk("12:00"))) == {RULE}
    assert broken(raw, decided(raw, talk("12:30"))) == set()


@pytest.mark.parametrize("day", ["mon", "wed", "sun"])
def test_two_sessions_do_not_overlap(day: str) -> None:
    lines = (TALK, {"service": "more"})
    # An hour and a half for both, which two therapists could give at once.
    raw = ana(window("12:00-13:30", day), lines=lines)
    both = talk("12:00", day), talk("12:30", day, "more", "u")
    assert broken(raw, decided(raw, *both)) == {RULE}
    assert best(raw).values["dose"] == 60
    assert best(raw, without=WITHOUT).values["dose"] == 0
    raw = ana(window("12:00-14:00", day), lines=lines)
    assert broken(raw, decided(raw, both[0], talk("13:00", day, "more", "u"))) == set()
    assert best(raw).values["dose"] == 0


@pytest.mark.parametrize(
    ("hours", "dose"), [("08:00-09:00", 0), ("08:30-09:30", 60), ("09:30-10:30", 60), ("10:00-11:00", 0)]
)
@pytest.mark.parametrize("day", ["mon", "sun"])
def test_a_session_beside_the_meeting(hours: str, dose: int, day: str) -> None:
    raw = ana(window(hours, day), lines=(TALK,))
    start = hours.split("-")[0]
    assert broken(raw, decided(raw, talk(start, day))) == ({RULE} if dose else set())
    assert best(raw).values["dose"] == dose
    assert best(raw, without=WITHOUT).values["dose"] == 0


def test_a_meeting_that_is_lost_leaves_its_time() -> None:
    # Absent for the first quarter of an hour, ana is excused from the meeting and free at 9:30.
    raw = ana(window("09:30-10:30", "mon"), lines=(TALK,), absences=[window("09:00-09:15", "mon")])
    assert broken(raw, decided(raw, talk("09:30"))) == set()
    assert best(raw).values["dose"] == 0
    # The site is closed on mon: no meeting there, but a session online.
    raw = ana(window("09:30-10:30", "mon"), lines=(TALK,), formats=["in-person", "telehealth"])
    raw["services"][0]["telehealth"] = "allowed"
    assert best(raw).values["dose"] == 60
    assert best(raw | {"closures": [{"day": "mon", "sites": ["north"]}]}).values["dose"] == 0


@pytest.mark.parametrize(
    ("hours", "leave", "dose"),
    [
        ("09:30-10:30", True, 0),
        ("09:30-10:30", False, 60),
        ("10:30-11:30", True, 60),
        ("08:30-09:30", True, 60),
    ],
)
def test_a_block_may_be_left_for_a_session_inside_it(hours: str, leave: bool, dose: int) -> None:
    # The meeting is from 9 to 11. Left for an hour, it makes 3 x 120 - 60, and the session 60, of 360.
    raw = ana(window(hours, "sun"), lines=(TALK,), hours=(0, 6, 40), most=120)
    raw["agendas"][0]["blocks"][0]["may_leave"] = leave
    rules = broken(raw, decided(raw, talk(hours.split("-")[0], "sun")))
    assert rules == ({RULE} if dose else set())
    assert best(raw).values["dose"] == dose


def test_minutes_inside_a_block_count_once() -> None:
    # Seven hours are aimed at: with the session inside 60 are short, after the meeting none.
    raw = ana(window("09:30-10:30"), lines=(TALK,), hours=(0, 7, 40), most=120)
    raw["agendas"][0]["blocks"][0]["may_leave"] = True
    assert best(raw).values["dose"] == 60
    raw["clinicians"][0]["available"][0]["end"] = "12:00"
    assert best(raw).values["dose"] == 0


def test_not_inside_two_blocks_nor_elsewhere() -> None:
    raw = ana(window("09:30-10:30"), lines=(TALK,))
    raw["agendas"][0]["blocks"] = [block(name, at, 60, may_leave=True) for name, at in (("a", 0), ("b", 60))]
    assert broken(raw, decided(raw, talk("09:30"))) == {RULE}
    assert best(raw).values["dose"] == 60
    # Inside one block at another site: there is no time to go there, even if the way took none.
    raw = ana(window("09:00-10:00"), lines=(TALK,))
    raw["agendas"][0]["blocks"][0]["may_leave"] = True
    raw["sites"] = [{"id": "north"}, {"id": "south"}]
    raw["services"][0]["sites"] = ["south"]
    assert broken(raw, decided(raw, talk("09:00", site="south"))) == {RULE}
    assert best(raw).values["dose"] == 60
    # Online it can be done.
    raw["services"][0]["telehealth"] = "only"
    raw["clients"][0]["formats"] = ["in-person", "telehealth"]
    assert broken(raw, decided(raw, talk("09:00", site=None))) == set()
    assert best(raw).values["dose"] == 0


@pytest.mark.parametrize(
    ("hours", "dose"), [("10:00-11:00", 60), ("10:30-11:30", 0), ("07:30-08:30", 0), ("08:00-09:00", 60)]
)
@pytest.mark.parametrize("day", ["mon", "sun"])
def test_the_way_from_site_to_site(hours: str, dose: int, day: str) -> None:
    # Half an hour from the meeting in the north to tom in the south, and back.
    raw = ana(window(hours, day), lines=(TALK,))
    raw["services"][0]["sites"] = ["south"]
    start = hours.split("-")[0]
    assert broken(raw, decided(raw, talk(start, day, site="south"))) == ({RULE} if dose else set())
    assert best(raw).values["dose"] == dose
    assert best(raw, without=WITHOUT).values["dose"] == 0


def test_the_way_between_sessions_and_none_online_or_overnight() -> None:
    lines = (TALK, {"service": "more"})
    raw = ana(window("12:00-14:00", "wed"), lines=lines)
    raw["services"][1]["sites"] = ["south"]
    both = talk("12:00", "wed"), talk("13:00", "wed", "more", "u", site="south")
    assert broken(raw, decided(raw, *both)) == {RULE}
    assert best(raw).values["dose"] == 60
    assert best(raw, without=WITHOUT).values["dose"] == 0
    # Another day, or online, asks for no way.
    raw["clinicians"][1]["available"] = [window("13:00-14:00", "thu")]
    assert best(raw).values["dose"] == 0
    raw["clinicians"][1]["available"] = [window("12:00-14:00", "wed")]
    raw["services"][1]["telehealth"] = "only"
    raw["clients"][0]["formats"] = ["in-person", "telehealth"]
    assert best(raw).values["dose"] == 0


def test_an_overriding_pin_waives_the_hours_but_nobody_is_in_two_places() -> None:
    pin = {"id": "p", "place": {"client": "ana"}, "overrides": [RULE], "reason": "employer agreed"}
    busy = [window("08:00-20:00")]
    raw = ana(window("12:00-13:00"), lines=(TALK,), busy=busy) | {"pins": [pin]}
    assert broken(raw, decided(raw, talk("12:00"))) == set()
    found = best(raw)
    assert (found.values["kept"], found.values["dose"]) == (0, 0)
    raw = ana(window("09:30-10:30"), lines=(TALK,), busy=busy) | {"pins": [pin]}
    assert broken(raw, decided(raw, talk("09:30"))) == {RULE}
    assert best(raw).values["dose"] == 60
