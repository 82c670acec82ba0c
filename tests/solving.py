"""The optimum of a small week, found by the model and measured by the specification.

Tests state what the optimum must be; ``IOP_SCHED_REMOVE_RULE`` removes rules (ids, comma-separated) from the
model behind their backs, while the specification keeps them. ``remove_rules.py`` sees to it that each rule
is missed by some test.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from ortools.sat.python import cp_model

from builder import Raw, roster, week
from iop_sched.cpsat import extract, tiers
from iop_sched.cpsat.build import build
from iop_sched.rules import Evaluation, evaluate
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement, Roster, Session

REMOVED: frozenset[str] = frozenset(filter(None, os.environ.get("IOP_SCHED_REMOVE_RULE", "").split(",")))
"""Rules that the model lacks although the specification demands them."""

SECONDS = 600
"""Of one solve, which takes a fraction of one where the machine has time."""


@dataclass(frozen=True)
class Best:
    """A proven optimum (``outcome`` OPTIMAL), or none at all (INFEASIBLE: no values, an empty roster)."""

    values: dict[str, int]
    roster: Roster
    outcome: str
    evaluation: Evaluation | None = None

    @property
    def placements(self) -> dict[str, Placement]:
        """Placement by client."""
        return {placement.client: placement for placement in self.roster.placements}

    def days(self, client: str) -> list[str]:
        """The client's pattern, as written in files; empty when not placed."""
        placement = self.placements.get(client)
        return [day.code for day in placement.days] if placement else []

    def sessions(self, service: str) -> list[Session]:
        """Sessions of a service, in order of time."""
        found = [session for session in self.roster.sessions if session.service == service]
        return sorted(found, key=lambda session: (session.day, session.start))


def best(raw: Raw, policy: Policy | None = None, without: frozenset[str] = frozenset()) -> Best:
    """Solve a week tier by tier, with ``without`` left out of model and specification alike.

    Asserts that the specification accepts the roster and finds the values that the model found.
    """
    program, policy = week(raw), policy or Policy()
    model, costs = build(program, policy, without | REMOVED)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, SECONDS
    values: dict[str, int] = {}
    for tier in tiers.lexicographic(policy, costs):
        # penalties are not negative: a tier that costs nothing already need not be minimised
        if not values or solver.value(tier.expr) != 0:
            model.cp.minimize(tier.expr)
            outcome = solver.status_name(solver.solve(model.cp))
            if outcome == "INFEASIBLE" and not values:
                return Best({}, Roster(), outcome)
            assert outcome == "OPTIMAL", f"{tier.name}: {outcome} {model.cp.validate()}"
        values[tier.name] = solver.value(tier.expr)
        if not isinstance(tier.expr, int):
            model.cp.add(tier.expr <= values[tier.name])
    decided = extract.roster(model, lambda literal: solver.value(literal))
    found = evaluate(program, decided, policy, without)
    assert [violation.message for violation in found.violations] == []
    assert values == {name: figure.value for name, figure in found.tiers.items()}
    return Best(values, decided, outcome, found)


def broken(raw: Raw, decided: Raw, policy: Policy | None = None) -> set[str]:
    """Ids of the rules that a roster breaks, as the specification sees it."""
    return {
        violation.rule for violation in evaluate(week(raw), roster(decided), policy or Policy()).violations
    }


def off(*rules: str) -> Policy:
    """The standard policy with rules off."""
    return Policy(rules=dict.fromkeys(rules, "off"))


def soft(*rules: str) -> Policy:
    """The standard policy with rules soft."""
    return Policy(rules=dict.fromkeys(rules, "soft"))
