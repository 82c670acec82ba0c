"""Rule ``meeting-held``: the group meets; if it truly cannot, that is dearer than anything else."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import at
from iop_sched.week.policy import Policy

RULE = "meeting-held"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Every due meeting is held, or costs more than the places of all current clients."""
    dear = len(schedule.facts.current_treated) + 1
    for meeting in schedule.roster.facilitation:
        if meeting.held:
            continue
        when = at(meeting.day, schedule.span(meeting))
        if policy.mode(RULE) == "hard":
            yield Violation(RULE, meeting.cohort, when, f"{meeting.cohort} is due to meet and does not")
        yield from pay(policy, "meeting-held", meeting.cohort, dear, when)
