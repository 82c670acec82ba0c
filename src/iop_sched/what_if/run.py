"""Jobs on a fleet: answers as they come, and on an interruption what each running one has."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field

from iop_sched.fanout.fleet import Fleet
from iop_sched.what_if.job import Answer, Job
from iop_sched.what_if.spawn import run_in_child

TICK_SECONDS = 0.2

STOP_SECONDS = 15.0
"""Given to the running jobs to end with what they have, once somebody has asked to stop."""

MOST_WORDS = 500


@dataclass
class Work:
    """How far the jobs are; a job is known by its place in ``jobs``. ``began`` is on the monotonic clock."""

    jobs: Sequence[Job]
    left: list[int]
    running: dict[Future[Answer], int] = field(default_factory=dict)
    began: dict[int, float] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    interrupted: bool = False


OnNews = Callable[[Work, int | None], None]
"""Told of the work at every look, and of each job that has an answer."""


def run(jobs: Sequence[Job], fleet: Fleet, on_news: OnNews, begin: bool = True) -> Work:
    """Do all jobs, or with ``begin`` false none.

    A ``KeyboardInterrupt`` ends the work early, and is noted; then too each job has an answer.
    """
    work = Work(jobs, list(range(len(jobs))), interrupted=not begin)
    try:
        while begin and (work.left or work.running):
            _submit(work, fleet)
            _take(work, on_news)
    except KeyboardInterrupt:
        work.interrupted = True
        with suppress(KeyboardInterrupt):  # asked again: at once, then
            _wind_up(work, fleet, on_news)
    for index in work.running.values():
        work.answers.setdefault(index, Answer(status="unknown", interrupted=True))
    for index in work.left:
        work.answers.setdefault(index, Answer(status="not-begun", interrupted=True))
    return work


def _submit(work: Work, fleet: Fleet) -> None:
    width = fleet.width()
    while work.left and len(work.running) < width:
        index = work.left[0]
        work.running[fleet.submit(run_in_child, work.jobs[index])] = index
        work.began[index] = time.monotonic()
        work.left.pop(0)


def _take(work: Work, on_news: OnNews) -> None:
    done, _ = wait(work.running, TICK_SECONDS, FIRST_COMPLETED)
    for future in _in_order(done, work):
        index = work.running[future]
        work.answers[index] = _answer(future)
        del work.running[future]
        on_news(work, index)
    on_news(work, None)


def _in_order(done: Iterable[Future[Answer]], work: Work) -> list[Future[Answer]]:
    return sorted(done, key=lambda future: work.running[future])


def _answer(future: Future[Answer]) -> Answer:
    error = future.exception()
    if error is None:
        return future.result()
    # what the job itself raises is in its answer: here the worker or the way to it was lost
    return Answer(status="lost", error=f"{type(error).__name__}: {error}"[:MOST_WORDS])


def _wind_up(work: Work, fleet: Fleet, on_news: OnNews) -> None:
    """Let the running jobs end with the best roster they have, where they can be told to."""
    until = time.monotonic() + (0.0 if fleet.stop is None else STOP_SECONDS)
    if fleet.stop is not None:
        fleet.stop()
    while work.running and time.monotonic() < until:
        _take(work, on_news)
    for future in work.running:
        future.cancel()
