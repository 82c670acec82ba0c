"""A report to hand upward as tables of text: the terminal prints them, and the page lays them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType

from iop_sched.report.figures import KEPT, authorised_words
from iop_sched.report.sheet import Sheet, paragraph, section
from iop_sched.report.words import Labels, count, day_names, hours, percent, share
from iop_sched.upward.model import AHEAD, ClinicianUse, Ending, LevelCare, RoomUse, Waitlist, WeekReport
from iop_sched.upward.rows import Figure, program_figures, summed

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table. A ``>`` before a title aligns to the right; ``bars``: a share for each row, for a picture."""

    title: str
    titles: Row
    rows: tuple[Row, ...]
    note: str = ""
    bars: tuple[float | None, ...] = ()
    none: str = "none"


def render(reports: Sequence[WeekReport], labels: Labels) -> RenderableType:
    """All weeks side by side, then each by itself."""
    parts: list[RenderableType] = [*_printed([at_a_glance(reports)])]
    for report in reports:
        if len(reports) > 1:
            parts.append(paragraph(report.label, style="bold underline"))
            parts.append(paragraph(""))
        parts += _printed(week_tables(report, labels))
    return Group(*parts)


def _printed(tables: Sequence[Table]) -> Iterator[RenderableType]:
    for table in tables:
        yield section(table.title, Sheet(table.titles, table.rows, table.none), note=table.note)


# All weeks


def at_a_glance(reports: Sequence[WeekReport]) -> Table:
    """A row a figure, a column a week, and their sum where no week stands twice."""
    found = [program_figures(report) for report in reports]
    weeks = {report.number for report in reports}
    titles = ["Figure", *(f">{report.label}" for report in reports)]
    with_sum = len(reports) > 1 and len(weeks) == len(reports)
    rows = []
    for same in zip(*found, strict=True):
        cells = [cell(one) for one in same] + [cell(summed(same))] * with_sum
        rows.append((_sentence(same[0].words), *cells))
    bars = tuple(_bar(one.value, one.of) for one in found[0]) if len(found) == 1 else ()
    return Table("At a glance", (*titles, *([">In all"] * with_sum)), tuple(rows), bars=bars)


def cell(figure: Figure) -> str:
    """``9h of 20h (45%)``, ``3 of 4 (75%)``, ``12``, or a dash for what is unknown."""
    if figure.value is None or figure.of == 0:
        return "-"
    value = _number(figure, figure.value)
    if figure.of is None:
        return value
    return f"{value} of {_number(figure, figure.of)} ({percent(int(figure.value), int(figure.of))})"


def _number(figure: Figure, value: float) -> str:
    return hours(int(value)) if figure.unit == "minutes" else f"{value:g}"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _bar(part: float | None, of: float | None) -> float | None:
    return None if part is None or not of else min(1.0, part / of)


# One week


def week_tables(report: WeekReport, labels: Labels) -> list[Table]:
    """Everything of one week."""
    return [
        _rooms(report.rooms, labels),
        _clinicians(report.clinicians, labels),
        _fill(report, labels),
        _waiting(report),
        _hours(report.levels),
        _group_share(report.levels),
        _kept(report),
        _program_days(report.levels),
        _at_risk(report, labels),
        _endings(report, labels),
    ]


def _rooms(rooms: Sequence[RoomUse], labels: Labels) -> Table:
    rows, bars = [], []
    sites = list(dict.fromkeys(room.site for room in rooms))
    for site in sites:
        here = [room for room in rooms if room.site == site]
        for name, some in [*((labels(one.room), [one]) for one in here), ("all of the site", here)]:
            if some is here and len(here) == 1:
                continue
            used, usable = sum(one.used_minutes for one in some), sum(one.open_minutes for one in some)
            rows.append((name, labels(site), hours(used), hours(usable), percent(used, usable)))
            bars.append(_bar(used, usable))
    return Table(
        "Rooms",
        ("Room", "Site", ">Used", ">Open", ">Of it"),
        tuple(rows),
        "a room without hours of its own is open while its site is staffed",
        tuple(bars),
        none="the week has no rooms",
    )


def _clinicians(clinicians: Sequence[ClinicianUse], labels: Labels) -> Table:
    rows = tuple(
        (
            labels(one.clinician),
            str(one.groups),
            str(one.sessions),
            hours(one.scheduled_minutes),
            "-" if one.contract_minutes is None else hours(one.contract_minutes),
            hours(one.available_minutes),
            percent(one.scheduled_minutes, one.base_minutes),
            hours(one.overtime_minutes) if one.overtime_minutes else "-",
        )
        for one in clinicians
    )
    return Table(
        "Clinicians",
        ("Clinician", ">Groups", ">Sessions", ">Scheduled", ">Contract", ">Working", ">Of it", ">Overtime"),
        rows,
        "of it: of the contract, or of working hours without one",
        tuple(_bar(one.scheduled_minutes, one.base_minutes) for one in clinicians),
        none="nobody",
    )


