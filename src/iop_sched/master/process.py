"""The parent's handle on the process that solves the master."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from iop_sched.master.child import opened
from iop_sched.master.linear import Linear, Objective
from iop_sched.master.messages import Bound, Event, Finished, Solution, Stop, Support, Task

SLACK = 1e-6
"""Relative slack by which a floating-point bound is loosened before it is rounded up."""


class MasterProcess:
    """Solves one task at a time in a process of its own; use it in a ``with`` block."""

    def __init__(self, linear: Linear) -> None:
        self._linear = linear
        self._number = 0
        self.busy = False
        self._open()

    def _open(self) -> None:
        self._process, self._connection = opened("iop_sched.master.highs")
        self._send(self._linear)

    def __enter__(self) -> MasterProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, task: Task) -> None:
        """Hand over a task; the one under way must have finished."""
        assert not self.busy
        if self._connection.closed:
            self._open()
        self._number += 1
        self._send(replace(task, number=self._number))
        self.busy = True

    def stop(self) -> None:
        """Ask for the end of the task under way."""
        if self.busy:
            self._send(Stop(self._number))

    def _send(self, message: Linear | Task | Stop) -> None:
        # of a process that has died, ``events`` tells
        with suppress(ConnectionError), self._unbroken():
            self._connection.send(message)

    @contextmanager
    def _unbroken(self) -> Iterator[None]:
        """An interruption in here ends the process: after half a message no other could be read."""
        try:
            yield
        except KeyboardInterrupt:
            self.close()
            self.busy = False
            raise

    def end(self, patience: float = 1.0) -> None:
        """End the task under way, and take nothing more from it.

        HiGHS does not listen while it solves the first linear relaxation of a search, which can take long:
        after ``patience`` seconds the process is ended, and the next task gets a new one.
        """
        self.stop()
        until = time.monotonic() + patience
        while self.busy and (left := until - time.monotonic()) > 0:
            self.events(left)
        if self.busy:
            self.close()
            self.busy = False

    def events(self, seconds: float = 0.0) -> list[Event]:
        """What the process has told since the last call, waiting at most ``seconds`` for the first word.

        A process that died ends its task with the status ``died``.
        """
        found: list[Event] = []
        try:
            while self.busy and self._connection.poll(0.0 if found else seconds):
                with self._unbroken():
                    event = self._connection.recv()
                found.append(event)
                if isinstance(event, Finished):
                    self.busy = False
        except (EOFError, ConnectionError):
            found.append(Finished(self._number, "died"))
            self.busy = False
        return found

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._connection.close()
        self._process.kill()
        self._process.communicate()


def safe(bound: float, objective: Objective) -> int:
    """A floating-point bound as a value that the objective can take, and that is safe to use; 0 for none."""
    if not math.isfinite(bound):
        return 0
    step = math.gcd(*objective.terms.values()) or 1
    steps = math.ceil((bound - SLACK * max(1.0, abs(bound)) - objective.offset) / step)
    return objective.offset + step * steps


__all__ = ["Bound", "Event", "Finished", "MasterProcess", "Solution", "Support", "Task", "safe"]
