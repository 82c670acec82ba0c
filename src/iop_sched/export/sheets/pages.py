"""The contents of the printed sheets, as plain data: titles, columns, rows. Templates only lay them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from iop_sched.compare.changes import Difference
from iop_sched.compare.views import client_views, clinician_views, cohort_views
from iop_sched.export.appointments import Appointment
from iop_sched.report.change_words import client_lines, clinician_words, cohort_words, team_words
from iop_sched.report.words import Labels, count, day_names, hours, span
from iop_sched.rules import Schedule
from iop_sched.week.care import team_called
from iop_sched.week.people import Client
from iop_sched.week.times import WEEK, Day

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table; ``fill`` names columns left empty for a pen."""

    title: str
    titles: tuple[str, ...]
    rows: Rows
    fill: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """What goes on a sheet of paper of its own."""

    title: str
    under: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class _Visit:
    """Everything that a client does on a day in one place, from coming to leaving."""

    client: str
    start: int
    end: int
    what: tuple[str, ...]


def day_pages(schedule: Schedule, found: list[Appointment], labels: Labels) -> list[Page]:
    """For the front desk, a page a day and site: who comes when, and what takes place where."""
    pages = []
    for day in WEEK:
        today = [one for one in found if one.day == day]
        sites = [site.id for site in schedule.facts.week.sites]
        for site in (*sites, None):
            here = [one for one in today if one.site == site]
            if here:
                where = f"at {labels(site)}" if site is not None else "online"
                people = len({client for one in here for client in one.clients})
                under = (f"{count(people, 'client')}, {count(len(here), 'appointment')}",)
                tables = (_arrivals(here, labels), _running(here, labels))
                pages.append(Page(f"{day_title(schedule, day, labels)}, {where}", under, tables))
    return pages


def day_title(schedule: Schedule, day: Day, labels: Labels) -> str:
    """A weekday with its date, where dates are shown."""
    when = schedule.facts.week.week_of + timedelta(days=int(day))
    return f"{when:%A %d %B %Y}" if labels.dates else f"{when:%A}"


def _arrivals(here: list[Appointment], labels: Labels) -> Table:
    clients = dict.fromkeys(client for one in here for client in one.clients)
    visits = []
    for client in clients:
        mine = [one for one in here if client in one.clients]
        what = tuple(dict.fromkeys(_what(one, labels) for one in mine))
        visits.append(_Visit(client, min(one.start for one in mine), max(one.end for one in mine), what))
    visits.sort(key=lambda one: (one.start, one.end, one.client))
    rows = tuple((span(one.start, one.end), labels(one.client), ", ".join(one.what)) for one in visits)
    return Table("Who comes", ("From, until", "Client", "For"), rows, fill=("Here",))


def _running(here: list[Appointment], labels: Labels) -> Table:
    rows = tuple(
        (
            span(one.start, one.end),
            _what(one, labels),
            labels(one.room, none=""),
            labels.list(one.clinicians, none=""),
            str(len(one.clients)) if one.kind != "team" else "",
        )
        for one in here
    )
    return Table("What takes place", ("Time", "What", "Room", "Staff", "Clients"), rows)


def _what(one: Appointment, labels: Labels) -> str:
    if one.kind == "team":
        return team_called(labels(one.what))
    family = " with family" if one.family else ""
    return labels(one.cohort) if one.cohort is not None else f"{labels(one.what)}{family}"


def sign_in_pages(schedule: Schedule, found: list[Appointment], labels: Labels) -> list[Page]:
    """A page for each meeting of a cohort and each session of several clients."""
    meetings = [one for one in found if one.cohort is not None]
    pages = []
    for (day, cohort), blocks in groupby(
        sorted(meetings, key=lambda one: (one.day, one.cohort or "", one.start)),
        key=lambda one: (one.day, one.cohort),
    ):
        pages.append(_sign_in(schedule, day, labels(cohort), list(blocks), labels))
    groups = [one for one in found if one.kind == "session" and len(one.clients) > 1]
    pages += [_sign_in(schedule, one.day, labels(one.what), [one], labels) for one in groups]
    return pages


def _sign_in(schedule: Schedule, day: Day, name: str, held: list[Appointment], labels: Labels) -> Page:
    when = span(min(one.start for one in held), max(one.end for one in held))
    rooms = list(dict.fromkeys(one.room for one in held if one.room is not None))
    where = "online" if held[0].online else labels.list(rooms, none=labels(held[0].site))
    staff = dict.fromkeys(who for one in held for who in one.clinicians)
    clients = sorted({client for one in held for client in one.clients})
    rows = tuple((labels(client),) for client in clients)
    return Page(
        f"{name}, {day_title(schedule, day, labels)}",
        (f"{when}, {where}", f"Staff: {labels.list(staff)}"),
        (Table(count(len(clients), "client"), ("Client",), rows, fill=("In", "Out", "Signature")),),
    )


def call_pages(difference: Difference, labels: Labels) -> list[Page]:
    """Who must be told what changed since an earlier roster; nothing changed is a page that says so."""
    parts = (
        ("Clients", client_lines(client_views(difference), labels)),
        ("Clinicians", [clinician_words(one, labels) for one in clinician_views(difference)]),
        ("Care teams", [team_words(one, labels) for one in difference.teams]),
        ("Cohorts", [cohort_words(one, labels) for one in cohort_views(difference)]),
    )
    tables = tuple(
        Table(name, ("What has changed",), tuple((line,) for line in lines), fill=("Told by", "When"))
        for name, lines in parts
        if lines
    )
    under = () if tables else ("Nothing has changed: nobody needs to be called.",)
    return [Page("Call sheet: what changed since the earlier roster", under, tables)]


def client_pages(schedule: Schedule, found: list[Appointment], labels: Labels) -> list[Page]:
    """A page for each client with a place or an appointment, to hand out; nobody else stands on it."""
    return [
        _client(schedule, client, [one for one in found if client.id in one.clients], labels)
        for client in schedule.facts.week.clients
        if client.id in schedule.placements or any(client.id in one.clients for one in found)
    ]


def _client(schedule: Schedule, client: Client, mine: list[Appointment], labels: Labels) -> Page:
    placement = schedule.placements.get(client.id)
    under = []
    if placement is not None:
        cohort = labels(placement.cohort, none="no cohort")
        under.append(
            f"{cohort}, {day_names(placement.days)}, {hours(schedule.dosage(client).total)} this week"
        )
        if placement.primary is not None:
            under.append(f"Primary: {labels(placement.primary)}")
    tables = []
    for day, today in groupby(mine, key=lambda one: one.day):
        rows = tuple(_line(one, labels) for one in today)
        tables.append(Table(day_title(schedule, day, labels), ("Time", "What", "With", "Where"), rows))
    return Page(f"Week of {labels(client.id)}", tuple(under), tuple(tables))


def _line(one: Appointment, labels: Labels) -> tuple[str, ...]:
    what = f"{one.what}, {labels(one.cohort)}" if one.cohort is not None else _what(one, labels)
    where = "online" if one.site is None else labels.list(_places(one))
    return (span(one.start, one.end), what, labels.list(one.clinicians, none=""), where)


def _places(one: Appointment) -> Iterable[str]:
    return (place for place in (one.room, one.site) if place is not None)
