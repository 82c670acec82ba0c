"""Staying close: what its searches are given, and what an interruption leaves."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from iop_sched.rules import evaluate
from iop_sched.solve import close_search
from iop_sched.solve.close import solve_close
from iop_sched.solve.nearness import Disturbing, NearestRoster
from iop_sched.solve.outcome import Progress, SolveOptions
from iop_sched.solve.search import Found
from iop_sched.solve.state import State
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Roster
from staying_close import BEFORE, OPTIONS, TOM_OUT, small


def test_a_proof_that_a_moment_does_not_bring_is_looked_for_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search = State.search

    def impatient(self: State, *args: Any, restricted: bool = False, **more: Any) -> Found:
        """A search of the whole week that may be left is left at once."""
        if restricted or more["stop_when"] is None:
            return search(self, *args, restricted=restricted, **more)
        return Found("UNKNOWN", None, 0, interrupted=False, deterministic_time=0)

    monkeypatch.setattr(State, "search", impatient)
    out = small("ana", "ben", away=TOM_OUT)
    found = solve_close(out, Policy(), BEFORE, [], OPTIONS)
    assert found.changes is not None
    assert (found.changes.value, found.changes.bound, found.changes.status) == (200, 0, "open")
    found = solve_close(out, Policy(), BEFORE, [], OPTIONS, prove=True)
    assert found.changes is not None
    assert (found.changes.value, found.changes.bound, found.changes.status) == (200, 200, "proven")


def test_who_has_no_roster_in_a_moment_has_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close_search, "SOON", 0.0)
    found = solve_close(small("ana", "ben", away=TOM_OUT), Policy(), BEFORE, [], OPTIONS)
    assert found.changes is not None
    assert (found.changes.value, found.changes.status) == (200, "proven")


def test_no_roster_is_judged_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most searches come back with the roster that they began with."""
    measured, judged, searches = NearestRoster.measured, list[Roster](), list[Found]()
    search = State.search

    def judge(self: NearestRoster, roster: Roster) -> Disturbing:
        judged.append(roster)
        return measured(self, roster)

    def count(self: State, *args: Any, **more: Any) -> Found:
        searches.append(search(self, *args, **more))
        return searches[-1]

    monkeypatch.setattr(NearestRoster, "measured", judge)
    monkeypatch.setattr(State, "search", count)
    solve_close(small("ana", "ben", away=TOM_OUT), Policy(), BEFORE, [], OPTIONS)
    assert len(judged) == len({one.model_dump_json() for one in judged})
    assert len(judged) < sum(one.values is not None for one in searches)


@pytest.mark.parametrize("prove", [False, True])
def test_the_tiers_have_time_left(monkeypatch: pytest.MonkeyPatch, prove: bool) -> None:
    """However long the searches for less disruption take, the best of the closest is looked for."""
    search, searched = State.search, set[str]()

    def slow(self: State, cp: Any, block: Any, amount: float, *args: Any, **more: Any) -> Found:
        """A search that takes all the time it may have."""
        searched.update(tier.name for tier in block.tiers)
        found = search(self, cp, block, amount, *args, **more)
        self.spent += amount
        return found

    monkeypatch.setattr(State, "search", slow)
    options = SolveOptions(time_limit=300, workers=1, deterministic=True)
    found = solve_close(small("ana", "ben", away=TOM_OUT), Policy(), BEFORE, [], options, prove=prove)
    assert found.changes is not None
    assert found.changes.value == 200
    assert searched >= {"changes", "cost"}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_core_polishes_what_is_settled_while_the_first_proves_it(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    search, ended = State.search, list[str]()

    def noted(self: State, cp: Any, block: Any, *args: Any, **more: Any) -> Found:
        found = search(self, cp, block, *args, **more)
        ended.append(block.tiers[0].name if ended else "near")
        return found

    monkeypatch.setattr(State, "search", noted)
    options = SolveOptions(time_limit=300, workers=workers)
    found = solve_close(small("ana", "ben", away=TOM_OUT), Policy(), BEFORE, [], options)
    assert found.changes is not None
    assert (found.changes.value, found.changes.status) == (200, "proven")
    assert ended[0] == "near"
    assert len(ended) > 2
    assert ended.index("changes") == (1 if workers == 1 else len(ended) - 1)


def test_an_interrupt_meanwhile_ends_both_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    search, threads = State.search, threading.active_count()

    def interrupted(self: State, cp: Any, block: Any, *args: Any, **more: Any) -> Found:
        if block.tiers[0].name != "changes":
            raise KeyboardInterrupt
        return search(self, cp, block, *args, **more)

    monkeypatch.setattr(State, "search", interrupted)
    options = SolveOptions(time_limit=300, workers=2)
    found = solve_close(small("ana", "ben", away=TOM_OUT), Policy(), BEFORE, [], options)
    assert found.outcome.interrupted
    assert found.outcome.roster is not None
    assert found.changes is not None
    assert (found.changes.value, found.changes.bound) == (200, 0)
    assert threading.active_count() == threads


def test_an_interrupt_keeps_the_best_roster() -> None:
    told: list[Progress] = []

    def tell(progress: Progress) -> None:
        told.append(progress)
        if progress.value is not None and sum(one.value is not None for one in told) == 1:
            raise KeyboardInterrupt

    out = small("ana", "ben", away=TOM_OUT)
    found = solve_close(out, Policy(), BEFORE, [], OPTIONS, tell)
    assert found.outcome.interrupted
    assert found.outcome.roster is not None
    assert evaluate(out, found.outcome.roster, Policy()).holds
    # the search of the whole week was still to come
    assert found.changes is not None
    assert (found.changes.bound, found.changes.status) == (0, "open")
    assert {progress.tier for progress in told} == {"changes"}


def test_an_interrupt_before_the_first_roster_is_no_verdict() -> None:
    def tell(_: Progress) -> None:
        raise KeyboardInterrupt

    found = solve_close(small("ana", "ben", away=TOM_OUT), Policy(), BEFORE, [], OPTIONS, tell)
    assert (found.outcome.status, found.outcome.interrupted, found.changes) == ("unknown", True, None)
