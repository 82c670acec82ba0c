"""Every way to give one client a place in a roster, measured by the specification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from math import prod

from iop_sched.admit.others import without_client
from iop_sched.compare.disruption import disruption
from iop_sched.rules import evaluate
from iop_sched.rules.facts import assessment
from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Placement, Roster, Session
from oracle.judge import Judge
from oracle.placing import placements
from oracle.search import TooMany
from oracle.services import individual, open_group

Place = tuple[str | None, tuple[int, ...]]
"""A cohort and a pattern of days."""
Part = tuple[tuple[Session, ...], tuple[Session, ...]]
"""Sessions of the client's own, and sessions of others that the client joins."""


def every_place(
    week: ProgramWeek, roster: Roster, policy: Policy, client: Client, most: int
) -> dict[Place, tuple[int, ...]]:
    """The best tiers of each place that some timetable of the client's sessions makes legal.

    Raises ``TooMany`` when there are more than ``most`` rosters to look at.
    """
    others, judge = without_client(roster, client.id), Judge(week, policy, ())
    places = [one for one in placements(judge, client, others.cohorts) if one is not None]
    services = [list(_ways(judge, others, client, *one)) for one in _services(judge, client)]
    if len(places) * prod(map(len, services)) > most:
        raise TooMany
    best: dict[Place, tuple[int, ...]] = {}
    for place in places:
        for parts in product(*services):
            found = evaluate(week, _put_in(others, client, place, list(parts)), policy)
            if found.holds:
                key = (place.cohort, tuple(place.days))
                values = tuple(found.tiers[tier].value for tier in policy.tiers)
                best[key] = min(values, best.get(key, values))
    return best


def _services(judge: Judge, client: Client) -> Iterator[tuple[Service, int]]:
    name = assessment(client)
    if name is not None and "intake" in judge.active:
        yield judge.facts.services[name], 1
    for line, service in judge.facts.prescribed(client):
        yield service, line.max_count


def _ways(judge: Judge, others: Roster, client: Client, service: Service, most: int) -> Iterator[Part]:
    if not service.is_open_group:
        yield from ((own, ()) for own in individual(judge, client, service, most))
        return
    alone = Judge(judge.week.model_copy(update={"clients": (client,)}), judge.policy, ())
    held = [one for one in others.sessions if one.service == service.id]
    for own in open_group(alone, service):
        for size in range(len(held) + 1):
            for joined in combinations(held, size):
                if len(own) + size <= most and _in_form(service, held, own):
                    yield own, joined


def _in_form(service: Service, held: list[Session], own: tuple[Session, ...]) -> bool:
    """Each offering once, and no more of them than the service has, whatever rules are off."""
    if not service.offerings:
        return len(held) + len(own) <= max(service.max_offerings, len(held))
    return {one.offering for one in held}.isdisjoint(one.offering for one in own)


def _put_in(others: Roster, client: Client, place: Placement | None, parts: list[Part]) -> Roster:
    joined = {id(session) for _, joins in parts for session in joins}
    sessions = [
        one.model_copy(update={"clients": (*one.clients, client.id)}) if id(one) in joined else one
        for one in others.sessions
    ]
    return others.model_copy(
        update={
            "placements": others.placements if place is None else (*others.placements, place),
            "sessions": (*sessions, *(session for own, _ in parts for session in own)),
        }
    )


def every_exchange(
    week: ProgramWeek, roster: Roster, policy: Policy, client: Client, other: Client, most: int
) -> dict[Place, tuple[int, ...]]:
    """The least disruption, and the best tiers at that, of each place that ``other`` could make possible.

    ``other`` keeps a place (but gets none), and as many sessions of each service. Raises ``TooMany`` as
    ``every_place`` does.
    """
    waiting = without_client(roster, client.id)
    third, judge = without_client(waiting, other.id), Judge(week, policy, ())
    least: dict[Place, tuple[int, ...]] = {}
    for changed in list(_every_part(judge, third, other, most)):
        if not _no_less(waiting, changed, other):
            continue
        for complete in _every_part(judge, changed, client, most):
            found = evaluate(week, complete, policy)
            place = next((one for one in complete.placements if one.client == client.id), None)
            if found.holds and place is not None:
                key = (place.cohort, tuple(place.days))
                tiers = (found.tiers[tier].value for tier in policy.tiers)
                values = (disruption(waiting, complete, week).total, *tiers)
                least[key] = min(values, least.get(key, values))
    return least


def _every_part(judge: Judge, others: Roster, client: Client, most: int) -> Iterator[Roster]:
    services = [list(_ways(judge, others, client, *one)) for one in _services(judge, client)]
    places = placements(judge, client, others.cohorts)
    if len(places) * prod(map(len, services)) > most:
        raise TooMany
    for place in places:
        for parts in product(*services):
            yield _put_in(others, client, place, list(parts))


def _no_less(before: Roster, after: Roster, client: Client) -> bool:
    def had(roster: Roster) -> Counter[str]:
        return Counter(one.service for one in roster.sessions if client.id in one.clients)

    placed = [{one.client for one in roster.placements} for roster in (before, after)]
    return had(before) <= had(after) and (client.id in placed[0]) == (client.id in placed[1])
