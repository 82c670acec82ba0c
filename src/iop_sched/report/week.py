"""View ``week``: the grid of slots and weekdays, open groups and care teams."""

from __future__ import annotations

from collections import Counter, defaultdict

from rich.console import Group, RenderableType

from iop_sched.report.sheet import Sheet, WhereItFits, paragraph, section
from iop_sched.report.words import Labels, count, day_name, span
from iop_sched.rules import Schedule
from iop_sched.week.roster import Meeting
from iop_sched.week.times import WEEK, Day


def week_view(schedule: Schedule, labels: Labels) -> RenderableType:
    """Every meeting with its time, size, room and staff; then what several people share."""
    return Group(
        section("Meetings", _meetings(schedule, labels), *_closures(schedule), note=_note(schedule)),
        section("Open groups and care teams", _gatherings(schedule, labels)),
        paragraph(_singles(schedule), style="dim"),
        paragraph(""),
    )


def _note(schedule: Schedule) -> str:
    return (
        "here: clients attending / members of the cohort; * leads the cohort"
        if schedule.roster.facilitation
        else ""
    )


def _meetings(schedule: Schedule, labels: Labels) -> RenderableType:
    narrow = Sheet(
        ("Day", "Time", "Slot", "Cohort", ">Here", "Room", "Staff"),
        [_row(schedule, meeting, labels) for meeting in _ordered(schedule)],
        none="no cohort meets this week",
    )
    return WhereItFits(_grid(schedule, labels), narrow)


def _ordered(schedule: Schedule) -> list[Meeting]:
    return sorted(schedule.roster.facilitation, key=lambda one: (one.day, schedule.span(one), one.cohort))


def _row(schedule: Schedule, meeting: Meeting, labels: Labels) -> tuple[str, ...]:
    slot = schedule.open_cohorts[meeting.cohort].slot
    start = (day_name(meeting.day), span(*schedule.span(meeting)), slot, labels(meeting.cohort))
    if not meeting.held:
        return (*start, "-", "NOT HELD", "-")
    return (
        *start,
        _size(schedule, meeting),
        _room(schedule, meeting, labels),
        staff(schedule, meeting, labels),
    )


def _grid(schedule: Schedule, labels: Labels) -> Sheet:
    cells: dict[tuple[str, Day], list[str]] = defaultdict(list)
    for meeting in _ordered(schedule):
        cells[schedule.open_cohorts[meeting.cohort].slot, meeting.day].append(
            _cell(schedule, meeting, labels)
        )
    used = {day for _, day in cells}
    days = [day for day in WEEK if day < Day.SAT or day in used]
    slots = [slot for slot in schedule.facts.slots if any((slot, day) in cells for day in WEEK)]
    rows = [[slot, *("\n\n".join(cells[slot, day]) or "." for day in days)] for slot in slots]
    return Sheet(("Slot", *map(day_name, days)), rows, none="no cohort meets this week", ruled=True)


def _cell(schedule: Schedule, meeting: Meeting, labels: Labels) -> str:
    lines = [labels(meeting.cohort), span(*schedule.span(meeting))]
    if not meeting.held:
        return "\n".join([*lines, "NOT HELD"])
    lines += [f"{_size(schedule, meeting)} here", _room(schedule, meeting, labels)]
    return "\n".join([*lines, *staff(schedule, meeting, labels).split(", ")])


def _size(schedule: Schedule, meeting: Meeting) -> str:
    return f"{len(schedule.attendance.attending(meeting))}/{len(schedule.members[meeting.cohort])}"


def _room(schedule: Schedule, meeting: Meeting, labels: Labels) -> str:
    if schedule.facts.place(meeting.cohort) is None:
        return "online"
    return labels(meeting.room, none="no room")


def staff(schedule: Schedule, meeting: Meeting, labels: Labels) -> str:
    """Everybody who works in a meeting, the leader first and with a star."""
    leader = schedule.open_cohorts[meeting.cohort].leader
    people = {entry.clinician for entry in meeting.staff}
    first = [f"{labels(leader)}*"] if leader in people else []
    return ", ".join(first + [labels(one) for one in sorted(people - {leader})]) or "no staff"


def _closures(schedule: Schedule) -> list[RenderableType]:
    lines = []
    for closure in schedule.facts.week.closures:
        where = f" at {', '.join(closure.sites)}" if closure.sites else " everywhere"
        why = f" ({closure.why})" if closure.why else ""
        lines.append(paragraph(f"Closed: {day_name(closure.day)}{where}{why}"))
    return lines


def _gatherings(schedule: Schedule, labels: Labels) -> Sheet:
    found: list[tuple[Day, int, tuple[str, ...]]] = []
    for session in schedule.roster.sessions:
        service = schedule.service(session)
        if service.is_open_group:
            when = (day_name(session.day), span(session.start, session.start + service.minutes))
            people = f"{schedule.people(session)}/{service.participants.max}"
            where = labels(session.room, none=session.site or "online")
            who = labels.list(entry.clinician for entry in session.staff)
            found.append((session.day, session.start, (*when, labels(service.id), people, where, who)))
    for team in schedule.roster.team_meeting:
        facts = schedule.facts.teams[team.team]
        when = (day_name(team.day), span(team.start, team.start + facts.minutes))
        row = (*when, labels(team.team), str(len(team.attendees)), facts.site, labels.list(team.attendees))
        found.append((team.day, team.start, row))
    rows = [row for _, _, row in sorted(found)]
    return Sheet(("Day", "Time", "What", ">People", "Where", "Staff"), rows)


def _singles(schedule: Schedule) -> str:
    found = Counter(
        one.service for one in schedule.roster.sessions if not schedule.service(one).is_open_group
    )
    if not found:
        return "No individual sessions."
    kinds = ", ".join(f"{number} {service}" for service, number in sorted(found.items()))
    return f"Beside these, {count(sum(found.values()), 'session')} for one client at a time: {kinds}."
