"""Rule ``primary``: a client's own therapist, with a caseload that can be borne."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.qualification import misfit, qualified_for
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import at, many
from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement

RULE = "primary"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Whoever needs a primary has one who suits and can give the services; covering and caseloads cost."""
    for client, placement in schedule.placed:
        services = schedule.facts.primary_services(client)
        for reason in _faults(schedule, client, placement, services):
            yield Violation(RULE, client.id, "", reason)
        yield from _cover(schedule, policy, client, placement, services)
    yield from _caseloads(schedule, policy)


def _faults(
    schedule: Schedule, client: Client, placement: Placement, services: list[Service]
) -> Iterator[str]:
    if placement.primary is None:
        if services:
            yield f"{client.id} needs a primary for {services[0].id} and has none"
        return
    if not services:
        yield f"{client.id} has {placement.primary} as primary and needs none"
        return
    primary = schedule.facts.clinicians[placement.primary]
    reason = misfit(schedule.facts, primary, client)
    if reason is not None:
        yield f"the primary does not suit: {reason}"
    for service in services:
        if not qualified_for(primary, service):
            yield f"{primary.id}, the primary of {client.id}, is not qualified for {service.id}"


def _cover(
    schedule: Schedule, policy: Policy, client: Client, placement: Placement, services: list[Service]
) -> Iterator[Term]:
    own = {service.id for service in services}
    for session in schedule.sessions_of(client):
        covered = placement.primary not in [entry.clinician for entry in session.staff]
        if session.service in own and covered:
            when = at(session.day, schedule.session_interval(session))
            yield from pay(policy, "primary.cover", client.id, 1, when)


def _caseloads(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    carried = Counter(placement.primary for placement in schedule.roster.placements)
    for clinician in schedule.facts.week.clinicians:
        if clinician.caseload is None:
            continue
        cap = max(clinician.caseload, schedule.facts.inherited_caseload.get(clinician.id, 0))
        excess = carried[clinician.id] - cap
        if policy.mode(RULE) == "soft":
            yield from pay(policy, "primary.caseload", clinician.id, excess)
        elif excess > 0:
            message = f"{clinician.id} is primary of {many(carried[clinician.id], 'client')}; at most {cap}"
            yield Violation(RULE, clinician.id, "", message, excess)
