"""A scenario followed by its inverse gives exactly the week and the policy from before."""

from __future__ import annotations

from random import Random

import pytest

from iop_sched.scenario.apply import apply
from iop_sched.scenario.inverse import inverse
from iop_sched.scenario.kinds import KINDS
from iop_sched.scenario.scenario import Scenario
from iop_sched.week.files import canonical_sha256
from iop_sched.week.loading import load_policy_file
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from scenario.drawing import DRAW, scenario
from scenario.readme import PROGRAMS, week
from scenario.trying import WEEK
from scenario.trying import scenario as written

POLICY = load_policy_file("short-staffed")


def undone(week: ProgramWeek, policy: Policy, made: Scenario) -> None:
    changed = apply(week, policy, [made])
    back = apply(changed.week, changed.policy, [inverse(week, policy, made)])
    assert (back.week, back.policy) == (week, policy)
    assert canonical_sha256(back.week) == canonical_sha256(week)
    assert canonical_sha256(back.policy) == canonical_sha256(policy)


def test_every_kind_is_drawn() -> None:
    assert DRAW.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(kind: str) -> None:
    """On a week that takes it: somebody is away, some day is closed, some cohort may open."""
    program = {"reopen": "multi-location", "comes": "integrative"}.get(kind, "work-friendly")
    made = scenario([kind], Random(kind), week(program), POLICY)
    assert [one.change for one in made.changes] == [kind]
    changed = apply(week(program), POLICY, [made])
    assert (changed.week, changed.policy) != (week(program), POLICY)
    undone(week(program), POLICY, made)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("program", PROGRAMS)
def test_several_changes(program: str, seed: int) -> None:
    rng = Random(f"{program}/{seed}")
    made = scenario(rng.sample(list(KINDS), 7), rng, week(program), POLICY)
    assert len(made.changes) >= 2
    undone(week(program), POLICY, made)


def test_everything_that_hangs_on_a_record_comes_back() -> None:
    undone(
        WEEK, Policy(), written("discharge c02", "discharge c01", "leave t-ben", "close cohort co-morning")
    )


def test_the_inverse_is_undone_too() -> None:
    made = written("discharge c05", "admit 2 evening", "rule max-moves off", "max-new-cohorts 1")
    changed = apply(WEEK, Policy(), [made])
    undone(changed.week, changed.policy, inverse(WEEK, Policy(), made))


def test_the_inverse_leaves_other_changes_alone() -> None:
    made, later = written("discharge c05", "rule max-moves off"), written("out t-ana thu", "days c12 4")
    both = apply(WEEK, Policy(), [made, later, inverse(WEEK, Policy(), made)])
    assert both.week == apply(WEEK, Policy(), [later]).week


def test_nothing_to_undo() -> None:
    made = Scenario("nothing", "", ())
    assert inverse(WEEK, Policy(), made).changes == ()
