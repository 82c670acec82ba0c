"""Measuring many rosters of one week: ``rules`` as in ``evaluate``, without what is the same for all."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.structure import check_structure
from iop_sched.rules.tiers import place_terms, values, weigh
from iop_sched.week.policy import Policy, Tier
from iop_sched.week.roster import Roster


@dataclass(frozen=True)
class Measured:
    """A roster's violations and penalties; ``weighted`` is the weighted sum of the tiers."""

    schedule: Schedule
    violations: tuple[Violation, ...]
    terms: tuple[Term, ...]
    tiers: dict[Tier, int]
    weighted: int


def measure(facts: Facts, roster: Roster, policy: Policy) -> Measured:
    """Every rule, as ``rules.evaluate`` does it; a malformed roster has its structure violations alone."""
    schedule = Schedule(facts, roster)
    violations: list[Violation] = list(check_structure(facts, roster))
    terms: list[Term] = []
    if not violations:
        terms += place_terms(schedule, policy)
        for rule, check in CHECKS.items():
            for finding in check(schedule, policy) if policy.mode(rule) != "off" else ():
                if isinstance(finding, Violation):
                    violations.append(finding)
                else:
                    terms.append(finding)
    found = values(terms)
    return Measured(schedule, tuple(violations), tuple(terms), found, weigh(policy, found))
