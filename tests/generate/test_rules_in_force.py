"""A generated week gives every rule of the catalogue something to say."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from generate.spoil import steps
from iop_sched.generate.build import Generated, generate
from iop_sched.generate.settings import Settings, Tightness
from iop_sched.rules import Evaluation, evaluate
from iop_sched.week.policy import PENALTIES, RULES, Policy

POLICY = Policy()
HIGH = Tightness.high


@cache
def week_of(seed: int) -> Generated:
    return generate(Settings(24, 1, seed, HIGH, HIGH, HIGH))


def _told(evaluation: Evaluation) -> dict[str, Counter[tuple[str, str, str]]]:
    """What each rule says of a roster: its violations and its penalties."""
    found: dict[str, Counter[tuple[str, str, str]]] = {rule: Counter() for rule in RULES}
    for violation in evaluation.violations:
        if violation.rule in found:
            found[violation.rule]["violation", violation.who, violation.when] += violation.amount
    for term in evaluation.terms:
        rule = PENALTIES[term.penalty].rule
        if rule in found:
            found[rule][term.penalty, term.who, term.when] += term.amount
    return found


@cache
def rules_that_object(seed: int) -> frozenset[str]:
    """Rules whose findings change somewhere one step away from the planted roster, those of a hard rule
    being violations."""
    made = week_of(seed)
    before = _told(evaluate(made.week, made.roster, POLICY))
    found: set[str] = set()
    for number, roster in enumerate(steps(made.week, made.roster)):
        evaluation = evaluate(made.week, roster, POLICY)
        if any(violation.rule == "structure" for violation in evaluation.violations):
            continue
        broken = {violation.rule for violation in evaluation.violations}
        after = _told(evaluation)
        found |= {
            rule
            for rule in RULES
            if (rule in broken if POLICY.mode(rule) == "hard" else after[rule] != before[rule])
        }
        if found == set(RULES) or number > 1500:
            break
    return frozenset(found)


@pytest.mark.parametrize("rule", RULES)
def test_a_step_away_from_the_planted_roster_the_rule_objects(rule: str) -> None:
    assert rule in rules_that_object(1)


@pytest.mark.parametrize("seed", [2, 3])
def test_so_it_is_with_other_seeds(seed: int) -> None:
    assert rules_that_object(seed) == set(RULES)
