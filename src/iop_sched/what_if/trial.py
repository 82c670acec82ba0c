"""All cases of a week tried: the baseline first, unless it is given, then each case beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from iop_sched.fanout.fleet import Fleet
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile
from iop_sched.what_if.case import Case
from iop_sched.what_if.job import Answer, Settings, baseline_job, case_job
from iop_sched.what_if.result import Baseline, CaseResult, WhatIf, baseline, judged
from iop_sched.what_if.run import Work, run


@dataclass(frozen=True)
class Asked:
    """The unchanged week and what is known of it: ``roster`` was read from ``file``, or is to be found."""

    week: ProgramWeek
    policy: Policy
    policy_name: str
    roster: RosterFile | None = None
    file: str | None = None


class Watcher(Protocol):
    """Who is told how far a trial is."""

    def look(self, work: Work) -> None:
        """Some time has passed."""

    def found_baseline(self, found: Baseline) -> None:
        """The baseline was solved."""

    def found_case(self, case: Case, found: CaseResult, work: Work) -> None:
        """A case has come to an end."""


class NoBaselineError(Exception):
    """The unchanged week was solved and has no roster to compare with; ``answer`` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def try_cases(
    asked: Asked, cases: Sequence[Case], settings: Settings, fleet: Fleet, watcher: Watcher
) -> WhatIf:
    """Every case has its result, after an interruption too. Raises ``NoBaselineError``.

    Raises ``ValueError`` when a roster that was read is not one of the week.
    """
    start, interrupted = _baseline(asked, settings, fleet, watcher)
    jobs = [case_job(case, asked.week, start.roster, asked.policy_name, settings) for case in cases]
    results: dict[int, CaseResult] = {}

    def judge(index: int, work: Work) -> None:
        results[index] = judged(cases[index], work.answers[index], asked.week, asked.policy, start.roster)

    def on_news(work: Work, index: int | None) -> None:
        if index is None:
            watcher.look(work)
        else:
            judge(index, work)
            watcher.found_case(cases[index], results[index], work)

    work = run(jobs, fleet, on_news, begin=not interrupted)
    for index in range(len(cases)):
        if index not in results:  # an interruption came before the news of its answer, or there is none
            on_news(work, index)
    return WhatIf(
        how="stay-close" if settings.stay_close else "from-scratch",
        interrupted=work.interrupted,
        baseline=start,
        cases=tuple(results[index] for index in range(len(cases))),
    )


def _baseline(asked: Asked, settings: Settings, fleet: Fleet, watcher: Watcher) -> tuple[Baseline, bool]:
    """The baseline, and whether somebody has asked to stop while it was sought."""
    if asked.roster is not None:
        return baseline(asked.week, asked.policy, asked.roster, asked.file), False
    job = baseline_job(asked.week, asked.policy, asked.policy_name, settings)
    work = run([job], fleet, lambda work, index: watcher.look(work))
    answer = work.answers[0]
    if answer.roster is None:
        raise NoBaselineError(answer)
    found = baseline(asked.week, asked.policy, answer.roster, None, answer.seconds)
    watcher.found_baseline(found)
    return found, work.interrupted
