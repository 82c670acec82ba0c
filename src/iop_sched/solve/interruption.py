"""Holding an interruption back while something is written that must not be lost."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[list[int]]:
    """Signals of interruption that come in here, by number, in place of a ``KeyboardInterrupt``.

    What to make of them is the caller's. Only the main thread is ever interrupted: elsewhere there are none.
    """
    held: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield held
        return
    before = signal.signal(signal.SIGINT, lambda number, _frame: held.append(number))
    try:
        yield held
    finally:
        signal.signal(signal.SIGINT, before)
