"""One more placement in a roster that otherwise stays, and which rules it breaks by itself."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.week.care import Cohort
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement
from iop_sched.week.times import WEEK, Day, week_minute

Pattern = tuple[Day, ...]

TRIED = (
    "companions",
    "meeting-attendance",
    "max-moves",
    "weekly-hours",
    "supply",
    "rooms",
    "facilitation",
)
"""Rules that a placement alone can break; program-day is left out, as sessions could still fill a day."""

MOST_TRIALS = 12
"""Placements tried of one client in one cohort."""


class Joining:
    """Tries placements in one roster."""

    def __init__(self, schedule: Schedule, policy: Policy) -> None:
        self.schedule, self.facts, self.policy = schedule, schedule.facts, policy
        self.known: set[tuple[str, str, str]] | None = None

    def placement(self, client: Client, cohort: Cohort, days: Pattern) -> Placement | None:
        """From the first meeting that the client may come to; none when there is no such day."""
        start = self._start(client, cohort, days)
        if start is None:
            return None
        last = Day.SUN if client.stay.last_day is None else client.stay.last_day
        if client.stay.length_days is not None and not self.facts.is_current(client):
            last = Day(min(last, start + client.stay.length_days.max - 1))
        return Placement(client=client.id, cohort=cohort.id, days=days, start=start, last=last)

    def _start(self, client: Client, cohort: Cohort, days: Pattern) -> Day | None:
        if self.facts.is_current(client) or self.policy.mode("stay") == "off":
            return Day.MON
        overridden = self.facts.overridden(client.id, "stay")
        window = WEEK if overridden else WEEK[client.stay.earliest_start : client.stay.latest_start + 1]
        due = self.schedule.due_days(cohort.id)
        for day in days:
            excused = self.schedule.attendance.excused(client, cohort.id, day)
            if day in window and day in due and not excused and self._admitted(client, cohort, day):
                return day
        return None

    def _admitted(self, client: Client, cohort: Cohort, day: Day) -> bool:
        """Whether insurance and assessment allow a first meeting on ``day``."""
        intake = client.intake
        if intake is None or self.policy.mode("intake") == "off":
            return True
        if self.facts.overridden(client.id, "intake"):
            return True
        if isinstance(intake.insurance, Day) and day < intake.insurance:
            return False
        assessed = self.schedule.assessment_session(client)
        if assessed is None:
            return True
        if intake.lag_days:
            return day >= assessed.day + intake.lag_days
        end = week_minute(assessed.day, self.schedule.session_interval(assessed)[1])
        blocks = self.schedule.own_blocks(client, cohort.id, day)
        return bool(blocks) and week_minute(day, blocks[0][1][0]) >= end

    def least_broken(self, placements: list[Placement]) -> list[Violation]:
        """What the best of these placements breaks; nothing as soon as one breaks nothing."""
        best: list[Violation] | None = None
        for placement in placements[:MOST_TRIALS]:
            broken = self._try(placement)
            if best is None or len(broken) < len(best):
                best = broken
            if not best:
                break
        return best or []

    def _try(self, placement: Placement) -> list[Violation]:
        """What a roster with one more placement breaks that this one does not."""
        if self.known is None:
            self.known = {_key(one) for one in self._violations(self.schedule)}
        roster = self.schedule.roster
        more = roster.model_copy(update={"placements": (*roster.placements, placement)})
        return [one for one in self._violations(Schedule(self.facts, more)) if _key(one) not in self.known]

    def _violations(self, schedule: Schedule) -> Iterator[Violation]:
        for rule in TRIED:
            if self.policy.mode(rule) != "off":
                yield from (one for one in CHECKS[rule](schedule, self.policy) if isinstance(one, Violation))


def _key(violation: Violation) -> tuple[str, str, str]:
    return violation.rule, violation.who, violation.when
