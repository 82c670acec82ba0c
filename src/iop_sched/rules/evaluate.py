"""Measure a roster: which hard rules it breaks, which penalties it pays, how good its tiers are."""

from __future__ import annotations

from functools import cached_property

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Evaluation, Term, TierFigure, Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.structure import check_structure
from iop_sched.rules.tiers import empty_roster, figures, place_terms, stakes, values, weigh
from iop_sched.week.policy import RULES, Policy, Tier
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


class Specification:
    """The rules of one week under one policy: measures any number of rosters.

    Half of the work is of the week alone, its facts and what is at stake in it. A solve judges tens of
    rosters of the same week, and does that half once.
    """

    def __init__(self, week: ProgramWeek, policy: Policy) -> None:
        self.week = week
        self.policy = policy
        self._facts = Facts(week)

    def evaluate(self, roster: Roster) -> Evaluation:
        """All violations and penalty terms of ``roster``, and the tiers recomputed from them.

        A roster that is not well formed gets its structure violations alone, and tiers of value 0 whose
        scales are real.
        """
        facts, policy = self._facts, self.policy
        broken = tuple(check_structure(facts, roster))
        violations, terms = (broken, ()) if broken else _findings(Schedule(facts, roster), policy)
        found = values(terms)
        return Evaluation(
            violations=violations,
            terms=terms,
            tiers=figures(found, self._stakes | {"cost": found["cost"]}),
            weighted=TierFigure(weigh(policy, found), self._weighted_scale),
        )

    @cached_property
    def _stakes(self) -> dict[Tier, int]:
        return stakes(self._facts, self.policy)

    @cached_property
    def _weighted_scale(self) -> int:
        empty = _findings(Schedule(self._facts, empty_roster(self._facts)), self.policy)[1]
        return max(1, weigh(self.policy, values(empty)))


def evaluate(
    week: ProgramWeek, roster: Roster, policy: Policy, without: frozenset[str] = frozenset()
) -> Evaluation:
    """What the ``Specification`` of the week says of one roster.

    Rules named in ``without`` are treated as off, whatever their mode. Raises ``ValueError`` for an unknown
    rule.
    """
    unknown = without - set(RULES)
    if unknown:
        raise ValueError(f"no rule is called {', '.join(sorted(unknown))}")
    return Specification(week, leave_out(policy, without)).evaluate(roster)


def leave_out(policy: Policy, rules: frozenset[str]) -> Policy:
    """The policy with rules off, even those that a policy file cannot switch off."""
    return policy.model_copy(update={"rules": {**policy.rules, **dict.fromkeys(rules, "off")}})


def _findings(schedule: Schedule, policy: Policy) -> tuple[tuple[Violation, ...], tuple[Term, ...]]:
    violations: list[Violation] = []
    terms = list(place_terms(schedule, policy))
    for rule, check in CHECKS.items():
        if policy.mode(rule) == "off":
            continue
        for finding in check(schedule, policy):
            if isinstance(finding, Violation):
                violations.append(finding)
            else:
                terms.append(finding)
    return tuple(violations), tuple(terms)
