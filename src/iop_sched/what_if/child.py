"""The process of one case: a job in, its answer out; see ``fanout.child``."""

from __future__ import annotations

import _thread
import signal
from threading import Lock

from iop_sched.fanout.child import serve
from iop_sched.what_if.job import Job
from iop_sched.what_if.perform import perform


class Interruptible:
    """While it is entered, the word to stop interrupts the main thread; one that came before, on entering."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = self._asked = False

    def stop(self) -> None:
        """The word to stop; called in another thread."""
        with self._lock:
            self._asked = True
            if self._inside:
                _thread.interrupt_main()

    def __enter__(self) -> None:
        with self._lock:
            self._inside = True
            if self._asked:
                raise KeyboardInterrupt

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside = False


def main() -> None:
    """Do a job; when the parent asks to stop, end the search and answer with the best roster so far."""
    # Ctrl-C is the parent's to answer, and reaches this process as a message
    signal.signal(signal.SIGINT, signal.default_int_handler)
    search = Interruptible()
    serve(lambda line: perform(Job.model_validate_json(line), search).model_dump_json(), search.stop)


if __name__ == "__main__":
    main()
