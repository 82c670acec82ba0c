"""How far the cases are: a bar that moves between answers, for a terminal alone."""

from __future__ import annotations

import sys
import time
from concurrent.futures import Future

import pytest

from iop_sched.cli.what_if_progress import case_progress
from iop_sched.what_if.job import Answer
from iop_sched.what_if.run import Work
from what_if.tiny import job


def half_way() -> Work:
    """The first of three jobs is done, the second has run for half its limit."""
    jobs = [job("close fri", name=name, time_limit=10.0) for name in ("one", "[two]", "three")]
    running: Future[Answer] = Future()
    return Work(
        jobs, [2], {running: 1}, {1: time.monotonic() - 5.0}, {0: Answer(status="unknown", seconds=1.0)}
    )


def test_the_bar_moves_and_names_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with case_progress(3, False, False, None) as progress:
        assert progress.bar is not None
        progress.look(half_way())
        task = progress.bar.tasks[0]
        assert task.total == 3
        assert 1.5 <= task.completed <= 1.95
        assert task.description.startswith("[two] (")


@pytest.mark.parametrize(("terminal", "quiet"), [(True, True), (False, False)])
def test_nobody_sees_a_bar_elsewhere(monkeypatch: pytest.MonkeyPatch, terminal: bool, quiet: bool) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with case_progress(3, True, quiet, None) as progress:
        assert (progress.bar, progress.total) == (None, 4)
        progress.look(half_way())
