"""What a change does: rules broken by it, rules no longer broken, and what it costs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from iop_sched.rules import Evaluation, Violation, evaluate
from iop_sched.week.policy import PENALTIES, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


@dataclass(frozen=True)
class Cost:
    """A penalty that somebody pays more or less of: ``difference`` in points, above 0 when it is dearer."""

    penalty: str
    who: str
    difference: int

    @property
    def tier(self) -> str:
        """The tier it counts in."""
        return PENALTIES[self.penalty].tier


@dataclass(frozen=True)
class TierChange:
    """A tier's value before and after; lower is better."""

    tier: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """Above 0 when it is worse than before."""
        return self.after - self.before


@dataclass(frozen=True)
class Effect:
    """Two rosters of one week compared by the specification.

    ``broken`` are violations that the first did not have, ``mended`` those that the second no longer has,
    ``waived`` those that a pin's override sets aside. ``after`` measures the second.
    """

    broken: tuple[Violation, ...]
    mended: tuple[Violation, ...]
    waived: tuple[Violation, ...]
    costs: tuple[Cost, ...]
    tiers: tuple[TierChange, ...]
    after: Evaluation


def effect_of(
    week: ProgramWeek,
    before: Roster,
    after: Roster,
    policy: Policy,
    overriding: ProgramWeek | None = None,
) -> Effect:
    """Measure both rosters; ``overriding`` is the same week with a pin that the second is to be held to."""
    old, plain = evaluate(week, before, policy), evaluate(week, after, policy)
    new = plain if overriding is None else evaluate(overriding, after, policy)
    return Effect(
        broken=_without(new.violations, old.violations),
        mended=_mended(old.violations, new.violations),
        waived=_without(plain.violations, new.violations),
        costs=_costs(old, new, policy),
        tiers=_tiers(old, new, policy),
        after=new,
    )


def _without(these: tuple[Violation, ...], those: tuple[Violation, ...]) -> tuple[Violation, ...]:
    left = Counter(those)
    found = []
    for violation in these:
        if left[violation]:
            left[violation] -= 1
        else:
            found.append(violation)
    return tuple(found)


def _mended(old: tuple[Violation, ...], new: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """Violations that are gone; one that is only larger or smaller now is still there."""
    still = {(one.rule, one.who, one.when) for one in new}
    return tuple(one for one in _without(old, new) if (one.rule, one.who, one.when) not in still)


def _costs(old: Evaluation, new: Evaluation, policy: Policy) -> tuple[Cost, ...]:
    points: Counter[tuple[str, str]] = Counter()
    for sign, evaluation in ((-1, old), (1, new)):
        for term in evaluation.terms:
            points[term.penalty, term.who] += sign * term.cost
    found = [Cost(penalty, who, difference) for (penalty, who), difference in points.items() if difference]
    return tuple(
        sorted(found, key=lambda one: (policy.tiers.index(PENALTIES[one.penalty].tier), one.penalty))
    )


def _tiers(old: Evaluation, new: Evaluation, policy: Policy) -> tuple[TierChange, ...]:
    return tuple(TierChange(tier, old.tiers[tier].value, new.tiers[tier].value) for tier in policy.tiers)
