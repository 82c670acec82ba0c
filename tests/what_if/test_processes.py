"""Cases in real processes, and on a real cluster of which a worker is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from iop_sched.fanout import fleet
from iop_sched.fanout import spawn as children
from iop_sched.fanout.fleet import Fleet
from iop_sched.what_if import job as job_module
from iop_sched.what_if import spawn
from iop_sched.what_if.run import run
from iop_sched.what_if.spawn import run_in_child
from what_if import fakes
from what_if.tiny import job


@pytest.fixture
def fake_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spawn, "COMMAND", fakes.COMMAND)


@pytest.mark.usefixtures("fake_children")
def test_a_crash_is_an_answer_and_what_a_solver_prints_is_none() -> None:
    with fleet.local(1) as one:
        jobs = [job("caseload tom 9", name=name) for name in ("crash", "same")]
        work = run(jobs, one, lambda work, index: None)
    assert work.answers[0].status == "crashed"
    assert "SIGABRT" in work.answers[0].error
    assert "F0000 the solver gives up" in work.answers[0].error
    assert work.answers[1].status == "feasible"
    assert work.answers[1].roster is not None


@pytest.mark.usefixtures("fake_children")
def test_a_case_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_module, "GRACE", 0.1)
    with fleet.local(1):
        answer = run_in_child(job("caseload tom 9", name="waits", time_limit=0.1))
    assert answer.status == "failed"
    assert "did not stop at its limit" in answer.error


def test_a_running_solve_is_told_to_stop() -> None:
    """A real child: the word to stop reaches the solver, or comes before it has begun."""
    with fleet.local(1) as one:
        future = one.submit(run_in_child, job("surge 40 like ana", stay_close=False, time_limit=300.0))
        time.sleep(1.0)  # at whatever point it then is
        assert one.stop is not None
        one.stop()
        answer = future.result(200)
    assert answer.interrupted
    assert answer.status in ("feasible", "unknown")


@pytest.mark.usefixtures("fake_children")
def test_after_the_word_to_stop_none_begins() -> None:
    with fleet.local(1) as one:
        assert one.stop is not None
        one.stop()
        assert run_in_child(job("caseload tom 9")).status == "not-begun"


@pytest.mark.usefixtures("fake_children")
@pytest.mark.parametrize("when", ["it begins", "it has no job yet"])
def test_a_word_to_stop_reaches_a_child_that_just_begins(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The word comes when the process is there and is not known yet, or is known and waits for its job."""
    step, place = ("Popen", children.subprocess) if when == "it begins" else ("_hand_over", children)
    real = getattr(place, step)
    stops: list[threading.Thread] = []

    def stopped_meanwhile(*args: Any, **kwargs: Any) -> Any:
        done = real(*args, **kwargs) if when == "it begins" else None
        stops.append(threading.Thread(target=children.stop_all))
        stops[-1].start()
        stops[-1].join(0.5)
        return done if when == "it begins" else real(*args, **kwargs)

    with fleet.local(1):
        monkeypatch.setattr(place, step, stopped_meanwhile)
        answer = run_in_child(job("caseload tom 9", name="waits", time_limit=60.0))
    assert len(stops) == 1
    assert (answer.status, answer.interrupted) == ("feasible", True)


# the cluster


def test_a_case_whose_worker_is_killed_runs_on_another_one() -> None:
    distributed = pytest.importorskip("distributed")
    jobs = [job("surge 2 like ana", name=f"seed {seed}", seed=seed) for seed in range(3)]
    killed: dict[str, str] = {}
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None
        ) as local,
        distributed.Client(local.scheduler_address) as watcher,
        fleet.cluster(local.scheduler_address) as two,
    ):
        assert two.width() == 2

        def kill_a_busy_one() -> None:
            while not killed:
                for address, keys in watcher.processing().items():
                    if keys:
                        killed[address] = keys[0]
                        worker = next(one for one in local.workers.values() if one.worker_address == address)
                        os.kill(worker.pid, signal.SIGKILL)
                        return
                time.sleep(0.05)

        thread = threading.Thread(target=kill_a_busy_one)
        thread.start()
        work = run(jobs, two, lambda work, index: None)
        thread.join()
    assert killed
    assert [work.answers[index].status for index in range(3)] == ["feasible"] * 3


def test_the_jobs_of_one_worker_wait_for_each_other() -> None:
    running: list[int] = []
    most: list[int] = []

    def perform(number: int) -> None:
        running.append(number)
        most.append(len(running))
        time.sleep(0.02)
        running.remove(number)

    ready = Fleet(ThreadPoolExecutor(max_workers=3), lambda: 3, in_turn=True)
    for future in [ready.submit(perform, number) for number in range(3)]:
        future.result()
    assert max(most) == 1
