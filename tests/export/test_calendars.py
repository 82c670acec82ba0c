"""Calendars read back by ``icalendar``: they agree with the roster, and a later one updates the earlier."""

from __future__ import annotations

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
