"""What holds of every kind of change, with whatever it says, on a week that takes it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Changed
from iop_sched.scenario.inverse import inverse
from iop_sched.scenario.kinds import KINDS
from iop_sched.week.files import canonical_sha256
from iop_sched.week.loading import load_policy_file
from scenario.drawing import scenario
from scenario.readme import week
from scenario.trying import scenario as written

POLICY = load_policy_file("short-staffed")

PREPARED = {
    # somebody is away and a day is closed, so that there is something to take back
    "quickstart": apply(week("quickstart"), POLICY, [written("out c-dan wed", "close sun")]).week,
    "work-friendly": apply(week("work-friendly"), POLICY, [written("close sun")]).week,
    "integrative": week("integrative"),
}
PAIRS = [
    # of these programs only integrative has somebody who is not free at all times
    (kind, "integrative" if kind == "comes" and program == "work-friendly" else program)
    for kind in KINDS
    for program in ("quickstart", "work-friendly")
]


def state(changed: Changed) -> tuple[str, str]:
    """All of a week and a policy, in short."""
    return canonical_sha256(changed.week), canonical_sha256(changed.policy)


@pytest.mark.parametrize(("kind", "program"), PAIRS)
def test_pure_undone_and_one_after_another(kind: str, program: str) -> None:
    """The week given stays as it is; the inverse brings it back; two scenarios are one after the other."""
    before = Changed(PREPARED[program], POLICY)
    untouched = state(before)
    taken = []

    @settings(
        max_examples=3 if program == "quickstart" else 1, deadline=None, derandomize=True, database=None
    )
    @given(seed=st.integers(0, 9999), other=st.sampled_from(sorted(KINDS)))
    def holds(seed: int, other: str) -> None:
        rng = Random(f"{kind} {seed}")
        first = scenario([kind], rng, before.week, before.policy)
        assume(first.changes)
        changed = apply(before.week, before.policy, [first])
        taken.append(state(changed) != untouched)
        assert state(before) == untouched
        second = scenario([other], rng, changed.week, changed.policy)
        after = apply(changed.week, changed.policy, [second])
        both = apply(before.week, before.policy, [first, second])
        assert state(both) == state(after)
        assert both.sentences == (*changed.sentences, *after.sentences)
        undo = inverse(before.week, before.policy, first)
        assert state(apply(changed.week, changed.policy, [undo])) == untouched

    holds()
    assert taken
    assert any(taken) or program != "quickstart", "none of them changed anything"
