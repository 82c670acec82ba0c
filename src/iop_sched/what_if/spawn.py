"""Cases in processes of their own: a crash, or one that never ends, becomes an answer."""

from __future__ import annotations

import sys
from typing import Literal

from iop_sched.fanout.spawn import run_child
from iop_sched.what_if.job import Answer, Job, Status

COMMAND = (sys.executable, "-m", "iop_sched.what_if.child")
_STATUS: dict[Literal["overdue", "crashed"], Status] = {"overdue": "failed", "crashed": "crashed"}


def run_in_child(job: Job) -> Answer:
    """Do a job in a process of its own."""
    ended = run_child(COMMAND, job.model_dump_json(), job.hard_limit)
    if ended.how == "done":
        return Answer.model_validate_json(ended.text)
    if ended.how == "not-begun":
        return Answer(status="not-begun", interrupted=True)
    return Answer(status=_STATUS[ended.how], error=ended.error)
