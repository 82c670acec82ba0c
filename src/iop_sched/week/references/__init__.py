"""What no field can tell by itself: unknown ids, times off the grid, facts that contradict each other.

A week that is merely impossible (a pin against an availability, nobody who can lead) is none of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from iop_sched.week.document import Fault
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references import (
    bands,
    care,
    clients,
    companions,
    ids,
    pinned_staff,
    pins,
    services,
    staff,
    times,
)

_CHECKS: tuple[Callable[[ProgramWeek], Iterator[Fault]], ...] = (
    bands.check,
    times.check,
    care.check,
    services.check,
    staff.check,
    clients.check,
    companions.check,
    pins.check,
    pinned_staff.check,
)


def contradictions(week: ProgramWeek, data: Any) -> Iterator[Fault]:
    """Every fault of a week read from ``data``; paths are those inside ``week``.

    Ids are looked up in ``data``, which has all of them even when ``week`` is only what could be read of it.
    """
    yield from ids.unknown(week, ids.known_ids(data))
    yield from ids.repeated_words(week)
    for check in _CHECKS:
        yield from check(week)
