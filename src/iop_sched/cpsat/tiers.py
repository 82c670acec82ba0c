"""The tiers of the objective, and the penalties that belong to a tier rather than to a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iop_sched.cpsat.intake import points
from iop_sched.cpsat.model import Cost, Expr, Model
from iop_sched.week.policy import PENALTIES, Policy, Tier


@dataclass(frozen=True)
class Objective:
    """A tier's penalty as an expression, and a value it never exceeds."""

    name: str
    expr: Expr
    upper: int


def post(model: Model) -> Iterator[Cost]:
    """Current clients who lose their place, and points of clients who get none."""
    for client in model.facts.treated:
        out = 1 - model.placed[client.id]
        worth = points(model, client)
        yield Cost("placed", worth * out, worth)
        if model.facts.current(client):
            yield Cost("kept", out, 1)


def tier(policy: Policy, name: Tier, costs: Iterable[Cost]) -> Objective:
    """The weighted sum of one tier's penalties."""
    weighted = [(policy.weight(c.penalty), c) for c in costs if PENALTIES[c.penalty].tier == name]
    weighted = [(weight, cost) for weight, cost in weighted if weight > 0]
    return Objective(
        name,
        sum(weight * cost.amount for weight, cost in weighted),
        sum(weight * cost.upper for weight, cost in weighted),
    )


def lexicographic(policy: Policy, costs: list[Cost]) -> list[Objective]:
    """The tiers in the policy's order."""
    return [tier(policy, name, costs) for name in policy.tiers]


def weighted(policy: Policy, costs: list[Cost]) -> Objective:
    """One sum over all tiers, by the policy's tier weights."""
    tiers = [(policy.tier_weights[name], tier(policy, name, costs)) for name in policy.tiers]
    return Objective(
        "weighted",
        sum(weight * objective.expr for weight, objective in tiers),
        sum(weight * objective.upper for weight, objective in tiers),
    )
