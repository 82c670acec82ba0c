"""The parts of the disruption, each by hand."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from compare.hand import Edit, Raw, add, cohort, edited, meeting, place, put_in, session, staff, take_out
from iop_sched.compare.disruption import POINTS, disruption
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from report.harbour import ROSTER, WEEK, raw_week

FAMILY = ("family", "c07")


def team(**changes: object) -> Edit:
    return lambda data: data["team_meeting"][0].update(changes)


def not_held(name: str, day: str) -> Edit:
    return add("facilitation", {"cohort": name, "day": day, "held": False})


def stand_in(data: Raw) -> None:
    for entry in meeting(data, "eve-1", "mon")["staff"]:
        entry["clinician"] = "kim"


CASES: dict[str, tuple[list[Edit], dict[str, int], int]] = {
    # clients
    "a place lost": ([take_out("placements", place, "c06")], {"place-lost": 1}, 2000),
    "a place lost, with a session": (
        [take_out("placements", place, "c07"), take_out("sessions", session, *FAMILY)],
        {"place-lost": 1, "session-dropped": 1},
        2400,
    ),
    "a place found": (
        [
            add(
                "placements",
                {"client": "c12", "cohort": "eve-1", "days": ["mon"], "start": "mon", "last": "sun"},
            )
        ],
        {},
        0,
    ),
    "another cohort": ([put_in(place, "c06", cohort="eve-1")], {"cohort": 1}, 600),
    "two days lost": ([put_in(place, "c06", days=["mon", "thu"])], {"day": 2}, 240),
    "a day more": ([put_in(place, "c06", days=["mon", "wed", "thu", "fri"])], {}, 0),
    "both ends of the week": ([put_in(place, "c06", start="wed", last="fri")], {"span": 1}, 60),
    "another primary": ([put_in(place, "c01", primary="kim")], {"primary": 1}, 600),
    "no primary": ([put_in(place, "c01", primary=None)], {"primary": 1}, 600),
    "a first primary": ([put_in(place, "c06", primary="kim")], {}, 0),
    # cohorts and meetings
    "a cohort closed": ([take_out("cohorts", cohort, "eve-2")], {"cohort-closed": 1}, 1000),
    "slot and days": ([put_in(cohort, "eve-2", slot="morning", days=["mon"])], {"cohort-moved": 1}, 600),
    "another leader": ([put_in(cohort, "mor-1", leader="kim")], {"leader": 1}, 600),
    "not held": (
        [put_in(meeting, "eve-1", "mon", held=False, room=None, staff=[])],
        {"meeting-lost": 1},
        3000,
    ),
    "held after all": ([put_in(meeting, "mor-1", "fri", held=True)], {}, 0),
    "no longer due": ([take_out("facilitation", meeting, "eve-1", "mon")], {}, 0),
    "no longer due, and not held": ([take_out("facilitation", meeting, "mor-1", "fri")], {}, 0),
    "not held on a day that is new": (
        [put_in(cohort, "eve-2", days=["mon", "tue", "wed"]), not_held("eve-2", "tue")],
        {"cohort-moved": 1, "meeting-lost": 1},
        3600,
    ),
    "not held by a cohort that is new": (
        [add("cohorts", {"cohort": "new", "slot": "evening", "days": ["fri"]}), not_held("new", "fri")],
        {},
        0,
    ),
    "another room": ([put_in(meeting, "eve-1", "mon", room="group-b")], {"meeting-room": 1}, 30),
    "somebody stands in": ([stand_in], {"block-staff": 2}, 120),
    "one more in a block": (
        [lambda data: meeting(data, "eve-1", "mon")["staff"].append({**staff("kim", 1), "block": "skills"})],
        {},
        0,
    ),
    # sessions of one client
    "a session dropped": ([take_out("sessions", session, *FAMILY)], {"session-dropped": 1}, 400),
    "another day": ([put_in(session, *FAMILY, day="wed")], {"session-day": 1}, 200),
    "another day and time": ([put_in(session, *FAMILY, day="wed", start="08:00")], {"session-day": 1}, 200),
    "another time": ([put_in(session, *FAMILY, start="08:00")], {"session-start": 1}, 100),
    "somebody else": ([put_in(session, *FAMILY, staff=[staff("kim")])], {"session-staff": 1}, 120),
    "somebody besides": ([put_in(session, *FAMILY, staff=[staff("mor"), staff("kim")])], {}, 0),
    "another room of the house": ([put_in(session, *FAMILY, room="group-a")], {"session-room": 1}, 20),
    "online": (
        [put_in(session, *FAMILY, site=None, room=None)],
        {"session-site": 1, "session-room": 1},
        80,
    ),
    "no longer online": (
        [put_in(session, "individual", "c04", site="main", room="office-1")],
        {"session-site": 1},
        60,
    ),
    "everything": (
        [put_in(session, *FAMILY, day="wed", staff=[staff("kim")], site=None, room=None)],
        {"session-day": 1, "session-staff": 1, "session-site": 1, "session-room": 1},
        400,
    ),
    "one more": ([lambda data: data["sessions"].append(session(data, *FAMILY) | {"day": "wed"})], {}, 0),
    # open groups: two clients on saturday
    "a client leaves": ([put_in(session, "yoga", "c08", clients=["c08"])], {"group-client": 1}, 100),
    "a client joins": ([put_in(session, "yoga", "c08", clients=["c08", "c09", "c01"])], {}, 0),
    "the group at another time": ([put_in(session, "yoga", "c08", start="11:00")], {"session-start": 1}, 100),
    "the group on another day": (
        [put_in(session, "yoga", "c08", day="sun")],
        {"session-day": 1, "group-client": 2},
        400,
    ),
    "the group dropped": (
        [take_out("sessions", session, "yoga", "c08")],
        {"session-dropped": 1, "group-client": 2},
        600,
    ),
    # care team
    "the team on another day": ([team(day="thu")], {"team": 1}, 100),
    "the team at another time": ([team(start="15:00")], {"team": 1}, 100),
    "the team without somebody": ([team(attendees=["lee"])], {}, 0),
}


@pytest.mark.parametrize("week", [None, WEEK], ids=["no week", "its week"])
@pytest.mark.parametrize("name", CASES)
def test_by_hand(name: str, week: ProgramWeek | None) -> None:
    edits, parts, total = CASES[name]
    found = disruption(ROSTER, edited(*edits), week)
    amounts = Counter[str]()
    for part in found.parts:
        amounts[part.what] += part.amount
    assert amounts == parts
    assert found.total == total


def test_every_part_is_tried() -> None:
    assert {part for _, parts, _ in CASES.values() for part in parts} == set(POINTS)


def test_several_things_add_up() -> None:
    names = ("another leader", "another time", "not held", "another primary")
    edits = [edit for name in names for edit in CASES[name][0]]
    assert disruption(ROSTER, edited(*edits), WEEK).total == sum(CASES[name][2] for name in names)


# Several sessions of one service


def sessions(*times: tuple[str, str, str]) -> Roster:
    """Sessions of one client: day, start, clinician."""
    return Roster.model_validate(
        {
            "sessions": [
                {"service": "talk", "clients": ["c"], "day": day, "start": start, "staff": [staff(who)]}
                for day, start, who in times
            ]
        }
    )


MONDAY, THURSDAY = ("mon", "09:00", "kim"), ("thu", "09:00", "lee")


@pytest.mark.parametrize(
    ("after", "total"),
    [
        ([THURSDAY, MONDAY], 0),
        # monday's is dropped; thursday's stays as it was
        ([THURSDAY], 400),
        # of two on a day that had none, both have moved; their clinicians stay
        ([("tue", "09:00", "kim"), ("tue", "11:00", "lee")], 400),
        # both on monday: one has moved there; one of the two is still at its time
        ([MONDAY, ("mon", "11:00", "lee")], 200),
        # one dropped, the other at another time of its day: kim's or lee's, one clinician too few is not two
        ([("thu", "11:00", "lee")], 500),
        ([("thu", "11:00", "kim")], 500),
        ([("thu", "11:00", "mor")], 620),
        # the two only swap their clinicians
        ([("mon", "09:00", "lee"), ("thu", "09:00", "kim")], 0),
        ([], 800),
    ],
)
def test_sessions_are_counted_not_matched(after: list[tuple[str, str, str]], total: int) -> None:
    assert disruption(sessions(MONDAY, THURSDAY), sessions(*after)).total == total


def group(day: str, *clients: str) -> Raw:
    return {
        "service": "yoga",
        "clients": list(clients),
        "day": day,
        "start": "09:00",
        "staff": [staff("joe")],
    }


def test_changing_places_in_an_open_group_disturbs_the_clients() -> None:
    before, after = (
        Roster.model_validate({"sessions": found})
        for found in (
            [group("mon", "a", "b"), group("fri", "c")],
            [group("mon", "a"), group("fri", "b", "c")],
        )
    )
    assert [(one.what, one.who) for one in disruption(before, after).parts] == [("group-client", "b yoga")]


# Who counts


def week_without(client: str, **changes: object) -> ProgramWeek:
    """The week in which a client is no more, or is another."""
    data = raw_week()
    found = next(one for one in data["clients"] if one["id"] == client)
    if changes:
        found |= changes
    else:
        data["clients"] = [one for one in data["clients"] if one is not found]
    data["apart"] = []
    return ProgramWeek.model_validate(data)


def test_a_client_who_is_discharged_does_not_count() -> None:
    after = edited(take_out("placements", place, "c07"), take_out("sessions", session, *FAMILY))
    assert disruption(ROSTER, after, WEEK).total == 2400
    assert disruption(ROSTER, after, week_without("c07")).total == 0


def test_a_client_without_a_prescription_does_not_count() -> None:
    after = edited(take_out("placements", place, "c07"), take_out("sessions", session, *FAMILY))
    assert disruption(ROSTER, after, week_without("c07", prescription=None)).total == 0


def test_a_service_that_is_no_longer_prescribed_does_not_count() -> None:
    hours = {"hours": {"min": 9, "target": 10, "max": 15}, "days": [3], "services": []}
    after = edited(take_out("sessions", session, *FAMILY), put_in(place, "c07", cohort="eve-1"))
    assert disruption(ROSTER, after, week_without("c07", prescription=hours)).total == 600


def test_an_assessment_to_come_counts_although_nothing_is_prescribed() -> None:
    after = edited(put_in(session, "assessment", "c11", day="tue"))
    assert disruption(ROSTER, after, WEEK).total == 200


def test_an_open_group_counts_while_one_of_its_clients_does() -> None:
    after = edited(take_out("sessions", session, "yoga", "c08"))
    assert disruption(ROSTER, after, week_without("c09")).total == 400 + 100


def test_the_week_says_what_an_open_group_is() -> None:
    # for one client and without an offering, nothing but the week tells a group from a client's own session
    alone = edited(lambda data: session(data, "yoga", "c08").update(clients=["c08"], offering=None))
    other = edited(lambda data: session(data, "yoga", "c08").update(clients=["c09"], offering=None))
    assert [one.what for one in disruption(alone, other, WEEK).parts] == ["group-client"]
    assert [one.what for one in disruption(alone, other).parts] == ["session-dropped"]


def test_the_catalogue_has_the_points() -> None:
    page = Path(__file__).resolve().parents[2] / "models" / "README.md"
    section = page.read_text(encoding="utf-8").split("\n## Disruption\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", section, re.MULTILINE)
    assert {name: int(points) for name, points in rows} == POINTS
