"""Runs in processes of their own: a crash, or a run that never ends, becomes a row."""

from __future__ import annotations

import sys
import threading
from typing import Literal

from iop_sched.bench.job import Job
from iop_sched.bench.machine import load, machine
from iop_sched.bench.measure import now
from iop_sched.bench.row import Row, RowStatus
from iop_sched.fanout.spawn import run_child

COMMAND = (sys.executable, "-m", "iop_sched.bench.child")
_STATUS: dict[Literal["overdue", "crashed"], RowStatus] = {"overdue": "failed", "crashed": "crashed"}

_calibrating = threading.Lock()
_calibrated: dict[str, float | None] = {}


def perform(job: Job, calibration: Job | None) -> Row:
    """Run a job; this process's first one comes after the calibration solve, whose seconds all rows have."""
    with _calibrating:
        seconds = None if calibration is None else calibrated(calibration)
    return run_in_child(job).model_copy(update={"calibration": seconds})


def calibrated(job: Job) -> float | None:
    """Seconds of the calibration solve on this machine, measured once; None when it failed."""
    if job.key not in _calibrated:
        row = run_in_child(job)
        _calibrated[job.key] = row.seconds if row.ok else None
    return _calibrated[job.key]


def run_in_child(job: Job) -> Row:
    """Run a job in a process of its own."""
    started, load_before = now(), load()
    ended = run_child(COMMAND, job.model_dump_json(), job.hard_limit)
    if ended.how == "done":
        return Row.model_validate_json(ended.text)
    if ended.how == "not-begun":
        return job.row(started, "lost", error="not begun: the study was interrupted")
    return job.row(started, _STATUS[ended.how], error=ended.error, machine=machine(load_before))
