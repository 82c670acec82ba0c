"""Rule ``eligibility``: a client joins only a cohort that is meant for people like them."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.qualification import share_language
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.wording import names
from iop_sched.week.care import Cohort
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy

RULE = "eligibility"


def mismatches(client: Client, cohort: Cohort) -> Iterator[str]:
    """Why the cohort is not for the client; nothing when it is."""
    if client.level not in cohort.levels:
        yield f"level of care {client.level} is not admitted (admitted: {names(cohort.levels)})"
    if cohort.populations and client.population not in cohort.populations:
        yield f"population {client.population} is not admitted (admitted: {names(cohort.populations)})"
    unmet = sorted(set(client.needs) - set(cohort.serves))
    if unmet:
        yield f"the cohort does not serve {names(unmet)}"
    lacking = sorted(set(cohort.requires) - set(client.needs))
    if lacking:
        yield f"the cohort is only for clients with {names(lacking)}"
    if cohort.language is not None and not share_language((cohort.language,), client.languages):
        yield f"the cohort speaks {cohort.language}, the client {names(client.languages)}"
    if cohort.format not in client.formats:
        yield f"the cohort is {cohort.format}, the client takes {names(client.formats)}"
    if client.sites and cohort.site not in client.sites:
        yield f"site {cohort.site} is out of reach (within reach: {names(client.sites)})"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Every client in a cohort is one whom the cohort admits."""
    for client, placement in schedule.placed:
        if placement.cohort is None or schedule.facts.overridden(client.id, RULE):
            continue
        for reason in mismatches(client, schedule.facts.cohorts[placement.cohort]):
            yield Violation(RULE, client.id, "", f"{client.id} cannot join {placement.cohort}: {reason}")
