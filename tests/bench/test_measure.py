"""One run: what is verified, what is timed, and what becomes of failures."""

from __future__ import annotations

import json

import pytest

from bench.conftest import job
from bench.fakes import SCALE, VALUE
from iop_sched.bench import job as job_module
from iop_sched.bench.row import Row
from iop_sched.bench.spawn import run_in_child
from iop_sched.solve.settings import SolverSettings
from iop_sched.week.files import canonical_sha256
from report.harbour import EVALUATION, POLICY, WEEK

pytestmark = pytest.mark.usefixtures("fake_contenders")


def test_a_run_that_went_well() -> None:
    row = run_in_child(job("fake-good", seed=7))
    assert (row.status, row.error, row.violations) == ("feasible", "", ())
    assert (row.instance_sha256, row.policy_sha256) == (canonical_sha256(WEEK), canonical_sha256(POLICY))
    assert (row.clients, row.seed, row.parameters) == (len(WEEK.clients), 7, {"seed": 7})
    assert (row.first_seconds, row.rosters, row.rejected) == (1.0, 2, 1)
    assert set(row.phases) == {"load", "build", "solve", "check"}
    assert row.tier_values == {**{k: v.value for k, v in EVALUATION.tiers.items()}, "weighted": VALUE}
    assert row.machine is not None
    assert row.memory_mb is not None
    assert row.memory_mb > 20


def test_curves_gaps_and_times() -> None:
    figure = run_in_child(job("fake-good")).figures["weighted"]
    assert figure.values == ((1.0, VALUE + SCALE // 10), (2.0, VALUE))
    # a bound that falls is no news; the last one comes with the result, and counts from the end
    assert figure.bounds[:2] == ((0.5, 0), (2.0, VALUE // 2))
    assert figure.bounds[-1][1] == VALUE - 1
    assert (figure.value, figure.bound, figure.status, figure.scale) == (VALUE, VALUE - 1, "open", SCALE)
    assert figure.reached["proof"] is None
    assert figure.gap == 1 / SCALE


def test_what_is_proven_is_its_own_bound() -> None:
    row = run_in_child(job("fake-sure"))
    assert row.status == "proven"
    assert row.figures["weighted"].bound == VALUE
    assert row.reached == row.figures["weighted"].reached
    assert None not in row.reached.values()


@pytest.mark.parametrize(
    ("name", "status", "error"),
    [
        ("crash", "crashed", "SIGABRT: F0000 the solver gives up"),
        ("raises", "failed", "ValueError: no luck"),
        ("broken", "failed", "the roster breaks"),
        ("liar", "failed", f"weighted: the bound {VALUE + 1} is above the verified value {VALUE}"),
        ("empty", "failed", "says feasible and has no roster"),
        ("nothing", "unknown", ""),
    ],
)
def test_a_failed_run_is_a_row(name: str, status: str, error: str) -> None:
    row = run_in_child(job(f"fake-{name}"))
    assert row.status == status
    assert error in row.error
    assert not row.ok
    assert row.machine is not None
    assert Row.model_validate_json(row.model_dump_json()) == row


def test_broken_rules_are_named() -> None:
    assert run_in_child(job("fake-broken")).violations == ("structure",)


def test_what_a_broken_roster_would_be_worth_is_noted_and_not_counted() -> None:
    row = run_in_child(job("fake-elsewhere"))
    assert row.violations == ("rooms",)
    assert row.tier_values["weighted"] > 0
    assert row.figures == {}


def test_a_run_that_does_not_stop_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_module, "GRACE", 2.0)
    row = run_in_child(job("fake-hangs", time_limit=0.1))
    assert row.status == "failed"
    assert "did not stop at its limit" in row.error


def test_what_a_solver_prints_is_not_in_the_way() -> None:
    assert run_in_child(job("fake-noisy")).ok


def test_a_week_that_cannot_be_read_is_an_error_of_the_run() -> None:
    broken = job("fake-good").model_copy(update={"text": "program: ["})
    row = run_in_child(broken)
    assert (row.status, row.ok) == ("failed", False)
    assert "week.yaml" in row.error


def test_the_key_tells_runs_apart() -> None:
    lin = ("lin2", SolverSettings(cpsat={"linearization_level": 2}))
    changed = [
        {},
        {"seed": 2},
        {"workers": 2},
        {"time_limit": 2.0},
        {"objective": "lexicographic"},
        {"deterministic": True},
        {"settings": lin},
    ]
    keys = {job("full", **options).key for options in changed} | {job("fake-good").key}
    assert len(keys) == len(changed) + 1
    assert job("full").key == job("full").key


@pytest.mark.parametrize("strategy", ["auto", "staged", "full"])
@pytest.mark.parametrize("objective", ["weighted", "lexicographic"])
def test_the_real_ones(strategy: str, objective: str) -> None:
    """The product's strategies measured in their own process; all figures agree with the specification."""
    row = run_in_child(job(strategy, objective=objective, workers=2, time_limit=600.0))
    assert row.status == "proven", row.error
    names = ["weighted"] if objective == "weighted" else list(POLICY.tiers)
    assert list(row.figures) == names
    for name, figure in row.figures.items():
        assert figure.value == row.tier_values[name] == figure.bound == figure.values[-1][1]
        assert figure.reached["proof"] is not None
    assert row.first_seconds is not None
    assert row.parameters["objective"] == objective


def test_settings_reach_the_solver() -> None:
    settings = ("lin2", SolverSettings(cpsat={"linearization_level": 2}))
    row = run_in_child(job("full", settings=settings, time_limit=600.0))
    assert row.settings == {"cpsat.linearization_level": 2}
    assert row.parameters["cpsat.linearization_level"] == 2
    assert json.loads(row.model_dump_json())["settings_name"] == "lin2"


def test_the_solver_out_of_the_box_finds_the_same() -> None:
    full, plain = (run_in_child(job(name, time_limit=600.0)) for name in ("full", "cpsat-default"))
    assert full.status == plain.status == "proven"
    assert full.tier_values["weighted"] == plain.tier_values["weighted"]


def test_the_hand_rule_is_no_better() -> None:
    hand = run_in_child(job("hand-rule"))
    assert hand.ok
    assert hand.figures["weighted"].bound is None
    assert (
        hand.figures["weighted"].value >= run_in_child(job("full", time_limit=600.0)).tier_values["weighted"]
    )
