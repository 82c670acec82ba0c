"""The first roster of a week too large to be stumbled upon."""

from __future__ import annotations

from typing import Any

import pytest

from generate.made import made
from iop_sched.cpsat.build import build
from iop_sched.generate.build import generate
from iop_sched.generate.settings import Settings
from iop_sched.rules import evaluate
from iop_sched.rules.findings import Evaluation
from iop_sched.solve import part_worker
from iop_sched.solve import start as starts
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve, solve_whole
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Roster

WEEK = made(24, 1, "medium", 1).week


def test_ninety_six_clients_have_a_first_roster() -> None:
    """CP-SAT's feasibility jump finds it in three seconds; without it there was none after thirty."""
    week = generate(Settings(clients=96, seed=1)).week

    def interrupt(_: Roster, __: Evaluation) -> None:
        raise KeyboardInterrupt

    outcome = solve(week, Policy(), SolveOptions(time_limit=120, objective="weighted"), on_roster=interrupt)
    assert outcome.interrupted
    assert outcome.roster is not None
    assert evaluate(week, outcome.roster, Policy()).holds


@pytest.mark.parametrize(
    ("shares", "asked"),
    [
        # whether all meetings are to be held, try by try
        (part_worker.START_SHARES, [True, True, False, False]),
        (part_worker.ANY_SHARES, [False, False]),
    ],
)
def test_a_part_is_asked_less_from_try_to_try(
    monkeypatch: pytest.MonkeyPatch, shares: tuple[float, float, float, float], asked: list[bool]
) -> None:
    tried: list[bool] = []

    def search(_: Any, __: set[int], held: dict[int, int], seconds: float, first: bool) -> str:
        assert first
        assert seconds > 0
        tried.append(len(held) == len(build(WEEK, Policy())[0].held))
        assert tried[-1] or not held
        return "UNKNOWN"

    monkeypatch.setattr(starts, "_search", search)

    def begin(state: Any) -> str:
        return starts.start(state, shares)

    outcome = solve_whole(WEEK, Policy(), SolveOptions(time_limit=60), begin)
    assert (outcome.status, tried) == ("unknown", asked)
