"""View ``clients``: one row a client, and those without a place."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType

from iop_sched.report.cohorts import remark
from iop_sched.report.sheet import Sheet, section
from iop_sched.report.words import Labels, day_name, day_names, hours
from iop_sched.rules import Schedule
from iop_sched.week.people import Client
from iop_sched.week.result import Unplaced
from iop_sched.week.roster import Placement
from iop_sched.week.times import clock


def clients_view(schedule: Schedule, unplaced: Iterable[Unplaced], labels: Labels) -> RenderableType:
    """Placed clients with days, hours and sessions; then the unplaced, and assessments."""
    rows = [_row(schedule, client, placement, labels) for client, placement in schedule.placed]
    titles = ("Client", "Cohort", "Days", "Primary", ">Hours", ">Target", "Sessions", "Remark")
    return Group(
        section("Clients with a place", Sheet(titles, rows, none="nobody"), note="hours of dosage this week"),
        unplaced_section(unplaced, labels),
        *_assessed(schedule, labels),
    )


def unplaced_section(unplaced: Iterable[Unplaced], labels: Labels) -> RenderableType:
    """Clients without a place, and what kept each out."""
    rows = [(labels(one.client), labels.text(one.reason)) for one in unplaced]
    return section("Clients without a place", Sheet(("Client", "Why"), rows, none="nobody"))


def _row(schedule: Schedule, client: Client, placement: Placement, labels: Labels) -> tuple[str, ...]:
    return (
        labels(client.id),
        labels(placement.cohort, none="no cohort needed"),
        day_names(placement.days),
        labels(placement.primary),
        hours(schedule.dosage(client).total),
        hours(client.prescription.hours.aim) if client.prescription is not None else "-",
        _sessions(schedule, client),
        remark(schedule, client, placement),
    )


def _sessions(schedule: Schedule, client: Client) -> str:
    given = [f"{one.service} {day_name(one.day)} {clock(one.start)}" for one in schedule.sessions_of(client)]
    given += [f"MISSING {number} x {service.id}" for service, number in schedule.missing(client)]
    return "\n".join(given) or "-"


def _assessed(schedule: Schedule, labels: Labels) -> list[RenderableType]:
    rows = []
    for client in schedule.facts.week.clients:
        if client.intake is None or client.intake.assessment is None:
            continue
        session = schedule.assessment_session(client)
        when = f"{day_name(session.day)} {clock(session.start)}" if session is not None else "NOT SCHEDULED"
        who = labels.list(entry.clinician for entry in session.staff) if session is not None else "-"
        rows.append((labels(client.id), when, who, day_name(client.intake.deadline)))
    if not rows:
        return []
    return [section("Assessments", Sheet(("Client", "When", "With", "Deadline"), rows))]
