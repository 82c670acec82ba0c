"""Rule ``service-delivery``: what is prescribed is given; what cannot be is counted."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.facts import assessment
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.windows import within
from iop_sched.rules.wording import at, many, names
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Session

RULE = "service-delivery"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Sessions are prescribed ones, where and when their service is given; missing ones cost."""
    for session in schedule.roster.sessions:
        when = at(session.day, schedule.session_interval(session))
        for who, reason in _misplaced(schedule, session):
            yield Violation(RULE, who, when, f"{session.service}: {reason}")
    for client in schedule.facts.week.clients:
        yield from _unprescribed(schedule, client)
        yield from _numbers(schedule, policy, client)


def _misplaced(schedule: Schedule, session: Session) -> Iterator[tuple[str, str]]:
    service, site = schedule.service(session), session.site
    if service.telehealth == (wrong := "never" if site is None else "only"):
        yield session.service, f"it is {wrong} given online"
    if site is not None and service.sites and site not in service.sites:
        yield session.service, f"it is given at {names(service.sites)}, not at {site}"
    if session.day not in schedule.facts.open_days(site):
        yield session.service, f"{site or 'everything'} is closed that day"
    interval = schedule.session_interval(session)
    if service.windows and not service.offerings and not within(service.windows, session.day, interval):
        yield session.service, "it is not given at that time"
    wanted = "telehealth" if site is None else "in-person"
    for name in session.clients:
        client = schedule.facts.clients[name]
        if wanted not in client.formats:
            yield name, f"{name} takes {names(client.formats)}, not {wanted}"
        if site is not None and client.sites and site not in client.sites:
            yield name, f"{site} is out of reach of {name}"


def _unprescribed(schedule: Schedule, client: Client) -> Iterator[Violation]:
    prescribed = {line.service for line, _ in schedule.facts.prescribed(client)}
    for session in schedule.sessions_of(client):
        if session.service == assessment(client):
            continue
        when = at(session.day, schedule.session_interval(session))
        if session.service not in prescribed:
            yield Violation(RULE, client.id, when, f"{session.service} is not prescribed to {client.id}")
        elif client.id not in schedule.placements:
            message = f"{client.id} has a session of {session.service} and no place"
            yield Violation(RULE, client.id, when, message)


def _numbers(schedule: Schedule, policy: Policy, client: Client) -> Iterator[Violation | Term]:
    for line, service in schedule.facts.prescribed(client):
        delivered = schedule.delivered(client, service.id)
        if delivered > line.max_count:
            message = (
                f"{client.id} has {many(delivered, 'session')} of {service.id}; at most {line.max_count}"
            )
            yield Violation(RULE, client.id, "", message, delivered - line.max_count)
        missing = max(0, line.min_count - delivered)
        if missing and policy.mode(RULE) == "hard" and client.id in schedule.placements:
            message = (
                f"{client.id} has {many(delivered, 'session')} of {service.id}; at least {line.min_count}"
            )
            yield Violation(RULE, client.id, "", message, missing)
        who = f"{client.id} {service.id}"
        yield from pay(policy, "service-delivery.missing", who, service.points * missing)
