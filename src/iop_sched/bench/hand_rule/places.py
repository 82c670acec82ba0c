"""Places of clients: cohort, days, first day and primary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from iop_sched.bench.hand_rule.steps import Hand
from iop_sched.rules.client_time import pattern_clashes
from iop_sched.rules.eligibility import mismatches
from iop_sched.rules.qualification import qualified, suits
from iop_sched.week.people import Client
from iop_sched.week.roster import Placement
from iop_sched.week.times import WEEK, Day, Id

OF_COHORT = ("eligibility", "cohort-size", "companions", "max-moves")
"""Rules to which a place's days, first day and primary are all the same."""
OF_PRIMARY = ("primary", "pins")
"""Rules to which a place's primary is not."""


def places(hand: Hand, client: Client) -> Iterator[Placement]:
    """Every place a client might take, last week's first, then in the order of the file.

    What a rule refuses for the cohort, or without a look at the primary, is not offered again.
    """
    if client.prescription is None:
        return
    primaries = _primaries(hand, client)
    shut: set[Id | None] = set()
    for placement in _placements(hand, client):
        for primary in primaries if placement.cohort not in shut else ():
            yield placement.model_copy(update={"primary": primary})
            if hand.refused_by in OF_COHORT:
                shut.add(placement.cohort)
            if hand.refused_by is not None and hand.refused_by not in OF_PRIMARY:
                break


def _placements(hand: Hand, client: Client) -> Iterator[Placement]:
    before = hand.facts.previous.get(client.id)
    until = Day.SUN if client.stay.last_day is None else client.stay.last_day
    if client.group_optional:
        for start in WEEK[:1] if before else WEEK:
            yield Placement(client=client.id, start=start, last=until)
        return
    for cohort, days in _patterns(hand, client):
        for start in WEEK[:1] if before else days:
            if start <= until:
                yield Placement(client=client.id, cohort=cohort, days=days, start=start, last=until)


def _patterns(hand: Hand, client: Client) -> Iterator[tuple[Id, tuple[Day, ...]]]:
    """Cohorts that take the client, with the days that the client can come to them."""
    assert client.prescription is not None
    before = hand.facts.previous.get(client.id)
    for entry in sorted(hand.book.roster.cohorts, key=lambda e: before is None or e.cohort != before.cohort):
        cohort = hand.facts.cohorts[entry.cohort]
        if not hand.facts.overridden(client.id, "eligibility") and any(mismatches(client, cohort)):
            continue
        patterns = [days for n in client.prescription.days for days in combinations(entry.days, n)]
        for days in sorted(patterns, key=lambda d: (before is None or d != before.days, -len(d), d)):
            if not any(pattern_clashes(hand.facts, client, cohort.id, entry.slot, days)):
                yield cohort.id, days


def _primaries(hand: Hand, client: Client) -> list[Id | None]:
    services = hand.facts.primary_services(client)
    if not services:
        return [None]
    before = hand.facts.previous.get(client.id)
    able = [
        c.id
        for c in hand.week.clinicians
        if suits(hand.facts, c, client) and all(any(qualified(c, n) for n in s.staff) for s in services)
    ]
    able.sort(key=lambda c: before is None or c != before.primary)
    carried = Counter(placement.primary for placement in hand.book.roster.placements)
    return [c for c in able if _has_room(hand, c, carried[c], before is not None and c == before.primary)]


def _has_room(hand: Hand, clinician: Id, carried: int, is_own: bool) -> bool:
    caseload = hand.facts.clinicians[clinician].caseload
    return is_own or caseload is None or carried < caseload
