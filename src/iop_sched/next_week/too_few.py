"""Cohorts that will have too few people, by the stays and steps that are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from math import floor

from iop_sched.next_week.affected import TooFew
from iop_sched.next_week.clients import A_WEEK
from iop_sched.next_week.this_week import ThisWeek
from iop_sched.rules.facts import Facts, owns
from iop_sched.week.care import Cohort
from iop_sched.week.people import Client


@dataclass(frozen=True)
class _Member:
    """A member on next week's Monday: days a week from each date on, and the last date, if known."""

    client: Client
    days: tuple[tuple[date, int], ...]
    last: date | None

    def there(self, on: date) -> bool:
        return self.last is None or on <= self.last

    def days_on(self, on: date) -> int:
        return [days for since, days in self.days if since <= on][-1] if self.there(on) else 0


@dataclass(frozen=True)
class _Group:
    """A cohort with its members on next week's Monday, and those who were members this week alone."""

    cohort: Cohort
    members: list[_Member]
    gone: list[str]

    def left(self, on: date) -> tuple[str, ...]:
        return (*self.gone, *(one.client.id for one in self.members if not one.there(on)))


def too_few(this: ThisWeek, coming: Facts) -> Iterator[TooFew]:
    """Running cohorts from the first date on which their members, or those who come to a block, are too few.

    If nobody joins: who is a member on next week's Monday counts until the last date that is known.
    """
    for cohort in coming.week.cohorts:
        if cohort.status == "running":
            inherited = coming.inherited_members.get(cohort.id, ())
            there = {one.id for one in inherited}
            group = _Group(
                cohort,
                [_member(coming, one) for one in inherited],
                [one.client for one in this.schedule.members.get(cohort.id, ()) if one.client not in there],
            )
            yield from islice(_few_members(coming, group), 1)
            yield from islice(_few_at_meetings(coming, group), 1)


def _member(coming: Facts, client: Client) -> _Member:
    monday, prescription = coming.week.week_of, client.prescription
    assert prescription is not None, client.id
    before = len(coming.previous[client.id].days)
    now = before if before in prescription.days else max(prescription.days, default=0)
    steps = ((step.week_of, max(step.days, default=0)) for step in prescription.steps)
    last_day, last = client.stay.last_day, client.stay.last_date
    if last_day is not None:
        last = monday + timedelta(days=int(last_day))
    return _Member(client, ((monday, now), *steps), last)


def _few_members(coming: Facts, group: _Group) -> Iterator[TooFew]:
    """Every date on which members are too few."""
    monday, least = coming.week.week_of, group.cohort.members.min
    leaving = {one.last + timedelta(days=1) for one in group.members if one.last is not None}
    for on in sorted({monday} | leaving):
        there = sum(one.there(on) for one in group.members)
        if there < least:
            yield TooFew(group.cohort.id, on, None, there, least, group.left(on), ())


def _few_at_meetings(coming: Facts, group: _Group) -> Iterator[TooFew]:
    """Every week, and block of it, to which too few come on average: then some meeting has too few."""
    monday, cohort = coming.week.week_of, group.cohort
    mondays = {monday} | {since for one in group.members for since, _ in one.days}
    mondays |= {one.last + A_WEEK - timedelta(days=one.last.weekday()) for one in group.members if one.last}
    for on in sorted(mondays):
        fewer = tuple(one.client.id for one in group.members if 0 < one.days_on(on) < one.days_on(monday))
        for block in coming.agendas[cohort.agenda].blocks:
            days = [day for day in cohort.options[0].days if block in coming.blocks_on(cohort.id, day)]
            if block.attendance is None or not days:
                continue
            come = sum(min(len(days), one.days_on(on)) for one in group.members if owns(one.client, block))
            if come < block.attendance.min * len(days):
                average = floor(10 * come / len(days)) / 10
                yield TooFew(cohort.id, on, block.id, average, block.attendance.min, group.left(on), fewer)
