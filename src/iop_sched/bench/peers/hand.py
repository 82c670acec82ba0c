"""The director's hand rule as a contender: it minimises nothing, and is the same each time."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.bench.contender import Finished, OnEvent
from iop_sched.bench.hand_rule import hand_rule
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective


@dataclass(frozen=True)
class HandRule:
    """See ``iop_sched.bench.hand_rule``."""

    name: str = "hand-rule"
    objectives: tuple[Objective, ...] = ("lexicographic", "weighted")
    takes_settings: bool = False
    repeats: bool = True

    def missing(self) -> str:
        """Nothing."""
        return ""

    def run(self, week: ProgramWeek, policy: Policy, options: SolveOptions, on_event: OnEvent) -> Finished:
        """A roster made by hand, without a bound; it takes the time that it takes."""
        return Finished(hand_rule(week, policy), None, "feasible")


HAND_RULE = HandRule()
