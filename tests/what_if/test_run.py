"""The work on a fleet: order, lost workers, and interruptions at any moment. No process is started here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from iop_sched.fanout.fleet import Fleet
from iop_sched.what_if import run as running
from iop_sched.what_if.job import Answer, Job
from iop_sched.what_if.run import Work, run
from what_if.tiny import job

JOBS = [job("close fri", name=name) for name in ("one", "two", "three")]
GOOD = Answer(status="unknown", seconds=1.0)
STOPPED = Answer(status="unknown", interrupted=True)


def fleet(width: int, stop: Callable[[], None] | None = None) -> Fleet:
    return Fleet(ThreadPoolExecutor(max_workers=4), lambda: width, stop=stop)


def quiet(work: Work, index: int | None) -> None:
    """Nobody listens."""


def test_every_job_is_done_as_many_at_a_time_as_the_fleet_is_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "run_in_child", lambda job: GOOD)
    widths: list[int] = []
    told: list[int] = []

    def hear(work: Work, index: int | None) -> None:
        widths.append(len(work.running))
        told.extend([] if index is None else [index])

    work = run(JOBS, fleet(2), hear)
    assert (work.answers, work.interrupted) == ({0: GOOD, 1: GOOD, 2: GOOD}, False)
    assert sorted(told) == [0, 1, 2]
    assert max(widths) <= 2


def test_a_lost_worker_costs_its_case_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def perform(job: Job) -> Answer:
        if job.name == "two":
            raise ConnectionError("the worker is gone")
        return GOOD

    monkeypatch.setattr(running, "run_in_child", perform)
    work = run(JOBS, fleet(1), quiet)
    assert [work.answers[index].status for index in range(3)] == ["unknown", "lost", "unknown"]
    assert work.answers[1].error == "ConnectionError: the worker is gone"


def interrupt_once_two_runs(began: threading.Event) -> Callable[[Work, int | None], None]:
    asked: list[bool] = []

    def hear(work: Work, index: int | None) -> None:
        if began.is_set() and not asked:
            asked.append(True)
            raise KeyboardInterrupt

    return hear


def test_an_interruption_lets_the_running_job_end_with_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    began, stopped = threading.Event(), threading.Event()

    def perform(job: Job) -> Answer:
        if job.name == "two":
            began.set()
            stopped.wait(30)
            return STOPPED
        return GOOD

    monkeypatch.setattr(running, "run_in_child", perform)
    work = run(JOBS, fleet(1, stopped.set), interrupt_once_two_runs(began))
    assert work.interrupted
    assert work.answers[0] == GOOD
    assert work.answers[1] == STOPPED
    assert (work.answers[2].status, work.answers[2].interrupted) == ("not-begun", True)


@pytest.mark.parametrize("reached", [True, False])
def test_a_job_that_does_not_stop_is_left_behind(monkeypatch: pytest.MonkeyPatch, reached: bool) -> None:
    began, over = threading.Event(), threading.Event()

    def perform(job: Job) -> Answer:
        began.set()
        over.wait(30)
        return GOOD

    monkeypatch.setattr(running, "run_in_child", perform)
    monkeypatch.setattr(running, "STOP_SECONDS", 0.1)
    work = run(JOBS[:1], fleet(1, (lambda: None) if reached else None), interrupt_once_two_runs(began))
    over.set()
    assert work.answers == {0: STOPPED}


def test_asked_twice_it_stops_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    began, over = threading.Event(), threading.Event()

    def perform(job: Job) -> Answer:
        began.set()
        over.wait(30)
        return GOOD

    def hear(work: Work, index: int | None) -> None:
        if began.is_set():
            raise KeyboardInterrupt

    monkeypatch.setattr(running, "run_in_child", perform)
    monkeypatch.setattr(running, "STOP_SECONDS", 25.0)
    work = run(JOBS[:1], fleet(1, lambda: None), hear)
    over.set()
    assert work.answers == {0: STOPPED}


def test_nothing_begins_when_it_is_not_to() -> None:
    work = run(JOBS, fleet(1), quiet, begin=False)
    assert work.interrupted
    assert {answer.status for answer in work.answers.values()} == {"not-begun"}
