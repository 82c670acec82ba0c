"""One thing changed by hand is found under its head, and nothing else is listed."""

from __future__ import annotations

import pytest

from compare.hand import (
    Edit,
    add,
    cohort,
    edited,
    meeting,
    place,
    put_in,
    session,
    staff,
    take_out,
)
from iop_sched.compare.changes import Difference
from iop_sched.compare.difference import differences
from iop_sched.compare.views import client_views, clinician_views, cohort_views
from iop_sched.week.roster import Roster
from report.harbour import ROSTER

HEADS = ("clients", "cohorts", "meetings", "sessions", "teams")


def found(difference: Difference) -> dict[str, list[tuple[str, ...]]]:
    """By head, the aspects of each change."""
    by_head = {head: [one.what for one in getattr(difference, head)] for head in HEADS}
    return {head: changes for head, changes in by_head.items() if changes}


def team(data: dict) -> dict:
    return data["team_meeting"][0]


ONE_CHANGE: dict[str, tuple[Edit, str, tuple[str, ...]]] = {
    "place lost": (take_out("placements", place, "c06"), "clients", ("lost",)),
    "place gained": (
        add(
            "placements", {"client": "c12", "cohort": "eve-1", "days": ["mon"], "start": "mon", "last": "sun"}
        ),
        "clients",
        ("gained",),
    ),
    "other cohort": (put_in(place, "c06", cohort="eve-1"), "clients", ("cohort",)),
    "other days": (put_in(place, "c06", days=["mon", "wed", "thu"]), "clients", ("days",)),
    "other span": (put_in(place, "c06", start="wed", last="fri"), "clients", ("start", "last")),
    "other primary": (put_in(place, "c01", primary="kim"), "clients", ("primary",)),
    "cohort closed": (take_out("cohorts", cohort, "eve-2"), "cohorts", ("closed",)),
    "cohort opened": (
        add("cohorts", {"cohort": "tele-1", "slot": "evening", "days": ["tue", "wed", "thu"]}),
        "cohorts",
        ("opened",),
    ),
    "other leader": (put_in(cohort, "mor-1", leader="kim"), "cohorts", ("leader",)),
    "other cohort days": (put_in(cohort, "eve-2", days=["mon", "wed"]), "cohorts", ("days",)),
    "not held": (put_in(meeting, "eve-1", "mon", held=False, room=None, staff=[]), "meetings", ("not-held",)),
    "held after all": (put_in(meeting, "mor-1", "fri", held=True), "meetings", ("held",)),
    "no longer due": (take_out("facilitation", meeting, "eve-1", "mon"), "meetings", ("gone",)),
    "other room": (put_in(meeting, "eve-1", "mon", room="group-b"), "meetings", ("room",)),
    "other facilitator": (
        lambda data: meeting(data, "eve-1", "mon")["staff"][1].update(clinician="mor"),
        "meetings",
        ("staff",),
    ),
    "session dropped": (take_out("sessions", session, "family", "c07"), "sessions", ("dropped",)),
    "session added": (
        add(
            "sessions", {"service": "family", "clients": ["c06"], "staff": [], "day": "tue", "start": "08:00"}
        ),
        "sessions",
        ("added",),
    ),
    "session on another day": (put_in(session, "family", "c07", day="wed"), "sessions", ("day",)),
    "session at another time": (put_in(session, "family", "c07", start="18:00"), "sessions", ("start",)),
    "session by somebody else": (
        put_in(session, "family", "c07", staff=[staff("kim")]),
        "sessions",
        ("staff",),
    ),
    "session online": (
        put_in(session, "individual", "c01", site=None, room=None),
        "sessions",
        ("site", "room"),
    ),
    "open group moved": (put_in(session, "yoga", "c08", start="11:00"), "sessions", ("start",)),
    "open group left": (put_in(session, "yoga", "c08", clients=["c08"]), "sessions", ("clients",)),
    "team on another day": (lambda data: team(data).update(day="thu"), "teams", ("day",)),
    "team without somebody": (lambda data: team(data).update(attendees=["lee"]), "teams", ("attendees",)),
    "no team": (lambda data: data["team_meeting"].clear(), "teams", ("gone",)),
}


