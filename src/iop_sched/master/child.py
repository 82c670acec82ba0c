"""Starting a process of one's own, with a line to talk over."""

from __future__ import annotations

import secrets
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, Listener, Pipe
from queue import Empty, Queue
from threading import Thread
from typing import Any, TypeAlias

Line: TypeAlias = "Connection[Any, Any]"


def opened(module: str) -> tuple[subprocess.Popen[str], Line]:
    """A process that runs a module, and this end of the line to it.

    The module is given an address as its argument and a key through standard input, so that no list of
    processes shows it.
    """
    key = secrets.token_bytes(16)
    # not multiprocessing's own way to start a process: that imports the main module again, and with it
    # whatever that imports, OR-Tools perhaps
    with Listener(None, authkey=key) as listener:
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(listener.address)],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is the parent's to answer
        )
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it has died already; ``_accepted`` finds that out
            process.stdin.write(key.hex() + "\n")
            process.stdin.flush()
        return process, _accepted(listener, process)


def _accepted(listener: Listener, process: subprocess.Popen[str]) -> Line:
    """The process's end of the line; one that is dead already when the process died before it called."""
    called: Queue[Line] = Queue()
    Thread(target=lambda: called.put(listener.accept()), daemon=True).start()
    while True:
        with suppress(Empty):
            return called.get(timeout=0.2)
        if process.poll() is not None:
            connection, other = Pipe()
            other.close()
            return connection
