"""Jobs in processes of their own: a crash, or a job that never ends, comes back in words."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Literal, TypeVar

R = TypeVar("R")

MOST_WORDS = 500
STOP = b"stop\n"

_running: set[subprocess.Popen[bytes]] = set()
_at_work: set[subprocess.Popen[bytes]] = set()
_ended = threading.Event()
# held while a child begins or is noted as at work, and while all are told to end: none slips through between
_beginning = threading.Lock()
_in_turn = threading.Lock()


@dataclass(frozen=True)
class Ended:
    """What came of a child: its ``text`` when it is done, and else what went wrong in ``error``.

    ``not-begun``: jobs were ended before this one began; ``overdue``: it had to be ended from outside.
    """

    how: Literal["done", "not-begun", "overdue", "crashed"]
    text: str = ""
    error: str = ""


def run_child(command: Sequence[str], text: str, hard_limit: float) -> Ended:
    """Give a child (see ``child.serve``) a line, and wait ``hard_limit`` seconds at most for its answer."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = _begun(command, out, err)
        if child is None:
            return Ended("not-begun")
        try:
            _hand_over(child, text)
            too_long = not _waited(child, hard_limit)
        finally:
            _end(child)
            child.wait()
            _running.discard(child)
            _at_work.discard(child)
            if child.stdin is not None:
                with suppress(OSError):
                    child.stdin.close()
        found = _text(out)
        if child.returncode == 0 and found:
            return Ended("done", found)
        if too_long:
            return Ended(
                "overdue", error=f"ended from outside after {hard_limit:.0f} s: it did not stop at its limit"
            )
        return Ended("crashed", error=_what_happened(child.returncode, _text(err)))


def _begun(command: Sequence[str], out: IO[bytes], err: IO[bytes]) -> subprocess.Popen[bytes] | None:
    """A child that waits for its job; none once all are to end."""
    with _beginning:
        if _ended.is_set():
            return None
        # a session of its own: Ctrl-C is for the parent to hear, which then ends the child
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=err, start_new_session=True
        )
        _running.add(child)
        return child


def _hand_over(child: subprocess.Popen[bytes], text: str) -> None:
    _tell(child, text.encode() + b"\n")
    with _beginning:
        _at_work.add(child)
        if _ended.is_set():  # the word to stop came while there was no job to stop yet
            _tell(child, STOP)


def _tell(child: subprocess.Popen[bytes], line: bytes) -> None:
    assert child.stdin is not None
    # one that died at once is told by its status; one that has ended, or reads no more, needs no word
    with suppress(OSError, ValueError):
        child.stdin.write(line)
        child.stdin.flush()


def _waited(child: subprocess.Popen[bytes], hard_limit: float) -> bool:
    """Wait for the child; False when it had to be left behind."""
    try:
        child.wait(hard_limit)
    except subprocess.TimeoutExpired:
        return False
    return True


def _what_happened(code: int, err: str) -> str:
    how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    lines = [line.strip() for line in err.splitlines()]
    words = " / ".join(line for line in lines if line and not line.startswith("@"))
    return f"the process ended with {how}: {words[-MOST_WORDS:]}".rstrip(": ")


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def in_turn(perform: Callable[[], R]) -> R:
    """Call a function, one call at a time in this process however many threads ask."""
    with _in_turn:
        return perform()


def begin() -> None:
    """Let jobs begin (again)."""
    _ended.clear()


def stop_all() -> None:
    """Ask every child of this process to come to an end with what it has, and let none begin."""
    with _beginning:
        _ended.set()
        for child in list(_at_work):
            _tell(child, STOP)


def end_all() -> None:
    """End every child of this process at once, and let none begin."""
    _ended.set()
    # not after the lock: whoever holds it may be writing to a child that reads no more
    _end_running()
    with _beginning:
        _end_running()


def _end_running() -> None:
    for child in list(_running):
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a child and what it started: it leads a process group of its own."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
