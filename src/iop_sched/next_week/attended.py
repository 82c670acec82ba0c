"""Who came: a file about those clients whose week was not as the roster had it.

::

    week_of: 2026-03-02
    clients:
      - {client: c02, days: [mon, tue]}        # came on these days, and missed all else
      - {client: c04, missed: [{day: mon}, {day: fri, service: family-session}, {day: thu, meeting: true}]}

A client who is not named attended everything. A table says the same (see ``attended_table``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from iop_sched.rules import Schedule
from iop_sched.week.base import Frozen
from iop_sched.week.document import Document, Fault
from iop_sched.week.document import Path as Place
from iop_sched.week.nearest import nearest
from iop_sched.week.reading import is_tables, read_document
from iop_sched.week.times import WEEK, Day, Id, Weekday, Weekdays
from iop_sched.week.validating import Draft, drafted, problems_of, validated


class Missed(Frozen):
    """What a client missed on a day: all of it, or only the meeting, or only the sessions of a service."""

    day: Annotated[Weekday, Field(description="weekday")]
    meeting: Annotated[bool, Field(description="only the cohort's meeting")] = False
    service: Annotated[Id | None, Field(description="only the sessions of this service")] = None


class ClientWeek(Frozen):
    """Either the days on which a client came, or what the client missed."""

    client: Annotated[Id, Field(description="id of the client")]
    days: Annotated[Weekdays | None, Field(description="came on these days, and missed all else")] = None
    missed: Annotated[tuple[Missed, ...], Field(description="missed these, and came to all else")] = ()


class AttendedFile(Frozen):
    """What a file of attendance holds."""

    week_of: Annotated[date, Field(description="Monday of the week it is about, YYYY-MM-DD")]
    clients: Annotated[tuple[ClientWeek, ...], Field(description="clients who missed something")] = ()


@dataclass(frozen=True)
class Attended:
    """Attendance, by client; without entries, everybody came to everything."""

    entries: tuple[ClientWeek, ...] = ()

    def missed(self, client: str, day: Day, service: str | None = None) -> bool:
        """Whether a client missed the sessions of a service on a day; without a service, the meeting."""
        entry = next((one for one in self.entries if one.client == client), None)
        if entry is None:
            return False
        if entry.days is not None:
            return day not in entry.days
        return any(one.day == day and _covers(one, service) for one in entry.missed)


def _covers(missed: Missed, service: str | None) -> bool:
    whole_day = not missed.meeting and missed.service is None
    return whole_day or (missed.meeting if service is None else missed.service == service)


def load_attended(path: str | Path, schedule: Schedule) -> Attended:
    """Read attendance, YAML, JSON or a table (see ``attended_table``).

    Raises ``InputProblems`` with all that is wrong, or does not fit the roster.
    """
    document = _document(path, schedule)
    file, faults = validated(AttendedFile, document.data)
    faults = [*faults, *_unfit(document, faults, schedule)] if file is None else list(_faults(file, schedule))
    if file is None or faults or document.problems:
        raise problems_of(document, faults)
    return Attended(file.clients)


def _document(path: str | Path, schedule: Schedule) -> Document:
    if not is_tables(path):
        return read_document(path)
    from iop_sched.next_week.attended_table import read_attended_table

    return read_attended_table(path, schedule.facts.week)


def _unfit(document: Document, faults: Sequence[Fault], schedule: Schedule) -> Iterator[Fault]:
    """What does not fit the roster in the parts of a file that ``faults`` leave."""
    draft: Draft[AttendedFile] | None = drafted(AttendedFile, document.data)
    if draft is not None:
        spoilt = {fault.path[:end] for fault in faults for end in range(1, len(fault.path) + 1)}
        for fault in _faults(draft.model, schedule):
            path = draft.in_file(fault.path)
            if path not in spoilt:
                yield replace(fault, path=path)


def _faults(file: AttendedFile, schedule: Schedule) -> Iterator[Fault]:
    week = schedule.facts.week
    if file.week_of != week.week_of:
        right = f"write {week.week_of}, or name the file of that week"
        yield Fault(("week_of",), "this is not the week of the roster", right)
    seen: set[str] = set()
    for index, entry in enumerate(file.clients):
        path = ("clients", index)
        if entry.client not in schedule.facts.clients:
            close = nearest(entry.client, schedule.facts.clients)
            right = f"did you mean '{close}'?" if close else "take it out"
            yield Fault((*path, "client"), f"there is no client '{entry.client}'", right)
        elif entry.client in seen:
            yield Fault((*path, "client"), "this client stands in the list already", "keep one entry")
        else:
            yield from _entry(entry, schedule, path)
        seen.add(entry.client)


def _entry(entry: ClientWeek, schedule: Schedule, path: Place) -> Iterator[Fault]:
    if (entry.days is None) == (not entry.missed):
        yield Fault(path, "this names the days attended or what was missed", "name either days or missed")
    for index, day in enumerate(entry.days or ()):
        if not scheduled(schedule, entry.client, day):
            yield Fault((*path, "days", index), *_nothing(entry.client, day, schedule))
    for index, missed in enumerate(entry.missed):
        at = (*path, "missed", index)
        if missed.meeting and missed.service is not None:
            what = "this is about the meeting or about a service"
            yield Fault(at, what, "name one of them, and the other in an entry of its own")
        elif not _were(missed, scheduled(schedule, entry.client, missed.day)):
            place = (*at, "service") if missed.service else at
            yield Fault(place, *_nothing(entry.client, missed.day, schedule, missed))


def scheduled(schedule: Schedule, name: str, day: Day) -> list[str | None]:
    """What a client has on a day: services, and None for the meeting."""
    client = schedule.facts.clients[name]
    found: list[str | None] = [one.service for one in schedule.sessions_of(client) if one.day == day]
    if name in schedule.placements and day in schedule.attended_days(client):
        found.append(None)
    return found


def _were(missed: Missed, found: Sequence[str | None]) -> bool:
    if not missed.meeting and missed.service is None:
        return bool(found)
    return missed.service in found


def _nothing(client: str, day: Day, schedule: Schedule, missed: Missed | None = None) -> tuple[str, str]:
    """What was not there to be attended, and what would be: a service of that day, or days with something."""
    kind = "nothing"
    if missed is not None and missed.meeting:
        kind = "no meeting"
    elif missed is not None and missed.service is not None:
        kind = f"no '{missed.service}'"
    days = [other.code for other in WEEK if scheduled(schedule, client, other)]
    today = [one or "the meeting" for one in scheduled(schedule, client, day)]
    close = nearest(missed.service, today) if missed is not None and missed.service else None
    if close:
        right = f"did you mean '{close}'?"
    elif today:
        right = f"on {day.code} there is {', '.join(dict.fromkeys(today))}"
    else:
        right = f"days with something are {', '.join(days)}" if days else f"take '{client}' out"
    return f"'{client}' has {kind} on {day.code} in the roster", right
