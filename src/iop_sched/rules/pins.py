"""Rule ``pins``: what the director decided stays."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.wording import days, names
from iop_sched.week.pins import CohortPin, MeetingPin, Pin, PlacePin, SessionPin, StaffPin, TeamPin
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Meeting
from iop_sched.week.times import Day, clock

RULE = "pins"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Everything that a pin names is as it says."""
    for pin in schedule.facts.week.pins:
        for reason in _broken(schedule, pin):
            yield Violation(RULE, pin.id, "", f"pin {pin.id}: {reason}")


def _broken(schedule: Schedule, pin: Pin) -> Iterator[str]:
    if pin.place is not None:
        yield from _place(schedule, pin.place)
    if pin.session is not None:
        yield from _session(schedule, pin.session)
    if pin.cohort is not None:
        yield from _cohort(schedule, pin.cohort)
    if pin.meeting is not None:
        yield from _meeting(schedule, pin.meeting)
    if pin.team is not None:
        yield from _team(schedule, pin.team)


def _place(schedule: Schedule, pin: PlacePin) -> Iterator[str]:
    placement = schedule.placements.get(pin.client)
    if placement is None:
        yield f"{pin.client} is to be placed and is not"
        return
    if pin.cohort is not None and placement.cohort != pin.cohort:
        yield f"{pin.client} is to be in {pin.cohort} and is in {placement.cohort or 'no cohort'}"
    if pin.days and set(placement.days) != set(pin.days):
        yield f"{pin.client} is to come on {days(pin.days)} and comes on {days(placement.days)}"
    if pin.start is not None and placement.start != pin.start:
        yield f"{pin.client} is to start on {pin.start.code} and starts on {placement.start.code}"
    if pin.primary is not None and placement.primary != pin.primary:
        yield f"{pin.client} is to have {pin.primary} as primary and has {placement.primary or 'none'}"


def _session(schedule: Schedule, pin: SessionPin) -> Iterator[str]:
    client = schedule.facts.clients[pin.client]
    for session in schedule.sessions_of(client, pin.service):
        if (
            (pin.day is None or session.day == pin.day)
            and (pin.start is None or session.start == pin.start)
            and (pin.clinician is None or pin.clinician in [entry.clinician for entry in session.staff])
        ):
            return
    wanted = _moment(pin.day, pin.start) + (f" with {pin.clinician}" if pin.clinician is not None else "")
    yield f"{pin.client} is to have a session of {pin.service}{wanted}, and has no such session"


def _cohort(schedule: Schedule, pin: CohortPin) -> Iterator[str]:
    opened = schedule.open_cohorts.get(pin.cohort)
    if not pin.open:
        if opened is not None:
            yield f"{pin.cohort} is not to open and is open"
        return
    if opened is None:
        yield f"{pin.cohort} is to be open and is not"
        return
    if pin.slot is not None and opened.slot != pin.slot:
        yield f"{pin.cohort} is to meet in {pin.slot} and meets in {opened.slot}"
    if pin.days and set(opened.days) != set(pin.days):
        yield f"{pin.cohort} is to meet on {days(pin.days)} and meets on {days(opened.days)}"
    if pin.leader is not None and opened.leader != pin.leader:
        yield f"{pin.cohort} is to be led by {pin.leader} and is led by {opened.leader or 'nobody'}"


def _meeting(schedule: Schedule, pin: MeetingPin) -> Iterator[str]:
    meeting = schedule.meetings.get((pin.cohort, pin.day))
    if meeting is None:
        yield f"no meeting of {pin.cohort} is due on {pin.day.code}"
    elif meeting.held != pin.held:
        yield (
            f"{pin.cohort} is {'' if pin.held else 'not '}to meet on {pin.day.code}"
            f" and {'does' if meeting.held else 'does not'}"
        )
    elif pin.held:
        if pin.room is not None and meeting.room != pin.room:
            where = meeting.room or "no room"
            yield f"{pin.cohort} is to meet in {pin.room} on {pin.day.code}, not in {where}"
        for fixed in pin.staff:
            yield from _staff(meeting, fixed)


def _staff(meeting: Meeting, pin: StaffPin) -> Iterator[str]:
    filling = [one.clinician for one in meeting.staff if (one.block, one.need) == (pin.block, pin.need)]
    if sorted(filling) != sorted(pin.clinicians):
        where = f"need {pin.need} of block {pin.block} of {meeting.cohort} on {meeting.day.code}"
        yield f"{where} is to be filled by {names(pin.clinicians)}, not by {', '.join(filling) or 'nobody'}"


def _team(schedule: Schedule, pin: TeamPin) -> Iterator[str]:
    meetings = [meeting for meeting in schedule.roster.team_meeting if meeting.team == pin.team]
    if not any(
        meeting.day == pin.day and (pin.start is None or meeting.start == pin.start) for meeting in meetings
    ):
        yield f"care team {pin.team} is to meet{_moment(pin.day, pin.start)} and does not"


def _moment(day: Day | None, start: int | None) -> str:
    return (f" on {day.code}" if day is not None else "") + (
        f" at {clock(start)}" if start is not None else ""
    )
