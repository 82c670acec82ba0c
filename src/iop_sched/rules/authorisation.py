"""Rule ``authorisation``: hours or days beyond what the payer agreed to are shown and cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.weekly_hours import floor
from iop_sched.rules.wording import length, many
from iop_sched.week.base import minutes
from iop_sched.week.people import Authorisation, Client, Prescription
from iop_sched.week.policy import Policy
from iop_sched.week.times import WEEK, Day

RULE = "authorisation"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """A placed client's dosage or treatment days stay within the authorisation, on dates it covers."""
    for client, _ in schedule.placed:
        given, prescription = client.authorisation, client.prescription
        if given is None or prescription is None:
            continue
        covered = covered_days(schedule, given)
        if given.hours is not None:
            yield from _hours(schedule, policy, client, prescription, minutes(given.hours), covered)
        if given.days is not None:
            yield from _days(schedule, policy, client, prescription, given.days, covered)


def covered_days(schedule: Schedule, given: Authorisation) -> list[Day]:
    """Weekdays on dates that the authorisation covers."""
    monday = schedule.facts.week.week_of
    return [day for day in WEEK if given.first <= monday + timedelta(days=int(day)) <= given.last]


def _hours(
    schedule: Schedule,
    policy: Policy,
    client: Client,
    prescription: Prescription,
    agreed: int,
    covered: list[Day],
) -> Iterator[Violation | Term]:
    figures = schedule.dosage(client)
    allowed = min(sum(figures.on(day) for day in covered), agreed)
    excess = figures.total - allowed
    if _forbidden(schedule, policy, client, excess) and figures.total > floor(
        schedule.facts, client, prescription
    ):
        message = f"{client.id} has {length(figures.total)}; the payer agreed to {length(allowed)} of them"
        yield Violation(RULE, client.id, "", message, excess)
    yield from pay(policy, "authorisation.hours", client.id, excess)


def _days(
    schedule: Schedule,
    policy: Policy,
    client: Client,
    prescription: Prescription,
    agreed: int,
    covered: list[Day],
) -> Iterator[Violation | Term]:
    figures = schedule.dosage(client)
    treated = [day for day in WEEK if figures.on(day) > 0]
    allowed = min(len(set(treated) & set(covered)), agreed)
    excess = len(treated) - allowed
    fewest = min(prescription.days, default=0)
    if _forbidden(schedule, policy, client, excess) and len(treated) > fewest:
        message = (
            f"{client.id} has {many(len(treated), 'treatment day')}; the payer agreed to {allowed} of them"
        )
        yield Violation(RULE, client.id, "", message, excess)
    yield from pay(policy, "authorisation.days", client.id, excess)


def _forbidden(schedule: Schedule, policy: Policy, client: Client, excess: int) -> bool:
    return excess > 0 and policy.mode(RULE) == "hard" and not schedule.facts.overridden(client.id, RULE)
