"""The weeks of clients, clinicians and rooms, each as a lane of days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from iop_sched.export.page.context import Context
from iop_sched.export.page.grid import meeting_times
from iop_sched.export.page.model import Entry, Lane, LaneDay, Lanes, Meter
from iop_sched.report.clinicians import caseload, work
from iop_sched.report.cohorts import remark
from iop_sched.report.person import away_words, lost_days
from iop_sched.report.words import count, day_name, hours
from iop_sched.week.base import minutes
from iop_sched.week.people import Client, Clinician
from iop_sched.week.places import Room, Window
from iop_sched.week.roster import Meeting, Placement, Session
from iop_sched.week.times import DAY_MINUTES, Day, Interval, clock, merge, subtract

Entries = dict[Day, list[Entry]]
TICKS = (720, 1020)
"""Lines in every lane, in minutes after midnight, where a day has them: noon and five o'clock."""


def all_lanes(given: Context) -> tuple[Lanes, ...]:
    """Clients, clinicians and rooms, all drawn between the same hours; a kind that is empty is left out."""
    start, end = _hours_shown(given)
    kinds = (
        ("clients", "Clients", "client", "Client", "Hours", _clients(given)),
        ("clinicians", "Clinicians", "clinician", "Clinician", "Load", _clinicians(given)),
        ("rooms", "Rooms", "room", "Room", "In use", _rooms(given)),
    )
    ticks = tuple(tick for tick in TICKS if start < tick < end)
    marked = f", with a line at {' and '.join(map(clock, ticks))}" if ticks else ""
    caption = f"Each strip runs from {clock(start)} to {clock(end)}{marked}."
    return tuple(
        Lanes(id_, title, noun, caption, head, tail, start, end, ticks, lanes)
        for id_, title, noun, head, tail, lanes in kinds
        if lanes
    )


