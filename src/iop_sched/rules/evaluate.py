"""Measure a roster: which hard rules it breaks, which penalties it pays, how good its tiers are."""

from __future__ import annotations

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Evaluation, Term, TierFigure, Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.structure import check_structure
from iop_sched.rules.tiers import empty_roster, figures, place_terms, stakes, values, weigh
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


def evaluate(
    week: ProgramWeek, roster: Roster, policy: Policy, without: frozenset[str] = frozenset()
) -> Evaluation:
    """All violations and penalty terms of ``roster``, and the tiers recomputed from them.

    Rules named in ``without`` are treated as off, whatever their mode. A roster that is not well formed
    gets its structure violations alone, and tiers of value 0 whose scales are real. Raises ``ValueError`` for
    an unknown rule.
    """
    unknown = without - set(RULES)
    if unknown:
        raise ValueError(f"no rule is called {', '.join(sorted(unknown))}")
    policy = leave_out(policy, without)
    facts = Facts(week)
    empty = _findings(Schedule(facts, empty_roster(facts)), policy)[1]
    weighted_scale = max(1, weigh(policy, values(empty)))

    broken = tuple(check_structure(facts, roster))
    violations, terms = (broken, ()) if broken else _findings(Schedule(facts, roster), policy)
    found = values(terms)
    return Evaluation(
        violations=violations,
        terms=terms,
        tiers=figures(found, stakes(facts, policy, found)),
        weighted=TierFigure(weigh(policy, found), weighted_scale),
    )


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
