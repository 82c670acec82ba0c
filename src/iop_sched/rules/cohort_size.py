"""Rule ``cohort-size``: as many people as the cohort says; inherited ones may stay, but it may not grow."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import many
from iop_sched.week.care import Cohort
from iop_sched.week.policy import Policy

RULE = "cohort-size"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Every open cohort has its least and at most its most members, or those it inherits."""
    facts = schedule.facts
    opened = [facts.cohorts[cohort] for cohort in schedule.open_cohorts]
    for cohort in opened:
        yield from _above(schedule, policy, cohort)
        yield from _below(schedule, policy, cohort)
    candidates = sum(cohort.status == "candidate" for cohort in opened)
    most = facts.week.max_new_cohorts
    if most is not None and candidates > most:
        message = f"{many(candidates, 'new cohort')} open; at most {most} may"
        yield Violation(RULE, "program", "", message, candidates - most)


def _above(schedule: Schedule, policy: Policy, cohort: Cohort) -> Iterator[Violation | Term]:
    facts = schedule.facts
    members = schedule.members[cohort.id]
    counted = sum(not facts.overridden(placement.client, RULE) for placement in members)
    cap = max(cohort.members.max, len(facts.inherited_members.get(cohort.id, ())))
    excess = counted - cap
    if policy.mode(RULE) == "soft":
        yield from pay(policy, "cohort-size.above", cohort.id, excess)
    elif excess > 0:
        aside = " without those overridden" if counted < len(members) else ""
        message = f"{cohort.id} has {many(counted, 'member')}{aside}; at most {cap} may be in it"
        yield Violation(RULE, cohort.id, "", message, excess)


def _below(schedule: Schedule, policy: Policy, cohort: Cohort) -> Iterator[Violation | Term]:
    size = len(schedule.members[cohort.id])
    shortage = cohort.members.min - size
    if cohort.status == "running":
        yield from pay(policy, "cohort-size.below", cohort.id, shortage)
    elif shortage > 0:
        message = f"{cohort.id} opens with {many(size, 'member')}; a new cohort needs {cohort.members.min}"
        yield Violation(RULE, cohort.id, "", message, shortage)