def _hours_shown(given: Context) -> Interval:
    """Whole hours around everything that is scheduled."""
    schedule = given.schedule
    found = [schedule.span(one) for one in schedule.held]
    found += [schedule.session_interval(one) for one in schedule.roster.sessions]
    for one in schedule.roster.team_meeting:
        found.append((one.start, one.start + schedule.facts.teams[one.team].minutes))
    if not found:
        return (480, 1080)
    first, last = min(start for start, _ in found), max(end for _, end in found)
    return (first // 60 * 60, min(DAY_MINUTES, -(-last // 60) * 60))


def _days(
    given: Context, entries: Entries, notes: dict[Day, str], usable: dict[Day, list[Interval]] | None = None
) -> tuple[LaneDay, ...]:
    return tuple(
        LaneDay(
            day=day_name(day),
            entries=tuple(sorted(entries.get(day, ()), key=lambda one: (one.start, one.end, one.what))),
            notes=(notes[day],) if notes.get(day) else (),
            open=tuple((usable or {}).get(day, ())),
        )
        for day in given.days
    )


def _open_hours(
    windows: Iterable[Window], away: Iterable[Window], days: Iterable[Day]
) -> dict[Day, list[Interval]]:
    windows, away = tuple(windows), tuple(away)
    return {
        day: subtract(
            merge(one.interval for one in windows if day in one.days),
            [one.interval for one in away if day in one.days],
        )
        for day in days
    }


# Clients


def _clients(given: Context) -> tuple[Lane, ...]:
    """Clients with a place or a session, in the week's order."""
    return tuple(
        _client(given, client, given.schedule.placements.get(client.id))
        for client in given.subject.week.clients
        if client.id in given.schedule.placements or given.schedule.sessions_of(client)
    )


def _client(given: Context, client: Client, placement: Placement | None) -> Lane:
    schedule, labels = given.schedule, given.labels
    cohort = placement.cohort if placement is not None else None
    entries: Entries = defaultdict(list)
    for session in schedule.sessions_of(client):
        entries[session.day].append(_session(given, session, _staff_of(given, session)))
    if placement is not None and cohort is not None:
        for day in schedule.attended_days(client):
            entries[day] += _attended(given, client, schedule.meetings[cohort, day])
    after = [f"missing {number} × {service.id}" for service, number in schedule.missing(client)]
    if placement is not None:
        lines = [
            f"{client.level}, {labels(cohort, none='no cohort needed')}",
            f"primary {labels(placement.primary)}" if placement.primary else "",
            remark(schedule, client, placement),
        ]
    else:
        lines = [client.level, "no place this week"]
    return Lane(
        name=labels(client.id),
        lines=tuple(line for line in lines if line),
        days=_days(given, entries, lost_days(schedule, client, placement)),
        meter=_dose(given, client, placement),
        after=tuple(after),
        about=given.marks.about([client.id], [placement.primary] if placement else (), [cohort]),
        tone=given.tone(cohort) if cohort is not None else "",
        changed=client.id in given.changed_clients,
    )


def _dose(given: Context, client: Client, placement: Placement | None) -> Meter:
    aim = client.prescription.hours.aim if client.prescription is not None else 0
    if placement is None:
        return Meter(0, 0, "-")
    total = given.schedule.dosage(client).total
    return Meter(total, aim, f"{hours(total)} of {hours(aim)}" if aim else hours(total))


def _attended(given: Context, client: Client, meeting: Meeting) -> list[Entry]:
    """The client's own part of a meeting; nothing when no block of the day is for their level of care."""
    blocks = given.schedule.own_blocks(client, meeting.cohort, meeting.day)
    if not blocks:
        return []
    ids = {block.id for block, _ in blocks}
    staff = dict.fromkeys(one.clinician for one in meeting.staff if one.block in ids)
    site = given.schedule.facts.cohorts[meeting.cohort].site
    entry = Entry(
        start=min(start for _, (start, _) in blocks),
        end=max(start + block.minutes for block, (start, _) in blocks),
        what=given.labels(meeting.cohort),
        more=given.where(given.schedule.facts.place(meeting.cohort), meeting.room),
        tone=given.tone(meeting.cohort),
        about=given.marks.about((), staff, [meeting.cohort], [site]),
    )
    return [entry]


def _session(given: Context, session: Session, more: str, clients: Iterable[str] = ()) -> Entry:
    service = given.schedule.service(session)
    return Entry(
        start=session.start,
        end=session.start + service.minutes,
        what=given.labels(service.id),
        more=more,
        tone="open" if service.is_open_group else "single",
        about=given.marks.about(clients, [one.clinician for one in session.staff], (), [session.site]),
    )


def _staff_of(given: Context, session: Session) -> str:
    """With whom and, when it is not in a house, how."""
    who = given.labels.list(one.clinician for one in session.staff)
    return f"{who}, online" if session.site is None else who


# Clinicians


def _clinicians(given: Context) -> tuple[Lane, ...]:
    carried = Counter(one.primary for one in given.schedule.roster.placements)
    return tuple(_clinician(given, one, carried[one.id]) for one in given.subject.week.clinicians)


def _clinician(given: Context, one: Clinician, carried: int) -> Lane:
    schedule = given.schedule
    entries: Entries = defaultdict(list)
    for meeting in schedule.held:
        if any(entry.clinician == one.id for entry in meeting.staff):
            entries[meeting.day].append(_worked(given, meeting, one.id))
    for session in schedule.roster.sessions:
        if any(entry.clinician == one.id for entry in session.staff):
            several = schedule.service(session).is_open_group
            who = count(len(session.clients), "client") if several else given.labels.list(session.clients)
            entries[session.day].append(_session(given, session, who, session.clients))
    for team in schedule.roster.team_meeting:
        if one.id in team.attendees:
            facts = schedule.facts.teams[team.team]
            about = given.marks.about((), team.attendees, (), [facts.site])
            end = team.start + facts.minutes
            entries[team.day].append(
                Entry(team.start, end, "care team", given.labels(team.team), "team", about)
            )
    groups, sessions = work(schedule, one.id)
    worked = sum(schedule.loads[one.id])
    contract = 0 if one.contract_hours is None else minutes(one.contract_hours)
    after = [f"{count(groups, 'group')}, {count(sessions, 'session')}"]
    if carried or one.caseload is not None:
        after.append(f"primary of {caseload(one, carried)}")
    if 0 < contract < worked:
        after.append(f"{hours(worked - contract)} overtime")
    led = [given.labels(opened.cohort) for opened in schedule.roster.cohorts if opened.leader == one.id]
    return Lane(
        name=given.labels(one.id),
        lines=(", ".join(one.roles), *([f"leads {', '.join(led)}"] if led else [])),
        days=_days(
            given,
            entries,
            {day: away_words(one, day) for day in given.days},
            _open_hours(one.available, one.away, given.days),
        ),
        meter=Meter(
            worked,
            contract,
            f"{hours(worked)} of {hours(contract)}" if contract else hours(worked),
            grave=0 < contract < worked,
        ),
        after=tuple(after),
        about=given.marks.about((), [one.id]),
        changed=one.id in given.changed_clinicians,
    )


def _worked(given: Context, meeting: Meeting, clinician: str) -> Entry:
    """The blocks of a meeting that somebody works in, from the first to the last."""
    schedule = given.schedule
    mine = {entry.block for entry in meeting.staff if entry.clinician == clinician}
    blocks = [one for one in schedule.facts.blocks_on(meeting.cohort, meeting.day) if one.id in mine]
    starts = [schedule.block_interval(meeting.cohort, block, meeting.day)[0] for block in blocks]
    here = schedule.attendance.attending(meeting)
    site = schedule.facts.cohorts[meeting.cohort].site
    return Entry(
        start=min(starts),
        end=max(start + block.minutes for start, block in zip(starts, blocks, strict=True)),
        what=given.labels(meeting.cohort),
        more=", ".join(block.id for block in blocks),
        tone=given.tone(meeting.cohort),
        about=given.marks.about([one.id for one in here], (), [meeting.cohort], [site]),
    )


# Rooms


def _rooms(given: Context) -> tuple[Lane, ...]:
    found: dict[str, Entries] = defaultdict(lambda: defaultdict(list))
    for meeting in given.schedule.held:
        if meeting.room is not None:
            found[meeting.room][meeting.day].append(_room_meeting(given, meeting))
    for session in given.schedule.roster.sessions:
        if session.room is not None:
            several = given.schedule.service(session).is_open_group
            who = count(len(session.clients), "client") if several else given.labels.list(session.clients)
            found[session.room][session.day].append(_session(given, session, who, session.clients))
    return tuple(_room(given, room, found.get(room.id, {})) for room in given.subject.week.rooms)


def _room(given: Context, room: Room, entries: Entries) -> Lane:
    used = sum(one.end - one.start for day in given.days for one in entries.get(day, ()))
    usable = _open_hours(room.available, (), given.days)
    return Lane(
        name=given.labels(room.id),
        lines=(given.labels(room.site), ", ".join(room.kinds), count(room.capacity, "seat")),
        days=_days(given, entries, {}, usable),
        meter=Meter(used, 0, hours(used) if used else "not used"),
        after=(),
        about=given.marks.about((), (), (), [room.site]),
    )


def _room_meeting(given: Context, meeting: Meeting) -> Entry:
    start, end = meeting_times(given.schedule, meeting)
    here = given.schedule.attendance.attending(meeting)
    return Entry(
        start=start,
        end=end,
        what=given.labels(meeting.cohort),
        more=f"{len(here)} here",
        tone=given.tone(meeting.cohort),
        about=given.marks.about(
            [one.id for one in here],
            [one.clinician for one in meeting.staff],
            [meeting.cohort],
            [given.schedule.facts.cohorts[meeting.cohort].site],
        ),
    )
