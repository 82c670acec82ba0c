"""What the tiers sum up, what is at stake in them, and the weighted sum of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_sched.rules.facts import Facts, points
from iop_sched.rules.findings import Term, TierFigure
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.week.people import Client
from iop_sched.week.policy import PENALTIES, RULES, TIERS, Policy, Tier
from iop_sched.week.roster import Meeting, OpenCohort, Roster

DAYS_OF_DELAY = 6


def place_terms(schedule: Schedule, policy: Policy) -> Iterator[Term]:
    """The penalties that belong to no rule: ``kept`` and ``placed``."""
    for client in schedule.facts.treated:
        if client.id not in schedule.placements:
            if schedule.facts.is_current(client):
                yield from pay(policy, "kept", client.id, 1)
            yield from pay(policy, "placed", client.id, points(client, policy.limits))


def values(terms: Iterable[Term]) -> dict[Tier, int]:
    """The value of every tier."""
    found: dict[Tier, int] = dict.fromkeys(TIERS, 0)
    for term in terms:
        found[term.tier] += term.cost
    return found


def weigh(policy: Policy, found: dict[Tier, int]) -> int:
    """The weighted sum of the tiers' values."""
    return sum(policy.tier_weights[tier] * value for tier, value in found.items())


def figures(found: dict[Tier, int], at_stake: dict[Tier, int]) -> dict[Tier, TierFigure]:
    """Values with their scales."""
    return {tier: TierFigure(found[tier], max(1, at_stake[tier])) for tier in TIERS}


def empty_roster(facts: Facts) -> Roster:
    """Nobody is placed, no candidate opens, nothing is held."""
    running = [cohort for cohort in facts.week.cohorts if cohort.status == "running"]
    return Roster(
        cohorts=tuple(
            OpenCohort(cohort=cohort.id, slot=cohort.options[0].slot, days=cohort.options[0].days)
            for cohort in running
        ),
        facilitation=tuple(
            Meeting(cohort=cohort.id, day=day, held=False)
            for cohort in running
            for day in facts.due_days(cohort, cohort.options[0].days)
        ),
    )


def stakes(facts: Facts, policy: Policy) -> dict[Tier, int]:
    """What each tier's gap is measured against, but for the cost, which is its own scale."""
    return {
        "kept": len(facts.current_treated),
        "placed": sum(points(client, policy.limits) for client in facts.treated),
        "dose": sum(_dose(facts, policy, client) for client in facts.treated),
        "continuity": _continuity(facts, policy),
        "preference": sum(_preference(facts, policy, client) for client in facts.treated),
    }


def _weight(policy: Policy, penalty: str) -> int:
    """A penalty's weight; 0 when its rule is off, as then it can never be paid."""
    rule = PENALTIES[penalty].rule
    return 0 if rule in RULES and policy.mode(rule) == "off" else policy.weight(penalty)


def _dose(facts: Facts, policy: Policy, client: Client) -> int:
    if client.prescription is None:
        return 0
    short = max(0, client.prescription.hours.aim - facts.needed(client))
    missing = sum(line.min_count * service.points for line, service in facts.prescribed(client))
    return (
        _weight(policy, "weekly-hours.short") * short + _weight(policy, "service-delivery.missing") * missing
    )


def _continuity(facts: Facts, policy: Policy) -> int:
    at_stake = 0
    for client in facts.current_treated:
        old = facts.previous[client.id]
        at_stake += _weight(policy, "continuity.cohort") * (old.cohort is not None)
        at_stake += _weight(policy, "continuity.slot") * (old.slot is not None)
        at_stake += _weight(policy, "continuity.primary") * (old.primary is not None)
        at_stake += _weight(policy, "continuity.day") * len(old.days)
    previous = facts.week.previous
    at_stake += _weight(policy, "continuity.leader") * len(previous.leaders)
    per_session = _weight(policy, "continuity.session") * policy.limits.session_move_cap
    return at_stake + per_session * len(previous.sessions)


def _preference(facts: Facts, policy: Policy, client: Client) -> int:
    prescription, wish = client.prescription, client.preferences
    if prescription is None:
        return 0
    at_stake = 0
    if wish.slots:
        at_stake += _weight(policy, "preferences.slot")
    if wish.days:
        at_stake += _weight(policy, "preferences.day") * max(prescription.days, default=0)
    if wish.clinicians:
        most = sum(line.max_count for line in prescription.services)
        at_stake += _weight(policy, "preferences.clinician") * most
    if wish.compact:
        at_stake += _weight(policy, "preferences.compact") * 7
    if not facts.is_current(client):
        at_stake += _weight(policy, "stay.delay") * DAYS_OF_DELAY
    if facts.levels[client.level].group_share is not None:
        at_stake += _weight(policy, "group-share") * prescription.hours.aim
    return at_stake