@pytest.mark.parametrize("name", ONE_CHANGE)
def test_one_change_is_found_under_its_head(name: str) -> None:
    edit, head, what = ONE_CHANGE[name]
    difference = differences(ROSTER, edited(edit))
    assert found(difference) == {head: [what]}
    assert not difference.nothing


def test_nothing_differs_from_itself() -> None:
    difference = differences(ROSTER, edited())
    assert difference.nothing
    # nine have a place; c11 has an assessment
    assert difference == Difference(unchanged=10)


def test_another_slot_moves_the_meetings_for_those_who_attend() -> None:
    difference = differences(ROSTER, edited(put_in(cohort, "eve-1", slot="morning")))
    assert found(difference) == {"cohorts": [("slot",)], "meetings": [("time",)] * 3}
    # c04 comes on mon, tue and thu; c05 on mon and tue
    assert [one.clients for one in difference.meetings] == [("c04", "c05"), ("c04", "c05"), ("c04",)]
    assert [one.client for one in client_views(difference)] == ["c04", "c05"]
    assert difference.unchanged == 8


# Several sessions of one service


def weeks_of(*sessions: dict) -> Roster:
    return Roster.model_validate(
        {"sessions": [{"service": "individual", "clients": ["c1"], **one} for one in sessions]}
    )


def test_the_session_that_stays_is_not_listed() -> None:
    first = {"day": "tue", "start": "10:00", "staff": [staff("kim")]}
    second = {"day": "thu", "start": "10:00", "staff": [staff("lee")]}
    (change,) = differences(weeks_of(first, second), weeks_of(second, {**first, "day": "fri"})).sessions
    assert change.what == ("day",)
    assert change.before is not None
    assert change.before.day.code == "tue"


def test_as_few_things_change_as_can() -> None:
    # by order of time both would move and both would change hands: four changes; crosswise it is two
    before = weeks_of(
        {"day": "mon", "start": "10:00", "staff": [staff("kim")]},
        {"day": "wed", "start": "10:00", "staff": [staff("lee")]},
    )
    after = weeks_of(
        {"day": "tue", "start": "10:00", "staff": [staff("lee")]},
        {"day": "thu", "start": "10:00", "staff": [staff("kim")]},
    )
    assert [one.what for one in differences(before, after).sessions] == [("day",), ("day",)]


def test_one_of_two_is_dropped() -> None:
    first, second = ({"day": day, "start": "10:00", "staff": [staff("kim")]} for day in ("mon", "thu"))
    changes = differences(weeks_of(first, second), weeks_of({**second, "start": "11:00"})).sessions
    assert [one.what for one in changes] == [("dropped",), ("start",)]


# Open groups


def group(day: str, *clients: str, **more: object) -> dict:
    return {
        "service": "yoga",
        "clients": list(clients),
        "staff": [staff("joe")],
        "day": day,
        "start": "10:00",
        **more,
    }


def groups(*sessions: dict) -> Roster:
    return Roster.model_validate({"sessions": sessions})


def test_offerings_are_matched_by_their_id() -> None:
    before = groups(group("mon", "a", "b", offering="m"), group("fri", "c", "d", offering="f"))
    after = groups(group("mon", "a", offering="m"), group("fri", "b", "c", "d", offering="f"))
    monday, friday = differences(before, after).sessions
    assert (monday.left, monday.joined, friday.left, friday.joined) == (("b",), (), (), ("b",))
    (view,) = client_views(differences(before, after))
    # for b alone something changes; who else is there is not told
    assert (view.client, [one.what for one in view.sessions]) == ("b", [("dropped",), ("added",)])


def test_groups_without_an_offering_are_matched_by_time() -> None:
    before = groups(group("mon", "a", "b"), group("fri", "c", "d"))
    after = groups(group("mon", "c", "d"), group("fri", "a", "b"))
    assert [one.what for one in differences(before, after).sessions] == [("clients",), ("clients",)]


