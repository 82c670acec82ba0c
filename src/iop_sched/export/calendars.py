"""Calendars (RFC 5545): one a clinician, client or room, that a calendar program can read again and again.

An appointment keeps its UID while it lasts. A calendar that replaces an older one raises the SEQUENCE of what
has changed, and leaves what is gone standing as cancelled, so that a phone updates and removes instead of
adding twice; so do those of owners who have left the week. Weeks that are not this one stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from iop_sched.export.appointments import Appointment
from iop_sched.report.words import Labels, count
from iop_sched.week.care import team_called
from iop_sched.week.files import make_folder, write_bytes
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.program import ProgramWeek
from iop_sched.week.reading import read_bytes
from iop_sched.week.times import DAY_MINUTES
from iop_sched.week.visible import on_one_line

Owner = Literal["clinicians", "clients", "rooms"]
OWNERS: tuple[Owner, ...] = ("clinicians", "clients", "rooms")
PRODUCT = "-//iop-sched//roster//EN"
_YEAR = timedelta(days=366)
_WEEK = "X-IOP-SCHED-WEEK"
_NAME = "X-WR-CALNAME"
_SAID = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION", "STATUS")
"""What a reader sees: another value of one of these is a change."""


@dataclass(frozen=True)
class Zone:
    """Whose clock the times are of; without a name they are of the place where the calendar is read."""

    name: str | None = None

    def at(self, day: date, minute: int) -> datetime:
        """A moment; ``minute`` counts by the clock on the wall, so a change of the clock moves nothing."""
        later, rest = divmod(minute, DAY_MINUTES)
        moment = datetime.combine(day + timedelta(days=later), time(rest // 60, rest % 60))
        return moment if self.name is None else moment.replace(tzinfo=ZoneInfo(self.name))


@dataclass(frozen=True)
class Written:
    """What became of a calendar's events of this week."""

    path: Path
    new: int
    changed: int
    cancelled: int
    same: int


def write_calendars(
    week: ProgramWeek,
    found: Iterable[Appointment],
    owners: Owner,
    folder: Path,
    labels: Labels,
    zone: Zone,
    now: datetime | None = None,
) -> list[Written]:
    """Write a file for each clinician, client or room that has an appointment, or had one in an older file.

    Older files of owners who are no longer in the week are among them: what they had in it is cancelled.
    Raises ``OSError`` where a file cannot be written, ``InputProblems`` where an older one is no calendar.
    """
    stamp = (now or datetime.now(UTC)).replace(microsecond=0)
    by_owner = _by_owner(found, owners)
    make_folder(folder)
    written = []
    ids = [one.id for one in getattr(week, owners)]
    for owner in ids:
        path = folder / f"{owner}.ics"
        before = _read(path)
        if owner not in by_owner and before is None:
            continue
        mine = by_owner.get(owner, [])
        events = [_event(week, one, owners, owner, labels, zone, stamp) for one in mine]
        name = on_one_line(f"{week.program}: {labels(owner)}")
        written.append(_write(path, name, before, events, week, stamp))
    for path, before in _left_behind(week, ids, folder):
        name_in_file: Any = before[_NAME]  # with its escapes
        written.append(_write(path, name_in_file, before, [], week, stamp))
    return written


def _write(
    path: Path, name: str, before: Calendar | None, events: list[Event], week: ProgramWeek, stamp: datetime
) -> Written:
    calendar, result = _joined(path, before, events, week, stamp)
    calendar[_NAME] = name
    first = min(map(_day, calendar.events), default=week.week_of)
    calendar.add_missing_timezones(first - _YEAR, week.week_of + _YEAR)
    write_bytes(path, calendar.to_ical())
    return result


def _day(event: Event) -> date:
    begins = event.DTSTART
    # a calendar of somebody else's may say whole days
    return begins.date() if isinstance(begins, datetime) else begins or date.max


def _by_owner(found: Iterable[Appointment], owners: Owner) -> dict[str, list[Appointment]]:
    whose: dict[Owner, Callable[[Appointment], tuple[str, ...]]] = {
        "clinicians": lambda one: one.clinicians,
        "clients": lambda one: one.clients,
        "rooms": lambda one: () if one.room is None else (one.room,),
    }
    mine: dict[str, list[Appointment]] = {}
    for one in found:
        for owner in whose[owners](one):
            mine.setdefault(owner, []).append(one)
    return mine


def _event(
    week: ProgramWeek,
    one: Appointment,
    owners: Owner,
    owner: str,
    labels: Labels,
    zone: Zone,
    stamp: datetime,
) -> Event:
    event = Event()
    day = week.week_of + timedelta(days=one.day)
    event.add("UID", f"{uuid5(NAMESPACE_URL, '|'.join((week.program, str(week.week_of), owner, one.key)))}")
    event.add("SUMMARY", _summary(one, owners, labels))
    event.add("DTSTART", zone.at(day, one.start))
    event.add("DTEND", zone.at(day, one.end))
    event.add("LOCATION", _location(one, labels))
    event.add("DESCRIPTION", _description(one, owners, labels))
    event.add("STATUS", "CONFIRMED")
    event.add("CLASS", "PRIVATE")
    event.add("SEQUENCE", 0)
    event.add("DTSTAMP", stamp)
    event.add(_WEEK, week.week_of.isoformat())
    return event


