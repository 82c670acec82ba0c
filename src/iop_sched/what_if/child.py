"""The process of one case: a job in, its answer out; see ``fanout.child``."""

from __future__ import annotations

import _thread
import signal
import threading

from iop_sched.fanout.child import serve
from iop_sched.what_if.job import Job
from iop_sched.what_if.perform import perform


def main() -> None:
    """Do a job; when the parent asks to stop, end the search and answer with the best roster so far."""
    # Ctrl-C is the parent's to answer, and reaches this process as a message
    signal.signal(signal.SIGINT, signal.default_int_handler)
    searched = threading.Event()

    def stop() -> None:
        if not searched.is_set():
            _thread.interrupt_main()

    serve(lambda line: perform(Job.model_validate_json(line), searched.set).model_dump_json(), stop)


if __name__ == "__main__":
    main()
