"""Why one client is where the client is: alternatives of a placed one, obstacles of an unplaced one."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.admit.missing import Missing, missing
from iop_sched.admit.offers import Desk, Offer
from iop_sched.admit.refusals import GivesWay, Refusal, giving_way, refusals
from iop_sched.admit.verified import measure
from iop_sched.explain.unplaced import Stage
from iop_sched.week.policy import Policy, Tier
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Placement, Roster
from iop_sched.week.times import Id

OPEN = (Stage.START, Stage.FULL, Stage.ROSTER, Stage.NOTHING)
"""Obstacles in a cohort that meets, on days and hours that suit: there it is worth trying exactly."""


@dataclass(frozen=True)
class Way:
    """A cohort that refuses a client, and the rules any one of which would have to give way."""

    refusal: Refusal
    giving_way: tuple[GivesWay, ...]


@dataclass(frozen=True)
class Placing:
    """One client in a roster.

    ``offers`` are places with everybody else as they are: of an unplaced client those that the roster has
    left, of a placed one the alternatives. ``now`` is what the roster pays for a placed client's place as it
    is, by tier, against the client waiting.
    """

    desk: Desk
    placement: Placement | None
    now: dict[Tier, int]
    offers: tuple[Offer, ...]
    ways: tuple[Way, ...]
    missing: tuple[Missing, ...]


def placing(
    week: ProgramWeek,
    roster: Roster,
    policy: Policy,
    client: Id,
    objective: Objective = "lexicographic",
    most: int = 8,
) -> Placing:
    """All about one client's place, with the best ``most`` offers.

    Raises ``BrokenRosterError`` when the roster breaks rules, and ``KeyError`` for an unknown client.
    """
    desk = Desk(week, roster, policy, client, objective)
    placement = next((one for one in roster.placements if one.client == client), None)
    offers = tuple(desk.offer(one) for one in desk.timetables[:most])
    now = measure(desk.others.facts, roster, policy)
    return Placing(
        desk=desk,
        placement=placement,
        now={tier: now.tiers[tier] - desk.waiting.tiers[tier] for tier in policy.tiers},
        offers=offers,
        ways=tuple(_way(desk, one) for one in refusals(desk)),
        missing=() if placement is None else tuple(missing(week, roster, policy, client)),
    )


def _way(desk: Desk, refusal: Refusal) -> Way:
    whole = refusal.cohort is None and desk.others.client.group_optional
    if refusal.stage in OPEN or whole:
        return Way(refusal, tuple(giving_way(desk, refusal.cohort)))
    return Way(refusal, ())
