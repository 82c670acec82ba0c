"""Two rosters compared in every way at once, as one document."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iop_sched.compare.changes import Difference
from iop_sched.compare.difference import differences
from iop_sched.compare.disruption import Disruption, disruption
from iop_sched.compare.figures import FigureChange, Figures, changed, figures
from iop_sched.compare.views import (
    ClientView,
    ClinicianView,
    CohortView,
    client_views,
    clinician_views,
    cohort_views,
)
from iop_sched.week.base import Frozen
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


class Comparison(Frozen):
    """What ``compare --json`` prints. Everything below ``difference`` says the same to one reader each."""

    before: Annotated[Figures, Field(description="figures of the first roster")]
    after: Annotated[Figures, Field(description="figures of the second roster")]
    figures: Annotated[tuple[FigureChange, ...], Field(description="the figures that differ")]
    disruption: Annotated[Disruption, Field(description="how much the second disturbs the first")]
    difference: Annotated[Difference, Field(description="all that differs")]
    clients: Annotated[tuple[ClientView, ...], Field(description="clients for whom something changes")]
    clinicians: Annotated[tuple[ClinicianView, ...], Field(description="clinicians, likewise")]
    cohorts: Annotated[tuple[CohortView, ...], Field(description="cohorts, likewise")]


def compare(
    week: ProgramWeek, policy: Policy, before: Roster, after: Roster, after_week: ProgramWeek | None = None
) -> Comparison:
    """Compare a roster of ``week`` with one of ``after_week`` (none: the same week) under one policy.

    Raises ``ValueError`` when a roster is not one of its week, with a line for each reason.
    """
    later = week if after_week is None else after_week
    first, second = figures(week, policy, before), figures(later, policy, after)
    difference = differences(before, after)
    return Comparison(
        before=first,
        after=second,
        figures=changed(first, second),
        disruption=disruption(before, after, later),
        difference=difference,
        clients=client_views(difference),
        clinicians=clinician_views(difference),
        cohorts=cohort_views(difference),
    )
