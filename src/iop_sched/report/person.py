"""One person's own week, as a day-by-day agenda."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Group, RenderableType

from iop_sched.report.sheet import Sheet, bullets, paragraph, section
from iop_sched.report.words import Labels, count, day_name, day_names, hours, span
from iop_sched.rules import Schedule
from iop_sched.week.base import minutes
from iop_sched.week.care import Block, team_called
from iop_sched.week.people import Client, Clinician
from iop_sched.week.roster import Meeting, Placement, Session
from iop_sched.week.times import WEEK, Day
from iop_sched.week.visible import on_one_line


@dataclass(frozen=True, order=True)
class Entry:
    """Something in an agenda; times in minutes after midnight, as people say them (nominal ends)."""

    day: Day
    start: int
    end: int
    what: str
    people: str
    where: str


def client_week(schedule: Schedule, client_id: str, reason: str | None, labels: Labels) -> RenderableType:
    """A client's meetings and sessions; ``reason`` says why an unplaced one has no place."""
    client = schedule.facts.clients[client_id]
    placement = schedule.placements.get(client_id)
    entries = [_session(schedule, session, labels) for session in schedule.sessions_of(client)]
    lines = [f"level of care: {client.level}"]
    if placement is None:
        lines.append(f"no place this week: {labels.text(reason)}" if reason else "no place this week")
    else:
        lines += _facts(schedule, client, placement, labels)
        entries += _blocks(schedule, client, placement, labels)
    return Group(
        section(f"Week of client {labels(client_id)}", bullets(lines)),
        _agenda(entries, "With", lost_days(schedule, client, placement)),
        paragraph(""),
    )


def clinician_week(schedule: Schedule, clinician_id: str, labels: Labels) -> RenderableType:
    """A clinician's blocks, sessions and care team meetings."""
    clinician = schedule.facts.clinicians[clinician_id]
    worked = sum(schedule.loads[clinician_id])
    own = [one.client for one in schedule.roster.placements if one.primary == clinician_id]
    led = [one.cohort for one in schedule.roster.cohorts if one.leader == clinician_id]
    contract = clinician.contract_hours
    of = "" if contract is None else f" of {hours(minutes(contract))} by contract"
    lines = [
        f"roles: {', '.join(clinician.roles)}",
        f"scheduled: {hours(worked)}{of}",
        f"leads: {labels.list(led, none='no cohort')}",
        f"primary of: {labels.list(own, none='nobody')}",
    ]
    entries = [
        _session(schedule, one, labels, own_view=clinician_id)
        for one in schedule.roster.sessions
        if clinician_id in {entry.clinician for entry in one.staff}
    ]
    entries += _worked(schedule, clinician_id, labels)
    entries += _teams(schedule, clinician_id, labels)
    away = {day: away_words(clinician, day) for day in WEEK}
    return Group(
        section(f"Week of clinician {labels(clinician_id)}", bullets(lines)),
        _agenda(entries, "Who", away),
        paragraph(""),
    )


def away_words(clinician: Clinician, day: Day) -> str:
    """When a clinician is away on a day, and why; empty when they are not."""
    windows = [window for window in clinician.away if day in window.days]
    return ", ".join(
        f"away {span(*one.interval)}" + (f" ({on_one_line(one.why)})" if one.why else "") for one in windows
    )


def _agenda(entries: Iterable[Entry], people: str, remarks: dict[Day, str]) -> RenderableType:
    """One table for the week; a day is named once, and what is remarked on it comes first."""
    found = sorted(entries)
    rows: list[tuple[str, ...]] = []
    for day in WEEK:
        today = [
            (span(one.start, one.end), one.what, one.people, one.where) for one in found if one.day == day
        ]
        if remarks.get(day):
            today.insert(0, ("", remarks[day], "", ""))
        names = [day_name(day), *[""] * len(today)]
        rows += [(name, *row) for name, row in zip(names, today, strict=False)]
    return Sheet(("Day", "Time", "What", people, "Where"), rows, none="nothing is scheduled")


