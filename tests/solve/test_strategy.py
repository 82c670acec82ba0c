"""Which strategy a solve takes, what a hint does, and what a staged proof rests on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from iop_sched.generate.build import generate
from iop_sched.generate.settings import Settings
from iop_sched.rules import evaluate
from iop_sched.solve import staged as staged_strategy
from iop_sched.solve.outcome import Progress, SolveOptions
from iop_sched.solve.run import solve, strategy
from iop_sched.solve.settings import IDEAS, Idea, SolverSettings, StagedSettings
from iop_sched.week.loading import load_week
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek

QUICKSTART = Path(__file__).parents[2] / "instances" / "quickstart.yaml"


@pytest.fixture(scope="module")
def quickstart() -> ProgramWeek:
    return load_week(QUICKSTART)


def left_out(*ideas: Idea) -> SolverSettings:
    return SolverSettings(staged=StagedSettings(without=ideas))


@pytest.fixture(scope="module")
def two_dozen() -> ProgramWeek:
    return generate(Settings(clients=24, seed=1)).week


def test_auto_goes_by_size(quickstart: ProgramWeek, two_dozen: ProgramWeek) -> None:
    assert strategy(quickstart, SolveOptions()) == "full"
    assert strategy(two_dozen, SolveOptions()) == "staged"


def test_auto_is_full_where_runs_must_repeat(two_dozen: ProgramWeek) -> None:
    assert strategy(two_dozen, SolveOptions(deterministic=True)) == "full"


def test_what_is_asked_for_is_taken(quickstart: ProgramWeek) -> None:
    assert strategy(quickstart, SolveOptions(strategy="staged")) == "staged"
    assert solve(quickstart, Policy(), SolveOptions(20, strategy="staged")).parameters["strategy"] == "staged"


def test_both_strategies_prove_the_same(quickstart: ProgramWeek) -> None:
    staged = solve(quickstart, Policy(), SolveOptions(600, strategy="staged", settings=left_out("alone")))
    alone = solve(quickstart, Policy(), SolveOptions(600, strategy="staged"))
    full = solve(quickstart, Policy(), SolveOptions(600, strategy="full"))
    assert staged.status == alone.status == full.status == "proven"
    assert [tier.value for tier in staged.tiers] == [tier.value for tier in full.tiers]
    assert [tier.value for tier in alone.tiers] == [tier.value for tier in full.tiers]
    assert {tier.arithmetic for tier in alone.tiers} == {"exact"}
    assert {tier.arithmetic for tier in full.tiers} == {"exact"}


def test_a_hint_that_keeps_the_rules_is_the_first_roster(quickstart: ProgramWeek) -> None:
    best = solve(quickstart, Policy(), SolveOptions(600, strategy="full"))
    found = []
    options = SolveOptions(600, strategy="full", hint=best.roster)
    again = solve(quickstart, Policy(), options, on_roster=lambda roster, _: found.append(roster))
    assert best.roster is not None
    values = {name: tier.value for name, tier in evaluate(quickstart, found[0], Policy()).tiers.items()}
    assert values == {tier.name: tier.value for tier in best.tiers}
    assert again.status == "proven"


@pytest.mark.parametrize("name", ["full", "staged"])
def test_a_hint_of_another_week_does_no_harm(
    quickstart: ProgramWeek, two_dozen: ProgramWeek, name: str
) -> None:
    planted = generate(Settings(clients=24, seed=1)).roster
    options = replace(SolveOptions(600, hint=planted), strategy=name)  # type: ignore[arg-type]  # a literal
    outcome = solve(quickstart, Policy(), options)
    assert outcome.status == "proven"


@pytest.mark.parametrize("idea", sorted(IDEAS))
def test_without_an_idea_the_optimum_is_the_same(quickstart: ProgramWeek, idea: Idea) -> None:
    # left alone, a week this small knows no other idea
    ideas = tuple({"alone", idea})
    outcome = solve(quickstart, Policy(), SolveOptions(600, strategy="staged", settings=left_out(*ideas)))
    assert outcome.status == "proven"
    assert [tier.value for tier in outcome.tiers] == [0, 70, 780, 1080, 99, 4030]
    assert outcome.parameters["staged.without"] == ", ".join(ideas)


def test_a_small_week_is_left_to_cp_sat(quickstart: ProgramWeek, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_master(*_: object) -> None:
        raise AssertionError("the master was asked")

    monkeypatch.setattr(staged_strategy, "MasterProcess", no_master)
    assert solve(quickstart, Policy(), SolveOptions(600, strategy="staged")).status == "proven"
    monkeypatch.setattr(staged_strategy, "FEW", len(quickstart.treated) - 1)
    with pytest.raises(AssertionError, match="the master was asked"):
        solve(quickstart, Policy(), SolveOptions(600, strategy="staged"))


def test_an_idea_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="without"):
        StagedSettings.model_validate({"without": ["magic"]})


def test_the_proof_of_each_tier_is_told_when_it_is_there(quickstart: ProgramWeek) -> None:
    told: list[Progress] = []
    outcome = solve(quickstart, Policy(), SolveOptions(600, strategy="staged"), told.append)
    assert outcome.status == "proven"
    for tier in outcome.tiers:
        assert any((one.tier, one.value, one.bound) == (tier.name, tier.value, tier.value) for one in told)
