"""The example week and its roster as files, and a way to run the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from typer.testing import CliRunner

from iop_sched.cli.app import app
from iop_sched.report.roster_file import roster_file
from iop_sched.solve import run as solve_run
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.week.files import write_roster
from iop_sched.week.loading import load_policy_file, load_week
from report.harbour import WEEK_FILE, outcome


@dataclass(frozen=True)
class Ran:
    """What a command did; the two streams apart."""

    status: int
    out: str
    err: str


Cli = Callable[..., Ran]


@pytest.fixture
def cli() -> Cli:
    """Run ``iop-sched`` with these arguments."""

    def invoke(*arguments: object, env: dict[str, str] | None = None) -> Ran:
        result = CliRunner().invoke(
            app, [str(one) for one in arguments], env={"COLUMNS": "100", **(env or {})}
        )
        return Ran(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def week_file(tmp_path: Path) -> Path:
    """A copy of the week that a test may change."""
    return Path(copy(WEEK_FILE, tmp_path / "week.yaml"))


@pytest.fixture
def roster_path(tmp_path: Path, week_file: Path) -> Path:
    """A roster that belongs to ``week_file`` and the standard policy."""
    policy = load_policy_file("standard")
    file = roster_file(load_week(week_file), policy, "standard", outcome(), SolveOptions())
    path = tmp_path / "roster.json"
    write_roster(path, file)
    return path


@dataclass
class FakeSolve:
    """Stands in for the solver, and remembers what it was asked."""

    outcome: Outcome
    asked: dict[str, Any]


@pytest.fixture
def fake_solve(monkeypatch: pytest.MonkeyPatch) -> FakeSolve:
    """The next ``solve`` yields ``fake_solve.outcome``."""
    fake = FakeSolve(outcome(), {})

    def solve(week: object, policy: object, options: object, on_progress: object = None) -> Outcome:
        fake.asked.update(week=week, policy=policy, options=options, on_progress=on_progress)
        return fake.outcome

    monkeypatch.setattr(solve_run, "solve", solve)
    return fake
