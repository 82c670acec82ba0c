"""A child process whose cases do what their names say, with the baseline as their roster."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from iop_sched.fanout.child import serve
from iop_sched.report.roster_file import roster_file
from iop_sched.rules import evaluate
from iop_sched.solve.grades import graded
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.what_if.job import Answer, Job

TESTS = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-c", f"import sys; sys.path.insert(0, {str(TESTS)!r});"
           " from what_if import fakes; fakes.main()")  # fmt: skip

_stopped = threading.Event()


def main() -> None:
    """Serve one job, with prints that are not for its reader."""
    serve(_answer, _stopped.set)


def _answer(line: bytes) -> str:
    print("the solver says hello", flush=True)
    os.write(1, b"and again\n")
    return perform(Job.model_validate_json(line)).model_dump_json()


def perform(job: Job) -> Answer:
    """Crash, wait for the word to stop, or answer."""
    if job.name == "crash":
        print("F0000 the solver gives up", file=sys.stderr, flush=True)
        os.abort()
    if job.name == "impossible":
        return Answer(status="infeasible", seconds=0.5)
    if job.name == "unknown":
        return Answer(status="unknown", seconds=0.5)
    stopped = job.name == "waits" and _stopped.wait(60)
    return _same(job, stopped, broken=job.name == "broken")


def _same(job: Job, interrupted: bool, broken: bool) -> Answer:
    roster = job.before
    assert roster is not None
    if broken:
        roster = roster.model_copy(update={"facilitation": roster.facilitation[:-1]})
    status, tiers, _ = graded(evaluate(job.week, roster, job.policy), job.policy, False, {}, ())
    outcome = Outcome(status, roster=roster, tiers=tiers, parameters={"seed": job.seed})
    file = roster_file(job.week, job.policy, job.policy_name, outcome, SolveOptions())
    return Answer(status=status, roster=file, interrupted=interrupted, seconds=0.5)
