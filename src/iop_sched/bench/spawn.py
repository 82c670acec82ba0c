"""Jobs in processes of their own: a crash, or a run that never ends, becomes a row."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from typing import IO

from iop_sched.bench.job import Job
from iop_sched.bench.machine import load, machine
from iop_sched.bench.measure import now
from iop_sched.bench.row import Row, RowStatus

MOST_WORDS = 500
COMMAND = (sys.executable, "-m", "iop_sched.bench.child")

_running: set[subprocess.Popen[bytes]] = set()
_calibrating = threading.Lock()
_alone = threading.Lock()
_ended = threading.Event()
_calibrated: dict[str, float | None] = {}


def perform(job: Job, calibration: Job | None) -> Row:
    """Run a job; this process's first one comes after the calibration solve, whose seconds all rows have."""
    with _calibrating:
        seconds = None if calibration is None else calibrated(calibration)
    return run_in_child(job).model_copy(update={"calibration": seconds})


def perform_alone(job: Job, calibration: Job | None) -> Row:
    """As ``perform``, one run at a time in this process however many threads call."""
    with _alone:
        return perform(job, calibration)


def calibrated(job: Job) -> float | None:
    """Seconds of the calibration solve on this machine, measured once; None when it failed."""
    if job.key not in _calibrated:
        row = run_in_child(job)
        _calibrated[job.key] = row.seconds if row.ok else None
    return _calibrated[job.key]


def run_in_child(job: Job) -> Row:
    """Run a job in a process of its own."""
    if _ended.is_set():
        return job.row(now(), "lost", error="not begun: the study was interrupted")
    started, load_before = now(), load()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        # a session of its own: Ctrl-C is for the parent to hear, which then ends the child
        child = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=out, stderr=err, start_new_session=True
        )
        _running.add(child)
        try:
            too_long = not _waited(child, job)
        finally:
            _end(child)
            child.wait()
            _running.discard(child)
            if child.stdin is not None:
                with suppress(OSError):
                    child.stdin.close()
        text = _text(out)
        if child.returncode == 0 and text:
            return Row.model_validate_json(text)
        status, error = _what_happened(child.returncode, too_long, job, _text(err))
    return job.row(started, status, error=error, machine=machine(load_before))


def _waited(child: subprocess.Popen[bytes], job: Job) -> bool:
    """Hand the job over and wait; False when the child had to be left behind."""
    assert child.stdin is not None
    with suppress(BrokenPipeError):  # a child that died at once is told by its status
        child.stdin.write(job.model_dump_json().encode() + b"\n")
        child.stdin.flush()
    try:
        child.wait(job.hard_limit)
    except subprocess.TimeoutExpired:
        return False
    return True


def _what_happened(code: int, too_long: bool, job: Job, err: str) -> tuple[RowStatus, str]:
    if too_long:
        return "failed", f"ended from outside after {job.hard_limit:.0f} s: it did not stop at its limit"
    how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    lines = [line.strip() for line in err.splitlines()]
    words = " / ".join(line for line in lines if line and not line.startswith("@"))
    return "crashed", f"the process ended with {how}: {words[-MOST_WORDS:]}".rstrip(": ")


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def begin() -> None:
    """Let runs begin (again)."""
    _ended.clear()


def end_all() -> None:
    """End every run of this process at once, and let none begin."""
    _ended.set()
    for child in list(_running):
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a child and what it started: it leads a process group of its own."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
