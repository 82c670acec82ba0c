"""clinician-time: staff work in their hours, at one place at a time, with time to walk, breathe and write."""

from __future__ import annotations

import pytest

from builder import Raw, block, clinician, group, person, session, small_raw, small_roster
from solving import best, broken

RULE = "clinician-time"
WITHOUT = frozenset({RULE})


def window(hours: str, day: str = "mon", **more: str) -> Raw:
    start, end = hours.split("-")
    return {"days": [day], "start": start, "end": end, **more}


def tom(*available: Raw, count: int = 1, minutes: int = 60, **more: object) -> Raw:
    """``count`` clients without a cohort, each to have one session with ``tom``, the only therapist."""
    lines = ({"service": "talk"},)
    clients = [
        person(name, days=(), hours=(0, 1, 40), services=lines, group_optional=True)
        for name in ("ana", "ben")[:count]
    ]
    talk = {"id": "talk", "minutes": minutes, "staff": [{"roles": ["therapist"]}], "sites": ["north"]}
    staff = [clinician("tom", "therapist", available=list(available), **more)]
    return small_raw(*clients, cohorts=[], services=[talk], clinicians=staff)


def roster(*sessions: Raw) -> Raw:
    """All clients of the sessions are placed."""
    clients = [name for one in sessions for name in one["clients"]]
    placements = [{"client": name, "start": "mon", "last": "sun"} for name in clients]
    return {"placements": placements, "sessions": list(sessions)}


def at(start: str, name: str = "ana", day: str = "mon", **more: object) -> Raw:
    return session("talk", [name], day, start, **more)


def missing(raw: Raw, without: frozenset[str] = frozenset()) -> int:
    """Sessions missing: 60 points each, and no client is short of anything else."""
    return best(raw, without=without).values["dose"] // 60


@pytest.mark.parametrize("day", ["mon", "sat", "sun"])
def test_one_hour_of_work_for_one_session(day: str) -> None:
    raw = tom(window("12:00-13:00", day))
    assert broken(raw, roster(at("12:00", day=day))) == set()
    assert missing(raw) == 0
    raw = tom(window("12:00-12:45", day))
    assert broken(raw, roster(at("12:00", day=day))) == {RULE}
    assert missing(raw) == 1
    assert missing(raw, WITHOUT) == 0


def test_touching_windows_are_one_and_the_grid_counts() -> None:
    raw = tom(window("12:00-12:30"), window("12:30-13:00"))
    assert broken(raw, roster(at("12:00"))) == set()
    assert missing(raw) == 0
    # 45 minutes occupy an hour.
    assert missing(tom(window("12:00-12:45"), minutes=45)) == 1
    assert missing(tom(window("12:00-13:00"), minutes=45)) == 0


@pytest.mark.parametrize("day", ["mon", "sun"])
def test_away(day: str) -> None:
    raw = tom(window("12:00-14:00", day), away=[window("12:30-13:30", day)])
    assert broken(raw, roster(at("13:00", day=day))) == {RULE}
    assert missing(raw) == 1
    assert missing(raw, WITHOUT) == 0
    raw = tom(window("12:00-14:00", day), away=[window("13:00-14:00", day)])
    assert broken(raw, roster(at("12:00", day=day))) == set()
    assert missing(raw) == 0


def test_hours_at_another_site() -> None:
    raw = tom(window("12:00-13:00", site="south"))
    assert broken(raw, roster(at("12:00"))) == {RULE}
    assert missing(raw) == 1
    assert missing(raw, WITHOUT) == 0
    # In any hours a session can be online.
    raw["services"][0]["telehealth"] = "allowed"
    raw["clients"][0]["formats"] = ["telehealth"]
    assert broken(raw, roster(at("12:00", site=None))) == set()
    assert missing(raw) == 0


@pytest.mark.parametrize("day", ["mon", "sun"])
@pytest.mark.parametrize(
    ("hours", "turnaround", "second", "lost"),
    [
        ("12:00-13:30", 0, "12:30", 1),
        ("12:00-14:00", 0, "13:00", 0),
        ("12:00-14:00", 30, "13:00", 1),
        ("12:00-14:30", 30, "13:30", 0),
        ("12:00-14:00", 10, "13:00", 1),
        ("12:00-14:30", 10, "13:30", 0),
    ],
)
def test_two_sessions_and_the_turnaround(
    day: str, hours: str, turnaround: int, second: str, lost: int
) -> None:
    # The turnaround passes between them, not after the last; starts are on the grid of 30 minutes.
    raw = tom(window(hours, day), count=2, turnaround=turnaround)
    assert broken(raw, roster(at("12:00", day=day), at(second, "ben", day))) == ({RULE} if lost else set())
    assert missing(raw) == lost
    assert missing(raw, WITHOUT) == 0


@pytest.mark.parametrize(("end", "lost"), [("14:00", 1), ("14:30", 0)])
def test_the_way_from_site_to_site(end: str, lost: int) -> None:
    # Ana in the north, ben in the south, half an hour away.
    raw = tom(window(f"12:00-{end}"), count=2)
    del raw["services"][0]["sites"]
    raw["clients"][0]["sites"], raw["clients"][1]["sites"] = ["north"], ["south"]
    second = "13:00" if lost else "13:30"
    decided = roster(at("12:00"), at(second, "ben", site="south"))
    assert broken(raw, decided) == ({RULE} if lost else set())
    assert missing(raw) == lost
    assert missing(raw, WITHOUT) == 0


