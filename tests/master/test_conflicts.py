"""Decisions that exclude each other on a day give a cut; decisions that fit give none."""

from __future__ import annotations

from typing import Any

import pytest

from builder import (
    Raw,
    block,
    clinician,
    patient,
    person,
    service,
    services_raw,
    small_raw,
    week,
    window,
)
from iop_sched.master.conflicts import Conflict, cut
from iop_sched.week.policy import Policy
from master.points import Master, holds, master


def of(raw: Raw) -> Master:
    return master(week(raw), Policy())


def therapy(name: str, day: str, who: str = "tom", service: str = "therapy") -> list[str]:
    """The names of what the master decides when a session takes place at ``north``."""
    key = f"{service} {name} #1"
    return [f"present {key}", f"{key} {day}", f"{key} {day} north", f"{key} {day} north by {who}"]


def values(found: Master, *chosen: str) -> list[int]:
    """A solution of the master that decides for what is named, and for nothing else.

    A session's day has no variable of its own where there is one place on that day.
    """
    columns = {variable.name: column for column, variable in enumerate(found.proto.variables)}
    point = [0] * len(columns)
    for name in chosen:
        if name in columns or f"{name} north" not in columns:
            point[columns[name]] = 1
    return point


def conflicts(found: Master, point: list[int]) -> list[Conflict]:
    """The conflicts of a solution; each is made of its decisions, and its cut excludes it."""
    told = found.timetable.conflicts(point)
    for conflict in told:
        assert all(point[column] for column in conflict)
        assert not holds(cut(conflict), point)
    return told


def names(found: Master, conflict: Conflict) -> set[str]:
    return {found.proto.variables[column].name for column in conflict}


TWO = (patient("ana"), patient("ben"))


def test_two_sessions_of_a_clinician_in_one_hour() -> None:
    tom = clinician("tom", "therapist", available=[window("mon tue", "09:00", "10:30")])
    found = of(services_raw(*TWO, clinicians=[tom]))
    # an hour and a half holds one session of an hour, wherever it stands
    together = values(found, *therapy("ana", "mon"), *therapy("ben", "mon"))
    assert [names(found, conflict) for conflict in conflicts(found, together)] == [
        {"therapy ana #1 mon north by tom", "therapy ben #1 mon north by tom"}
    ]
    apart = values(found, *therapy("ana", "mon"), *therapy("ben", "tue"))
    assert conflicts(found, apart) == []


def test_a_clinicians_turnaround_travel_and_break_count() -> None:
    tom = clinician(
        "tom",
        "therapist",
        available=[window("mon tue", "09:00", "11:00")],
        breaks=[{"start": "09:00", "end": "11:00", "minutes": 30}],
    )
    found = of(services_raw(*TWO, clinicians=[tom]))
    assert conflicts(found, values(found, *therapy("ana", "mon"), *therapy("ben", "mon")))


def test_two_clinicians_and_one_client() -> None:
    people = [clinician(name, "therapist", available=[window("mon tue")]) for name in ("tom", "una")]
    extra = service("talk")
    ana = patient("ana", "therapy", "talk")
    found = of(services_raw(ana, clinicians=people, services=[service(), extra]))
    both = [*therapy("ana", "mon"), *therapy("ana", "mon", "una", "talk")]
    assert len(conflicts(found, values(found, *both))) == 1
    apart = [*therapy("ana", "mon"), *therapy("ana", "tue", "una", "talk")]
    assert conflicts(found, values(found, *apart)) == []


def seated(**more: Any) -> Master:
    """``ana`` attends ``red`` from 9:00 to 10:00; ``tom`` has time for therapy from 9:30 to 10:30 alone."""
    tom = clinician("tom", "therapist", available=[window("mon thu", "09:30", "10:30")])
    ana = person("ana", services=({"service": "therapy"},), weekdays=("mon", "tue", "wed"))
    agendas = [{"id": "talk", "blocks": [block("talk", 0, 60, **more)]}]
    return of(small_raw(ana, services=[service()], clinicians=[tom], agendas=agendas))


