"""Hours prescribed and authorised, of some clients together."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.rules import Schedule
from iop_sched.rules.authorisation import covered_days
from iop_sched.week.base import minutes
from iop_sched.week.people import Client


def prescribed(clients: Iterable[Client]) -> int:
    """Target minutes of the week."""
    return sum(client.prescription.hours.aim for client in clients if client.prescription is not None)


def authorised(schedule: Schedule, clients: Iterable[Client]) -> tuple[int, int]:
    """What payers have agreed to on dates of this week: minutes, and days. The two are never added up."""
    agreed = [one.authorisation for one in clients if one.authorisation is not None]
    current = [one for one in agreed if covered_days(schedule, one)]
    return sum(minutes(one.hours or 0) for one in current), sum(one.days or 0 for one in current)
