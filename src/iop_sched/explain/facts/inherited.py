"""Caps that are larger than they say, as a cohort or a clinician may keep the clients of last week."""

from __future__ import annotations

from collections import Counter

from iop_sched.explain.facts.fact import Raw
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id


def inherited_members(week: ProgramWeek) -> Counter[Id | None]:
    """Clients with a prescription by last week's cohort."""
    treated = {client.id for client in week.treated}
    return Counter(place.cohort for place in week.previous.placements if place.client in treated)


def inherited_clients(week: ProgramWeek) -> Counter[Id | None]:
    """Clients with a prescription by last week's primary."""
    treated = {client.id for client in week.treated}
    return Counter(place.primary for place in week.previous.placements if place.client in treated)


def write_caps(week: ProgramWeek, raw: Raw) -> None:
    """Write the larger caps of ``week`` down, so that they stay when clients go or become new."""
    members, clients = inherited_members(week), inherited_clients(week)
    for cohort in raw["cohorts"]:
        cohort["members"]["max"] = max(cohort["members"]["max"], members[cohort["id"]])
    for clinician in raw["clinicians"]:
        if clinician["caseload"] is not None:
            clinician["caseload"] = max(clinician["caseload"], clients[clinician["id"]])


def or_inherited(cap: int, inherited: int) -> str:
    """What a sentence about a cap says beside it."""
    return f", or the {inherited} of last week" if inherited > cap else ""
