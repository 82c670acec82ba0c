"""The places found are exactly those that brute force finds, at the same cost, and nobody else changes."""

from __future__ import annotations

from functools import cache

import pytest

from admit.brute import every_place
from iop_sched.admit.offers import Desk, Offer
from iop_sched.admit.others import without_client
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster, Session
from oracle.search import TooMany
from strategies import draft
from tiny_weeks import TURNS

SEEDS = 3 * len(TURNS)
CHUNK = 8
MOST = 1500


@cache
def solved(seed: int) -> tuple[ProgramWeek, Policy, Roster | None]:
    """A generated tiny week with a roster; none when it is impossible."""
    week, policy = draft(seed, 0)[1].finish()
    return week, policy, solve(week, policy, SolveOptions(workers=1, strategy="full")).roster


def compared(seed: int) -> list[str]:
    """What of a tiny week's offers is not as brute force has it."""
    week, policy, roster = solved(seed)
    problems = []
    for client in week.treated if roster is not None else ():
        assert roster is not None
        try:
            expected = every_place(week, roster, policy, client, MOST)
        except TooMany:
            continue
        desk = Desk(week, roster, policy, client.id)
        offers = [desk.offer(one) for one in desk.timetables]
        found = {_place(one): tuple(_value(desk, one, tier) for tier in policy.tiers) for one in offers}
        if found != expected:
            problems.append(f"seed {seed}, {client.id}: {found} is not {expected}")
        if list(found.values()) != sorted(found.values()):
            problems.append(f"seed {seed}, {client.id}: offers are not in order")
        problems += [f"seed {seed}, {client.id}: {one}" for offer in offers for one in _wrong(desk, offer)]
    return problems


def _place(offer: Offer) -> tuple[str | None, tuple[int, ...]]:
    assert offer.placement is not None
    return offer.placement.cohort, tuple(offer.placement.days)


def _value(desk: Desk, offer: Offer, tier: str) -> int:
    return offer.change[tier] + desk.waiting.tiers[tier]  # type: ignore[index]


def _wrong(desk: Desk, offer: Offer) -> list[str]:
    found = evaluate(desk.week, offer.roster, desk.policy)
    wrong = [violation.message for violation in found.violations]
    if without_client(offer.roster, desk.others.client.id) != _sorted(desk.others.roster):
        wrong.append("somebody else changes")
    return wrong


def _sorted(roster: Roster) -> Roster:
    def key(one: Session) -> tuple[object, ...]:
        return one.day, one.start, one.service, one.clients

    return roster.model_copy(update={"sessions": tuple(sorted(roster.sessions, key=key))})


def test_a_group_that_the_own_primary_gives_is_not_covered() -> None:
    assert compared(1069) == []


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_offers_are_those_of_brute_force(first: int) -> None:
    problems = [problem for seed in range(first, first + CHUNK) for problem in compared(seed)]
    assert problems == []
