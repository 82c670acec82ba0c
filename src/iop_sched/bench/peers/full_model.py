"""What every solver of the full model begins with: the model, and the weighted sum to minimise."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from iop_sched.cpsat import extract, tiers
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Expr, Model
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


@dataclass(frozen=True)
class FullModel:
    """The full model with its objective, and the seconds that building took."""

    model: Model
    objective: Expr
    seconds: float

    def roster(self, value: Callable[[int], int]) -> Roster:
        """The roster of a solution, given each variable's value by its index."""
        return extract.roster(self.model, lambda literal: value(literal.index))


def full_model(week: ProgramWeek, policy: Policy) -> FullModel:
    """Build the full model for the weighted objective."""
    began = time.monotonic()
    model, costs = build(week, policy)
    objective = tiers.weighted(policy, costs).expr
    return FullModel(model, objective, time.monotonic() - began)