def lunch(minutes: int, hours: str) -> Raw:
    start, end = hours.split("-")
    return {"breaks": [{"minutes": minutes, "start": start, "end": end}]}


@pytest.mark.parametrize(
    ("hours", "rest", "lost"),
    [
        ("11:00-13:00", lunch(30, "12:00-13:00"), 1),
        ("11:00-13:30", lunch(30, "12:00-13:00"), 0),
        ("11:00-13:00", lunch(30, "13:00-14:00"), 0),
        ("11:00-13:30", lunch(30, "12:00-13:00") | {"turnaround": 30}, 1),
        ("11:00-14:00", lunch(30, "12:00-13:00") | {"turnaround": 30}, 0),
        ("11:00-13:00", lunch(30, "12:10-12:50"), 2),
        ("11:00-14:00", lunch(20, "12:10-12:50"), 0),
    ],
)
def test_a_break_on_every_working_day(hours: str, rest: Raw, lost: int) -> None:
    # Two sessions of an hour around half an hour's rest; at 12:10 no break starts on the grid of 30 minutes.
    raw = tom(window(hours), count=2, **rest)
    assert missing(raw) == lost
    assert missing(raw, WITHOUT) == 0


def test_a_break_that_is_worked_through() -> None:
    raw = tom(window("11:00-14:00"), count=2, **lunch(30, "12:00-13:00"))
    assert broken(raw, roster(at("11:00"), at("12:00", "ben"))) == {RULE}
    assert broken(raw, roster(at("11:00"), at("12:30", "ben"))) == set()
    assert broken(raw, roster(at("11:30"), at("12:30", "ben"))) == {RULE}


def test_notes_take_time() -> None:
    # Two hours on mon and two on tue, which is closed: one session and an hour for notes, or two and none.
    raw = tom(window("12:00-14:00"), window("12:00-14:00", "tue"), count=2, admin_hours=1)
    both = roster(at("12:00"), at("13:00", "ben"))
    assert broken(raw, both) == set()
    assert missing(raw) == 0
    raw["closures"] = [{"day": "tue"}]
    assert broken(raw, both) == {RULE}
    assert missing(raw) == 1
    assert missing(raw, WITHOUT) == 0
    # Closed at one site alone it is a working day; away it is none.
    raw["closures"] = [{"day": "tue", "sites": ["north"]}]
    assert missing(raw) == 0
    raw = raw | {"closures": []}
    raw["clinicians"][0]["away"] = [window("12:00-14:00", "tue")]
    assert missing(raw) == 1


def test_without_work_nothing_is_owed() -> None:
    raw = tom(window("12:00-13:00"), admin_hours=40)
    assert broken(raw, roster()) == set()
    assert missing(raw) == 1
    assert missing(raw, WITHOUT) == 0


def test_a_care_team_keeps_its_members() -> None:
    raw = tom(window("12:00-13:00"))
    team = {
        "id": "team",
        "site": "north",
        "minutes": 30,
        "members": ["tom"],
        "windows": [window("12:00-12:30")],
    }
    raw["care_teams"] = [team]
    meets = {"team": "team", "day": "mon", "start": "12:00", "attendees": ["tom"]}
    assert broken(raw, roster(at("12:00")) | {"team_meeting": [meets]}) == {RULE}
    assert missing(raw) == 1
    assert missing(raw, WITHOUT) == 0


def led(turnaround: int, *slots: str, gap: int = 0, day: str = "sun") -> Raw:
    """One cohort a slot, each with two blocks of 60 minutes on one day, ``gap`` apart, that ``fay`` leads."""
    lead = [{"roles": ["facilitator"], "lead": True}]
    blocks = [block("one", 0, 60, staff=lead), block("two", 60 + gap, 60, staff=lead)]
    cohorts = [group(f"c{index}", (day,), slot) for index, slot in enumerate(slots)]
    hours = [window("08:00-20:00", day)]
    return small_raw(
        agendas=[{"id": "talk", "blocks": blocks}],
        slots=[
            {"id": "am", "start": "09:00"},
            {"id": "noon", "start": "11:00"},
            {"id": "pm", "start": "11:30"},
        ],
        cohorts=cohorts,
        clinicians=[clinician("fay", "facilitator", available=hours, turnaround=turnaround)],
    )


def held(raw: Raw) -> Raw:
    decided = small_roster(raw)
    for cohort in decided["cohorts"]:
        cohort["leader"] = "fay"
    for meeting in decided["facilitation"]:
        meeting["staff"] = [{"block": name, "need": 0, "clinician": "fay"} for name in ("one", "two")]
    return decided


@pytest.mark.parametrize(
    ("turnaround", "slots", "gap", "lost"),
    [
        (30, ["am"], 0, 0),
        (30, ["am"], 30, 0),
        (0, ["am", "am"], 0, 1),
        (0, ["am", "noon"], 0, 0),
        (30, ["am", "noon"], 0, 1),
        (30, ["am", "pm"], 0, 0),
        (0, ["am", "noon"], 30, 1),
    ],
)
@pytest.mark.parametrize("day", ["mon", "sun"])
def test_one_meeting_at_a_time(turnaround: int, slots: list[str], gap: int, lost: int, day: str) -> None:
    # No turnaround between blocks of one meeting; between two meetings there is. One that cannot be held: 1.
    raw = led(turnaround, *slots, gap=gap, day=day)
    assert broken(raw, held(raw)) == ({RULE} if lost else set())
    assert best(raw).values["kept"] == lost
    assert best(raw, without=WITHOUT).values["kept"] == 0
