"""What a repaired week must have: as constraints of the model, and asked of the roster that comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iop_sched.cpsat import dosage, tiers
from iop_sched.cpsat.model import Cost, Model
from iop_sched.rules.findings import Evaluation
from iop_sched.rules.schedule import Schedule
from iop_sched.week.policy import Tier
from iop_sched.week.times import Id


@dataclass(frozen=True)
class Demand:
    """Nothing but the rules, unless more is named.

    ``placed``: these clients have a place. ``most``: a tier costs no more. ``sessions``: so many of a service
    for a client, at least. ``short``: a client is no more minutes below the target.
    """

    placed: frozenset[Id] = frozenset()
    most: Mapping[Tier, int] = field(default_factory=dict)
    sessions: Mapping[tuple[Id, Id], int] = field(default_factory=dict)
    short: Mapping[Id, int] = field(default_factory=dict)

    def hold(self, model: Model, costs: Sequence[Cost]) -> None:
        """Ask it of the model."""
        for client in sorted(self.placed):
            model.cp.add(model.placed[client] == 1)
        for tier, most in self.most.items():
            cost = tiers.tier(model.policy, tier, costs).expr
            model.cp.add(cost - most <= 0)
        for (client, service), least in self.sessions.items():
            model.cp.add(model.delivered(client, service) - least >= 0)
        for client, most in self.short.items():
            one = model.facts.clients[client]
            if one.prescription is not None:
                aim = max(0, one.prescription.hours.aim - model.facts.needed(one))
                given = dosage.block_minutes(model, one) + dosage.extra(model, one)
                model.cp.add(given - aim + most >= 0)

    def met(self, schedule: Schedule, measured: Evaluation) -> bool:
        """Whether a roster has it, as the specification counts."""
        clients = schedule.facts.clients
        return (
            self.placed <= schedule.placements.keys()
            and all(measured.tiers[tier].value <= most for tier, most in self.most.items())
            and all(
                schedule.delivered(clients[client], service) >= least
                for (client, service), least in self.sessions.items()
            )
            and all(short_of(measured).get(client, 0) <= most for client, most in self.short.items())
        )


def short_of(measured: Evaluation) -> dict[Id, int]:
    """Minutes below target, by client; whoever is not below it is not listed."""
    return {term.who: term.amount for term in measured.terms if term.penalty == "weekly-hours.short"}
