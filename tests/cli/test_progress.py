"""The live line: what it says, and that only a terminal sees it."""

from __future__ import annotations

import sys

import pytest

from iop_sched.cli.progress import Line, progress_line, words
from iop_sched.solve.outcome import Progress


def test_before_the_first_roster() -> None:
    assert words(None, 2, 60) == "Building the model, 2 s of 60 s (Ctrl-C stops)"
    news = Progress(tier="kept", value=None, bound=0, scale=10, seconds=3, rosters=0)
    assert words(news, 3, 60) == "kept: no roster yet, 3 s of 60 s (Ctrl-C stops)"


def test_tier_value_bound_gap_and_time() -> None:
    news = Progress(tier="dose", value=1260, bound=1200, scale=6000, seconds=12, rosters=3)
    text = words(news, 12.4, 60)
    assert text == "dose: value 1260, bound 1200, gap 1.0 %, 12 s of 60 s, 3 rosters (Ctrl-C keeps the best)"


@pytest.mark.parametrize(
    ("terminal", "quiet", "live"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_only_a_terminal_sees_it(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, quiet: bool, live: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with progress_line(60, quiet) as line:
        assert isinstance(line, Line) is live
        if line is not None:
            line(Progress(tier="dose", value=2, bound=1, scale=10, seconds=1, rosters=1))
            assert "dose: value 2" in line.__rich__().plain
