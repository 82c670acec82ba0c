"""Whether a roster is well formed. The rules look only at rosters that are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Violation
from iop_sched.rules.wording import days, many, moment
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, Session
from iop_sched.week.times import DAY_MINUTES

STRUCTURE = "structure"


def check_structure(facts: Facts, roster: Roster) -> Iterator[Violation]:
    """Every id is known, everything stands once and where it may."""
    yield from _cohorts(facts, roster)
    yield from _placements(facts, roster)
    yield from _facilitation(facts, roster)
    for session in roster.sessions:
        when = moment(session.day, session.start)
        for reason in _session(facts, session):
            yield Violation(STRUCTURE, session.service, when, f"session of {session.service}: {reason}")
    for team in roster.team_meeting:
        yield from _known("care team", [team.team], facts.teams)
        yield from _known("clinician", team.attendees, facts.clinicians)
        yield from _once(f"care team {team.team}: attendee", team.attendees)


def _known(what: str, names: Iterable[str | None], among: Iterable[str]) -> Iterator[Violation]:
    for name in names:
        if name is not None and name not in among:
            yield Violation(STRUCTURE, name, "", f"no {what} is called {name}")


def _once(what: str, names: Iterable[Hashable]) -> Iterator[Violation]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Violation(STRUCTURE, str(name), "", f"{what} {name} stands {times} times", times - 1)


# Cohorts and meetings


def _cohorts(facts: Facts, roster: Roster) -> Iterator[Violation]:
    named = [opened.cohort for opened in roster.cohorts]
    yield from _known("cohort", named, facts.cohorts)
    yield from _known("clinician", [opened.leader for opened in roster.cohorts], facts.clinicians)
    yield from _once("cohort", named)
    for cohort in facts.week.cohorts:
        if cohort.status == "running" and cohort.id not in named:
            yield Violation(STRUCTURE, cohort.id, "", f"{cohort.id} is running and missing from the roster")
    for opened in roster.cohorts:
        if opened.cohort in facts.cohorts and not _is_option(facts, opened):
            message = f"{opened.cohort} cannot meet in {opened.slot} on {days(opened.days)}; see its options"
            yield Violation(STRUCTURE, opened.cohort, "", message)


def _is_option(facts: Facts, opened: OpenCohort) -> bool:
    return any(
        (opened.slot, sorted(opened.days)) == (option.slot, sorted(option.days))
        for option in facts.cohorts[opened.cohort].options
    )


def _facilitation(facts: Facts, roster: Roster) -> Iterator[Violation]:
    due = {
        (opened.cohort, day)
        for opened in roster.cohorts
        if opened.cohort in facts.cohorts
        for day in facts.due_days(facts.cohorts[opened.cohort], opened.days)
    }
    listed = Counter((meeting.cohort, meeting.day) for meeting in roster.facilitation)
    for cohort, day in sorted(due - set(listed)):
        yield Violation(STRUCTURE, cohort, day.code, f"the meeting of {cohort} is due and not listed")
    for cohort, day in sorted(set(listed) - due):
        yield Violation(STRUCTURE, cohort, day.code, f"no meeting of {cohort} is due")
    for (cohort, day), times in listed.items():
        if times > 1:
            message = f"the meeting of {cohort} is listed {times} times"
            yield Violation(STRUCTURE, cohort, day.code, message, times - 1)
    for meeting in roster.facilitation:
        yield from _known("room", [meeting.room], facts.rooms)
        yield from _known("clinician", [entry.clinician for entry in meeting.staff], facts.clinicians)
        for reason in _meeting_staff(facts, meeting):
            yield Violation(STRUCTURE, meeting.cohort, meeting.day.code, f"{meeting.cohort}: {reason}")


def _meeting_staff(facts: Facts, meeting: Meeting) -> Iterator[str]:
    if not meeting.held and (meeting.room is not None or meeting.staff):
        yield "a meeting that is not held has no room and no staff"
    if meeting.cohort not in facts.cohorts:
        return
    blocks = {block.id: block for block in facts.blocks_on(meeting.cohort, meeting.day)}
    for entry in meeting.staff:
        if entry.block not in blocks:
            yield f"there is no block {entry.block} that day"
        elif entry.need >= len(blocks[entry.block].staff):
            yield f"block {entry.block} has no staff need number {entry.need}"


# Placements


def _placements(facts: Facts, roster: Roster) -> Iterator[Violation]:
    opened = {one.cohort for one in roster.cohorts}
    yield from _known("client", [placement.client for placement in roster.placements], facts.clients)
    yield from _known("clinician", [placement.primary for placement in roster.placements], facts.clinicians)
    yield from _once("placement of client", [placement.client for placement in roster.placements])
    for placement in roster.placements:
        if placement.client in facts.clients:
            for reason in _placement(facts, opened, placement):
                yield Violation(STRUCTURE, placement.client, "", f"{placement.client}: {reason}")


def _placement(facts: Facts, opened: set[str], placement: Placement) -> Iterator[str]:
    client = facts.clients[placement.client]
    if client.prescription is None:
        yield "is placed without a prescription"
    if len(set(placement.days)) < len(placement.days):
        yield f"a day stands twice in {days(placement.days)}"
    if placement.cohort is None:
        if not client.group_optional:
            yield "is placed without a cohort and needs one"
        if placement.days:
            yield "has days of a pattern and no cohort"
    elif client.group_optional:
        yield f"is placed in {placement.cohort} and needs no cohort"
    elif placement.cohort not in opened:
        yield f"is placed in {placement.cohort}, which is not open"


# Sessions


def _session(facts: Facts, session: Session) -> Iterator[str]:
    for what, names, among in (
        ("service", [session.service], facts.services),
        ("client", session.clients, facts.clients),
        ("clinician", [entry.clinician for entry in session.staff], facts.clinicians),
        ("site", [session.site], facts.sites),
        ("room", [session.room], facts.rooms),
    ):
        for found in _known(what, names, among):
            yield found.message
    for client, times in Counter(session.clients).items():
        if times > 1:
            yield f"client {client} stands {times} times"
    if session.start % facts.week.grid:
        yield f"starts off the grid of {facts.week.grid} min"
    service = facts.services.get(session.service)
    if service is None:
        return
    if session.start + facts.occ(service.minutes) > DAY_MINUTES:
        yield "ends after 24:00"
    for entry in session.staff:
        if entry.need >= len(service.staff):
            yield f"the service has no staff need number {entry.need}"
    if not service.is_open_group and len(session.clients) != 1:
        yield f"{many(len(session.clients), 'client')}; the service is for one at a time"
    if session.offering is not None and session.offering not in {one.id for one in service.offerings}:
        yield f"the service has no offering {session.offering}"
    if session.offering is not None and not service.is_open_group:
        yield "only an open group has offerings"
