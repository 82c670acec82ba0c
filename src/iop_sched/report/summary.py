"""View ``summary``: how good the roster is, who is in and who is not, and what stayed."""

from __future__ import annotations

from collections import Counter

from rich.console import Group, RenderableType

from iop_sched.report import figures
from iop_sched.report.clients import unplaced_section
from iop_sched.report.sheet import Sheet, bullets, paragraph, section
from iop_sched.report.tiers import tiers_section
from iop_sched.report.words import Labels, count
from iop_sched.rules import Evaluation, Schedule
from iop_sched.week.policy import Policy
from iop_sched.week.result import RosterFile


def summary_view(
    schedule: Schedule, evaluation: Evaluation, roster: RosterFile, policy: Policy, labels: Labels
) -> RenderableType:
    """Everything a director asks first, on one or two screens."""
    hour_titles = ("Level", ">Placed", ">Prescribed", ">To the placed", ">Authorised", ">Scheduled")
    kept = [row for row in figures.kept_rows(schedule) if row[1] != "-"]
    wishes = [row for row in figures.wish_rows(schedule) if row[1] != "-"]
    fill, few = figures.fill_rows(schedule, labels), figures.below_least(schedule, labels)
    return Group(
        paragraph(opening(schedule)),
        paragraph(standing(roster)),
        paragraph(""),
        tiers_section(roster.tiers, roster.weighted, policy),
        section("Hours a week", Sheet(hour_titles, figures.hour_rows(schedule))),
        unplaced_section(roster.unplaced, labels),
        *_list("Meetings not held", figures.not_held(schedule, labels)),
        *_list("Prescribed services missing", figures.missing_services(schedule, labels)),
        *_list("Beyond the authorisation", figures.beyond_authorisation(evaluation, labels)),
        *_list("Shortened weeks", figures.shortened(schedule, labels)),
        *_table("Fill", ("Cohort", ">Members", ">Least", ">Most", ">Fill"), fill, few),
        *_table("Kept from last week", ("What", ">Kept"), kept),
        *_table("Wishes met", ("What", ">Met"), wishes),
    )


def opening(schedule: Schedule) -> str:
    """The week in a sentence: clients placed, cohorts, meetings, sessions."""
    treated = schedule.facts.treated
    placed = sum(client.id in schedule.placements for client in treated)
    opened = [schedule.facts.cohorts[one.cohort].status for one in schedule.roster.cohorts]
    kinds = Counter(opened)
    new = f" ({count(kinds['candidate'], 'new one', 'new ones')})" if kinds["candidate"] else ""
    return (
        f"{placed} of {count(len(treated), 'client')} placed, {count(len(opened), 'cohort')}{new},"
        f" {count(len(schedule.held), 'meeting')} and {count(len(schedule.roster.sessions), 'session')}."
    )


def standing(roster: RosterFile) -> str:
    """The policy, and whether the roster is proven, only feasible, or broken by hand."""
    policy = f"Policy {roster.provenance.policy}"
    if roster.status == "proven":
        return f"{policy}. Proven: no roster is better."
    if roster.status == "broken":
        return f"{policy}. Changed by hand, and it BREAKS hard rules: 'iop-sched check' lists them."
    return f"{policy}. Every hard rule holds; not proven best, see the gaps below."


def _list(title: str, lines: list[str]) -> list[RenderableType]:
    return [section(title, bullets(lines))] if lines else []


def _table(
    title: str, titles: tuple[str, ...], rows: list[figures.Row], note: str = ""
) -> list[RenderableType]:
    return [section(title, Sheet(titles, rows), note=note)] if rows else []
