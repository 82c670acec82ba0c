"""Rule ``balance``: cohorts of like size, work shared fairly."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.week.base import minutes
from iop_sched.week.policy import Policy

RULE = "balance"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """The difference between largest and smallest cohort costs, and how busy the busiest clinician is."""
    sizes = [len(members) for members in schedule.members.values()]
    if sizes:
        yield from pay(policy, "balance.cohorts", "cohorts", max(sizes) - min(sizes))
    busy = {
        clinician.id: -(-100 * sum(schedule.loads[clinician.id]) // minutes(clinician.contract_hours))
        for clinician in schedule.facts.week.clinicians
        if clinician.contract_hours
    }
    if busy:
        busiest = max(busy, key=lambda name: busy[name])
        yield from pay(policy, "balance.workload", busiest, busy[busiest] - policy.limits.busy_at)