def _fill(report: WeekReport, labels: Labels) -> Table:
    rows = tuple(
        (
            labels(one.cohort),
            labels(one.site),
            str(one.members),
            str(one.least),
            str(one.most),
            percent(one.members, one.most),
            share(one.held, one.due),
        )
        for one in report.cohorts
    )
    bars = tuple(_bar(one.members, one.most) for one in report.cohorts)
    titles = ("Cohort", "Site", ">Members", ">Least", ">Most", ">Fill", ">Meetings held")
    return Table("Fill", titles, rows, bars=bars, none="no cohort meets")


def _waiting(report: WeekReport) -> Table:
    found = [(one.level, one.waitlist) for one in report.levels if one.waitlist.clients]
    if len(found) > 1:
        found.append(("in all", report.waitlist))
    rows = tuple((level, str(one.clients), *_waited(one)) for level, one in found)
    return Table(
        "Waitlist",
        ("Level", ">Waiting", ">Median", ">Longest"),
        rows,
        "clients with a prescription and no place",
        none="nobody waits",
    )


def _waited(one: Waitlist) -> Row:
    known = [days for days in (one.median_days, one.longest_days) if days is not None]
    return tuple(f"{days:g} {'day' if days == 1 else 'days'}" for days in known)


def _hours(levels: Sequence[LevelCare]) -> Table:
    rows = tuple(
        (
            name,
            share(_sum(some, "placed"), _sum(some, "clients")),
            hours(_sum(some, "prescribed_minutes")),
            hours(_sum(some, "prescribed_to_placed_minutes")),
            authorised_words(_sum(some, "authorised_minutes"), _sum(some, "authorised_days")),
            hours(_sum(some, "scheduled_minutes")),
        )
        for name, some in _by_level(levels)
    )
    titles = ("Level", ">Placed", ">Prescribed", ">To the placed", ">Authorised", ">Scheduled")
    return Table("Hours a week", titles, rows, "authorised: units left to those placed, this week")


def _group_share(levels: Sequence[LevelCare]) -> Table:
    rows = tuple(
        (
            one.level,
            hours(one.group_minutes),
            hours(one.counted_minutes),
            percent(one.group_minutes, one.counted_minutes),
            "-" if one.group_share is None else f"{one.group_share.min}% to {one.group_share.max}%",
            "-" if one.group_share is None else str(one.outside_share),
        )
        for one in levels
    )
    titles = ("Level", ">Group therapy", ">Counted", ">Share", ">Band", ">Clients outside")
    bars = tuple(_bar(one.group_minutes, one.counted_minutes) for one in levels)
    return Table("Group share", titles, rows, "without group-optional clients", bars)


def _kept(report: WeekReport) -> Table:
    found = [(words, getattr(report.continuity, part)) for part, words in KEPT.items()]
    known = [(words, one) for words, one in found if one.of]
    rows = tuple((words, share(one.part, one.of), percent(one.part, one.of)) for words, one in known)
    bars = tuple(_bar(one.part, one.of) for _, one in known)
    none = "nothing to keep: nobody was here last week"
    return Table("Kept from last week", ("What", ">Kept", ">Of it"), rows, bars=bars, none=none)


def _program_days(levels: Sequence[LevelCare]) -> Table:
    parts = ("program_days", "billable_days", "short_days", "unauthorised_days", "lost_days")
    rows = tuple((name, *(str(_sum(some, part)) for part in parts)) for name, some in _by_level(levels))
    return Table(
        "Program days",
        ("Level", ">Attended", ">Billable", ">Below the floor", ">Unauthorised", ">Lost"),
        rows,
        "lost: days of patterns not attended",
        tuple(_bar(_sum(some, parts[1]), _sum(some, parts[0])) for _, some in _by_level(levels)),
    )


def _at_risk(report: WeekReport, labels: Labels) -> Table:
    rows = tuple(
        (labels(one.client), day_names(one.short), day_names(one.unauthorised), day_names(one.lost))
        for one in report.at_risk
    )
    titles = ("Client", "Below the floor", "Unauthorised", "Lost")
    return Table("Days at risk", titles, rows)


def _endings(report: WeekReport, labels: Labels) -> Table:
    rows = tuple(
        (
            labels(one.client),
            one.why,
            _last(one),
            f"{one.used:g} of {one.agreed:g} {one.unit}",
            f"{one.left:g} {one.unit}",
        )
        for one in report.endings
    )
    titles = ("Client", "What", "Last date", ">Used this week", ">Left after it")
    return Table("Authorisations running out", titles, rows, f"within {AHEAD} days of Monday")


def _last(one: Ending) -> str:
    if one.last is not None:
        return one.last.isoformat()
    days = one.last_in_days
    return f"{count(days, 'day')} after Monday" if days >= 0 else f"{count(-days, 'day')} before Monday"


def _by_level(levels: Sequence[LevelCare]) -> list[tuple[str, list[LevelCare]]]:
    found = [(one.level, [one]) for one in levels]
    return found if len(found) == 1 else [*found, ("in all", list(levels))]


def _sum(levels: Sequence[LevelCare], field: str) -> int:
    return sum(int(getattr(one, field)) for one in levels)
