"""Each shipped week has more in it than placing by hand finds."""

from __future__ import annotations

import pytest

from iop_sched.bench.hand_rule import hand_rule
from iop_sched.rules import evaluate
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Roster
from mutations.case import INSTANCES, instance, roster_path


@pytest.mark.parametrize("name", INSTANCES)
def test_the_hand_rule_is_strictly_worse_in_placed_or_dose(name: str) -> None:
    week, policy = instance(name), Policy()
    by_hand = evaluate(week, hand_rule(week, policy), policy)
    solved = Roster.model_validate_json(roster_path(name).read_text(encoding="utf-8"))
    found = evaluate(week, solved, policy)
    assert found.holds
    # what is made by hand keeps every rule; a pin alone may have become impossible on the way
    assert {violation.rule for violation in by_hand.violations} <= {"pins"}
    assert found.tiers["kept"].value <= by_hand.tiers["kept"].value
    ours = (found.tiers["placed"].value, found.tiers["dose"].value)
    assert ours < (by_hand.tiers["placed"].value, by_hand.tiers["dose"].value)
