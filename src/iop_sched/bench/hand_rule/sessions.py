"""Sessions of one client: the first time that client, clinician and room have."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.bench.hand_rule.hours import times
from iop_sched.bench.hand_rule.steps import Hand
from iop_sched.rules.qualification import qualified, suits
from iop_sched.week.care import Service
from iop_sched.week.people import Client
from iop_sched.week.roster import Session, SessionStaff
from iop_sched.week.times import Day, Id, Interval, clock


def assessments(hand: Hand, client: Client) -> Iterator[Session]:
    """Every time for a referral's assessment."""
    if client.intake is not None and client.intake.assessment is not None:
        yield from sessions(hand, client, hand.facts.services[client.intake.assessment])


def sessions(hand: Hand, client: Client, service: Service) -> Iterator[Session]:
    """Every session of a service that client and clinician are free for, in order of time."""
    placement = hand.book.placements.get(client.id)
    primary = placement.primary if placement else None
    places = _places(hand, client, service)
    for day, interval in times(hand.facts, service.minutes, service.windows):
        if not hand.book.can_come(client, day, interval):
            continue
        for site in places:
            staff = session_staff(hand, service, day, interval, site, client, primary)
            if staff:
                session = Session(
                    service=service.id,
                    clients=(client.id,),
                    staff=staff,
                    day=day,
                    start=clock(interval[0]),
                    site=site,
                )
                yield from in_rooms(hand, service, session)


def _places(hand: Hand, client: Client, service: Service) -> list[Id | None]:
    sites = [s for s in hand.facts.sites if s in (client.sites or (s,)) and s in (service.sites or (s,))]
    here: list[Id | None] = [*sites] if service.telehealth != "only" and "in-person" in client.formats else []
    online = service.telehealth != "never" and "telehealth" in client.formats
    return [*here, None] if online else here


def session_staff(
    hand: Hand,
    service: Service,
    day: Day,
    interval: Interval,
    site: Id | None,
    client: Client | None = None,
    primary: Id | None = None,
) -> tuple[SessionStaff, ...]:
    """The first who are free and may, the client's primary before all others; nobody if too few are."""
    staff: list[SessionStaff] = []
    for index, need in enumerate(service.staff):
        able = [
            c.id
            for c in sorted(hand.week.clinicians, key=lambda c: c.id != primary)
            if (site is None or site in c.sites)
            and hand.book.works(c.id, day, interval, site)
            and qualified(c, need)
            and (client is None or suits(hand.facts, c, client))
            and c.id not in [one.clinician for one in staff]
        ]
        if len(able) < need.count:
            return ()
        staff += [SessionStaff(need=index, clinician=c) for c in able[: need.count]]
    return tuple(staff)


def in_rooms(hand: Hand, service: Service, session: Session) -> Iterator[Session]:
    """The session in each room of its kind; as it is when it needs none."""
    if service.room_kind is None or session.site is None:
        yield session
        return
    for room in hand.week.rooms:
        if room.site == session.site and service.room_kind in room.kinds:
            yield session.model_copy(update={"room": room.id})
            if hand.refused_by not in (None, "rooms"):
                return  # in whichever room
