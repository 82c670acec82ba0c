"""Rule ``preferences``: slot, days, clinician, compact days."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.qualification import qualified_for, suits
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import at, days
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy

RULE = "preferences"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """What a placed client would rather have and does not get costs."""
    for client, placement in schedule.placed:
        wish = client.preferences
        if wish.slots and placement.cohort is not None:
            slot = schedule.open_cohorts[placement.cohort].slot
            yield from pay(policy, "preferences.slot", client.id, int(slot not in wish.slots))
        if wish.days:
            others = set(placement.days) - set(wish.days)
            yield from pay(policy, "preferences.day", client.id, len(others), days(others))
        if wish.clinicians:
            yield from _clinician(schedule, policy, client)
        if wish.compact:
            yield from _compact(schedule, policy, client)


def _clinician(schedule: Schedule, policy: Policy, client: Client) -> Iterator[Term]:
    facts = schedule.facts
    preferred = [facts.clinicians[name] for name in client.preferences.clinicians]
    suiting = [clinician for clinician in preferred if suits(facts, clinician, client)]
    names = {clinician.id for clinician in preferred}
    for session in schedule.sessions_of(client):
        service = schedule.service(session)
        if service.is_open_group or not any(qualified_for(clinician, service) for clinician in suiting):
            continue
        if names.isdisjoint(entry.clinician for entry in session.staff):
            when = at(session.day, schedule.session_interval(session))
            yield from pay(policy, "preferences.clinician", client.id, 1, when)


def _compact(schedule: Schedule, policy: Policy, client: Client) -> Iterator[Term]:
    in_person = {session.day for session in schedule.sessions_of(client) if session.site is not None}
    alone = in_person - set(schedule.attended_days(client))
    yield from pay(policy, "preferences.compact", client.id, len(alone), days(alone))
