"""A process of its own in which HiGHS solves the master.

HiGHS and OR-Tools cannot share a process (their symbols clash), and a solver in its own process can work
beside CP-SAT, be told to stop, and die without taking the roster with it. This file must not import OR-Tools,
directly or otherwise.
"""

from __future__ import annotations

import sys
import time
from multiprocessing.connection import Client, Connection
from typing import Any

from iop_sched.master.linear import Linear
from iop_sched.master.messages import Bound, Finished, Solution, Stop, Support, Task

INTEGRALITY = 1e-6
"""What HiGHS takes for 0."""


def serve(connection: Connection[Any, Any]) -> None:
    """Take the linear program, then solve task after task until the other end closes the connection."""
    try:
        linear = connection.recv()
        while True:
            message = connection.recv()
            if not isinstance(message, Stop):  # a stop that came after the end of its task
                _Run(connection, linear, message).solve()
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return  # the parent is gone, or was interrupted and decides alone what that means


class _Run:
    """One task."""

    def __init__(self, connection: Connection[Any, Any], linear: Linear, task: Task) -> None:
        import highspy  # here, so that the parent can import this file's messages beside OR-Tools

        self.connection = connection
        self.task = task
        self.best = float("-inf")
        self.told = self.looked = 0.0
        self.stopped = False
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # untyped upstream
        options = {
            "output_flag": False,
            "threads": 1,
            "random_seed": task.seed,
            "time_limit": task.seconds,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.999,
            # by the largest value: a fifth faster than the default on relaxations of 96 clients
            "simplex_scale_strategy": 4,
        }
        for name, value in options.items():
            self.highs.setOptionValue(name, value)
        _load(self.highs, highspy, linear, task)

    def solve(self) -> None:
        """Run HiGHS, telling solutions and bounds as they come."""
        # a linear relaxation, the master's own or the first of a search, can take longer than all the rest
        self.highs.cbSimplexInterrupt.subscribe(self._obey)
        if not self.task.relax:
            self.highs.cbMipImprovingSolution.subscribe(self._improved)
            self.highs.cbMipInterrupt.subscribe(self._look)
        if self.task.start is not None and not self.task.relax:
            _start(self.highs, self.task.start)
        self.highs.run()
        status = self.highs.modelStatusToString(self.highs.getModelStatus())
        info = self.highs.getInfo()
        if self.task.relax:
            if status == "Optimal":
                self._bound(info.objective_function_value)
                values = self.highs.getSolution().col_value
                support = frozenset(i for i, value in enumerate(values) if abs(value) > INTEGRALITY)
                ones = frozenset(i for i in support if values[i] > 1 - INTEGRALITY)
                self.connection.send(Support(self.task.number, support, ones))
        else:
            self._bound(info.mip_dual_bound)
            if status == "Optimal":
                self._tell(self.highs.getSolution().col_value)
        self.connection.send(Finished(self.task.number, status))

    def _improved(self, event: Any) -> None:
        self._tell(event.data_out.mip_solution)

    def _tell(self, values: Any) -> None:
        self.connection.send(Solution(self.task.number, [round(value) for value in values]))

    def _bound(self, bound: float) -> None:
        if self.best < bound < float("inf"):
            self.best = bound
            self.connection.send(Bound(self.task.number, bound))

    def _look(self, event: Any) -> None:
        """Tell the bound, and see whether the other end wants this to stop."""
        now = time.monotonic()
        if now - self.told > 0.2:
            self.told = now
            self._bound(event.data_out.mip_dual_bound)
        self._obey(event)

    def _obey(self, event: Any) -> None:
        """See whether the other end wants this to stop."""
        now = time.monotonic()
        if now - self.looked > 0.1 and not self.stopped:
            self.looked = now
            # anything but a stop waits: the next task is sent only when this one has finished
            self.stopped = self.connection.poll() and isinstance(self.connection.recv(), Stop)
        if self.stopped:
            event.interrupt()


def _load(highs: Any, highspy: Any, linear: Linear, task: Task) -> None:
    import numpy as np

    columns = len(linear.lower)
    least, most = np.array(linear.lower, float), np.array(linear.upper, float)
    most[list(task.zero)] = 0.0
    least[list(task.one)] = 1.0
    highs.addVars(columns, least, most)
    indices = np.array(list(task.objective.terms), np.int32)
    highs.changeColsCost(len(indices), indices, np.array(list(task.objective.terms.values()), float))
    highs.changeObjectiveOffset(float(task.objective.offset))
    rows = [*linear.rows, *task.rows]
    starts = np.cumsum([0, *(len(row.terms) for row in rows)])[:-1].astype(np.int32)
    index = np.array([column for row in rows for column in row.terms], np.int32)
    value = np.array([coefficient for row in rows for coefficient in row.terms.values()], float)
    lower, upper = np.array([row.lower for row in rows]), np.array([row.upper for row in rows])
    highs.addRows(len(rows), lower, upper, len(index), starts, index, value)
    if not task.relax:
        kinds = np.array([highspy.HighsVarType.kInteger] * columns)
        highs.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)


def _start(highs: Any, values: list[int]) -> None:
    import highspy

    solution = highspy.HighsSolution()
    solution.col_value = [float(value) for value in values]
    highs.setSolution(solution)


if __name__ == "__main__":
    # the key comes through standard input, so that no list of processes shows it
    with Client(sys.argv[1], authkey=bytes.fromhex(sys.stdin.readline())) as client:
        serve(client)
