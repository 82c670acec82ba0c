"""Where jobs run: processes of this machine, or the workers of a Dask cluster; one interface for both."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

from iop_sched.fanout.spawn import begin, end_all, in_turn, stop_all

P = ParamSpec("P")
R = TypeVar("R")

CONNECT_SECONDS = 20


class FleetError(Exception):
    """The fleet cannot be had; the message says what to do."""


@dataclass(frozen=True)
class Fleet:
    """An executor, and how many jobs it takes at a time.

    ``in_turn``: jobs that come to one process of it wait for each other. ``stop`` asks all running children
    to come to an end with what they have; none where they cannot be reached.
    """

    executor: Executor
    width: Callable[[], int]
    in_turn: bool = False
    stop: Callable[[], None] | None = None

    def submit(self, perform: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Have a function called; it is to do its work in a child process."""
        if self.in_turn:
            return self.executor.submit(in_turn, partial(perform, *args, **kwargs))
        return self.executor.submit(perform, *args, **kwargs)


def fleet(address: str | None, jobs: int) -> AbstractContextManager[Fleet]:
    """The cluster at an address, or without one so many processes of this machine."""
    return local(jobs) if address is None else cluster(address)


@contextmanager
def local(jobs: int) -> Iterator[Fleet]:
    """This machine. Threads wait for the jobs, which are processes; leaving early ends them."""
    executor = ThreadPoolExecutor(max_workers=jobs)
    begin()
    try:
        yield Fleet(executor, lambda: jobs, stop=stop_all)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        end_all()
        executor.shutdown(wait=True)


@contextmanager
def cluster(address: str) -> Iterator[Fleet]:
    """A Dask cluster, whose workers have this program installed; each runs one job at a time.

    A job whose worker dies goes to another one. Raises ``FleetError``.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise FleetError("--cluster needs dask.distributed: pip install 'iop-sched[cluster]'") from None
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        words = str(error) or type(error).__name__
        raise FleetError(f"--cluster {address}: there is no scheduler to be reached ({words})") from None
    try:
        yield Fleet(client.get_executor(pure=False), lambda: _workers(client), in_turn=True)
    finally:
        client.close()


def _workers(client: Any) -> int:
    """One job for each worker, and at least one, which waits for a worker to come."""
    return max(1, len(client.scheduler_info(n_workers=-1)["workers"]))


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