def test_a_group_that_moves_with_its_clients_has_moved() -> None:
    (change,) = differences(groups(group("mon", "a", "b")), groups(group("tue", "a", "b", "c"))).sessions
    assert (change.what, change.joined) == (("day", "clients"), ("c",))


def test_a_group_for_others_at_another_time_is_another_group() -> None:
    changes = differences(groups(group("mon", "a", "b")), groups(group("tue", "c", "d"))).sessions
    assert sorted(one.what for one in changes) == [("added",), ("dropped",)]


# Views


def test_a_session_that_changes_hands_is_in_three_weeks() -> None:
    difference = differences(
        ROSTER, edited(put_in(session, "individual", "c01", staff=[staff("kim")], day="wed"))
    )
    (client,) = client_views(difference)
    assert (client.client, client.sessions[0].what) == ("c01", ("day", "staff"))
    kim, lee = clinician_views(difference)
    assert (kim.clinician, kim.sessions[0].what) == ("kim", ("added",))
    assert (lee.clinician, lee.sessions[0].what) == ("lee", ("dropped",))
    assert cohort_views(difference) == ()


def test_a_facilitator_who_stands_in_changes_no_client() -> None:
    def stand_in(data: dict) -> None:
        for entry in meeting(data, "eve-1", "mon")["staff"]:
            entry["clinician"] = "kim"

    difference = differences(ROSTER, edited(stand_in))
    assert client_views(difference) == ()
    kim, lee = clinician_views(difference)
    assert [(one.cohort, one.day.code, one.what) for one in kim.meetings] == [("eve-1", "mon", ("gained",))]
    assert [(one.blocks_before, one.what) for one in lee.meetings] == [(("process", "skills"), ("lost",))]
    (view,) = cohort_views(difference)
    assert {one.clinician for one in view.meetings[0].staff_gone} == {"lee"}
    assert {one.clinician for one in view.meetings[0].staff_new} == {"kim"}


def test_half_a_meeting_is_lost() -> None:
    difference = differences(
        ROSTER, edited(lambda data: meeting(data, "eve-1", "mon")["staff"][1].update(clinician="mor"))
    )
    lee, mor = clinician_views(difference)
    (change,) = lee.meetings
    assert (change.blocks_before, change.blocks_after, change.what) == (
        ("process", "skills"),
        ("process",),
        ("blocks",),
    )
    assert mor.meetings[0].what == ("gained",)


def test_a_client_who_moves_is_in_two_cohorts() -> None:
    difference = differences(ROSTER, edited(put_in(place, "c06", cohort="eve-1", days=["mon"])))
    one, two = cohort_views(difference)
    assert (one.cohort, one.joined, one.left) == ("eve-1", ("c06",), ())
    assert (two.cohort, two.joined, two.left) == ("eve-2", (), ("c06",))


def test_leaders_and_primaries_are_handed_over() -> None:
    difference = differences(
        ROSTER, edited(put_in(cohort, "mor-1", leader="kim"), put_in(place, "c01", primary="kim"))
    )
    kim, lee = clinician_views(difference)
    assert (kim.leads, kim.primary_of) == (("mor-1",), ("c01",))
    assert (lee.leads_no_more, lee.primary_no_more) == (("mor-1",), ("c01",))


def test_a_meeting_that_is_not_held_is_lost_to_those_who_attend() -> None:
    difference = differences(ROSTER, edited(put_in(meeting, "mor-1", "wed", held=False, room=None, staff=[])))
    # c01, c02 and c03 come on wednesday, c03 for the last time
    assert [one.client for one in client_views(difference)] == ["c01", "c02", "c03"]
    assert [one.clinician for one in clinician_views(difference)] == ["lee"]


def test_a_team_that_moves_is_in_the_week_of_each_member() -> None:
    def swap(data: dict) -> None:
        team(data).update(start="15:00", attendees=["lee", "kim"])

    views = {one.clinician: one.teams[0].what for one in clinician_views(differences(ROSTER, edited(swap)))}
    assert views == {"lee": ("start",), "kim": ("new",), "ada": ("gone",)}
