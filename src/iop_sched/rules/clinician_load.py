"""Rule ``clinician-load``: not more hours or groups than a person can carry."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import length, many
from iop_sched.week.base import minutes
from iop_sched.week.people import Clinician
from iop_sched.week.policy import Policy
from iop_sched.week.times import WEEK, Day

RULE = "clinician-load"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Hours of a day and of the week, and groups of a day, are at most the clinician's."""
    for clinician in schedule.facts.week.clinicians:
        load = schedule.loads[clinician.id]
        for day in WEEK:
            yield from _hours(policy, clinician, load[day], clinician.max_hours_day, day.code, "a day")
            yield from _groups(policy, clinician, groups(schedule, clinician, day), day)
        yield from _hours(policy, clinician, sum(load), clinician.max_hours_week, "", "a week")


def groups(schedule: Schedule, clinician: Clinician, day: Day) -> int:
    """Meetings worked in and open-group sessions given on a day."""
    found = {one.group for one in schedule.occupations_of(clinician.id) if one.day == day}
    return len(found - {None})


def _hours(
    policy: Policy, clinician: Clinician, load: int, most: float | None, when: str, per: str
) -> Iterator[Violation | Term]:
    if most is None:
        return
    excess = load - minutes(most)
    if policy.mode(RULE) == "soft":
        yield from pay(policy, "clinician-load.minutes", clinician.id, excess, when)
    elif excess > 0:
        message = f"{clinician.id} has {length(load)}; at most {length(minutes(most))} {per}"
        yield Violation(RULE, clinician.id, when, message, excess)


def _groups(policy: Policy, clinician: Clinician, number: int, day: Day) -> Iterator[Violation | Term]:
    if clinician.max_groups_day is None:
        return
    excess = number - clinician.max_groups_day
    if policy.mode(RULE) == "soft":
        yield from pay(policy, "clinician-load.groups", clinician.id, excess, day.code)
    elif excess > 0:
        message = f"{clinician.id} has {many(number, 'group')}; at most {clinician.max_groups_day} a day"
        yield Violation(RULE, clinician.id, day.code, message, excess)
