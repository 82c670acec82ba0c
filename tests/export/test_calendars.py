"""Calendars read back by ``icalendar``: they agree with the roster, and a later one updates the earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from stat import S_IMODE

import pytest
from icalendar import Calendar, Event

from iop_sched.export.appointments import Appointment, appointments
from iop_sched.export.calendars import OWNERS, Owner, Zone, write_calendars
from iop_sched.report.words import Labels
from iop_sched.rules import Schedule
from iop_sched.week.problems import InputProblems
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from report.harbour import ROSTER, SCHEDULE, WEEK

FOUND = appointments(SCHEDULE)
CHICAGO = Zone("America/Chicago")
NOW = datetime(2026, 2, 27, 17, tzinfo=UTC)


def written(
    folder: Path,
    owners: Owner,
    found: list[Appointment] = FOUND,
    week: ProgramWeek = WEEK,
    zone: Zone = CHICAGO,
) -> dict[str, list[Event]]:
    write_calendars(week, found, owners, folder, Labels(), zone, NOW)
    return {path.stem: Calendar.from_ical(path.read_bytes()).events for path in folder.glob("*.ics")}


@pytest.mark.parametrize("owners", OWNERS)
def test_they_agree_with_the_roster(tmp_path: Path, owners: Owner) -> None:
    def mine(one: Appointment) -> tuple[str | None, ...]:
        return {"clinicians": one.clinicians, "clients": one.clients, "rooms": (one.room,)}[owners]

    expected = sorted(
        (owner, WEEK.week_of + timedelta(days=one.day), one.start, one.end)
        for one in FOUND
        for owner in mine(one)
        if owner is not None
    )
    events = [(owner, event) for owner, all_ in written(tmp_path, owners).items() for event in all_]
    said = [
        (owner, one.start.date(), one.start.hour * 60 + one.start.minute, one.end.hour * 60 + one.end.minute)
        for owner, one in events
    ]
    assert sorted(said) == expected
    assert len({str(event["UID"]) for _, event in events}) == len(events)
    assert {S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.ics")} == {0o600}


def test_lines_end_and_fold_as_the_standard_asks(tmp_path: Path) -> None:
    written(tmp_path, "clinicians")
    for path in tmp_path.glob("*.ics"):
        lines = path.read_bytes().split(b"\r\n")
        assert all(len(line) <= 75 for line in lines)
        assert not any(b"\n" in line for line in lines)


@pytest.mark.parametrize(("monday", "hours"), [(date(2026, 3, 2), 6), (date(2026, 3, 9), 5)])
def test_times_hold_across_a_change_of_the_clock(tmp_path: Path, monday: date, hours: int) -> None:
    """In Chicago the clock changed on 8 March 2026: the same time on the wall is another one in UTC."""
    week = WEEK.model_copy(update={"week_of": monday})
    for events in written(tmp_path, "clinicians", week=week).values():
        for event in events:
            assert event.start.utcoffset() == timedelta(hours=-hours)
    assert {one.start for one in FOUND} == {
        event.start.hour * 60 + event.start.minute
        for path in tmp_path.glob("*.ics")
        for event in Calendar.from_ical(path.read_bytes()).events
    }


def test_without_a_zone_times_are_of_the_place_where_they_are_read(tmp_path: Path) -> None:
    for events in written(tmp_path, "clinicians", zone=Zone()).values():
        assert all(event.start.tzinfo is None for event in events)
    assert b"VTIMEZONE" not in next(tmp_path.glob("*.ics")).read_bytes()


def changed_roster() -> tuple[Roster, str, str, str]:
    """The roster with its first session later and its last gone; the clinicians of both, and a client."""
    first, *middle, last = ROSTER.sessions
    later = first.model_copy(update={"start": first.start + 15})
    roster = ROSTER.model_copy(update={"sessions": (later, *middle)})
    return roster, first.staff[0].clinician, last.staff[0].clinician, last.clients[0]


def test_a_changed_roster_updates_and_cancels(tmp_path: Path) -> None:
    before = written(tmp_path, "clinicians")
    roster, mover, loser, _ = changed_roster()
    found = appointments(Schedule.of(WEEK, roster))
    results = write_calendars(
        WEEK, found, "clinicians", tmp_path, Labels(), CHICAGO, NOW + timedelta(hours=1)
    )
    assert sum(one.changed for one in results) >= 1
    assert sum(one.cancelled for one in results) >= 1
    assert sum(one.new for one in results) == 0
    after = {path.stem: Calendar.from_ical(path.read_bytes()).events for path in tmp_path.glob("*.ics")}
    for owner, events in after.items():
        old = {str(event["UID"]): event for event in before[owner]}
        assert {str(event["UID"]) for event in events} == set(old)  # nothing twice, nothing lost
        for event in events:
            earlier = old[str(event["UID"])]
            same = event.start == earlier.start and event["STATUS"] == earlier["STATUS"]
            assert int(event["SEQUENCE"]) == (0 if same else 1)
            assert (event["DTSTAMP"].dt == earlier["DTSTAMP"].dt) == same
    assert any(event["STATUS"] == "CANCELLED" for event in after[loser])
    assert any(int(event["SEQUENCE"]) == 1 for event in after[mover])

    # what comes back is confirmed again, with a higher number still
    again = written(tmp_path, "clinicians")
    back = [event for event in again[loser] if int(event["SEQUENCE"]) == 2]
    assert back
    assert all(event["STATUS"] == "CONFIRMED" for event in back)


def test_somebody_with_nothing_left_is_told_so(tmp_path: Path) -> None:
    before = written(tmp_path, "clients")
    client = next(iter(before))
    found = [one for one in FOUND if client not in one.clients]
    after = written(tmp_path, "clients", found)
    assert len(after[client]) == len(before[client])
    assert all(event["STATUS"] == "CANCELLED" for event in after[client])


GONE = ROSTER.placements[0].client


def without(client: str, week: ProgramWeek = WEEK) -> tuple[list[Appointment], ProgramWeek]:
    """The appointments and the week of those who stay when a client leaves it."""
    found = [replace(one, clients=tuple(c for c in one.clients if c != client)) for one in FOUND]
    stay = tuple(one for one in week.clients if one.id != client)
    return found, week.model_copy(update={"clients": stay})


@pytest.mark.parametrize(
    ("program", "labels"),
    [(WEEK.program, Labels()), ("Nord, Süd; a\\b: " + "x" * 80, Labels({GONE: "Anna, or \\ Ann"}))],
)
def test_somebody_who_has_left_the_week_is_told_so(tmp_path: Path, program: str, labels: Labels) -> None:
    named = WEEK.model_copy(update={"program": program})
    path = tmp_path / f"{GONE}.ics"

    def write(found: list[Appointment], week: ProgramWeek, hours: int) -> dict[Path, tuple[int, int]]:
        stamp = NOW + timedelta(hours=hours)
        results = write_calendars(week, found, "clients", tmp_path, labels, CHICAGO, stamp)
        return {one.path: (one.changed, one.cancelled) for one in results}

    first = write(FOUND, named, 0)
    before = Calendar.from_ical(path.read_bytes())
    second = write(*without(GONE, named), 1)
    after = Calendar.from_ical(path.read_bytes())
    assert second == {one: (0, len(before.events) if one == path else 0) for one in first}
    assert {str(one["UID"]) for one in after.events} == {str(one["UID"]) for one in before.events}
    assert {(str(one["STATUS"]), int(one["SEQUENCE"])) for one in after.events} == {("CANCELLED", 1)}
    assert {one["DTSTAMP"].dt for one in after.events} == {NOW + timedelta(hours=1)}
    assert after["X-WR-CALNAME"] == before["X-WR-CALNAME"]
    assert {one.start for one in after.events} == {one.start for one in before.events}
    assert after.timezones

    # said once; and taken back when they return
    told = path.read_bytes()
    assert path not in write(*without(GONE, named), 2)
    assert path.read_bytes() == told
    assert write(FOUND, named, 3)[path] == (len(before.events), 0)
    back = Calendar.from_ical(path.read_bytes()).events
    assert {(str(one["STATUS"]), int(one["SEQUENCE"])) for one in back} == {("CONFIRMED", 2)}


def test_other_weeks_of_somebody_who_has_left_stay(tmp_path: Path) -> None:
    later = WEEK.model_copy(update={"week_of": WEEK.week_of + timedelta(days=7)})
    first = written(tmp_path, "clients")[GONE]
    written(tmp_path, "clients", week=later)
    found, week = without(GONE, later)
    events = written(tmp_path, "clients", found, week)[GONE]
    stand = {str(one["UID"]) for one in events if one["STATUS"] == "CONFIRMED"}
    assert stand == {str(one["UID"]) for one in first}
    assert len(events) == 2 * len(first)


def test_calendars_of_nobody_in_the_week_that_are_not_its_own_stay(tmp_path: Path) -> None:
    """Those of other programs in the same week, copies, another product's, and what is no calendar."""
    written(tmp_path, "clients")
    mine = (tmp_path / f"{GONE}.ics").read_bytes()
    (tmp_path / f"{GONE}.ics").unlink()
    for client, program in (("x-1", "Another"), ("x-2", f"{WEEK.program}: west")):
        update = {"program": program, "clients": (WEEK.clients[0].model_copy(update={"id": client}),)}
        found = [replace(one, clients=(client,)) for one in FOUND if one.clients]
        assert written(tmp_path, "clients", found, WEEK.model_copy(update=update))[client]
    theirs = mine.replace(b"-//iop-sched//roster//EN", b"-//other//EN")
    others = {
        "x-1.ics": (tmp_path / "x-1.ics").read_bytes(),
        "x-2.ics": (tmp_path / "x-2.ics").read_bytes(),
        "Copy of mine.ics": mine,
        "other.ics": theirs.replace(f": {GONE}\r\n".encode(), b": other\r\n"),
        "notes.ics": b"my own notes",
        "bytes.ics": b"\xff\xfe\x00",
        "empty.ics": b"",
    }
    for name, raw in others.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "folder.ics").mkdir()
    found, week = without(GONE)
    results = write_calendars(week, found, "clients", tmp_path, Labels(), CHICAGO, NOW)
    assert not {one.path.name for one in results} & {*others, f"{GONE}.ics"}
    assert {name: (tmp_path / name).read_bytes() for name in others} == others


def test_other_weeks_stay(tmp_path: Path) -> None:
    first = written(tmp_path, "rooms")
    week = WEEK.model_copy(update={"week_of": WEEK.week_of + timedelta(days=7)})
    both = written(tmp_path, "rooms", week=week)
    for room, events in first.items():
        assert len(both[room]) == 2 * len(events)
        assert all(event["STATUS"] == "CONFIRMED" for event in both[room])


def test_a_clients_calendar_names_no_other_client(tmp_path: Path) -> None:
    clients = {client.id for client in WEEK.clients}
    for owner in written(tmp_path, "clients"):
        text = (tmp_path / f"{owner}.ics").read_text(encoding="utf-8")
        assert not {other for other in clients - {owner} if other in text.split()}
        assert not any(f" {other}" in text for other in clients - {owner})


def test_a_file_that_is_no_calendar_is_not_overwritten(tmp_path: Path) -> None:
    owner = FOUND[0].clinicians[0]
    (tmp_path / f"{owner}.ics").write_text("my own notes")
    with pytest.raises(InputProblems, match="no calendar; move it away"):
        written(tmp_path, "clinicians")
    assert (tmp_path / f"{owner}.ics").read_text() == "my own notes"
