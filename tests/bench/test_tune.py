"""Tuning: what is run, what is chosen, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.made_rows import made
from cli.conftest import Cli, cli
from iop_sched.bench import spawn
from iop_sched.bench.job import Job
from iop_sched.bench.plan import Instance
from iop_sched.bench.row import Row
from iop_sched.bench.rows import open_rows
from iop_sched.bench.tune import CANDIDATES, FIRST_CONFIRMING_SEED, Asked, Tuning, candidate, least_budget
from iop_sched.bench.tune_words import chosen, comment, is_clear, verdict
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.settings import SolverSettings, load_settings
from report.harbour import POLICY, WEEK_FILE

__all__ = ["cli"]
Settled = Callable[[str, int], float | None]
BEST = "symmetry used fully"


class Clock:
    """Seconds that pass with each run."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def tuned(folder: Path, settled: Settled, budget: float = 1000.0) -> Tuning:
    """A tuning whose runs come to the value 100 after ``settled(name, seed)`` seconds; None: no roster."""
    week = Instance.of(WEEK_FILE, "harbour.yaml")
    asked = Asked(week, "standard", POLICY, SolveOptions(time_limit=10.0, objective="weighted"))
    clock = Clock()

    def perform(job: Job) -> Row:
        clock.now += 12
        seconds = settled(job.settings_name, job.seed)
        return made(asked=job, values=None if seconds is None else [(seconds, 100)], bounds=[(0.1, 0)])

    with open_rows(folder / "rows.jsonl") as rows:
        tuning = Tuning(asked, rows, budget, lambda row: None, perform, clock)
        tuning.run()
    return tuning


def test_every_candidate_is_a_setting_of_this_solver() -> None:
    for name in CANDIDATES:
        assert candidate(name) != SolverSettings()


def test_what_is_clearly_better_is_found_and_kept(tmp_path: Path) -> None:
    tuning = tuned(tmp_path, lambda name, seed: 2.0 if name == BEST else 5.0)
    assert tuning.choice == BEST
    assert is_clear(tuning.pairs)
    assert chosen(tuning) == candidate(BEST)
    words = verdict(tuning)
    seeds = len(tuning.pairs)
    assert f"better on {seeds}, worse on 0" in words
    assert "in 2.0 s, the usual settings in 5.0 s" in words
    assert f"'{BEST}' is clearly better" in words
    assert "symmetry_level = 4" in words
    assert "harbour.yaml" in comment(tuning)


def test_confirming_seeds_had_no_say(tmp_path: Path) -> None:
    tuning = tuned(tmp_path, lambda name, seed: 2.0 if name == BEST else 5.0)
    selecting = {row.seed for row in tuning.rows.rows} - {row.seed for pair in tuning.pairs for row in pair}
    assert selecting == {1, 2, 3}
    assert min(row.seed for pair in tuning.pairs for row in pair) == FIRST_CONFIRMING_SEED


def test_luck_in_the_choice_does_not_survive(tmp_path: Path) -> None:
    lucky = tuned(tmp_path, lambda name, seed: 2.0 if name == BEST and seed < 100 else 5.0)
    assert lucky.choice == BEST
    assert chosen(lucky) == SolverSettings()
    assert "No seed told the two apart." in verdict(lucky)
    assert "no setting is clearly better" in verdict(lucky)


def test_three_of_four_are_not_sure(tmp_path: Path) -> None:
    tuning = tuned(
        tmp_path, lambda name, seed: 2.0 if name == BEST and seed != 102 else 5.0, least_budget(10.0)
    )
    assert len(tuning.pairs) == 4
    assert not is_clear(tuning.pairs)


def test_no_roster_is_worse_than_any(tmp_path: Path) -> None:
    tuning = tuned(tmp_path, lambda name, seed: 5.0 if name == BEST else None)
    assert tuning.choice == BEST
    assert "It found no roster in 0 runs, the usual settings in" in verdict(tuning)


def test_a_value_is_compared_before_a_time(tmp_path: Path) -> None:
    tuning = tuned(tmp_path, lambda name, seed: 5.0)
    better, worse = made(values=[(9.0, 100)]), made(values=[(1.0, 150)])
    tuning.pairs = [(better, worse)] * 5
    assert is_clear(tuning.pairs)
    assert "have 100 in 'weighted', those of the usual settings 150" in verdict(tuning)
    assert "5.00% of what is at stake" in verdict(tuning)


def test_a_short_budget_tries_fewer(tmp_path: Path) -> None:
    tuning = tuned(tmp_path, lambda name, seed: 5.0, least_budget(10.0))
    selecting = [row for row in tuning.rows.rows if row.seed < 100]
    assert 2 <= len({row.settings_name for row in selecting}) < len(CANDIDATES)
    assert len(tuning.pairs) == 4


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first = tuned(tmp_path, lambda name, seed: 2.0 if name == BEST else 5.0)
    rows = len(first.rows.rows)
    again = tuned(tmp_path, lambda name, seed: pytest.fail("run twice"))
    assert len(again.rows.rows) == rows
    assert again.choice == BEST


# the command


def test_the_command(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def perform(job: Job) -> Row:
        return made(asked=job, values=[(2.0 if job.settings_name == BEST else 5.0, 100)], bounds=[(0.1, 0)])

    monkeypatch.setattr(spawn, "run_in_child", perform)
    out = tmp_path / "week.settings.toml"
    options = ("--objective", "weighted", "--policy", "continuity-first")
    ran = cli("tune", WEEK_FILE, "--out", out, "--time-limit", 10, "--budget", 125, *options)
    assert ran.status == 0, ran.err
    assert "is clearly better for this week" in ran.out
    assert load_settings(out) == candidate(BEST)
    assert f"# So '{BEST}' is clearly better for this week." in out.read_text()
    assert "--params" in ran.err
    assert "--policy continuity-first --objective weighted" in ran.err
    assert (tmp_path / "week.settings.jsonl").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "s.toml", "--budget", "30"], "is too short to tell anything"),
        (["--out", "none/s.toml"], "there is no such folder"),
        (["--out", "s.jsonl"], "ends in .toml"),
        (["--out", "s.toml", "--policy", "standrd"], "did you mean 'standard'?"),
    ],
)
def test_bad_usage(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = cli("tune", WEEK_FILE, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
