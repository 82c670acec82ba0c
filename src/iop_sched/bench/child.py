"""The process of one run: a job in, its row out; see ``fanout.child``."""

from __future__ import annotations

from iop_sched.bench.job import Job
from iop_sched.bench.measure import measure
from iop_sched.fanout.child import serve


def main() -> None:
    """Read a job, run it, write its row."""
    serve(lambda line: measure(Job.model_validate_json(line)).model_dump_json())


if __name__ == "__main__":
    main()
