"""A conflict asked again by other means than those that found it: whole weeks, a solver with its defaults."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from ortools.sat.python import cp_model

from iop_sched.cpsat.build import build
from iop_sched.explain.conflict import Conflict
from iop_sched.explain.facts import Draft, Fact, Scope, facts_behind, without_none
from iop_sched.explain.trials import asked_for
from iop_sched.week.policy import RULES, Limits, Policy
from iop_sched.week.program import ProgramWeek


def taken_away(week: ProgramWeek, policy: Policy, facts: Iterable[Fact]) -> tuple[ProgramWeek, Policy]:
    """The week and the policy without the facts."""
    draft = Draft(json.loads(week.model_dump_json()), policy.limits.model_dump())
    for fact in facts:
        fact.relax(draft)
    limits = Limits.model_validate(draft.limits)
    return ProgramWeek.model_validate(without_none(draft.week)), policy.model_copy(update={"limits": limits})


def listed(week: ProgramWeek, policy: Policy, conflict: Conflict) -> list[Fact]:
    """All facts that could have been part of the conflict."""
    clients = asked_for(week, conflict.pins, conflict.rules)
    return facts_behind(Scope(week, policy, conflict.rules, conflict.pins, clients))


def status(
    week: ProgramWeek, policy: Policy, rules: Collection[str], pins: Collection[str], away: Iterable[Fact]
) -> str:
    """What CP-SAT says of the whole week under these rules and pins, the facts taken away."""
    freed, allowed = taken_away(week, policy, away)
    without = {rule for rule in RULES if rule != "pins" and rule not in rules}
    without |= {f"pin:{pin.id}" for pin in week.pins if pin.id not in pins}
    model, _ = build(freed, allowed, frozenset(without))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 600
    return str(solver.status_name(solver.solve(model.cp)))


def wrong_with(week: ProgramWeek, policy: Policy, conflict: Conflict) -> list[str]:
    """Why it is no minimal conflict; nothing when it is one."""
    rules, pins = set(conflict.rules), {pin.id for pin in conflict.pins}
    kept = {fact.path for fact in conflict.facts}
    away = [fact for fact in listed(week, policy, conflict) if fact.path not in kept]
    found = []
    if status(week, policy, rules, pins, away) != "INFEASIBLE":
        found.append("it is possible by itself")
    dropped = [(rule, rules - {rule}, pins, away) for rule in conflict.rules]
    dropped += [(pin.id, rules, pins - {pin.id}, away) for pin in conflict.pins]
    dropped += [(fact.says, rules, pins, [*away, fact]) for fact in conflict.facts]
    for name, some_rules, some_pins, more_away in dropped:
        if status(week, policy, some_rules, some_pins, more_away) not in ("OPTIMAL", "FEASIBLE"):
            found.append(f"it is impossible without {name} too")
    return found
