"""The process of one job: a line comes in on standard input, the answer goes out on standard output.

It ends when standard input does, so that a killed parent leaves no solver running.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable


def serve(answer: Callable[[bytes], str], on_stop: Callable[[], None] | None = None) -> None:
    """Read the job's line, write the answer, and end the process.

    ``on_stop`` is called, in another thread, when the parent asks to come to an end with what there is.
    """
    # whatever a solver prints must not get between the answer and its reader
    out = os.dup(1)
    os.dup2(2, 1)
    job = sys.stdin.buffer.readline()
    threading.Thread(target=_listen, args=(on_stop,), daemon=True).start()
    text = answer(job).encode() + b"\n"
    with os.fdopen(out, "wb") as stream:
        stream.write(text)
    # threads of a solver that overstays must not keep the process
    os._exit(0)


def _listen(on_stop: Callable[[], None] | None) -> None:
    while sys.stdin.buffer.readline():
        if on_stop is not None:
            on_stop()
    if os.name == "posix" and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
