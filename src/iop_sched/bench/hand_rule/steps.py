"""Taking steps: one is taken when it breaks no rule further than it was broken."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sched.bench.hand_rule.book import Book, Step, taken
from iop_sched.bench.hand_rule.nearby import nearby
from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.tiers import empty_roster
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek

PINS = "pins"
COSTS_ONLY = ("soft", "off")


class Hand:
    """A week, a policy and the roster under construction."""

    def __init__(self, week: ProgramWeek, policy: Policy) -> None:
        self.week, self.policy, self.facts = week, policy, Facts(week)
        self.book = Book(self.facts, empty_roster(self.facts))
        self._rules = [rule for rule, info in RULES.items() if info.modes != COSTS_ONLY]
        self._rules = [rule for rule in self._rules if policy.mode(rule) != "off"]
        targets = [pin.place or pin.session for pin in week.pins]
        self.pinned = {target.client for target in targets if target}
        self.refused_by: str | None = None
        """The rule that refused the last step that was tried; none when it was taken, or none was tried."""

    def first(self, steps: Iterable[Step], pinned: bool = False) -> bool:
        """Take the first step that can be taken; when pinned, one that heeds the pin if there is any."""
        self.refused_by = None
        if pinned and self._amount(PINS, Schedule(self.facts, self.book.roster)):
            steps = list(steps)
            if any(self._heeds(step) and self.attempt(step) for step in steps):
                return True
            self.refused_by = None
        return any(self.attempt(step) for step in steps)

    def attempt(self, step: Step) -> bool:
        """Take the step if nothing is broken that was whole."""
        before, after = self._around(step)
        for rule in self._rules:
            broken = self._amount(rule, after)
            # mostly none, and then there is no need to count what was broken before
            if broken and broken > self._amount(rule, before):
                # what refuses one step often refuses the next: ask it first
                self._rules.remove(rule)
                self._rules.insert(0, rule)
                self.refused_by = rule
                return False
        self.refused_by = None
        self.book.take(step)
        return True

    def _heeds(self, step: Step) -> bool:
        before, after = self._around(step)
        return self._amount(PINS, after) < self._amount(PINS, before)

    def _around(self, step: Step) -> tuple[Schedule, Schedule]:
        """What the step touches, without it and with it."""
        facts, part = nearby(self.book, self.policy, step)
        return Schedule(facts, part), Schedule(facts, taken(part, step))

    def _amount(self, rule: str, schedule: Schedule) -> int:
        if self.policy.mode(rule) == "off":
            return 0
        found = CHECKS[rule](schedule, self.policy)
        return sum(finding.amount for finding in found if isinstance(finding, Violation))
