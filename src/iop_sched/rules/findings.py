"""What the specification finds in a roster: violations of hard rules, and penalty terms."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.week.policy import PENALTIES, Tier


@dataclass(frozen=True)
class Violation:
    """A hard rule that the roster breaks. ``amount`` is in the unit that ``message`` names."""

    rule: str
    who: str
    when: str
    message: str
    amount: int = 1


@dataclass(frozen=True)
class Term:
    """One penalty the roster pays: ``amount`` (above 0) times ``weight``."""

    penalty: str
    who: str
    amount: int
    weight: int
    when: str = ""

    @property
    def tier(self) -> Tier:
        """The tier it counts in."""
        return PENALTIES[self.penalty].tier

    @property
    def cost(self) -> int:
        """Amount times weight."""
        return self.amount * self.weight


@dataclass(frozen=True)
class TierFigure:
    """A tier's recomputed penalty, and all that is at stake in it (at least 1)."""

    value: int
    scale: int


@dataclass(frozen=True)
class Evaluation:
    """A roster measured against a week and a policy."""

    violations: tuple[Violation, ...]
    terms: tuple[Term, ...]
    tiers: dict[Tier, TierFigure]
    weighted: TierFigure

    def figure(self, name: str) -> TierFigure:
        """The figure of a tier, or of ``weighted``."""
        return next((found for tier, found in self.tiers.items() if tier == name), self.weighted)

    @property
    def holds(self) -> bool:
        """Whether every hard rule holds."""
        return not self.violations
