"""Studies of Harbour House with contenders that a test controls."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import fakes
from iop_sched.bench import spawn
from iop_sched.bench.job import Job
from iop_sched.bench.plan import Instance, make_job
from iop_sched.solve.settings import SolverSettings
from report.harbour import POLICY, WEEK_FILE

TESTS = Path(__file__).resolve().parents[1]
CHILD = (sys.executable, "-c", f"import sys; sys.path.insert(0, {str(TESTS)!r}); from bench import fakes;"
         " from iop_sched.bench import child; fakes.register(); child.main()")  # fmt: skip


@pytest.fixture
def fake_contenders(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Registers the fakes here and in the children of this process."""
    fakes.register()
    monkeypatch.setattr(spawn, "COMMAND", CHILD)
    yield
    fakes.unregister()


def job(contender: str, **options: Any) -> Job:
    """One run on Harbour House."""
    settings = options.pop("settings", ("usual", SolverSettings()))
    asked = {"objective": "weighted", "workers": 1, "seed": 1, "time_limit": 1.0, "deterministic": False}
    week = Instance.of(WEEK_FILE, "harbour")
    return make_job("test", week, ("standard", POLICY), contender, settings, **{**asked, **options})


def study_text(**changed: str) -> str:
    """A study as TOML; the values are TOML too."""
    asked = {
        "name": '"test"',
        "instances": f'["{WEEK_FILE}"]',
        "contenders": '["hand-rule"]',
        "seeds": "[1]",
        "workers": "[1]",
        "time_limits": "[1.0]",
    }
    tables = changed.pop("tables", "")
    return "".join(f"{key} = {value}\n" for key, value in {**asked, **changed}.items()) + tables
