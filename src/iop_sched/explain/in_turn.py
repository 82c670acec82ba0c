"""Why a week is impossible: one conflict after the other, each with the ones before it lifted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from iop_sched.explain.conflict import Conflict, Member, find_conflict
from iop_sched.explain.facts import Fact
from iop_sched.explain.trials import Parts, Trials
from iop_sched.solve.infeasible import Verdict
from iop_sched.week.pins import Pin
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.program import ProgramWeek

OnStep = Callable[[int, int], None]
"""Told the number of conflicts found, and that of the solve that begins."""


@dataclass(frozen=True)
class Lifted:
    """A conflict, and the member of it that was lifted to look for the next one."""

    conflict: Conflict
    member: Member


@dataclass(frozen=True)
class Explanation:
    """``verdict`` is that of the week as it is; ``after`` that of the week with all that was lifted.

    ``after`` is unknown when the time ran out before the last conflict was found.
    """

    verdict: Verdict
    conflicts: tuple[Lifted, ...]
    after: Verdict
    solves: int

    @property
    def explained(self) -> bool:
        """Whether the week is possible, or at least one conflict of it was verified."""
        return self.verdict == "feasible" or any(one.conflict.verified for one in self.conflicts)


def explain_week(
    week: ProgramWeek, policy: Policy, seconds: float, on_step: OnStep = lambda found, solve: None
) -> Explanation:
    """All conflicts of a week, in turn, within ``seconds``; none when it is possible."""
    found: list[Lifted] = []
    trials = Trials(week, policy, seconds, lambda solve: on_step(len(found), solve))
    rules = [rule for rule in RULES if rule != "pins" and policy.mode(rule) != "off"]
    pins = list(week.pins) if policy.mode("pins") != "off" else []
    verdict = after = _verdict(trials, rules, pins)
    while after == "infeasible":
        conflict = find_conflict(trials, rules, pins)
        if not conflict.members:
            break
        member = easiest(conflict)
        found.append(Lifted(conflict, member))
        if isinstance(member, Fact):
            trials.lifted = (*trials.lifted, member)
        rules = [rule for rule in rules if rule != member]
        pins = [pin for pin in pins if pin != member]
        after = _verdict(trials, rules, pins)
    return Explanation(verdict, tuple(found), after, trials.solves)


def _verdict(trials: Trials, rules: list[str], pins: list[Pin]) -> Verdict:
    """First without the clients whom no pin names: a roster found so is one of the week."""
    parts = Parts(frozenset(rules), frozenset(pin.id for pin in pins))
    if trials.verdict(parts, everybody=False) == "feasible":
        return "feasible"
    return trials.verdict(parts, everybody=True)


def easiest(conflict: Conflict) -> Member:
    """What a director would change most readily: the last pin; or a fact, by its kind; or else a rule."""
    if conflict.pins:
        return conflict.pins[-1]
    if conflict.facts:
        return min(conflict.facts, key=lambda fact: fact.kind.ease)
    return conflict.rules[-1]