def attending(found: Master, point: list[int], day: str) -> int:
    """The column of ``ana``'s attendance on a day, which is decided for."""
    key, literal = next(
        (key, literal) for (_, key), literal in found.model.seat.items() if key.day.code == day
    )
    point[literal.index] = point[found.model.held[key].index] = 1
    return literal.index


def test_a_clients_session_and_block() -> None:
    found = seated()
    point = values(found, *therapy("ana", "mon"))
    seat = attending(found, point, "mon")
    (conflict,) = conflicts(found, point)
    assert seat in conflict
    assert names(found, conflict) & set(therapy("ana", "mon"))


def test_a_clients_session_and_a_block_of_another_day() -> None:
    found = seated()
    point = values(found, *therapy("ana", "thu"))
    attending(found, point, "mon")
    assert conflicts(found, point) == []


def test_a_session_fits_in_a_block_that_may_be_left_only_as_a_whole() -> None:
    found = seated(may_leave=True)
    point = values(found, *therapy("ana", "mon"))
    attending(found, point, "mon")
    # half an hour inside the block, half an hour after it
    assert conflicts(found, point)


def test_two_sessions_in_one_room() -> None:
    rooms = [
        {
            "id": "den",
            "site": "north",
            "kinds": ["small"],
            "capacity": 3,
            "available": [window("mon tue", "09:00", "10:00")],
        }
    ]
    people = [clinician(name, "therapist") for name in ("tom", "una")]
    found = of(services_raw(*TWO, clinicians=people, services=[service(room_kind="small")], rooms=rooms))
    # rooms are for the timetable to give, so the modes themselves exclude each other
    together = values(found, *therapy("ana", "mon"), *therapy("ben", "mon", "una"))
    assert conflicts(found, together)
    assert conflicts(found, values(found, *therapy("ana", "mon"), *therapy("ben", "tue", "una"))) == []


def test_more_uses_than_supplies() -> None:
    people = [clinician(name, "therapist", available=[window("mon tue")]) for name in ("tom", "una")]
    office = [{"kind": "office", "site": "north", "count": 1}]
    found = of(
        services_raw(*TWO, clinicians=people, services=[service(supplies=["office"])], supplies=office)
    )
    assert conflicts(found, values(found, *therapy("ana", "mon"), *therapy("ben", "mon", "una")))


def team_week(start: str | None) -> Master:
    """``tom`` works on monday from 9:00 to 11:00; his team meets then, for an hour."""
    tom = clinician("tom", "therapist", available=[window("mon tue", "09:00", "11:00")])
    team = {"id": "core", "site": "north", "minutes": 60, "members": ["tom"]}
    team["windows"] = [window("mon", "09:00", "11:00")]
    pins = [{"id": "p", "team": {"team": "core", "day": "mon", "start": start}}] if start else []
    return of(services_raw(TWO[0], clinicians=[tom], care_teams=[team], pins=pins))


@pytest.mark.parametrize(
    ("start", "fits"), [(None, True), ("09:00", True), ("09:30", False), ("10:00", True)]
)
def test_a_pinned_start(start: str | None, fits: bool) -> None:
    found = team_week(start)
    team = ["tom attends core", "tom attends core mon", "core mon"]
    assert (conflicts(found, values(found, *team, *therapy("ana", "mon"))) == []) == fits


def test_conflicts_of_several_days_and_of_one_day_come_together() -> None:
    clients = [patient(name) for name in ("ana", "ben", "cy", "dee", "eve", "fay")]
    staff = [clinician(name, "therapist", available=[window("mon tue")]) for name in ("tom", "una")]
    found = of(services_raw(*clients, clinicians=staff))
    # two with tom on monday, two with una on monday, two with tom on tuesday; there is one hour for each
    pairs = [("ana", "mon", "tom"), ("ben", "mon", "tom"), ("cy", "mon", "una"), ("dee", "mon", "una")]
    pairs += [("eve", "tue", "tom"), ("fay", "tue", "tom")]
    told = conflicts(found, values(found, *(name for pair in pairs for name in therapy(*pair))))
    who = {frozenset(name.split()[1] for name in names(found, conflict)) for conflict in told}
    assert who == {frozenset(two) for two in ({"ana", "ben"}, {"cy", "dee"}, {"eve", "fay"})}
