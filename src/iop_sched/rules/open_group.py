"""Rule ``open-group``: a group runs only with enough people, and has only so many seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.wording import at, many, moment
from iop_sched.week.care import Service
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Session

RULE = "open-group"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Every session of an open group has its number of people, and is one that the service offers."""
    for service in schedule.facts.week.services:
        if not service.is_open_group:
            continue
        sessions = [session for session in schedule.roster.sessions if session.service == service.id]
        for session in sessions:
            yield from _people(schedule, service, session)
        if service.offerings:
            yield from _offered(schedule, service, sessions)
        elif len(sessions) > service.max_offerings:
            message = f"{service.id} has {many(len(sessions), 'session')}; at most {service.max_offerings}"
            yield Violation(RULE, service.id, "", message, len(sessions) - service.max_offerings)


def _people(schedule: Schedule, service: Service, session: Session) -> Iterator[Violation]:
    people, band = schedule.people(session), service.participants
    when = at(session.day, schedule.session_interval(session))
    if people < band.min:
        message = f"{service.id} has {many(people, 'person', 'people')}; at least {band.min}"
        yield Violation(RULE, service.id, when, message, band.min - people)
    if people > band.max:
        message = f"{service.id} has {many(people, 'person', 'people')}; at most {band.max}"
        yield Violation(RULE, service.id, when, message, people - band.max)


def _offered(schedule: Schedule, service: Service, sessions: list[Session]) -> Iterator[Violation]:
    offerings = {offering.id: offering for offering in service.offerings}
    for session in sessions:
        when = at(session.day, schedule.session_interval(session))
        offering = offerings.get(session.offering or "")
        if offering is None:
            message = f"{service.id} is given at fixed times; name the offering this session is"
            yield Violation(RULE, service.id, when, message)
        elif (session.day, session.start, session.site) != (offering.day, offering.start, offering.site):
            message = (
                f"{service.id} {offering.id} is on {moment(offering.day, offering.start)}"
                f" {f'at {offering.site}' if offering.site else 'online'}"
            )
            yield Violation(RULE, service.id, when, message)
    for name, times in Counter(session.offering for session in sessions).items():
        if name is not None and times > 1:
            message = f"{service.id} {name} takes place {times} times; once at most"
            yield Violation(RULE, service.id, "", message, times - 1)
