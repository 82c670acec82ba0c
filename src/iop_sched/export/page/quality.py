"""Who waits, what needs attention, and how good the roster is."""

from __future__ import annotations

from iop_sched.export.page.context import Context
from iop_sched.export.page.model import Notes, Table, Tier, Tile, Waiting
from iop_sched.report import figures
from iop_sched.report.findings import line
from iop_sched.report.tiers import MEANING, absolute, bound, gap
from iop_sched.report.words import count, day_name, hours, percent
from iop_sched.week.result import TierResult
from iop_sched.week.times import clock

HOUR_TITLES = ("Level of care", ">Placed", ">Prescribed", ">To the placed", ">Authorised", ">Scheduled")


def tiles(given: Context) -> tuple[Tile, ...]:
    """The figures that are asked for first."""
    schedule, roster = given.schedule, given.schedule.roster
    treated = schedule.facts.treated
    placed = [one for one in treated if one.id in schedule.placements]
    seats = sum(schedule.facts.cohorts[one.cohort].members.max for one in roster.cohorts)
    taken = sum(len(schedule.members[one.cohort]) for one in roster.cohorts)
    scheduled = sum(schedule.dosage(one).total for one in placed)
    aims = [one.prescription.hours.aim for one in placed if one.prescription is not None]
    lost = len(roster.facilitation) - len(schedule.held)
    waiting = len(treated) - len(placed)
    return (
        Tile(str(len(placed)), f"of {count(len(treated), 'client')} placed", f"{waiting or 'none'} waiting"),
        Tile(
            percent(taken, seats),
            "of seats filled",
            f"{taken} of {seats} in {count(len(roster.cohorts), 'cohort')}",
        ),
        Tile(hours(scheduled), "of care scheduled", f"of {hours(sum(aims))} prescribed to the placed"),
        Tile(str(len(schedule.held)), "meetings held", f"{lost} not held" if lost else "all that are due"),
        Tile(str(len(roster.sessions)), "sessions", f"with {count(_givers(given), 'clinician')}"),
    )


def _givers(given: Context) -> int:
    return len({entry.clinician for one in given.schedule.roster.sessions for entry in one.staff})


def waiting(given: Context) -> tuple[Waiting, ...]:
    """Clients without a place and what kept each out, as the roster file says."""
    clients = given.schedule.facts.clients
    return tuple(
        Waiting(
            name=given.labels(one.client),
            level=clients[one.client].level,
            waits=count(clients[one.client].waiting_days, "day"),
            priority=clients[one.client].priority,
            reason=given.labels.text(one.reason),
            about=given.marks.about([one.client]),
        )
        for one in given.subject.roster.unplaced
        if one.client in clients
    )


def notes(given: Context) -> tuple[Notes, ...]:
    """Everything that needs attention, each only when there is something."""
    schedule, labels, evaluation = given.schedule, given.labels, given.subject.evaluation
    edits = [labels.text(edit.words) for edit in given.subject.roster.provenance.edited]
    found = (
        Notes("Broken rules", tuple(line(one, labels) for one in evaluation.violations), grave=True),
        Notes("Meetings not held", tuple(figures.not_held(schedule, labels)), grave=True),
        Notes("Prescribed services missing", tuple(figures.missing_services(schedule, labels)), grave=True),
        Notes("Beyond the authorisation", tuple(figures.beyond_authorisation(evaluation, labels))),
        Notes("Shortened weeks", tuple(figures.shortened(schedule, labels))),
        Notes("Assessments", tuple(_assessments(given))),
        Notes("Overrides in force", tuple(figures.overrides(schedule, labels))),
        Notes("Changed by hand", tuple(edits)),
    )
    return tuple(one for one in found if one.lines)


def _assessments(given: Context) -> list[str]:
    lines = []
    for client in given.subject.week.clients:
        if client.intake is None or client.intake.assessment is None:
            continue
        session = given.schedule.assessment_session(client)
        due = f"due by {day_name(client.intake.deadline)}"
        if session is None:
            lines.append(f"{given.labels(client.id)}: not scheduled, {due}")
        else:
            who = given.labels.list(entry.clinician for entry in session.staff)
            when = f"{day_name(session.day)} {clock(session.start)}"
            lines.append(f"{given.labels(client.id)}: {when} with {who}, {due}")
    return lines


def tiers(given: Context) -> tuple[Tier, ...]:
    """The tiers in the order in which they count, and the weighted sum where that was the objective."""
    roster = given.subject.roster
    return tuple(
        _tier(given, one)
        for one in (*roster.tiers, *((roster.weighted,) if roster.weighted is not None else ()))
    )


def _tier(given: Context, one: TierResult) -> Tier:
    return Tier(
        name=one.name,
        counts=MEANING.get(one.name, ""),
        value=str(one.value),
        bound=bound(one),
        status=one.status,
        gap=gap(one),
        words=absolute(one, given.subject.policy),
        open_part=round(100 * min(1.0, max(0.0, one.gap)), 2),
    )


def tables(given: Context) -> tuple[Table, ...]:
    """Hours, what stayed from last week, wishes met; rows that count nothing are left out."""
    schedule = given.schedule
    found = (
        Table("Hours a week", HOUR_TITLES, tuple(figures.hour_rows(schedule))),
        Table("Kept from last week", ("What", ">Kept"), _counted(figures.kept_rows(schedule))),
        Table("Wishes met", ("What", ">Met"), _counted(figures.wish_rows(schedule))),
    )
    return tuple(one for one in found if one.rows)


def _counted(rows: list[figures.Row]) -> tuple[figures.Row, ...]:
    return tuple(row for row in rows if row[1] != "-")
