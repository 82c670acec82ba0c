"""Running a study: what is not yet in the rows is run, and each row is kept as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from statistics import fmean

from iop_sched.bench.job import Job
from iop_sched.bench.measure import now
from iop_sched.bench.row import Row
from iop_sched.bench.rows import RowFile
from iop_sched.bench.spawn import perform
from iop_sched.fanout.fleet import Fleet
from iop_sched.solve.interruption import held_back

TICK_SECONDS = 0.2
OVERHEAD_SECONDS = 2.0
"""Starting a process and reading a week, in estimates of the time left."""


@dataclass
class State:
    """How far a study is."""

    total: int
    rows: list[Row]
    left: list[Job]
    running: dict[Future[Row], Job] = field(default_factory=dict)
    width: int = 1

    @property
    def done(self) -> int:
        """Runs that have a row."""
        return self.total - len(self.left) - len(self.running)

    @property
    def failures(self) -> int:
        """Rows without a verified roster."""
        return sum(not row.ok for row in self.rows)

    def seconds_left(self) -> float:
        """About how long it will still take: as long as like runs took, else up to the limit."""
        jobs = [*self.left, *self.running.values()]
        return sum(_expected(job, self.rows) for job in jobs) / self.width


OnState = Callable[[State, Row | None], None]


def run_study(
    jobs: list[Job], calibration: Job | None, rows: RowFile, fleet: Fleet, on_state: OnState
) -> State:
    """Run what is left of ``jobs``; a ``KeyboardInterrupt`` passes once every finished row is kept."""
    wanted = {job.key for job in jobs}
    finished = rows.finished & wanted
    state = State(
        len(jobs),
        [row for row in rows.rows if row.key in finished],
        [job for job in jobs if job.key not in finished],
    )
    try:
        while state.left or state.running:
            state.width = fleet.width()
            _submit(state, calibration, fleet)
            done, _ = wait(state.running, TICK_SECONDS, FIRST_COMPLETED)
            _keep(state, done, rows, on_state)
            on_state(state, None)
    except KeyboardInterrupt:
        _keep(state, [one for one in state.running if one.done()], rows, on_state)
        for future in state.running:
            future.cancel()
        raise
    return state


def _submit(state: State, calibration: Job | None, fleet: Fleet) -> None:
    while state.left and len(state.running) < state.width:
        job = state.left.pop(0)
        state.running[fleet.submit(perform, job, calibration)] = job


def _keep(state: State, done: Iterable[Future[Row]], rows: RowFile, on_state: OnState) -> None:
    for future in done:
        row = _row(future, state.running[future])
        # between writing a row and knowing of it, an interruption would have it written twice
        with held_back() as interrupted:
            rows.append(row)
            del state.running[future]
            state.rows.append(row)
        if interrupted:
            raise KeyboardInterrupt
        on_state(state, row)


def _row(future: Future[Row], job: Job) -> Row:
    error = future.exception()
    if error is None:
        return future.result()
    # what the run itself raises is in its row: here the worker or the way to it was lost
    return job.row(now(), "lost", error=f"{type(error).__name__}: {error}"[:500])


def _expected(job: Job, rows: list[Row]) -> float:
    like = [row for row in rows if row.contender == job.contender]
    same = [row for row in like if row.instance == job.instance and row.time_limit == job.time_limit]
    if same:
        return fmean(row.seconds for row in same) + OVERHEAD_SECONDS
    if like and not job.deterministic:
        share = fmean(min(1.0, row.seconds / row.time_limit) for row in like)
        return share * job.time_limit + OVERHEAD_SECONDS
    return job.time_limit + OVERHEAD_SECONDS
