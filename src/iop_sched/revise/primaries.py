"""Who becomes primary of a client who is given a place by hand and for whom nobody is named."""

from __future__ import annotations

from collections import Counter

from iop_sched.rules import Schedule
from iop_sched.rules.qualification import qualified_for, suits
from iop_sched.week.people import Client


def likely_primary(schedule: Schedule, client: Client) -> str | None:
    """Last week's primary, else a clinician with room, preferred ones and those with fewest clients first.

    None when the client needs none, or nobody suits.
    """
    services = schedule.facts.primary_services(client)
    if not services:
        return None
    suiting = [
        one
        for one in schedule.facts.week.clinicians
        if suits(schedule.facts, one, client) and all(qualified_for(one, service) for service in services)
    ]
    carried = Counter(placement.primary for placement in schedule.roster.placements)
    previous = schedule.facts.previous.get(client.id)
    ranked = sorted(
        suiting,
        key=lambda one: (
            previous is None or one.id != previous.primary,
            one.caseload is not None and carried[one.id] >= one.caseload,
            one.id not in client.preferences.clinicians,
            carried[one.id],
        ),
    )
    return ranked[0].id if ranked else None
