"""The week as a picture: slots, open groups and care teams by day, with their seats."""

from __future__ import annotations

from collections import defaultdict

from iop_sched.export.page.context import Context
from iop_sched.export.page.model import Card, GridRow, Legend, Seats, times
from iop_sched.report.week import staff
from iop_sched.report.words import count
from iop_sched.rules import Schedule
from iop_sched.week.roster import Meeting, Session, TeamMeeting
from iop_sched.week.times import Day

Found = dict[Day, list[tuple[int, str, Card]]]


def grid(given: Context) -> tuple[GridRow, ...]:
    """A row for each slot in use, from early to late; then open groups, then care teams."""
    schedule = given.schedule
    slots: dict[str, Found] = defaultdict(lambda: defaultdict(list))
    groups: Found = defaultdict(list)
    teams: Found = defaultdict(list)
    for meeting in schedule.roster.facilitation:
        start, end = meeting_times(schedule, meeting)
        slot = schedule.open_cohorts[meeting.cohort].slot
        slots[slot][meeting.day].append((start, meeting.cohort, _meeting(given, meeting, start, end)))
    for session in schedule.roster.sessions:
        if schedule.service(session).is_open_group:
            groups[session.day].append((session.start, session.service, _group(given, session)))
    for team in schedule.roster.team_meeting:
        teams[team.day].append((team.start, team.team, _team(given, team)))
    rows = [
        _row(given, slot, _span(schedule, slot), tone, slots[slot])
        for slot, tone in given.tones.items()
        if slot in slots
    ]
    rows += [_row(given, "Open groups", "", "open", groups)] if groups else []
    rows += [_row(given, "Care teams", "", "team", teams)] if teams else []
    return tuple(rows)


def legend(given: Context) -> tuple[Legend, ...]:
    """The tones in use, and what each stands for."""
    schedule = given.schedule
    roster = schedule.roster
    used = {one.slot for one in roster.cohorts}
    found = [
        Legend(tone, f"{slot} {_span(schedule, slot)}".strip())
        for slot, tone in given.tones.items()
        if slot in used
    ]
    open_groups = [schedule.service(one).is_open_group for one in roster.sessions]
    found += [Legend("open", "open group")] * any(open_groups)
    found += [Legend("single", "session for one client")] * (not all(open_groups))
    return (*found, *([Legend("team", "care team")] if roster.team_meeting else []))


def meeting_times(schedule: Schedule, meeting: Meeting) -> tuple[int, int]:
    """Start and end as people say them: the end of the last block, not of its grid cells."""
    blocks = schedule.facts.blocks_on(meeting.cohort, meeting.day)
    starts = [schedule.block_interval(meeting.cohort, block, meeting.day)[0] for block in blocks]
    ends = [start + block.minutes for start, block in zip(starts, blocks, strict=True)]
    return min(starts), max(ends)


def _row(given: Context, name: str, when: str, tone: str, found: Found) -> GridRow:
    days = (tuple(card for _, _, card in sorted(found[day], key=lambda one: one[:2])) for day in given.days)
    return GridRow(name, when, tone, tuple(days))


def _span(schedule: Schedule, slot: str) -> str:
    """From the earliest start of a slot's meetings to their latest end."""
    open_cohorts = schedule.open_cohorts
    found = [
        meeting_times(schedule, one)
        for one in schedule.roster.facilitation
        if open_cohorts[one.cohort].slot == slot
    ]
    return times(min(start for start, _ in found), max(end for _, end in found)) if found else ""


def _meeting(given: Context, meeting: Meeting, start: int, end: int) -> Card:
    schedule, place = given.schedule, given.schedule.facts.place(meeting.cohort)
    here = schedule.attendance.attending(meeting)
    members = schedule.members[meeting.cohort]
    most = schedule.facts.cohorts[meeting.cohort].members.max
    return Card(
        name=given.labels(meeting.cohort),
        when=times(start, end),
        people=f"{len(here)} of {most} here" if meeting.held else "NOT HELD",
        where=given.where(place, meeting.room) if meeting.held else "",
        staff=staff(schedule, meeting, given.labels) if meeting.held else "",
        tone=given.tone(meeting.cohort),
        seats=Seats(len(here), most) if meeting.held else None,
        held=meeting.held,
        about=given.marks.about(
            [one.id for one in here] if meeting.held else [one.client for one in members],
            [one.clinician for one in meeting.staff],
            [meeting.cohort],
            [given.schedule.facts.cohorts[meeting.cohort].site],
        ),
    )


def _group(given: Context, session: Session) -> Card:
    service, people = given.schedule.service(session), given.schedule.people(session)
    staff_ids = [one.clinician for one in session.staff]
    return Card(
        name=given.labels(service.id),
        when=times(session.start, session.start + service.minutes),
        people=f"{people} of {service.participants.max} here",
        where=given.where(session.site, session.room),
        staff=given.labels.list(staff_ids),
        tone="open",
        seats=Seats(people, service.participants.max),
        about=given.marks.about(session.clients, staff_ids, (), [session.site]),
    )


def _team(given: Context, team: TeamMeeting) -> Card:
    facts = given.schedule.facts.teams[team.team]
    return Card(
        name=given.labels(team.team),
        when=times(team.start, team.start + facts.minutes),
        people=count(len(team.attendees), "attends", "attend"),
        where=given.labels(facts.site),
        staff=given.labels.list(team.attendees),
        tone="team",
        about=given.marks.about((), team.attendees, (), [facts.site]),
    )
