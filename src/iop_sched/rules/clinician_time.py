"""Rule ``clinician-time``: staff work in their hours, at one place at a time, and may breathe."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby

from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.occupations import Occupation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.windows import on_day, touches, within
from iop_sched.rules.wording import at, length
from iop_sched.week.base import minutes
from iop_sched.week.people import Break, Clinician
from iop_sched.week.policy import Policy
from iop_sched.week.times import Day, clock, overlap, round_up, subtract

RULE = "clinician-time"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Occupations lie in working hours, apart from each other, around breaks, and leave time for notes."""
    for clinician in schedule.facts.week.clinicians:
        occupations = schedule.occupations_of(clinician.id)
        for occupation in occupations:
            yield from _working(clinician, occupation)
        for day, group in groupby(occupations, key=lambda one: one.day):
            today = list(group)
            for one, other in combinations(today, 2):
                yield from _between(schedule, clinician, one, other)
            for pause in clinician.breaks:
                yield from _break(schedule, clinician, pause, day, today)
        yield from _admin(schedule, clinician)


def _working(clinician: Clinician, occupation: Occupation) -> Iterator[Violation]:
    day, interval, site = occupation.day, occupation.interval, occupation.site
    usable = [window for window in clinician.available if site is None or window.site in (None, site)]
    if not within(usable, day, interval):
        message = f"{clinician.id} does not work then{f' at {site}' if site else ''}: {occupation.label}"
        yield Violation(RULE, clinician.id, at(day, interval), message)
    if touches(clinician.away, day, interval):
        yield Violation(RULE, clinician.id, at(day, interval), f"{clinician.id} is away: {occupation.label}")


def _between(
    schedule: Schedule, clinician: Clinician, one: Occupation, other: Occupation
) -> Iterator[Violation]:
    when = at(other.day, other.interval)
    if overlap(one.interval, other.interval):
        yield Violation(RULE, clinician.id, when, f"{clinician.id} has {one.label} and {other.label} at once")
        return
    between = other.interval[0] - one.interval[1]
    same_meeting = one.meeting is not None and one.meeting == other.meeting
    turnaround = 0 if same_meeting else clinician.turnaround
    travel = schedule.facts.travel(one.site, other.site)
    wanted = max(turnaround, travel)
    if between < wanted:
        message = (
            f"{clinician.id} has {between} min between {one.label} and {other.label};"
            f" {'the way' if travel >= turnaround else 'turnaround'} takes {wanted} min"
        )
        yield Violation(RULE, clinician.id, when, message, wanted - between)


def _break(
    schedule: Schedule, clinician: Clinician, pause: Break, day: Day, today: list[Occupation]
) -> Iterator[Violation]:
    grid = schedule.facts.week.grid
    starts = range(round_up(pause.start, grid), pause.end - pause.minutes + 1, grid)
    if not any(_free(clinician, today, start, start + pause.minutes) for start in starts):
        message = (
            f"{clinician.id} has no break of {pause.minutes} min"
            f" between {clock(pause.start)} and {clock(pause.end)}"
        )
        yield Violation(RULE, clinician.id, at(day, (pause.start, pause.end)), message)


def _free(clinician: Clinician, today: list[Occupation], start: int, end: int) -> bool:
    return all(one.interval[1] + clinician.turnaround <= start or end <= one.interval[0] for one in today)


def working(facts: Facts, clinician: Clinician) -> int:
    """Minutes of working hours in the week, on days that are not closed everywhere."""
    return sum(
        end - start
        for day in facts.online_days
        for start, end in subtract(on_day(clinician.available, day), on_day(clinician.away, day))
    )


def _admin(schedule: Schedule, clinician: Clinician) -> Iterator[Violation]:
    left = working(schedule.facts, clinician) - sum(schedule.loads[clinician.id])
    wanted = minutes(clinician.admin_hours)
    if left < wanted and any(schedule.loads[clinician.id]):
        message = f"{clinician.id} keeps {length(max(0, left))} for administration; {length(wanted)} are due"
        yield Violation(RULE, clinician.id, "", message, wanted - left)
