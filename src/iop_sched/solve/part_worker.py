"""A process of its own that solves one part of a week, and tells its rosters as they come."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Client
from queue import Queue
from threading import Event, Thread

from iop_sched.master.child import Line
from iop_sched.rules.findings import Evaluation
from iop_sched.sites.bound import bound
from iop_sched.solve.outcome import Outcome
from iop_sched.solve.part_process import (
    BoundJob,
    Ended,
    FoundBounds,
    FoundRoster,
    News,
    PartJob,
)
from iop_sched.solve.run import solve_whole
from iop_sched.solve.staged import solve_staged
from iop_sched.solve.start import settle, start
from iop_sched.solve.state import State
from iop_sched.week.roster import Roster

START_SHARES = (0.15, 0.5, 0.6, 1.0)
"""Part of the time left that each try for a part's first roster may take: the time for a part is short.

A section has not all of the people of last week. Whether its meetings can be held much like then is mostly
settled in a second or two; where it is not, it may stay open for as long as anybody waits.
"""

ANY_SHARES = (0.0, 0.0, 0.7, 1.0)
"""The same of a part that has had no roster with all meetings held in its time."""

GRACE = 5.0
"""Seconds that a process has to end by itself once its parent is gone."""


def serve(line: Line) -> None:
    """Take a job, do it, and say what came of it."""
    job, over, told = line.recv(), Event(), Queue[News | None]()
    Thread(target=_listen, args=(line, over), daemon=True).start()
    # in a thread of its own: an interruption in the middle of a message would leave half of one
    speaker = Thread(target=_speak, args=(line, told), daemon=True)
    speaker.start()
    outcome = Outcome("unknown")
    try:
        if isinstance(job, BoundJob):
            told.put(_bounds(job))
        else:
            outcome = _solved(job, told.put)
        over.set()
    except KeyboardInterrupt:
        over.set()
    with suppress(KeyboardInterrupt):  # the word to stop may come when all is done
        told.put(Ended(outcome.status, outcome.defects, outcome.conflict))
        told.put(None)
        speaker.join()


def _speak(line: Line, told: Queue[News | None]) -> None:
    """Send what is to be told, in order."""
    with suppress(ConnectionError):  # nobody is there to hear it
        while (news := told.get()) is not None:
            line.send(news)


def _listen(line: Line, over: Event) -> None:
    """The only message that can come is to stop; the end of the line means that nobody is there any more."""
    gone = False
    try:
        line.recv()
    except (EOFError, OSError):
        gone = True
    if not over.is_set():
        _thread.interrupt_main()
    if gone:
        time.sleep(GRACE)
        os._exit(1)


def _bounds(job: BoundJob) -> FoundBounds:
    seconds = job.seconds / len(job.weights)
    found = {name: bound(job.seating, weights, seconds) for name, weights in job.weights.items()}
    return FoundBounds(found)


def _solved(job: PartJob, tell: Callable[[News], None]) -> Outcome:
    def on_roster(roster: Roster, evaluation: Evaluation) -> None:
        weighted = job.options.objective == "weighted"
        values = [evaluation.tiers[name].value for name in job.policy.tiers]
        tell(FoundRoster(roster, (evaluation.weighted.value,) if weighted else tuple(values)))

    search = {"first": _first, "any": _any, "best": _best}[job.aim]
    try:
        return solve_whole(job.week, job.policy, job.options, search, on_roster=on_roster)
    except _ImpossibleError:
        return Outcome("infeasible")


class _ImpossibleError(Exception):
    """The solver says infeasible, which the solve of the whole week will confirm or not."""


def _first(state: State, shares: tuple[float, float, float, float] = START_SHARES) -> str:
    if state.incumbent.roster is None and start(state, shares) == "INFEASIBLE":
        raise _ImpossibleError
    return "FEASIBLE" if state.incumbent.roster else "UNKNOWN"


def _any(state: State) -> str:
    return _first(state, ANY_SHARES)


def _best(state: State) -> str:
    """Improve the first roster near last week's, then with both solvers."""
    _first(state)
    if state.incumbent.roster is not None:
        settle(state)
    return solve_staged(state) if state.may_go_on() else "FEASIBLE"


def main() -> None:
    """Serve the parent whose address is the argument, and whose key comes through standard input."""
    # Ctrl-C is the parent's to answer, and reaches this process as a message
    signal.signal(signal.SIGINT, signal.default_int_handler)
    key = bytes.fromhex(sys.stdin.readline())  # so that no list of processes shows it
    gone = suppress(ConnectionError, FileNotFoundError, EOFError)  # the parent has changed its mind
    with gone, Client(sys.argv[1], authkey=key) as line:
        serve(line)


if __name__ == "__main__":
    main()
