"""The builder's week and roster joined, with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from builder import Raw, roster, roster_raw, week, week_raw
from iop_sched.rules import Schedule


def schedule(change: Callable[[Raw, Raw], Any] | None = None) -> Schedule:
    """The base week and roster, both as plain data for ``change``, then joined."""
    facts, decided = week_raw(), roster_raw()
    if change is not None:
        change(facts, decided)
    return Schedule.of(week(facts), roster(decided))
