"""What the cases came to beside the baseline; every roster is checked, and every figure computed, here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iop_sched.compare.changes import Difference
from iop_sched.compare.comparison import Comparison, compare
from iop_sched.compare.figures import Figures, figures
from iop_sched.rules import evaluate
from iop_sched.week.base import Frozen
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile, TierResult, Unplaced
from iop_sched.week.times import Id
from iop_sched.what_if.case import Case
from iop_sched.what_if.job import Answer, Status

Number = Annotated[int, Field(ge=0)]


class Changes(Frozen):
    """What a case changes for clients who are still treated, against the baseline."""

    lost: Annotated[tuple[Id, ...], Field(description="clients who had a place and have none")]
    gained: Annotated[tuple[Id, ...], Field(description="clients who have a place and had none")]
    moved: Annotated[tuple[Id, ...], Field(description="clients in another cohort, or in none")]
    other_days: Annotated[tuple[Id, ...], Field(description="clients with other weekdays")]
    other_times: Annotated[Number, Field(description="sessions on another day or at another time")]


class Baseline(Frozen):
    """The roster of the unchanged week. ``file`` is where it was read; none: it was solved first."""

    file: str | None
    figures: Figures
    roster: Annotated[RosterFile, Field(exclude=True, repr=False)]
    seconds: Annotated[float | None, Field(description="of solving it; none: it was read")] = None


class CaseResult(Frozen):
    """One case.

    Without a roster, ``status`` and ``error`` say why. ``least`` is the disruption with its bound, when
    staying close; ``tiers`` and ``weighted`` are those of the roster under the case's own policy, while
    ``comparison`` measures both rosters under the policy of the baseline.
    """

    name: str
    description: str
    asked: Annotated[tuple[str, ...], Field(description="options that give the same week elsewhere")]
    newcomers: Annotated[tuple[Id, ...], Field(description="clients whom the unchanged week does not have")]
    new_policy: Annotated[bool, Field(description="whether the policy is changed too")]
    sentences: Annotated[tuple[str, ...], Field(description="what is changed")]
    status: Status
    interrupted: bool
    error: str
    seconds: Annotated[float, Field(description="of building, searching and checking")]
    least: TierResult | None = None
    tiers: tuple[TierResult, ...] = ()
    weighted: TierResult | None = None
    changes: Changes | None = None
    waiting: Annotated[tuple[Unplaced, ...], Field(description="who has no place, and why")] = ()
    comparison: Comparison | None = None
    roster: Annotated[RosterFile | None, Field(exclude=True, repr=False)] = None


class WhatIf(Frozen):
    """All cases beside the baseline, as ``what-if --json`` prints them."""

    how: Literal["stay-close", "from-scratch"]
    interrupted: bool
    baseline: Baseline
    cases: tuple[CaseResult, ...]


def judged(case: Case, answer: Answer, week: ProgramWeek, policy: Policy, before: RosterFile) -> CaseResult:
    """A case's answer beside the baseline ``before``, which is a roster of ``week`` under ``policy``.

    A roster that breaks a rule of the changed week becomes a defect, and is not shown.
    """
    found = CaseResult(
        name=case.name,
        description=case.description,
        asked=case.asked,
        newcomers=case.newcomers(week),
        new_policy=case.changed.policy != policy,
        sentences=case.changed.sentences,
        status=answer.status,
        interrupted=answer.interrupted,
        error=answer.error,
        seconds=answer.seconds,
    )
    if answer.roster is None:
        return found
    broken = evaluate(case.changed.week, answer.roster, case.changed.policy).violations
    if broken:
        rules = ", ".join(sorted({one.rule for one in broken}))
        return found.model_copy(update={"status": "defect", "error": f"its roster breaks rules ({rules})"})
    comparison = compare(week, policy, before, answer.roster, case.changed.week)
    return found.model_copy(
        update={
            "least": answer.least,
            "tiers": answer.roster.tiers,
            "weighted": answer.roster.weighted,
            "changes": _changes(comparison.difference, case.changed.week),
            "waiting": answer.roster.unplaced,
            "comparison": comparison,
            "roster": answer.roster,
        }
    )


def baseline(
    week: ProgramWeek, policy: Policy, roster: RosterFile, file: str | None, seconds: float | None = None
) -> Baseline:
    """The baseline with its figures; raises ``ValueError`` when the roster is not one of the week."""
    return Baseline(file=file, figures=figures(week, policy, roster), roster=roster, seconds=seconds)


def _changes(difference: Difference, week: ProgramWeek) -> Changes:
    treated = {client.id for client in week.treated}
    clients = [change for change in difference.clients if change.client in treated]

    def those(what: str) -> tuple[str, ...]:
        return tuple(change.client for change in clients if what in change.what)

    return Changes(
        lost=those("lost"),
        gained=those("gained"),
        moved=those("cohort"),
        other_days=those("days"),
        other_times=sum(not {"day", "start"}.isdisjoint(one.what) for one in difference.sessions),
    )
