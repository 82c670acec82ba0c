"""What is at stake when nobody is placed, and which rules may be left out."""

from __future__ import annotations

from itertools import chain

import pytest

from builder import roster, roster_raw
from iop_sched.rules import Specification, evaluate
from iop_sched.week.policy import TIERS, Policy
from joined import schedule
from mutations.case import Case, cases


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


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_specification_measures_each_roster_as_if_it_were_the_first(case: Case) -> None:
    spoilt = (
        case.roster.model_copy(update={part: rest})
        for part in ("placements", "sessions", "facilitation")
        for rest in without_one(getattr(case.roster, part))
    )
    specification, found = Specification(case.week, Policy()), []
    for one in chain([case.roster], spoilt, [case.roster]):
        found.append(specification.evaluate(one))
        assert found[-1] == evaluate(case.week, one, Policy())
    assert found[0] == found[-1]
    assert not all(one.holds for one in found)


def without_one(items: tuple[object, ...]) -> list[tuple[object, ...]]:
    """The items without one of them, for some of them."""
    return [items[:at] + items[at + 1 :] for at in range(0, len(items), max(1, len(items) // 6))]
