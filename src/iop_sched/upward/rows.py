"""The figures of a report as rows: of the whole program, and of each room, clinician, cohort and level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from iop_sched.report.figures import KEPT
from iop_sched.upward.model import CohortFill, LevelCare, RoomUse, WeekReport

About = Literal["program", "site", "room", "clinician", "cohort", "level"]
Unit = Literal["minutes", "days", "number"]


@dataclass(frozen=True)
class Figure:
    """One number: what it is about, in which unit, and of how much, where it is a part of something.

    ``adds``: over several weeks it is summed; the number of those who wait, for one, is not.
    """

    about: About
    id: str
    words: str
    unit: Unit
    value: float | None
    of: float | None = None
    adds: bool = True


def figures(report: WeekReport) -> list[Figure]:
    """Every figure of a report, those of the whole program first."""
    return [*program_figures(report), *_of_things(report)]


def program_figures(report: WeekReport) -> list[Figure]:
    """Those of the whole program, always the same ones in the same order."""
    return [*_use(report), *_people(report), *_care(report.levels), *_kept(report), *_days(report)]


def summed(figure: Sequence[Figure]) -> Figure:
    """One figure of several weeks, added up; without a value where it does not add."""
    first = figure[0]
    if not first.adds:
        return replace(first, value=None, of=None)
    of = None if first.of is None else sum(one.of or 0 for one in figure)
    return replace(first, value=sum(one.value or 0 for one in figure), of=of)


def _program(
    words: str, unit: Unit, value: float | None, of: float | None = None, adds: bool = True
) -> Figure:
    return Figure("program", "", words, unit, value, of, adds)


def _use(report: WeekReport) -> Iterator[Figure]:
    rooms, staff, cohorts = report.rooms, report.clinicians, report.cohorts
    yield _program("room hours used, of hours open", "minutes", *_used(rooms))
    yield _program(
        "clinician hours scheduled, of contract or working hours",
        "minutes",
        sum(one.scheduled_minutes for one in staff),
        sum(one.base_minutes for one in staff),
    )
    yield _program("overtime", "minutes", sum(one.overtime_minutes for one in staff))
    yield _program(
        "meetings held", "number", sum(one.held for one in cohorts), sum(one.due for one in cohorts)
    )
    yield _program("sessions", "number", report.sessions)
    yield _program("seats of open cohorts filled", "number", *_filled(cohorts))


def _people(report: WeekReport) -> Iterator[Figure]:
    clients = sum(one.clients for one in report.levels)
    placed = sum(one.placed for one in report.levels)
    yield _program("clients placed", "number", placed, clients, adds=False)
    yield _program("clients waiting", "number", report.waitlist.clients, adds=False)
    yield _program("days waited, median", "days", report.waitlist.median_days, adds=False)
    yield _program("days waited, longest", "days", report.waitlist.longest_days, adds=False)


def _care(levels: Sequence[LevelCare]) -> Iterator[Figure]:
    prescribed = sum(one.prescribed_minutes for one in levels)
    to_placed = sum(one.prescribed_to_placed_minutes for one in levels)
    scheduled = sum(one.scheduled_minutes for one in levels)
    yield _program("hours prescribed", "minutes", prescribed)
    yield _program("hours prescribed to those placed", "minutes", to_placed, prescribed)
    yield _program("hours authorised", "minutes", sum(one.authorised_minutes for one in levels), adds=False)
    yield _program("days authorised", "days", sum(one.authorised_days for one in levels), adds=False)
    yield _program("hours scheduled, of those prescribed", "minutes", scheduled, prescribed)
    yield _program(
        "hours of group therapy, of those it counts in",
        "minutes",
        sum(one.group_minutes for one in levels),
        sum(one.counted_minutes for one in levels),
    )


def _kept(report: WeekReport) -> Iterator[Figure]:
    for part, words in KEPT.items():
        found = getattr(report.continuity, part)
        yield _program(words, "days" if part == "days" else "number", found.part, found.of)


def _days(report: WeekReport) -> Iterator[Figure]:
    yield from (
        Figure("program", "", words, "days", value, of) for words, value, of in day_figures(report.levels)
    )
    yield _program("authorisations running out", "number", len(report.endings), adds=False)


def day_figures(levels: Sequence[LevelCare]) -> list[tuple[str, int, int | None]]:
    """Program days of levels together: words, how many, of how many."""
    program = sum(one.program_days for one in levels)
    billable = sum(one.billable_days for one in levels)
    short = sum(one.short_days for one in levels)
    beyond = sum(one.unauthorised_days for one in levels)
    lost, pattern = sum(one.lost_days for one in levels), sum(one.pattern_days for one in levels)
    return [
        ("program days", program, None),
        ("billable program days", billable, program),
        ("program days below the day's floor", short, program),
        ("treatment days beyond the authorisation", beyond, None),
        ("days lost to shortened weeks", lost, pattern),
    ]


def _of_things(report: WeekReport) -> Iterator[Figure]:
    for site in dict.fromkeys(room.site for room in report.rooms):
        rooms = [room for room in report.rooms if room.site == site]
        yield Figure("site", site, "room hours used, of hours open", "minutes", *_used(rooms))
    for room in report.rooms:
        yield Figure("room", room.room, "hours used, of hours open", "minutes", *_used([room]))
    for one in report.clinicians:
        name, base = one.clinician, one.base_minutes
        words = "hours scheduled, of contract or working hours"
        yield Figure("clinician", name, words, "minutes", one.scheduled_minutes, base)
        yield Figure("clinician", name, "overtime", "minutes", one.overtime_minutes)
        yield Figure("clinician", name, "groups", "number", one.groups)
        yield Figure("clinician", name, "sessions", "number", one.sessions)
    for cohort in report.cohorts:
        yield Figure("cohort", cohort.cohort, "seats filled", "number", *_filled([cohort]))
        yield Figure("cohort", cohort.cohort, "meetings held", "number", cohort.held, cohort.due)
    for level in report.levels:
        yield from _of_level(level)


def _of_level(level: LevelCare) -> Iterator[Figure]:
    waits = level.waitlist
    found = [
        _program("clients placed", "number", level.placed, level.clients, adds=False),
        _program("clients waiting", "number", waits.clients, adds=False),
        _program("days waited, median", "days", waits.median_days, adds=False),
        _program("days waited, longest", "days", waits.longest_days, adds=False),
        *_care([level]),
        _program("clients outside the band of the group share", "number", level.outside_share),
        *(_program(words, "days", value, of) for words, value, of in day_figures([level])),
    ]
    for one in found:
        yield replace(one, about="level", id=level.level)


def _used(rooms: Sequence[RoomUse]) -> tuple[int, int]:
    return sum(one.used_minutes for one in rooms), sum(one.open_minutes for one in rooms)


def _filled(cohorts: Sequence[CohortFill]) -> tuple[int, int]:
    return sum(one.members for one in cohorts), sum(one.most for one in cohorts)
