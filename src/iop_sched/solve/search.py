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


class Run:
    """A run of CP-SAT in a thread of its own, under way from the moment it is made.

    ``every``: all solutions are handed on, not just the latest at each look.
    """

    def __init__(self, model: cp_model.CpModel, solver: cp_model.CpSolver, every: bool = False) -> None:
        self._solver = solver
        self._watch = _Watch(every)
        self._done = threading.Event()
        self._bounds: list[float] = []
        self._failure: list[BaseException] = []
        solver.best_bound_callback = self._bounds.append
        self._thread = threading.Thread(target=self._solve, args=(model,), daemon=True)
        self._thread.start()

    def _solve(self, model: cp_model.CpModel) -> None:
        try:
            self._solver.solve(model, self._watch)
        except BaseException as error:  # carried to the waiting thread and raised there
            self._failure.append(error)
        finally:
            self._done.set()

    def wait(
        self,
        on_solution: Callable[[Values], None],
        on_tick: Callable[[int | None], None],
        stop_when: Callable[[], bool] | None = None,
    ) -> Found:
        """Until the run ends; ``on_solution`` gets solutions and ``on_tick`` the bound, in this thread.

        ``stop_when``, asked at each look, ends the search. A ``KeyboardInterrupt`` stops the search too and
        is reported in ``interrupted``, not raised.
        """
        interrupted = False
        finished = False
        while not finished:
            try:
                finished = self._done.wait(TICK_SECONDS)
                for solution in self._watch.take():
                    if not interrupted:
                        on_solution(solution)
                on_tick(_ceiling(self._bounds[-1]) if self._bounds else None)
                if not finished and (interrupted or (stop_when is not None and stop_when())):
                    self._solver.stop_search()
            except KeyboardInterrupt:
                interrupted = True
                self._solver.stop_search()
        if self._failure:
            raise self._failure[0]
        return _found(self._solver, interrupted)

    def stop(self) -> None:
        """End the run, whatever it has found, and come back when its thread is through with the model."""
        # asked again and again: a solver that has not quite begun does not hear it
        while not self._done.wait(TICK_SECONDS / 10):
            self._solver.stop_search()
        self._thread.join()


def run(
    model: cp_model.CpModel,
    solver: cp_model.CpSolver,
    on_solution: Callable[[Values], None],
    on_tick: Callable[[int | None], None],
    every: bool = False,
    stop_when: Callable[[], bool] | None = None,
) -> Found:
    """A run, from its beginning to its end: ``Run`` and ``Run.wait``."""
    return Run(model, solver, every).wait(on_solution, on_tick, stop_when)


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
