"""Whether a cohort has a seat for a client on a day, and what the seat costs, asked of the specification.

The rules tried here look at who is where, and not at the client's own sessions. What they find of one more
member is a matter of the cohort, plus a matter of each day attended; so each is tried once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from iop_sched.admit.others import Others
from iop_sched.rules.findings import Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.week.policy import Tier
from iop_sched.week.roster import Placement
from iop_sched.week.times import Day, Id

TRIED = (
    "cohort-size",
    "meeting-attendance",
    "companions",
    "max-moves",
    "facilitation",
    "rooms",
    "supply",
    "balance",
)


@dataclass(frozen=True)
class Seat:
    """What one more member breaks, and what it costs more than without, by tier."""

    broken: tuple[Violation, ...]
    cost: Counter[Tier]


class Seats:
    """Seats of one client in the open cohorts of a roster."""

    def __init__(self, others: Others) -> None:
        self._others = others
        self._tried: dict[tuple[Id | None, tuple[Day, ...]], Seat] = {}

    def broken(self, cohort: Id | None, attended: Iterable[Day]) -> tuple[Violation, ...]:
        """What is broken by a place in the cohort (none: without one) on these days."""
        found = [self._try(cohort, days) for days in [(), *((day,) for day in attended)]]
        return tuple(dict.fromkeys(one for seat in found for one in seat.broken))

    def cost(self, cohort: Id | None, attended: Iterable[Day]) -> Counter[Tier]:
        """What the place costs; a saving counts below 0."""
        member = self._try(cohort, ()).cost
        total = Counter(member)
        for day in attended:
            of_day = Counter(self._try(cohort, (day,)).cost)
            of_day.subtract(member)
            total.update(of_day)
        return total

    def _try(self, cohort: Id | None, days: tuple[Day, ...]) -> Seat:
        key = (cohort, days)
        if key not in self._tried:
            placement = Placement(
                client=self._others.client.id, cohort=cohort, days=days, start=Day.MON, last=Day.SUN
            )
            found = self._look((placement,))
            found.cost.subtract(self._without.cost)
            self._tried[key] = found
        return self._tried[key]

    @cached_property
    def _without(self) -> Seat:
        return self._look(())

    def _look(self, more: tuple[Placement, ...]) -> Seat:
        roster = self._others.roster
        joined = roster.model_copy(update={"placements": (*roster.placements, *more)})
        schedule = Schedule(self._others.facts, joined)
        # who works when does not depend on who attends
        schedule.loads = self._others.schedule.loads
        broken: list[Violation] = []
        cost: Counter[Tier] = Counter()
        for rule in TRIED:
            for finding in CHECKS[rule](schedule, self._others.policy) if self._others.active(rule) else ():
                if isinstance(finding, Violation):
                    broken.append(finding)
                else:
                    cost[finding.tier] += finding.cost
        return Seat(tuple(broken), cost)
