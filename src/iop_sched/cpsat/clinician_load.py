"""clinician-load: not more hours or groups than a person can carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Cost, Expr, Literal, Model
from iop_sched.cpsat.occupations import load, most_load
from iop_sched.week.base import minutes
from iop_sched.week.people import Clinician
from iop_sched.week.times import WEEK, Day

RULE = "clinician-load"


def post(model: Model) -> Iterator[Cost]:
    """Hours a day and a week, groups a day."""
    for clinician in model.facts.week.clinicians:
        if clinician.max_hours_week is not None:
            yield from _hours(model, clinician, None, minutes(clinician.max_hours_week))
        for day in WEEK:
            if clinician.max_hours_day is not None:
                yield from _hours(model, clinician, day, minutes(clinician.max_hours_day))
            if clinician.max_groups_day is not None:
                yield from _groups(model, clinician, day, clinician.max_groups_day)


def _hours(model: Model, clinician: Clinician, day: Day | None, limit: int) -> Iterator[Cost]:
    scheduled = load(model, clinician.id, day)
    upper = most_load(model, clinician.id, day) - limit
    if upper <= 0:
        return
    if model.soft(RULE):
        over = model.excess(scheduled, limit, upper, f"{clinician.id} {day} minutes above most")
        yield Cost("clinician-load.minutes", over, upper)
    else:
        model.cp.add(scheduled <= limit)


def _groups(model: Model, clinician: Clinician, day: Day, limit: int) -> Iterator[Cost]:
    meetings: dict[MeetingKey, dict[int, Literal]] = defaultdict(dict)
    groups: Expr = 0
    count = 0
    for o in model.occupations[clinician.id, day]:
        if o.meeting is not None:
            meetings[o.meeting][o.literal.index] = o.literal
        elif o.is_group:
            groups += o.literal
            count += 1
    for key, literals in meetings.items():
        groups += model.any_of(
            list(literals.values()), f"{clinician.id} works in {key.cohort} {key.day.code}"
        )
    upper = count + len(meetings) - limit
    if upper <= 0:
        return
    if model.soft(RULE):
        over = model.excess(groups, limit, upper, f"{clinician.id} {day.code} groups above most")
        yield Cost("clinician-load.groups", over, upper)
    else:
        model.cp.add(groups <= limit)
