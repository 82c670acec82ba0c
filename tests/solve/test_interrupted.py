"""An interruption in the middle of a message: nothing that follows on that line is read."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from ortools.sat.python import cp_model

from generate.made import made
from iop_sched.master.linear import Linear, Objective
from iop_sched.master.messages import Finished, Task
from iop_sched.master.process import MasterProcess
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.part_process import Ended, FoundRoster, News, PartJob, PartProcess
from iop_sched.solve.search import Run
from iop_sched.week.policy import Policy

TASK = Task(Objective({0: 1}, 0), [], 60)


class Endless(cp_model.CpSolver):
    """Searches until it has been told to stop three times."""

    def __init__(self) -> None:
        super().__init__()
        self.over, self.told = threading.Event(), 0

    def solve(self, model: cp_model.CpModel, *rest: Any) -> Any:
        self.over.wait()
        return super().solve(model, *rest)

    def stop_search(self) -> None:
        self.told += 1
        if self.told >= 3:
            self.over.set()


def test_nothing_is_asked_any_more_of_what_an_interruption_has_torn() -> None:
    asked = 0

    def half_of_a_message() -> bool:
        nonlocal asked
        asked += 1
        raise KeyboardInterrupt

    model = cp_model.CpModel()
    model.minimize(model.new_int_var(0, 3, ""))
    found = Run(model, Endless()).wait(lambda _: None, lambda _: None, half_of_a_message)
    assert found.interrupted
    assert asked == 1


def test_a_master_interrupted_in_a_message_begins_anew() -> None:
    with MasterProcess(Linear([0], [1])) as master:
        master.begin(TASK)
        torn = master._connection
        torn.recv = half_heard(torn)  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            master.events(60)
        assert (master.busy, master.events(1)) == (False, [])
        assert torn.closed
        master.begin(TASK)
        until, statuses = time.monotonic() + 60, list[str]()
        while not statuses and time.monotonic() < until:
            statuses = [event.status for event in master.events(1) if isinstance(event, Finished)]
        assert statuses == ["Optimal"]


def test_a_part_interrupted_in_a_message_keeps_what_was_heard_before() -> None:
    job = PartJob(made(24, 1, "medium", 1).week, Policy(), SolveOptions(60, workers=2), "best")
    process = PartProcess(job)
    try:
        until, heard = time.monotonic() + 60, list[News]()
        line = process._line
        receive = line.recv

        def then_torn() -> News:
            """The first word is heard, of the next one half."""
            if heard:
                return half_heard(line)()
            while not line.poll(0.1):
                assert time.monotonic() < until
            heard.append(receive())
            while not line.poll(0.1):
                assert time.monotonic() < until
            return heard[0]

        line.recv = then_torn  # type: ignore[method-assign]
        while not line.poll(0.1):
            assert time.monotonic() < until
        with pytest.raises(KeyboardInterrupt):
            process.news()
        found = process.news()
        assert isinstance(found[0], FoundRoster)
        assert found == [heard[0], Ended("died")]
        assert process.ended
        assert process.news() == []
    finally:
        process.close()


def half_heard(line: Any) -> Any:
    """Takes the length of a message, and is interrupted before the message."""

    def half() -> News:
        line._recv(4)
        raise KeyboardInterrupt

    return half
