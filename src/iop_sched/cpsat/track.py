"""track: as many days as prescribed, on days the cohort meets, not too far apart."""

from __future__ import annotations

from itertools import pairwise

from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Model
from iop_sched.week.people import Client
from iop_sched.week.times import Day

RULE = "track"
LEAST_DAYS = 3


def admits(model: Model, client: Client, key: MeetingKey, days: tuple[Day, ...]) -> bool:
    """Whether ``days`` is a pattern for the client in an option of a cohort; ``key.day`` is not used."""
    if not model.active(RULE) or model.facts.overridden(RULE, client.id):
        return True
    assert client.prescription is not None
    band = model.facts.levels[client.level].days
    count = len(days)
    return (
        count in client.prescription.days
        and (client.step_down or (band.min <= count <= band.max and count >= LEAST_DAYS))
        and set(days) <= set(client.prescription.weekdays)
        and all(model.facts.owned(client, key._replace(day=day)) for day in days)
        and _spread(model, client, days)
    )


def _spread(model: Model, client: Client, days: tuple[Day, ...]) -> bool:
    most = model.facts.levels[client.level].max_days_between
    if most is None:
        return True
    previous = model.facts.previous.get(client.id)
    before = [max(previous.days) - 7] if previous and previous.days else []
    return all(later - earlier - 1 <= most for earlier, later in pairwise([*before, *days]))
