"""The best rosters found: with every rule, and with each rule left out."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from iop_sched.rules.findings import Term
from iop_sched.rules.tiers import weigh
from iop_sched.week.policy import PENALTIES, RULES, TIERS, Policy, Tier
from iop_sched.week.roster import Roster

Key = tuple[int, ...]
SAMPLE = 3
"""How many legal rosters are kept, and how many that break a rule alone."""


@dataclass
class Tally:
    """What an enumeration came to; a best of None says that no roster keeps the rules."""

    policy: Policy
    rng: random.Random
    sample: int = SAMPLE
    rosters: int = 0
    best: Key | None = None
    best_roster: Roster | None = None
    best_weighted: int | None = None
    without: dict[str, Key | None] = field(default_factory=lambda: dict.fromkeys(RULES))
    accepted: list[Roster] = field(default_factory=list)
    rejected: dict[str, list[Roster]] = field(default_factory=dict)
    _legal: int = 0
    _single: dict[str, int] = field(default_factory=dict)

    def record(
        self,
        roster: Roster,
        broken: frozenset[str],
        violations: int,
        terms: list[Term],
        leaning: Mapping[str, bool],
    ) -> None:
        """One whole roster. ``leaning``: whether max-moves breaks when another rule is left out."""
        self.rosters += 1
        total, parts = self._values(terms)
        for rule, moves in leaning.items():
            rest = (broken - {rule, "max-moves"}) | ({"max-moves"} if moves else set())
            if not rest:
                self._offer(rule, self._key(total, parts.get(rule)))
        if not broken:
            self._legal_one(roster, total)
            for rule, part in parts.items():
                if rule in self.without and rule not in leaning:
                    self._offer(rule, self._key(total, part))
        elif len(broken) == 1:
            (rule,) = broken
            if rule not in leaning:
                self._offer(rule, self._key(total, parts.get(rule)))
            if violations == 1:
                self._single[rule] = self._sample(
                    self.rejected.setdefault(rule, []), self._single.get(rule, 0), roster
                )

    def changes(self) -> set[str]:
        """Rules without which status or optimum is another. Call it when all rosters are recorded."""
        return {
            rule
            for rule, key in self.without.items()
            if key is not None and (self.best is None or key < self.best)
        }

    def _legal_one(self, roster: Roster, total: dict[Tier, int]) -> None:
        key = self._key(total, None)
        if self.best is None or key < self.best:
            self.best, self.best_roster = key, roster
        weighted = weigh(self.policy, total)
        if self.best_weighted is None or weighted < self.best_weighted:
            self.best_weighted = weighted
        self._legal = self._sample(self.accepted, self._legal, roster)

    def _sample(self, kept: list[Roster], seen: int, roster: Roster) -> int:
        """Reservoir sampling: every roster is as likely to be kept as any other."""
        if len(kept) < self.sample:
            kept.append(roster)
        elif (place := self.rng.randrange(seen + 1)) < self.sample:
            kept[place] = roster
        return seen + 1

    def _offer(self, rule: str, key: Key) -> None:
        best = self.without[rule]
        if best is None or key < best:
            self.without[rule] = key

    def _values(self, terms: list[Term]) -> tuple[dict[Tier, int], dict[str, dict[Tier, int]]]:
        total: dict[Tier, int] = dict.fromkeys(TIERS, 0)
        parts: dict[str, dict[Tier, int]] = {}
        for term in terms:
            info, cost = PENALTIES[term.penalty], term.cost
            total[info.tier] += cost
            part = parts.setdefault(info.rule, {})
            part[info.tier] = part.get(info.tier, 0) + cost
        return total, parts

    def _key(self, total: dict[Tier, int], part: dict[Tier, int] | None) -> Key:
        if not part:
            return tuple(total[tier] for tier in self.policy.tiers)
        return tuple(total[tier] - part.get(tier, 0) for tier in self.policy.tiers)
