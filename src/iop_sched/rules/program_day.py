"""Rule ``program-day``: a billed day is long enough, no day too long or too full."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.wording import days, length, many
from iop_sched.week.care import LevelOfCare
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.times import WEEK

RULE = "program-day"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Minutes and services of each day of a placed client lie within the bands of the level of care."""
    for client, _ in schedule.placed:
        if schedule.facts.overridden(client.id, RULE):
            continue
        level = schedule.facts.levels[client.level]
        yield from _least(schedule, client, level)
        yield from _most(schedule, client, level)
        if not client.group_optional:
            yield from _service_only(schedule, client, level)


def _least(schedule: Schedule, client: Client, level: LevelOfCare) -> Iterator[Violation]:
    figures = schedule.dosage(client)
    for day in schedule.attended_days(client):
        short = level.day_hours.floor - figures.on(day)
        if short > 0:
            message = (
                f"{client.id} has {length(figures.on(day))} on a program day;"
                f" at least {length(level.day_hours.floor)}"
            )
            yield Violation(RULE, client.id, day.code, message, short)
        band = level.services_per_day
        if band is not None and figures.services[day] < band.min:
            given = many(figures.services[day], "service")
            message = f"{client.id} has {given} on a program day; at least {band.min}"
            yield Violation(RULE, client.id, day.code, message, band.min - figures.services[day])


def _most(schedule: Schedule, client: Client, level: LevelOfCare) -> Iterator[Violation]:
    figures = schedule.dosage(client)
    band = level.services_per_day
    for day in WEEK:
        long = figures.on(day) - level.day_hours.ceiling
        if long > 0:
            most = length(level.day_hours.ceiling)
            message = f"{client.id} has {length(figures.on(day))} in one day; at most {most}"
            yield Violation(RULE, client.id, day.code, message, long)
        if band is not None and figures.services[day] > band.max:
            message = (
                f"{client.id} has {many(figures.services[day], 'service')} in one day; at most {band.max}"
            )
            yield Violation(RULE, client.id, day.code, message, figures.services[day] - band.max)


def _service_only(schedule: Schedule, client: Client, level: LevelOfCare) -> Iterator[Violation]:
    figures = schedule.dosage(client)
    attended = schedule.attended_days(client)
    alone = [day for day in WEEK if figures.sessions[day] > 0 and day not in attended]
    if level.service_only_days is not None and len(alone) > level.service_only_days:
        message = (
            f"{client.id} has {many(len(alone), 'day')} with sessions and no meeting;"
            f" at most {level.service_only_days}"
        )
        yield Violation(RULE, client.id, days(alone), message, len(alone) - level.service_only_days)
