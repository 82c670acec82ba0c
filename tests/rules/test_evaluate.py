"""What is at stake when nobody is placed, and which rules may be left out."""

from __future__ import annotations

import pytest

from builder import roster, roster_raw
from iop_sched.rules import evaluate
from iop_sched.week.policy import TIERS, Policy
from joined import schedule


def test_nobody_placed_is_at_stake_whole() -> None:
    found = schedule()
    raw = roster_raw()
    raw.update(placements=[], sessions=[])
    raw["cohorts"][0].pop("leader")
    raw["facilitation"] = [
        {"cohort": "morning", "day": day, "held": False} for day in ("mon", "tue", "wed", "thu")
    ]
    result = evaluate(found.facts.week, roster(raw), Policy())
    assert result.holds
    assert (result.tiers["dose"].value, result.tiers["placed"].value) == (1620, 60)
    assert result.tiers["dose"].scale == 1620
    assert result.weighted.value == result.weighted.scale
    assert list(result.tiers) == list(TIERS)


def test_unknown_rule_is_refused() -> None:
    found = schedule()
    with pytest.raises(ValueError, match="no rule is called"):
        evaluate(found.facts.week, found.roster, Policy(), without=frozenset({"luck"}))
