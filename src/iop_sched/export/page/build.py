"""From a roster to what stands on its page."""

from __future__ import annotations

from datetime import timedelta

from iop_sched import __version__
from iop_sched.export.page.changes import changes
from iop_sched.export.page.cohort_cards import cohort_cards, not_opened
from iop_sched.export.page.context import Context, context
from iop_sched.export.page.grid import grid, legend
from iop_sched.export.page.lanes import all_lanes
from iop_sched.export.page.model import Choice, DayHead, Filter, Page
from iop_sched.export.page.quality import notes, tables, tiers, tiles, waiting
from iop_sched.export.subject import Subject
from iop_sched.report.summary import opening, standing
from iop_sched.report.words import day_name
from iop_sched.week.times import Day

BROKEN = "This roster BREAKS hard rules; they are listed under 'what needs attention'."


def page(subject: Subject) -> Page:
    """Everything on the page, computed from the roster; the roster must be one of the week."""
    given = context(subject)
    roster, found = subject.roster, subject.comparison
    broken = bool(subject.evaluation.violations)
    return Page(
        program=roster.program,
        week_of=_week_of(subject),
        opening=opening(subject.schedule),
        standing=f"Policy {roster.provenance.policy}. {BROKEN}" if broken else standing(roster),
        status="broken" if broken else roster.status,
        tiles=tiles(given),
        filters=_filters(given),
        days=tuple(_head(given, day) for day in given.days),
        legend=legend(given),
        changes=None if found is None else changes(given, found),
        grid=grid(given),
        cohorts=cohort_cards(given),
        not_opened=not_opened(given),
        lanes=all_lanes(given),
        waiting=waiting(given),
        notes=notes(given),
        tiers=tiers(given),
        tables=tables(given),
        made_by=f"iop-sched {__version__}",
    )


def _head(given: Context, day: Day) -> DayHead:
    """A day with its date, and where it is closed."""
    closed = []
    for one in given.subject.week.closures:
        if one.day == day:
            where = f"{given.labels.list(one.sites)} closed" if one.sites else "closed"
            closed.append(f"{where}: {one.why}" if one.why else where)
    date = given.subject.roster.week_of + timedelta(days=int(day))
    when = f"{date.day} {date:%B}" if given.labels.dates else ""
    return DayHead(day_name(day), when, "; ".join(closed))


def _week_of(subject: Subject) -> str:
    monday = subject.roster.week_of
    return f"Week of {monday:%A} {monday.day} {monday:%B %Y}" if subject.labels.dates else "One week"


def _filters(given: Context) -> tuple[Filter, ...]:
    week, marks, opened = given.subject.week, given.marks, given.schedule.open_cohorts
    cohorts = [one.id for one in week.cohorts if one.id in opened]
    kinds = (
        ("client", "Client", "All clients", [one.id for one in week.clients], marks.client),
        ("clinician", "Clinician", "All clinicians", [one.id for one in week.clinicians], marks.clinician),
        ("cohort", "Cohort", "All cohorts", cohorts, marks.cohort),
        ("site", "Site", "All sites", [one.id for one in week.sites], marks.site),
    )
    return tuple(
        Filter(
            name,
            title,
            everybody,
            tuple(Choice(one, mark(one), given.labels(one)) for one in ids),
        )
        for name, title, everybody, ids, mark in kinds
        if len(ids) > 1
    )
