"""Open groups: each with everybody who is still owed one and can come."""

from __future__ import annotations

from iop_sched.bench.hand_rule.hours import times
from iop_sched.bench.hand_rule.sessions import in_rooms, session_staff
from iop_sched.bench.hand_rule.steps import Hand
from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.roster import Session
from iop_sched.week.times import Day, Id, clock


def open_group(hand: Hand, service: Service, in_order: list[Client]) -> None:
    """Each offering with as many of those it is for as there are seats, the first in order first."""
    for day, start, site, offering in _offered(hand, service):
        interval = (start, start + hand.facts.occ(service.minutes))
        able = [c for c in in_order if _owed(hand, c, service) and hand.book.can_come(c, day, interval)]
        staff = session_staff(hand, service, day, interval, site)
        most = min(len(able), service.participants.max)
        for number in range(most, max(0, service.participants.min - 1) if staff else most, -1):
            session = Session(
                service=service.id,
                clients=tuple(c.id for c in able[:number]),
                staff=staff,
                day=day,
                start=clock(start),
                site=site,
                offering=offering,
            )
            if hand.first(in_rooms(hand, service, session)):
                break


def _offered(hand: Hand, service: Service) -> list[tuple[Day, int, Id | None, Id | None]]:
    """Day, start, site and offering: those of the week, or every time and place there is."""
    if service.offerings:
        return [(one.day, one.start, one.site, one.id) for one in service.offerings]
    places: list[Id | None] = [*hand.facts.sites, None]
    starts = [(day, start) for day, (start, _) in times(hand.facts, service.minutes, service.windows)]
    return [(day, start, place, None) for day, start in starts for place in places]


def _owed(hand: Hand, client: Client, service: Service) -> bool:
    if client.id not in hand.book.placements:
        return False
    had = sum(one.service == service.id for one in hand.book.sessions.get(client.id, ()))
    return any(
        line.service == service.id and had < line.min_count for line, _ in hand.facts.prescribed(client)
    )
