"""Which days can be billed, which are at risk, and which authorisations run out."""

from __future__ import annotations

from iop_sched.next_week.attended import Attended
from iop_sched.next_week.this_week import ThisWeek
from iop_sched.rules import Schedule
from iop_sched.rules.authorisation import covered_days
from iop_sched.upward.model import AHEAD, AtRisk, Ending, Why
from iop_sched.week.base import minutes
from iop_sched.week.people import Authorisation, Client
from iop_sched.week.times import WEEK, Day


def risks(schedule: Schedule, client: Client) -> AtRisk:
    """The days of a placed client that may not be paid, or were lost."""
    attended = schedule.attended_days(client)
    figures = schedule.dosage(client)
    level = schedule.facts.levels[client.level]
    least = level.services_per_day.min if level.services_per_day is not None else 0
    return AtRisk(
        client=client.id,
        short=tuple(
            day
            for day in attended
            if figures.on(day) < level.day_hours.floor or figures.services[day] < least
        ),
        unauthorised=_unauthorised(schedule, client),
        lost=tuple(day for day in schedule.placements[client.id].days if day not in attended),
    )


def _unauthorised(schedule: Schedule, client: Client) -> tuple[Day, ...]:
    """Treatment days that units on covered dates do not pay whole, the units going to the first days.

    Of a client whose authorisation is not in the file, nothing is known: none.
    """
    given = client.authorisation
    if given is None:
        return ()
    figures = schedule.dosage(client)
    units = minutes(given.hours) if given.hours is not None else given.days or 0
    covered, beyond = covered_days(schedule, given), []
    for day in WEEK:
        needs = figures.on(day) if given.hours is not None else int(figures.on(day) > 0)
        if needs and (day not in covered or needs > units):
            beyond.append(day)
        if day in covered:
            units = max(0, units - needs)
    return tuple(beyond)


def billable(schedule: Schedule, client: Client, found: AtRisk) -> tuple[Day, ...]:
    """Program days of a placed client that no risk touches."""
    at_risk = {*found.short, *found.unauthorised}
    return tuple(day for day in schedule.attended_days(client) if day not in at_risk)


def endings(schedule: Schedule) -> list[Ending]:
    """Authorisations of clients with a prescription that run out soon, the nearest last date first."""
    this = ThisWeek(schedule.facts.week, schedule.roster, Attended())
    found = [
        ending
        for client in schedule.facts.treated
        if client.authorisation is not None
        and (ending := _ending(this, client, client.authorisation)) is not None
    ]
    return sorted(found, key=lambda one: (one.last_in_days, one.client))


def _ending(this: ThisWeek, client: Client, agreed: Authorisation) -> Ending | None:
    after = this.left(client) or agreed
    in_hours = agreed.hours is not None
    before, left = (_units(one, in_hours) for one in (agreed, after))
    days = (agreed.last - this.week.week_of).days
    why = _why(days, before - left, left)
    if why is None:
        return None
    return Ending(
        client=client.id,
        why=why,
        last=agreed.last,
        last_in_days=days,
        unit="hours" if in_hours else "days",
        agreed=before,
        used=before - left,
        left=left,
    )


def _units(given: Authorisation, in_hours: bool) -> float:
    return float((given.hours if in_hours else given.days) or 0)


def _why(last_in_days: int, used: float, left: float) -> Why | None:
    if last_in_days < 0:
        return "ended"
    if left == 0:
        return "used up"
    if last_in_days < AHEAD:
        return "ends"
    return "runs out" if 0 < left <= used else None
