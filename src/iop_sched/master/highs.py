"""A process of its own in which HiGHS solves the master.

HiGHS and OR-Tools cannot share a process (their symbols clash), and a solver in its own process can work
beside CP-SAT, be told to stop, and die without taking the roster with it. This file must not import OR-Tools,
directly or otherwise.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from multiprocessing.connection import Client, Connection
from typing import Any

from iop_sched.master.branching import Tree, ruled_out
from iop_sched.master.linear import Linear, Row
from iop_sched.master.messages import Bound, Finished, Leaves, Solution, Stop, Support, Task

Columns = tuple[int, ...]

INTEGRALITY = 1e-6
"""What HiGHS takes for 0."""


def serve(connection: Connection[Any, Any]) -> None:
    """Take the linear program, then solve task after task until the other end closes the connection."""
    try:
        kept = _Kept(connection.recv())
        while True:
            message = connection.recv()
            if not isinstance(message, Stop):  # a stop that came after the end of its task
                _Run(connection, kept, message).solve()
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return  # the parent is gone, or was interrupted and decides alone what that means


class _Kept:
    """What is kept from task to task: the program, its last relaxation, and what came of branching on it."""

    def __init__(self, linear: Linear) -> None:
        import numpy as np

        self.linear = linear
        self.binary = (np.array(linear.lower) == 0) & (np.array(linear.upper) == 1)
        self.task: Task | None = None
        self.tree: Tree | None = None

    def relaxation(self, task: Task) -> Tree:
        """The relaxation of a task: the last one, as far as it has been branched on, if only rows came."""
        if (
            self.task is None
            or self.tree is None
            or not self._goes_on(task)
            or self.task.branch != task.branch
        ):
            highs = _new(task)
            _load(highs, self.linear, task)
            self.tree = Tree(highs, task.branch, self.binary)
        else:
            highs = self.tree.highs
            highs.cbSimplexInterrupt.clear()
            highs.setOptionValue("time_limit", highs.getRunTime() + task.seconds)
            _add_rows(highs, task.rows[len(self.task.rows) :])
        self.task = task
        return self.tree

    def fixed(self, task: Task) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Columns that branching has shown to be 0, and 1, in whatever is cheaper than the task's cutoff."""
        # a row that came since takes points away, so that what was shown is still so
        if self.tree is None or not self._goes_on(task):
            return (), ()
        return ruled_out(self.tree.nodes, self.binary, task.cutoff)

    def nodes(self, task: Task) -> list[tuple[float, Columns, Columns]]:
        """Bound, and columns at 0 and 1, of each node that branching left, the cheapest first."""
        if self.tree is None or not self._goes_on(task):
            return []
        nodes = sorted(self.tree.nodes, key=lambda node: node.bound)
        return [(node.bound, *ruled_out([node], self.binary, task.cutoff)) for node in nodes]

    def _goes_on(self, task: Task) -> bool:
        """Whether a task has the objective and all the rows of the last relaxation."""
        before = self.task
        if before is None or before.objective != task.objective:
            return False
        return before.rows == task.rows[: len(before.rows)]


