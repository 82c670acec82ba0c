"""track: as many days as prescribed, on days the cohort meets, not too far apart."""

from __future__ import annotations

from itertools import pairwise

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Model
from iop_sched.week.people import Client
from iop_sched.week.times import Day

RULE = "track"
LEAST_DAYS = 3


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


def admits_spread(model: Model, client: Client, days: tuple[Day, ...]) -> bool:
    """Whether the days of a pattern are near enough to each other, and to last week's."""
    if _waived(model, client):
        return True
    most = model.facts.levels[client.level].max_days_between
    if most is None:
        return True
    previous = model.facts.previous.get(client.id)
    before = [max(previous.days) - 7] if previous and previous.days else []
    return all(later - earlier - 1 <= most for earlier, later in pairwise([*before, *days]))


def _waived(model: Model, client: Client) -> bool:
    return not model.active(RULE) or model.facts.overridden(RULE, client.id)
