"""The parent's handle on a process that solves one part of a week."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from pickle import UnpicklingError
from typing import Literal

from iop_sched.master.child import opened
from iop_sched.rules.findings import Violation
from iop_sched.sites.bound import Seating, Weights
from iop_sched.solve.outcome import OutcomeStatus, SolveOptions
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


@dataclass(frozen=True)
class PartJob:
    """Solve a part: ``first`` ends with its first roster, ``best`` begins with ``options.hint``.

    ``any`` is ``first`` without the wish that all meetings be held.
    """

    week: ProgramWeek
    policy: Policy
    options: SolveOptions
    aim: Literal["first", "any", "best"]


@dataclass(frozen=True)
class BoundJob:
    """Bound a part by its seats, once for each name's weights."""

    seating: Seating
    weights: dict[str, Weights]
    seconds: float


@dataclass(frozen=True)
class FoundRoster:
    """A better roster of the part, verified; ``rank`` is less for a better one."""

    roster: Roster
    rank: tuple[int, ...]


@dataclass(frozen=True)
class FoundBounds:
    """The part's bounds, by name."""

    bounds: dict[str, int]


@dataclass(frozen=True)
class Ended:
    """The last word: what came of the job; ``died`` when the process said nothing of the kind."""

    status: OutcomeStatus | Literal["died"]
    defects: tuple[Violation, ...] = ()
    conflict: tuple[str, ...] = ()


@dataclass(frozen=True)
class StopNow:
    """End the job, and say what came of it."""


Job = PartJob | BoundJob
News = FoundRoster | FoundBounds | Ended


class PartProcess:
    """One job in a process of its own."""

    def __init__(self, job: Job) -> None:
        self._process, self._line = opened("iop_sched.solve.part_worker")
        self.ended = False
        self._torn = False
        self._heard: list[News] = []
        self._send(job)

    def _send(self, message: Job | StopNow) -> None:
        with suppress(ConnectionError):  # of a process that has died, ``news`` tells
            self._line.send(message)

    def stop(self) -> None:
        """Ask for the end of the job; its last word follows."""
        self._send(StopNow())

    def news(self) -> list[News]:
        """What the process has told since the last call."""
        try:
            if self._torn and not self.ended:
                raise EOFError
            while not self.ended and self._line.poll():
                self._heard.append(self._line.recv())
                self.ended = isinstance(self._heard[-1], Ended)
        except (EOFError, ConnectionError, UnpicklingError):
            self._heard.append(Ended("died"))
            self.ended = True
        except KeyboardInterrupt:
            # perhaps in the middle of a message: what comes after half of one cannot be read
            self._torn = True
            raise
        found, self._heard = self._heard, []
        return found

    def close(self, patience: float = 0.0) -> None:
        """End the process: at once, or once it has had ``patience`` seconds to leave by itself."""
        self._line.close()
        until = time.monotonic() + patience
        while self._process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        self._process.kill()
        self._process.communicate()

    @staticmethod
    def wait_for(processes: list[PartProcess], seconds: float) -> None:
        """Wait until one of them has news, or for so long."""
        wait([process._line for process in processes], seconds)
