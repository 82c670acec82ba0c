"""Rule ``weekly-hours``: 9 to 20 hours a week, as near to the target as can be."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import length
from iop_sched.week.people import Client, Prescription
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement

RULE = "weekly-hours"


def floor(facts: Facts, client: Client, prescription: Prescription) -> int:
    """F: the fewest minutes of dosage a week."""
    if client.step_down or client.group_optional:
        return prescription.hours.floor
    return max(facts.levels[client.level].hours.floor, prescription.hours.floor)


def ceiling(facts: Facts, client: Client, prescription: Prescription) -> int:
    """C: the most minutes of dosage a week."""
    if client.step_down:
        return prescription.hours.ceiling
    return min(facts.levels[client.level].hours.ceiling, prescription.hours.ceiling)


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """A placed client's hours lie between floor and ceiling; minutes below the target cost."""
    for client in schedule.facts.treated:
        prescription = client.prescription
        if prescription is None:
            continue
        needed = schedule.facts.needed(client)
        placement = schedule.placements.get(client.id)
        given = 0
        if placement is not None:
            figures = schedule.dosage(client)
            given = figures.block_minutes + figures.extra
            if not schedule.facts.overridden(client.id, RULE):
                yield from _bounds(schedule, client, prescription, placement)
        yield from pay(policy, "weekly-hours.short", client.id, prescription.hours.aim - needed - given)


def _bounds(
    schedule: Schedule, client: Client, prescription: Prescription, placement: Placement
) -> Iterator[Violation]:
    figures = schedule.dosage(client)
    counted = figures.block_minutes + figures.extra + schedule.facts.needed(client)
    least = floor(schedule.facts, client, prescription)
    pattern = len(set(placement.days))
    attended = len(schedule.attended_days(client))
    prorated = f", for {attended} of {pattern} days" if attended < pattern else ""
    if placement.cohort is not None:
        least = -(-least * attended // pattern) if pattern else 0
    if counted < least:
        has = f"{client.id} has {length(counted)} with all that is prescribed"
        message = f"{has}; at least {length(least)}{prorated}"
        yield Violation(RULE, client.id, "", message, least - counted)
    most = ceiling(schedule.facts, client, prescription)
    if figures.total > most:
        message = f"{client.id} has {length(figures.total)}; at most {length(most)}"
        yield Violation(RULE, client.id, "", message, figures.total - most)