class _Run:
    """One task."""

    def __init__(self, connection: Connection[Any, Any], kept: _Kept, task: Task) -> None:
        self.connection = connection
        self.kept = kept
        self.task = task
        self.best = float("-inf")
        self.least = task.cutoff
        self.others = float("inf")
        self.found: list[int] | None = None
        self.told = self.looked = 0.0
        self.stopped = False

    def solve(self) -> None:
        """Run HiGHS, telling solutions and bounds as they come."""
        status = self._relax() if self.task.relax else self._search()
        self.connection.send(Finished(self.task.number, status))

    def _relax(self) -> str:
        """The linear relaxation, and branching on it if that is asked."""
        tree = self.kept.relaxation(self.task)
        # a relaxation can take longer than all the rest
        tree.highs.cbSimplexInterrupt.subscribe(self._obey)
        status = tree.explore(self.task.cutoff, self._bound)
        self._bound(tree.bound(self.task.cutoff))
        parts = tuple(node.part for node in tree.nodes if node.bound < tree.cutoff)
        self.connection.send(Leaves(self.task.number, tree.cutoff, parts, tree.binary))
        if (values := tree.point) is not None:
            support = frozenset(i for i, value in enumerate(values) if abs(value) > INTEGRALITY)
            ones = frozenset(i for i in support if values[i] > 1 - INTEGRALITY)
            self.connection.send(Support(self.task.number, support, ones, tree.settled))
        return status

    def _search(self) -> str:
        """Branch and cut: all at once or, after branching, node by node with the cheapest first."""
        task, until = self.task, time.monotonic() + self.task.seconds
        fixed, status = self.kept.fixed(task), "Infeasible"
        whole = not task.zero and not task.one
        nodes = self.kept.nodes(task) if whole else []
        for number, (bound, zero, one) in enumerate(nodes or [(float("-inf"), *fixed)]):
            if bound >= self.least:
                break
            self.others = min((other[0] for other in nodes[number + 1 :]), default=float("inf"))
            held = set(task.one)
            part = replace(
                task,
                zero=(*task.zero, *(column for column in zero if column not in held)),
                one=(*task.one, *one),
                seconds=max(0.1, until - time.monotonic()),
            )
            status = self._part(part)
            if status not in ("Optimal", "Infeasible"):
                return status
        self.others = float("inf")
        if self.least < float("inf"):
            self._bound(self.least)
        return status if self.found is None else "Optimal"

    def _part(self, task: Task) -> str:
        """One run of HiGHS's own search, for what is cheaper than all that is known."""
        highs = _new(task)
        _load(highs, self.kept.linear, task)
        highs.cbSimplexInterrupt.subscribe(self._obey)  # the first relaxation of a search too
        highs.cbMipImprovingSolution.subscribe(self._improved)
        highs.cbMipInterrupt.subscribe(self._look)
        if self.least < float("inf"):
            # what costs as much as the best roster is let in, so that the roster itself can be the start
            highs.setOptionValue("objective_bound", self.least + (self.found is None))
        start = task.start
        if start and not any(start[i] for i in task.zero) and all(start[i] for i in task.one):
            _start(highs, start)
        highs.run()
        status: str = highs.modelStatusToString(highs.getModelStatus())
        if status == "Optimal":
            self._tell(highs.getSolution().col_value, highs.getInfo().objective_function_value)
        elif status != "Infeasible":
            self._bound(highs.getInfo().mip_dual_bound)
        return status

    def _improved(self, event: Any) -> None:
        self._tell(event.data_out.mip_solution, event.data_out.objective_function_value)

    def _tell(self, values: Any, cost: float) -> None:
        if cost > self.least:
            return  # of a node that is worse than another one
        self.least = cost
        self.found = [round(value) for value in values]
        self.connection.send(Solution(self.task.number, self.found))

    def _bound(self, bound: float) -> None:
        bound = min(bound, self.others, self.least)
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


def _new(task: Task) -> Any:
    """HiGHS with the options of a task."""
    import highspy  # here, so that the parent can import this file's messages beside OR-Tools

    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # untyped upstream
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
        highs.setOptionValue(name, value)
    return highs


def _load(highs: Any, linear: Linear, task: Task) -> None:
    """Give HiGHS the program with a task's objective and rows, in whole columns unless it is to relax."""
    import highspy
    import numpy as np

    columns = len(linear.lower)
    least, most = np.array(linear.lower, float), np.array(linear.upper, float)
    most[list(task.zero)] = 0.0
    least[list(task.one)] = 1.0
    highs.addVars(columns, least, most)
    indices = np.array(list(task.objective.terms), np.int32)
    highs.changeColsCost(len(indices), indices, np.array(list(task.objective.terms.values()), float))
    highs.changeObjectiveOffset(float(task.objective.offset))
    _add_rows(highs, [*linear.rows, *task.rows])
    if not task.relax:
        kinds = np.array([highspy.HighsVarType.kInteger] * columns)
        highs.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)


def _add_rows(highs: Any, rows: list[Row]) -> None:
    import numpy as np

    starts = np.cumsum([0, *(len(row.terms) for row in rows)])[:-1].astype(np.int32)
    index = np.array([column for row in rows for column in row.terms], np.int32)
    value = np.array([coefficient for row in rows for coefficient in row.terms.values()], float)
    lower, upper = np.array([row.lower for row in rows]), np.array([row.upper for row in rows])
    highs.addRows(len(rows), lower, upper, len(index), starts, index, value)


def _start(highs: Any, values: list[int]) -> None:
    import highspy

    solution = highspy.HighsSolution()
    solution.col_value = [float(value) for value in values]
    highs.setSolution(solution)


if __name__ == "__main__":
    # the key comes through standard input, so that no list of processes shows it
    with Client(sys.argv[1], authkey=bytes.fromhex(sys.stdin.readline())) as client:
        serve(client)
