"""Rule ``cost``: meetings, hours, overtime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.week.base import minutes
from iop_sched.week.people import Clinician
from iop_sched.week.policy import Policy

RULE = "cost"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Every held meeting, every scheduled staff minute and every minute of overtime costs."""
    for cohort, number in Counter(meeting.cohort for meeting in schedule.held).items():
        yield from pay(policy, "cost.meeting", cohort, number)
    for clinician in schedule.facts.week.clinicians:
        yield from pay(policy, "cost.staff", clinician.id, sum(schedule.loads[clinician.id]))
        yield from pay(policy, "cost.overtime", clinician.id, overtime(schedule, clinician))


def overtime(schedule: Schedule, clinician: Clinician) -> int:
    """Scheduled minutes beyond the contract; 0 without one."""
    if clinician.contract_hours is None:
        return 0
    return max(0, sum(schedule.loads[clinician.id]) - minutes(clinician.contract_hours))
