"""Where jobs run: processes of this machine, or the workers of a Dask cluster; one interface for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from iop_sched.bench.job import Job
from iop_sched.bench.row import Row
from iop_sched.bench.spawn import begin, end_all, perform, perform_alone

CONNECT_SECONDS = 20
Perform = Callable[[Job, Job | None], Row]


class FleetError(Exception):
    """The fleet cannot be had; the message says what to do."""


@dataclass(frozen=True)
class Fleet:
    """An executor, what it is to call, and how many runs it takes at a time."""

    executor: Executor
    perform: Perform
    width: Callable[[], int]


@contextmanager
def local(jobs: int) -> Iterator[Fleet]:
    """This machine. Threads wait for the runs, which are processes; leaving early ends them."""
    executor = ThreadPoolExecutor(max_workers=jobs)
    begin()
    try:
        yield Fleet(executor, perform, lambda: jobs)
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
        yield Fleet(client.get_executor(pure=False), perform_alone, lambda: _workers(client))
    finally:
        client.close()


def _workers(client: Any) -> int:
    """One job for each worker, and at least one, which waits for a worker to come."""
    return max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
