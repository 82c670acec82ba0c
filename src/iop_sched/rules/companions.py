"""Rule ``companions``: some clients are kept apart, others together."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.wording import at
from iop_sched.week.policy import Policy

RULE = "companions"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Pairs kept apart share neither cohort nor session; pairs kept together are not in two cohorts."""
    for one, other in schedule.facts.week.apart:
        if not _waived(schedule, one, other):
            yield from _apart(schedule, one, other)
    for one, other in schedule.facts.week.together:
        cohorts = _cohort(schedule, one), _cohort(schedule, other)
        if not _waived(schedule, one, other) and None not in cohorts and cohorts[0] != cohorts[1]:
            message = f"{one} is in {cohorts[0]} and {other} in {cohorts[1]}; they belong in one cohort"
            yield Violation(RULE, f"{one}, {other}", "", message)


def _apart(schedule: Schedule, one: str, other: str) -> Iterator[Violation]:
    cohort = _cohort(schedule, one)
    if cohort is not None and cohort == _cohort(schedule, other):
        yield Violation(
            RULE, f"{one}, {other}", "", f"{one} and {other} are both in {cohort}; keep them apart"
        )
    for session in schedule.sessions.get(one, []):
        if other in session.clients:
            message = f"{one} and {other} are both in a session of {session.service}; keep them apart"
            yield Violation(
                RULE, f"{one}, {other}", at(session.day, schedule.session_interval(session)), message
            )


def _cohort(schedule: Schedule, client: str) -> str | None:
    placement = schedule.placements.get(client)
    return placement.cohort if placement is not None else None


def _waived(schedule: Schedule, one: str, other: str) -> bool:
    return schedule.facts.overridden(one, RULE) or schedule.facts.overridden(other, RULE)