def _facts(schedule: Schedule, client: Client, placement: Placement, labels: Labels) -> list[str]:
    prescription = client.prescription
    target = "" if prescription is None else f", {hours(prescription.hours.aim)} prescribed"
    lines = [
        f"cohort: {labels(placement.cohort, none='none needed')}",
        f"days: {day_names(placement.days)}",
        f"treatment from {day_name(placement.start)} to {day_name(placement.last)}",
        f"hours: {hours(schedule.dosage(client).total)} scheduled{target}",
        f"primary: {labels(placement.primary, none='none')}",
    ]
    return lines + [f"missing: {number} x {service.id}" for service, number in schedule.missing(client)]


def _blocks(schedule: Schedule, client: Client, placement: Placement, labels: Labels) -> list[Entry]:
    if placement.cohort is None:
        return []
    entries = []
    for day in schedule.attended_days(client):
        meeting = schedule.meetings[placement.cohort, day]
        for block, (start, _) in schedule.own_blocks(client, placement.cohort, day):
            staff = [entry.clinician for entry in meeting.staff if entry.block == block.id]
            entries.append(
                Entry(
                    day,
                    start,
                    start + block.minutes,
                    _block_words(block, placement.cohort, labels),
                    labels.list(staff),
                    _meeting_place(schedule, meeting, labels),
                )
            )
    return entries


def _block_words(block: Block, cohort: str, labels: Labels) -> str:
    kind = block.id if block.id == block.kind else f"{block.id} ({block.kind})"
    return f"{kind}, {labels(cohort)}"


def lost_days(schedule: Schedule, client: Client, placement: Placement | None) -> dict[Day, str]:
    """Days of the pattern without a meeting for the client, and why."""
    if placement is None or placement.cohort is None:
        return {}
    attended = schedule.attended_days(client)
    found = {}
    for day in placement.days:
        meeting = schedule.meetings.get((placement.cohort, day))
        if day in attended:
            continue
        if meeting is None:
            found[day] = "closed: no meeting, the seat is kept"
        elif not placement.start <= day <= placement.last:
            found[day] = "before the first day" if day < placement.start else "after the last day"
        elif not meeting.held:
            found[day] = f"the meeting of {placement.cohort} is NOT HELD"
        else:
            found[day] = "excused from the meeting by an absence, the seat is kept"
    return found


def _worked(schedule: Schedule, clinician: str, labels: Labels) -> list[Entry]:
    entries = []
    for meeting in schedule.held:
        blocks = {block.id: block for block in schedule.facts.blocks_on(meeting.cohort, meeting.day)}
        for block_id in dict.fromkeys(one.block for one in meeting.staff if one.clinician == clinician):
            block = blocks[block_id]
            start = schedule.block_interval(meeting.cohort, block, meeting.day)[0]
            people = count(len(schedule.attendance.present(meeting, block)), "client")
            what = _block_words(block, meeting.cohort, labels)
            where = _meeting_place(schedule, meeting, labels)
            entries.append(Entry(meeting.day, start, start + block.minutes, what, people, where))
    return entries


def _teams(schedule: Schedule, clinician: str, labels: Labels) -> list[Entry]:
    return [
        Entry(
            one.day,
            one.start,
            one.start + schedule.facts.teams[one.team].minutes,
            team_called(labels(one.team)),
            labels.list(who for who in one.attendees if who != clinician),
            schedule.facts.teams[one.team].site,
        )
        for one in schedule.roster.team_meeting
        if clinician in one.attendees
    ]


def _session(schedule: Schedule, session: Session, labels: Labels, own_view: str | None = None) -> Entry:
    service = schedule.service(session)
    staff = [entry.clinician for entry in session.staff if entry.clinician != own_view]
    # A client's agenda does not name the other clients of an open group.
    people = [*session.clients, *staff] if own_view is not None else staff
    family = " with family" if service.family else ""
    return Entry(
        session.day,
        session.start,
        session.start + service.minutes,
        f"{labels(service.id)}{family}",
        labels.list(people),
        _place(session.site, session.room, labels),
    )


def _meeting_place(schedule: Schedule, meeting: Meeting, labels: Labels) -> str:
    return _place(schedule.facts.place(meeting.cohort), meeting.room, labels)


def _place(site: str | None, room: str | None, labels: Labels) -> str:
    if site is None:
        return "online"
    return f"{labels(room)} at {site}" if room is not None else site
