"""Offers to one client for which one other client would have to change, each checked as a whole roster."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from iop_sched.admit.exchanges import Exchanges
from iop_sched.admit.offers import Desk, Offer
from iop_sched.admit.search import OutOfTimeError


@dataclass(frozen=True)
class OneOther:
    """Offers, the least disruption first, then the cheapest; ``tried`` of ``candidates`` clients were tried.

    For each other client and each cohort there is at most one: no pattern of days there disturbs less.
    """

    offers: tuple[Offer, ...]
    tried: int
    candidates: int


def with_one_other(desk: Desk, seconds: float, on_try: Callable[[int, int], None]) -> OneOther:
    """Look for places that the roster has once one other client moves, for at most ``seconds``.

    The other client keeps a place and as many sessions of each service; nobody else changes. Looked for are
    the cohorts and patterns that the roster has no place in as it is. ``on_try`` is told the number of the
    client whose move is tried, from 1, and how many there are. Raises ``BrokenRosterError`` if an offer would
    break a rule.
    """
    until = time.monotonic() + seconds
    others = desk.others
    free = [found.placement for found in desk.timetables]
    if free if others.client.prescription is None else not desk.builder.fits_anywhere:
        return OneOther((), 0, 0)
    taken = [(place.cohort, place.days) for place in free if place is not None]
    exchanges = Exchanges(
        desk.week, desk.policy, others.roster, others.client, taken, desk.objective == "weighted"
    )
    candidates, offers, tried = exchanges.candidates, list[Offer](), 0
    for number, other in enumerate(candidates, 1):
        on_try(number, len(candidates))
        try:
            for roster in exchanges.of(other, until):
                offers.append(desk.offer_moving(other, roster))
        except OutOfTimeError:
            break
        tried = number
    return OneOther(tuple(sorted(offers, key=lambda offer: _rank(desk, offer))), tried, len(candidates))


def _rank(desk: Desk, offer: Offer) -> tuple[object, ...]:
    assert offer.moved is not None
    costs = [offer.weighted] if desk.objective == "weighted" else [offer.change[t] for t in desk.policy.tiers]
    return (offer.moved.disruption.total, costs, offer.moved.view.client)
