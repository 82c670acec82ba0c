"""What clinicians can be asked for: an hour, a day, one client more."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.repairs import kinds
from iop_sched.repairs.candidate import Candidate
from iop_sched.repairs.of_program import free_id
from iop_sched.repairs.question import Question
from iop_sched.week.people import Clinician
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, Interval, clock, merge

HOUR = 60


def staff(question: Question) -> Iterator[Candidate]:
    """Of each clinician; and somebody like each."""
    policy, clinicians = question.policy, question.week.clinicians
    working = {day for one in clinicians for window in one.available for day in window.days}
    for one in clinicians:
        if one.caseload is not None and policy.mode("primary") == "hard":
            yield Candidate(kinds.CASELOAD, (f"caseload {one.id} {one.caseload + 1}",))
        if one.max_hours_week is not None and policy.mode("clinician-load") == "hard":
            yield Candidate(kinds.WEEK_HOURS, (f"week-hours {one.id} {int(one.max_hours_week) + 1}",))
        yield from _hours(one, working)
        days = {day for window in one.away for day in window.days}
        for day in sorted(days):
            yield Candidate(kinds.BACK, (f"back {one.id} {day.code}",))
        yield Candidate(kinds.HIRE, (f"hire {free_id(one.id, clinicians)} like {one.id}",))


def _hours(one: Clinician, working: set[Day]) -> Iterator[Candidate]:
    by_day = {day: merge(window.interval for window in one.available if day in window.days) for day in WEEK}
    longest = max((span for spans in by_day.values() for span in spans), key=_length)
    for day, spans in by_day.items():
        if spans:
            first, last = spans[0][0], spans[-1][1]
            for span in ((max(0, first - HOUR), first), (last, min(DAY_MINUTES, last + HOUR))):
                if _length(span):
                    yield Candidate(kinds.HOUR, (_extra(one, day, span),))
        elif day in working:
            yield Candidate(kinds.DAY, (_extra(one, day, longest),))


def _extra(one: Clinician, day: Day, span: Interval) -> str:
    return f"extra {one.id} {day.code} {clock(span[0])}-{clock(span[1])}"


def _length(span: Interval) -> int:
    return span[1] - span[0]
