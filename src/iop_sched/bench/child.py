"""The process of one run: a job comes in on standard input, its row goes out on standard output.

It ends when standard input does, so that a killed parent leaves no solver running.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

from iop_sched.bench.job import Job
from iop_sched.bench.measure import measure


def main() -> None:
    """Read a job, run it, write its row."""
    # whatever a solver prints must not get between the row and its reader
    out = os.dup(1)
    os.dup2(2, 1)
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    row = measure(job).model_dump_json().encode() + b"\n"
    with os.fdopen(out, "wb") as stream:
        stream.write(row)
    # threads of a contender that overstays must not keep the process
    os._exit(0)


def _end_with_the_parent() -> None:
    while os.read(0, 4096):
        pass
    if os.name == "posix" and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
