"""Who may do what, and for whom."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.rules.facts import Facts
from iop_sched.week.care import Service, StaffNeed
from iop_sched.week.people import Client, Clinician


def qualified(clinician: Clinician, need: StaffNeed) -> bool:
    """Whether a clinician has one of the roles, all credentials and all modalities of a need."""
    return (
        not set(need.roles).isdisjoint(clinician.roles)
        and set(need.credentials) <= set(clinician.credentials)
        and set(need.modalities) <= set(clinician.modalities)
    )


def qualified_for(clinician: Clinician, service: Service) -> bool:
    """Whether a clinician is qualified for one of a service's needs."""
    return any(qualified(clinician, need) for need in service.staff)


def share_language(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two lists of languages meet; a list that names none meets every other."""
    left, right = set(one), set(other)
    return not left or not right or not left.isdisjoint(right)


def misfit(facts: Facts, clinician: Clinician, client: Client) -> str | None:
    """Why a clinician does not suit a client; none when the clinician does."""
    if clinician.id in client.excludes:
        return f"{client.id} must not be seen by {clinician.id}"
    if not share_language(clinician.languages, client.languages):
        return f"{clinician.id} and {client.id} share no language"
    if client.payer is not None and facts.payers[client.payer].credentialed_only:
        if client.payer in clinician.payers:
            return None
        return f"{clinician.id} is not credentialed with {client.payer}, the payer of {client.id}"
    return None


def suits(facts: Facts, clinician: Clinician, client: Client) -> bool:
    """Whether a clinician suits a client."""
    return misfit(facts, clinician, client) is None
