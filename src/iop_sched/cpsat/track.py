"""track: as many days as prescribed, on days the cohort meets, not too far apart."""

from __future__ import annotations

from itertools import pairwise

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Model
from iop_sched.week.people import Client
from iop_sched.week.times import Day

RULE = "track"
LEAST_DAYS = 3
WEEK_DAYS = 7


def admits_day(model: Model, client: Client, key: MeetingKey) -> bool:
    """Whether a pattern of the client may have the day of a meeting."""
    if _waived(model, client):
        return True
    assert client.prescription is not None
    return key.day in client.prescription.weekdays and bool(model.facts.owned(client, key))


def admits_number(model: Model, client: Client, count: int) -> bool:
    """Whether a pattern of the client may have so many days."""
    if _waived(model, client):
        return True
    assert client.prescription is not None
    band = model.facts.levels[client.level].days
    return count in client.prescription.days and (
        client.step_down or (band.min <= count <= band.max and count >= LEAST_DAYS)
    )


def admits_gaps(model: Model, client: Client, days: tuple[Day, ...]) -> bool:
    """Whether the days of a pattern are near enough to each other."""
    most = _most_between(model, client)
    return most is None or all(later - earlier - 1 <= most for earlier, later in pairwise(days))


def admits_since(model: Model, client: Client, days: tuple[Day, ...]) -> bool:
    """Whether the first day of a pattern is near enough to last week's last."""
    most = _most_between(model, client)
    previous = model.facts.previous.get(client.id)
    if most is None or previous is None or not previous.days:
        return True
    return days[0] + WEEK_DAYS - max(previous.days) - 1 <= most


def earliest_last(model: Model, client: Client, fitting: list[tuple[Day, ...]]) -> int:
    """The day that a pattern must reach, so that one of those that fit can go on from it week after week.

    Where none can, 0 for a current client, of whom nothing is asked, and a day after Sunday for a new one.
    """
    most = _most_between(model, client)
    if most is None:
        return 0
    reach = WEEK_DAYS - 1 - most
    firsts = [days[0] for days in fitting if days[-1] >= days[0] + reach]
    if firsts:
        return min(firsts) + reach
    return 0 if model.facts.current(client) else WEEK_DAYS


def leaves(client: Client, last: Day) -> bool:
    """Whether a place that ends on ``last`` has no next week."""
    return last < Day.SUN or client.stay.last_day is not None


def _most_between(model: Model, client: Client) -> int | None:
    return None if _waived(model, client) else model.facts.levels[client.level].max_days_between


def _waived(model: Model, client: Client) -> bool:
    return not model.active(RULE) or model.facts.overridden(RULE, client.id)
