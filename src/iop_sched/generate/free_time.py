"""When a client can have a session in the planted roster."""

from __future__ import annotations

from iop_sched.generate.catalogue import LEVELS, SERVICES, ServicePlan
from iop_sched.generate.draft import Person, Site
from iop_sched.week.times import Interval, overlap, round_up

FIRST, LAST = 8 * 60, 21 * 60
_LEVELS = {level["id"]: level for level in LEVELS}
LUNCH = 45


def days_in_order(site: Site, person: Person, plan: ServicePlan) -> list[int]:
    """Days on which one more session of the service would be in order; days with a meeting first."""
    days = [day for day in range(5) if day not in site.closed and _in_stay(person, plan, day)]
    days = [day for day in site.dice.shuffled(days) if _in_time(site, person, plan, day)]
    if plan.id == "assessment":
        return sorted(days)
    return sorted(days, key=lambda day: not person.attends(day, site.closed))


def _in_stay(person: Person, plan: ServicePlan, day: int) -> bool:
    if plan.id == "assessment":
        return (person.verified or 0) <= day <= person.deadline
    return person.start <= day <= person.last


def _in_time(site: Site, person: Person, plan: ServicePlan, day: int) -> bool:
    """Spacing, spread and order within the week; of last week, what ``last_week`` will see to."""
    own = [one.day for one in person.sessions_of(plan.id)]
    spacing = plan.extra.get("spacing_days", 0)
    bound = plan.extra.get("at_most")
    if any(abs(day - other) < max(spacing, bound["days"] if bound else 0) for other in own):
        return False
    follows = plan.extra.get("follows")
    if follows is None:
        return True
    if "service" in follows:
        return any(
            0 <= day - one.day <= follows["max_days"] for one in person.sessions_of(follows["service"])
        )
    before = [other for other in range(7) if person.attends(other, site.closed)]
    if was_there_on_friday(person):
        before.append(-3)
    return any(follows["min_days"] <= day - other <= follows["max_days"] for other in before)


def was_there_on_friday(person: Person) -> bool:
    """Whether last week's pattern, the same as this week's, ended on Friday."""
    home = person.home
    settled = home is not None and home.running and not person.new and not person.ended
    return settled and 4 in person.pattern


def starts(site: Site, person: Person, plan: ServicePlan, day: int) -> list[int]:
    """Starts on the grid, those next to the day's meeting first."""
    found = range(FIRST, LAST - round_up(plan.minutes, site.grid) + 1, site.grid)
    if person.home is None or not person.attends(day, site.closed):
        return site.dice.shuffled(found)
    timed = person.blocks(day)
    first, last = timed[0][1][0], max(end for _, (_, end) in timed)
    return sorted(found, key=lambda start: max(first - start, start - last, 0))


def free(site: Site, person: Person, plan: ServicePlan, day: int, start: int) -> bool:
    """Whether the client can come then."""
    when = (start, start + round_up(plan.minutes, site.grid))
    if person.hours is not None and not _within(person.hours, when):
        return False
    for away in (*person.busy, *person.absences):
        if away[0] == day and overlap((away[1], away[2]), when):
            return False
    if plan.extra.get("family") and person.family_hours and not _within(person.family_hours, when):
        return False
    if any(one.day == day and overlap(_of(site, one.start, one.service), when) for one in person.sessions):
        return False
    return not person.attends(day, site.closed) or _beside_blocks(person, plan, day, when)


def _within(hours: Interval, when: Interval) -> bool:
    return hours[0] <= when[0] and when[1] <= hours[1]


def _of(site: Site, start: int, service: str) -> Interval:
    return (start, start + round_up(SERVICES[service].minutes, site.grid))


def _beside_blocks(person: Person, plan: ServicePlan, day: int, when: Interval) -> bool:
    for block, interval in person.blocks(day):
        if not overlap(interval, when):
            continue
        if not (block.may_leave and plan.minutes <= block.minutes and _within(interval, when)):
            return False
    return True


def adds_too_much(person: Person, plan: ServicePlan, day: int, closed: frozenset[int]) -> bool:
    """Whether the day, or the week's days with sessions alone, would become too long."""
    level = _LEVELS[person.level]
    there = person.attends(day, closed)
    blocks = [block for block, _ in person.blocks(day) if block.counts] if there else []
    today = [SERVICES[one.service] for one in person.sessions if one.day == day]
    minutes = sum(block.minutes for block in blocks)
    minutes += sum(one.minutes for one in (*today, plan) if one.counts)
    services = level.get("services_per_day")
    if minutes > level["day_hours"]["max"] * 60:
        return True
    if services and len(blocks) + len(today) + 1 > services["max"]:
        return True
    most: int | None = level.get("service_only_days")
    if most is None or there or person.kind == "optional":
        return False
    alone = {day, *(one.day for one in person.sessions if SERVICES[one.service].counts)}
    return sum(not person.attends(other, closed) for other in alone) > most
