"""The hand rule looks at the part of a roster that a step touches, and counts there what the whole does."""

from __future__ import annotations

from collections import Counter

import pytest

from iop_sched.bench.hand_rule import hand_rule, steps
from iop_sched.bench.hand_rule.book import Book, Step, taken
from iop_sched.bench.hand_rule.nearby import nearby
from iop_sched.rules import CHECKS, Schedule, Violation
from iop_sched.rules.facts import Facts
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Roster
from mutations.case import instance

POLICY = Policy()


def broken(facts: Facts, roster: Roster) -> Counter[str]:
    schedule, found = Schedule(facts, roster), Counter[str]()
    for check in CHECKS.values():
        for finding in check(schedule, POLICY):
            if isinstance(finding, Violation):
                found[finding.rule] += finding.amount
    return found


def added(facts: Facts, roster: Roster, step: Step) -> dict[str, int]:
    """By how much a step breaks each rule further, or mends it."""
    before, after = broken(facts, roster), broken(facts, taken(roster, step))
    change = {rule: after[rule] - before[rule] for rule in CHECKS}
    return {rule: amount for rule, amount in change.items() if amount}


@pytest.mark.parametrize(("name", "nth"), [("quickstart", 2), ("multi-location", 40), ("cohort-20h", 100)])
def test_a_step_adds_in_its_part_what_it_adds_in_the_whole(
    name: str, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Step] = []
    kinds: set[type[Step]] = set()
    whole = steps.nearby

    def noting(book: Book, policy: Policy, step: Step) -> tuple[Facts, Roster]:
        tried.append(step)
        if type(step) not in kinds or len(tried) % nth == 0:
            kinds.add(type(step))
            assert added(*nearby(book, policy, step), step) == added(book.facts, book.roster, step)
        return whole(book, policy, step)

    monkeypatch.setattr(steps, "nearby", noting)
    hand_rule(instance(name), POLICY)
    assert len(kinds) >= 4
