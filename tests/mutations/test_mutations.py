"""The specification finds, under the right rule, what a mutation of a real roster breaks, and nothing else.

Every candidate must lead to exactly the findings predicted for its rule. A candidate that breaks another rule
as well does not count; of these there may be few (``STRAYS``). The counts are printed by

    python -m mutations.count
"""

from __future__ import annotations

from collections import Counter

import pytest

from iop_sched.rules import evaluate
from iop_sched.week.policy import RULES
from mutations.case import Case, Mutation, cases, paid
from mutations.generate import KINDS, mutations

LEAST = 200
STRAYS = 4


def verdict(rule: str, mutation: Mutation) -> bool:
    """Whether the mutation broke its rule alone; asserts that it broke the rule as predicted."""
    before = mutation.case.evaluation
    assert before.holds, f"{mutation.what}: {before.violations}"
    after = evaluate(mutation.week, mutation.roster, mutation.case.policy)
    found = Counter((one.who, one.when, one.amount) for one in after.violations if one.rule == rule)
    label = f"{mutation.case.name}: {mutation.what}"
    assert found == Counter(mutation.found), label
    if mutation.terms is not None:
        change = paid(after, rule)
        change.subtract(paid(before, rule))
        assert {key: delta for key, delta in change.items() if delta} == mutation.terms, label
        assert mutation.terms or mutation.found, label
    return all(one.rule == rule for one in after.violations)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_rosters_break_no_rule(case: Case) -> None:
    assert case.evaluation.violations == (), "run python -m mutations.make_rosters"


def test_every_rule_is_mutated() -> None:
    assert set(KINDS) == {*RULES, "structure"}


@pytest.mark.parametrize("rule", KINDS)
def test_a_mutation_breaks_its_rule_alone(rule: str) -> None:
    caught = strays = 0
    for mutation in mutations(rule, cases()):
        if verdict(rule, mutation):
            caught += 1
        else:
            strays += 1
        if caught == LEAST:
            break
    assert caught >= LEAST
    assert strays <= STRAYS
