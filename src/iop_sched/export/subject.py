"""What every export is made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from iop_sched.compare.comparison import Comparison
from iop_sched.report.words import Labels
from iop_sched.rules import Evaluation, Schedule, evaluate
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile


@dataclass(frozen=True)
class Subject:
    """A week with a well-formed roster of it, the policy it is measured under, and how ids are printed.

    ``comparison``: what changed, from another roster to this one.
    """

    week: ProgramWeek
    roster: RosterFile
    policy: Policy
    labels: Labels
    comparison: Comparison | None = None

    @cached_property
    def schedule(self) -> Schedule:
        """Week and roster joined."""
        return Schedule.of(self.week, self.roster)

    @cached_property
    def evaluation(self) -> Evaluation:
        """The roster measured by the specification."""
        return evaluate(self.week, self.roster, self.policy)
