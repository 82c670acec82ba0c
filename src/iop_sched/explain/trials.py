"""Whether a week is possible when some rules, pins and facts are left out: each answer is a solve.

Rules and pins are left out of the model, facts are taken away in the week. The overrides of a pin stay in
force when it is left out, as the catalogue has it.

Clients whom no pin names can as well stay without a place, so that the model is first built without them.
A roster found so is one of the whole week. That there is none need not carry over, where a candidate cohort
or an open group needs people: what is said to be impossible at the end is asked again with everybody.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from iop_sched.explain.facts import Draft, Fact, without_none
from iop_sched.explain.facts.inherited import write_caps
from iop_sched.solve.infeasible import Verdict, possible
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.pins import Pin
from iop_sched.week.policy import RULES, Limits, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

STEP_SECONDS = 30.0
"""Most seconds of a single solve."""


@dataclass(frozen=True)
class Parts:
    """What a week is asked about: rules by id, pins by id, and the facts that are taken away."""

    rules: frozenset[str]
    pins: frozenset[Id]
    away: tuple[Fact, ...] = ()


@dataclass
class Trials:
    """Solves of a week and its policy within ``seconds``; ``lifted`` facts are away in all of them.

    ``on_solve`` is told the number of each solve before it begins.
    """

    week: ProgramWeek
    policy: Policy
    seconds: float
    on_solve: Callable[[int], None]
    lifted: tuple[Fact, ...] = ()
    everybody: bool = False
    solves: int = 0
    _answers: dict[tuple[object, ...], Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.seconds
        raw = self.week.model_dump(mode="json")
        write_caps(self.week, raw)
        self._text = json.dumps(raw)

    @property
    def seconds_left(self) -> float:
        """Seconds until the limit; 0 when it is over."""
        return max(0.0, self._until - time.monotonic())

    def clients(self, pins: Sequence[Pin], rules: Collection[str]) -> set[Id]:
        """The clients that the model is built with."""
        everybody = {client.id for client in self.week.clients}
        return everybody if self.everybody else asked_for(self.week, pins, rules)

    def impossible(self, parts: Parts) -> bool:
        """Whether no roster exists, as far as the clients of the pins show; unknown is not impossible."""
        return self.verdict(parts, everybody=self.everybody) == "infeasible"

    def verdict(self, parts: Parts, everybody: bool, presolve: bool = True) -> Verdict:
        """One solve; the same question is not solved twice."""
        away = (*self.lifted, *parts.away)
        key = (parts.rules, parts.pins, frozenset(fact.path for fact in away), everybody, presolve)
        known = self._answers.get(key)
        if known is None:
            known = self._answers[key] = self._solve(parts, away, everybody, presolve)
        return known

    def _solve(self, parts: Parts, away: Iterable[Fact], everybody: bool, presolve: bool) -> Verdict:
        if not self.seconds_left:
            return "unknown"
        self.solves += 1
        self.on_solve(self.solves)
        pins = [pin for pin in self.week.pins if pin.id in parts.pins]
        clients = {client.id for client in self.week.clients}
        kept = clients if everybody else asked_for(self.week, pins, parts.rules)
        week, policy = self._without(away, kept)
        out = {rule for rule in RULES if rule != "pins" and rule not in parts.rules}
        out |= {f"pin:{pin.id}" for pin in self.week.pins if pin.id not in parts.pins}
        seconds = min(STEP_SECONDS, self.seconds_left)
        return possible(week, policy, SolveOptions(), frozenset(out), seconds, presolve)

    def _without(self, away: Iterable[Fact], kept: Collection[Id]) -> tuple[ProgramWeek, Policy]:
        """The week without the facts, and without clients other than those kept."""
        draft = Draft(json.loads(self._text), self.policy.limits.model_dump())
        for fact in away:
            fact.relax(draft)
        draft.week["clients"] = [one for one in draft.week["clients"] if one["id"] in kept]
        week = ProgramWeek.model_validate(without_none(draft.week))
        return week, self.policy.model_copy(update={"limits": Limits.model_validate(draft.limits)})


def asked_for(week: ProgramWeek, pins: Sequence[Pin], rules: Collection[str]) -> set[Id]:
    """The clients whom pins name; all of them where a pin asks for a group that needs enough people."""
    if any(_needs_people(week, pin, rules) for pin in pins):
        return {client.id for client in week.clients}
    return {subject.client for pin in pins if (subject := pin.place or pin.session) is not None}


def _needs_people(week: ProgramWeek, pin: Pin, rules: Collection[str]) -> bool:
    subject = pin.place or pin.cohort or pin.meeting
    if subject is not None and "cohort-size" in rules:
        return any(cohort.id == subject.cohort and cohort.status == "candidate" for cohort in week.cohorts)
    if pin.session is not None and "open-group" in rules:
        return any(
            service.id == pin.session.service and service.participants.min > 1 for service in week.services
        )
    return False
