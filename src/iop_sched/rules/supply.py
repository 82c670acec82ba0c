"""Rule ``supply``: there are only so many offices, machines and licensed places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.wording import at, many
from iop_sched.week.policy import Policy
from iop_sched.week.times import WEEK, Day, Interval

RULE = "supply"
Uses = dict[tuple[str, str, Day], list[Interval]]
"""Intervals by site, kind of supply and day."""


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """No more of a supply in use at once than a site has, and no more clients on site than licensed."""
    there: Counter[tuple[str, str]] = Counter()
    for supply in schedule.facts.week.supplies:
        there[supply.site, supply.kind] += supply.count
    for (site, kind, day), intervals in sorted(_uses(schedule).items()):
        used, moment = _peak(intervals)
        count = there[site, kind]
        if used > count:
            message = f"{used} of {kind} in use at once at {site}; there are {count}"
            yield Violation(RULE, site, at(day, moment), message, used - count)
    yield from _census(schedule)


def _uses(schedule: Schedule) -> Uses:
    found: Uses = defaultdict(list)
    for meeting in schedule.held:
        site = schedule.facts.place(meeting.cohort)
        if site is None:
            continue
        for block in schedule.facts.blocks_on(meeting.cohort, meeting.day):
            for kind in block.supplies:
                interval = schedule.block_interval(meeting.cohort, block, meeting.day)
                found[site, kind, meeting.day].append(interval)
    for session in schedule.roster.sessions:
        if session.site is not None:
            for kind in schedule.service(session).supplies:
                found[session.site, kind, session.day].append(schedule.session_interval(session))
    return found


def _peak(intervals: list[Interval]) -> tuple[int, Interval]:
    """The most uses at once, and the first stretch with so many."""
    edges = Counter(start for start, _ in intervals)
    edges.subtract(end for _, end in intervals)
    moments = sorted(edges)
    best, where, now = 0, (0, 0), 0
    for number, moment in enumerate(moments):
        now += edges[moment]
        if now > best:
            best, where = now, (moment, moments[number + 1])
    return best, where


def on_site(schedule: Schedule) -> dict[tuple[str, Day], set[str]]:
    """Clients who attend a meeting or a session at a site on a day."""
    found: dict[tuple[str, Day], set[str]] = defaultdict(set)
    for meeting in schedule.held:
        place = schedule.facts.place(meeting.cohort)
        if place is not None:
            attending = schedule.attendance.attending(meeting)
            found[place, meeting.day].update(client.id for client in attending)
    for session in schedule.roster.sessions:
        if session.site is not None:
            found[session.site, session.day].update(session.clients)
    return dict(found)


def _census(schedule: Schedule) -> Iterator[Violation]:
    there = on_site(schedule)
    for site in schedule.facts.week.sites:
        for day in WEEK:
            count = len(there.get((site.id, day), ()))
            if site.census is not None and count > site.census:
                message = f"{many(count, 'client')} on site at {site.id}; it is licensed for {site.census}"
                yield Violation(RULE, site.id, day.code, message, count - site.census)
