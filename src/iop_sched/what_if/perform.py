"""One job in this process: close to the baseline, or from scratch."""

from __future__ import annotations

import os
import time
import traceback
from contextlib import AbstractContextManager, nullcontext

from iop_sched.report.findings import line
from iop_sched.report.roster_file import roster_file
from iop_sched.report.words import Labels
from iop_sched.rules import evaluate
from iop_sched.solve import run
from iop_sched.solve.close import solve_close
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.solve.touched import own
from iop_sched.week.result import TierResult
from iop_sched.week.roster import Roster
from iop_sched.what_if.job import Answer, Job


def perform(job: Job, searching: AbstractContextManager[object] | None = None) -> Answer:
    """Do a job; whatever it raises becomes the answer's error, an interruption ends it with what there is.

    ``searching`` is entered for the search: after it an interruption could only lose the roster.
    """
    started = time.monotonic()
    try:
        answer = _answer(job, searching or nullcontext())
    except KeyboardInterrupt:
        answer = Answer(status="unknown", interrupted=True)
    except Exception as error:  # whatever goes wrong in one case, the others go on
        answer = Answer(status="failed", error=_words(error))
    return answer.model_copy(update={"seconds": round(time.monotonic() - started, 1)})


def _words(error: Exception) -> str:
    """The error's kind alone, as its words may hold what is in the file; all of it for a developer."""
    if os.environ.get("IOP_SCHED_DEBUG"):
        return "".join(traceback.format_exception(error)).rstrip()
    return f"{type(error).__name__} inside iop-sched; set IOP_SCHED_DEBUG=1 to see the details"


def _answer(job: Job, searching: AbstractContextManager[object]) -> Answer:
    options = SolveOptions(
        time_limit=job.time_limit,
        workers=job.workers,
        seed=job.seed,
        objective=job.objective,
        hint=job.before,
    )
    with searching:
        outcome, least = _outcome(job, options)
    found = outcome.status in ("proven", "feasible")
    return Answer(
        status=outcome.status,
        roster=roster_file(job.week, job.policy, job.policy_name, outcome, options) if found else None,
        least=least,
        interrupted=outcome.interrupted,
        error="; ".join(line(one, Labels()) for one in outcome.defects),
    )


def _outcome(job: Job, options: SolveOptions) -> tuple[Outcome, TierResult | None]:
    if job.before is None or not job.stay_close:
        return run.solve(job.week, job.policy, options), None
    closest = solve_close(
        job.week,
        job.policy,
        job.before,
        job.newcomers,
        options,
        base=job.base,
        additions=job.additions or _unforced(job, job.before),
        prove=job.prove,
    )
    return closest.outcome, closest.changes


def _unforced(job: Job, before: Roster) -> bool:
    """Whether the case is about no client and the roster before would do for it as it is.

    What is asked then is what the case makes room for, anywhere in the week.
    """
    about = own(job.base, job.week).places if job.base is not None else ()
    return not job.newcomers and not about and evaluate(job.week, before, job.policy).holds