def _summary(one: Appointment, owners: Owner, labels: Labels) -> str:
    if one.kind == "block":
        return f"{one.what}, {labels(one.cohort)}"
    if one.kind == "team":
        return team_called(labels(one.what))
    family = " with family" if one.family else ""
    # a client's own calendar does not name the other clients of a group
    who = labels.list(one.clients) if len(one.clients) == 1 else count(len(one.clients), "client")
    return f"{labels(one.what)}{family}" if owners == "clients" else f"{labels(one.what)}{family}, {who}"


def _location(one: Appointment, labels: Labels) -> str:
    if one.online:
        return "online"
    return labels(one.site) if one.room is None else f"{labels(one.room)} at {labels(one.site)}"


def _description(one: Appointment, owners: Owner, labels: Labels) -> str:
    lines = [f"With: {labels.list(one.clinicians)}"] if one.clinicians else []
    if owners == "clinicians" and one.clients:
        lines.append(f"{count(len(one.clients), 'client')}: {labels.list(one.clients)}")
    return "\n".join(lines)


# The older calendar


def _read(path: Path) -> Calendar | None:
    if not path.is_file():
        return None
    found = _parsed(read_bytes(path))
    if found is None:
        right = "move it away, or name another folder"
        raise InputProblems([Problem(str(path), 0, 0, "", "this is no calendar", right)])
    return found


def _left_behind(week: ProgramWeek, owners: Collection[str], folder: Path) -> Iterator[tuple[Path, Calendar]]:
    """Older files of this program, of nobody in the week, with events of the week that still stand."""
    for path in sorted(folder.glob("*.ics")):
        if path.stem in owners:
            continue
        try:
            before = _read(path)
        except InputProblems:  # somebody else's, and not in the way of anything
            continue
        if before is None or not _written_as(before, f"{week.program}: {path.stem}"):
            continue
        if any(map(_stands, _of_week(before, week, True))):
            yield path, before


def _written_as(calendar: Calendar, name: str) -> bool:
    """Whether a calendar was written under this name, with a display name behind it or without.

    A copy under another file's name, and the calendar of another program, are not.
    """
    found = calendar.get(_NAME)
    if str(calendar.get("PRODID")) != PRODUCT or not isinstance(found, str):
        return False
    # as they stand in the file: versions of the reader differ in what they make of a name with commas
    written: Any = calendar[_NAME]
    said, wanted = written.to_ical(), vText(on_one_line(name)).to_ical()
    return bool(said == wanted or said.startswith(wanted + b" "))


def _parsed(raw: bytes) -> Calendar | None:
    """The calendar, if it is one and has all that will be asked of it."""
    try:
        found = Calendar.from_ical(raw)
        if not isinstance(found, Calendar):
            return None
        found.to_ical()
        for event in found.events:
            if _WEEK in event:
                _ = event["UID"], int(event.get("SEQUENCE", 0))
    except Exception:  # a broken one makes the reader stumble in a dozen ways
        return None
    return found


def _joined(
    path: Path, before: Calendar | None, events: list[Event], week: ProgramWeek, stamp: datetime
) -> tuple[Calendar, Written]:
    """The new calendar: events of other weeks as they were, then this week's, then what is cancelled."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    old = {str(event["UID"]): event for event in _of_week(before, week, True)}
    for event in _of_week(before, week, False):
        calendar.add_component(event)
    new = changed = same = 0
    for event in events:
        earlier = old.pop(str(event["UID"]), None)
        if earlier is None:
            new += 1
        elif _said(earlier) == _said(event):
            same, event = same + 1, earlier
        else:
            changed += 1
            event["SEQUENCE"] = int(earlier.get("SEQUENCE", 0)) + 1
        calendar.add_component(event)
    gone = [event for event in old.values() if _stands(event)]
    for event in gone:
        _cancel(event, stamp)
    for event in old.values():
        calendar.add_component(event)
    return calendar, Written(path, new, changed, len(gone), same)


def _of_week(calendar: Calendar | None, week: ProgramWeek, wanted: bool) -> Iterator[Event]:
    for event in () if calendar is None else calendar.events:
        if (str(event.get(_WEEK)) == week.week_of.isoformat()) == wanted:
            yield event


def _stands(event: Event) -> bool:
    return str(event.get("STATUS")) != "CANCELLED"


def _said(event: Event) -> tuple[tuple[bytes, str], ...]:
    there: Iterator[Any] = (event[name] for name in _SAID if name in event)
    return tuple((bytes(value.to_ical()), str(value.params.get("TZID", ""))) for value in there)


def _cancel(event: Event, stamp: datetime) -> None:
    event["SEQUENCE"] = int(event.get("SEQUENCE", 0)) + 1
    for name in ("STATUS", "DTSTAMP"):
        event.pop(name, None)
    event.add("STATUS", "CANCELLED")
    event.add("DTSTAMP", stamp)
