"""One interruptible run of CP-SAT.

The solver runs in a thread, the caller waits on an event: this is the one way in which Ctrl-C comes
back at once with the best solution so far.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from iop_sched.cpsat.model import Literal

TICK_SECONDS = 0.1
Values = list[int]


@dataclass(frozen=True)
class Found:
    """What a run came to: CP-SAT's status by name, and the best solution by variable index."""

    status: str
    values: Values | None
    bound: int
    interrupted: bool
    deterministic_time: float

    def value(self, literal: Literal) -> int:
        """Value of a variable in the best solution."""
        assert self.values is not None
        return self.values[literal.index]


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps solutions for the waiting thread; does no work of its own in the solver's threads.

    Of several solutions between two looks the latest is enough, unless ``every`` one is asked for: which ones
    a look finds depends on the clock.
    """

    def __init__(self, every: bool) -> None:
        super().__init__()
        self._every = every
        self._lock = threading.Lock()
        self._found: list[Values] = []

    def on_solution_callback(self) -> None:
        values = list(self.response_proto.solution)
        with self._lock:
            self._found = [*self._found, values] if self._every else [values]

    def take(self) -> list[Values]:
        """The solutions not yet taken, in order."""
        with self._lock:
            found, self._found = self._found, []
        return found


def run(
    model: cp_model.CpModel,
    solver: cp_model.CpSolver,
    on_solution: Callable[[Values], None],
    on_tick: Callable[[int | None], None],
    every: bool = False,
    stop_when: Callable[[], bool] | None = None,
) -> Found:
    """Solve; ``on_solution`` gets solutions and ``on_tick`` the bound, both in the calling thread.

    ``every``: all solutions are handed on, not just the latest at each look. ``stop_when``, asked at each
    look, ends the search. A ``KeyboardInterrupt`` stops the search too and is reported in ``interrupted``,
    not raised.
    """
    watch = _Watch(every)
    done = threading.Event()
    bound: list[float] = []
    failure: list[BaseException] = []
    solver.best_bound_callback = bound.append

    def solve() -> None:
        try:
            solver.solve(model, watch)
        except BaseException as error:  # carried to the waiting thread and raised there
            failure.append(error)
        finally:
            done.set()

    threading.Thread(target=solve, daemon=True).start()
    interrupted = _wait(solver, watch, done, bound, on_solution, on_tick, stop_when)
    if failure:
        raise failure[0]
    return _found(solver, interrupted)


def _wait(
    solver: cp_model.CpSolver,
    watch: _Watch,
    done: threading.Event,
    bound: list[float],
    on_solution: Callable[[Values], None],
    on_tick: Callable[[int | None], None],
    stop_when: Callable[[], bool] | None,
) -> bool:
    interrupted = False
    while True:
        try:
            finished = done.wait(TICK_SECONDS)
            for solution in watch.take():
                if not interrupted:
                    on_solution(solution)
            on_tick(_ceiling(bound[-1]) if bound else None)
            if finished:
                return interrupted
            if stop_when is not None and stop_when():
                solver.stop_search()
        except KeyboardInterrupt:
            interrupted = True
            solver.stop_search()


def _found(solver: cp_model.CpSolver, interrupted: bool) -> Found:
    status = solver.status_name(solver.response_proto.status)
    has_solution = status in ("OPTIMAL", "FEASIBLE")
    values = list(solver.response_proto.solution) if has_solution else None
    return Found(
        status,
        values,
        _ceiling(solver.best_objective_bound) if has_solution or status == "UNKNOWN" else 0,
        interrupted,
        solver.response_proto.deterministic_time,
    )


def _ceiling(bound: float) -> int:
    """Penalties are whole numbers, so a bound may be rounded up; the slack covers floating point."""
    return math.ceil(bound - 1e-6) if math.isfinite(bound) else 0
