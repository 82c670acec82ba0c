"""A case as a job for another process or machine, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective, RosterFile, TierResult
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id
from iop_sched.what_if.case import Case

GRACE = 300.0
"""Seconds that a job may stay beyond twice its limit: building, and confirming that a week is impossible."""

Status = Literal[
    "proven", "feasible", "infeasible", "unknown", "defect", "failed", "crashed", "lost", "not-begun"
]


@dataclass(frozen=True)
class Settings:
    """How every case is solved; ``time_limit`` in seconds for each.

    ``additions``, when staying close: whatever can be added without disturbing more is looked for as well,
    also where the case forces a change. ``prove``, when staying close: the limit is spent on a proof that
    nothing disturbs less, where a moment's search brings none.
    """

    stay_close: bool = True
    additions: bool = False
    prove: bool = False
    time_limit: float = 60.0
    workers: int = 8
    seed: int = 0
    objective: Objective = "lexicographic"


class Job(Frozen):
    """Solve a week; ``before`` is the roster to begin with, and to stay close to if that is asked.

    ``base`` is the week of ``before``, if that is another one.
    """

    name: str
    week: ProgramWeek = Field(repr=False)
    policy: Policy = Field(repr=False)
    policy_name: str
    before: Roster | None = Field(default=None, repr=False)
    base: ProgramWeek | None = Field(default=None, repr=False)
    newcomers: tuple[Id, ...] = ()
    stay_close: bool
    additions: bool = False
    prove: bool = False
    time_limit: float
    workers: int
    seed: int
    objective: Objective

    @property
    def hard_limit(self) -> float:
        """Seconds after which the job's process is ended."""
        return 2 * self.time_limit + GRACE


class Answer(Frozen):
    """What came of a job.

    ``proven`` and ``feasible`` have a roster that the job's process has verified; ``infeasible`` was
    confirmed by a second solve. ``defect``, ``failed`` (it raised, or did not end), ``crashed`` and ``lost``
    (with a cluster's worker) say what happened in ``error``. ``least`` is the disruption, when staying close.
    """

    status: Status
    roster: RosterFile | None = Field(default=None, repr=False)
    least: TierResult | None = None
    seconds: float = 0.0
    interrupted: bool = False
    error: str = ""


def baseline_job(week: ProgramWeek, policy: Policy, policy_name: str, settings: Settings) -> Job:
    """Solve the unchanged week."""
    return _job("baseline", week, policy, policy_name, settings, stay_close=False)


def case_job(case: Case, week: ProgramWeek, before: Roster, policy_name: str, settings: Settings) -> Job:
    """Solve a case of ``week``, whose roster is ``before``."""
    return _job(
        case.name,
        case.changed.week,
        case.changed.policy,
        policy_name,
        settings,
        before=Roster.model_validate(before.model_dump(include=set(Roster.model_fields))),
        base=week,
        newcomers=case.newcomers(week),
        stay_close=settings.stay_close,
        additions=settings.additions,
        prove=settings.prove,
    )


def _job(
    name: str, week: ProgramWeek, policy: Policy, policy_name: str, settings: Settings, **more: object
) -> Job:
    return Job.model_validate(
        {
            "name": name,
            "week": week,
            "policy": policy,
            "policy_name": policy_name,
            "time_limit": settings.time_limit,
            "workers": settings.workers,
            "seed": settings.seed,
            "objective": settings.objective,
            **more,
        }
    )
