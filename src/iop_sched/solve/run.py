"""Solving a program week: a strategy spends the time limit, and every roster is checked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from iop_sched.cpsat import tiers
from iop_sched.cpsat.build import build
from iop_sched.rules import Specification
from iop_sched.rules.findings import Violation
from iop_sched.solve import in_parts, parameters
from iop_sched.solve.blocks import blocks
from iop_sched.solve.full import solve_full
from iop_sched.solve.grades import graded
from iop_sched.solve.incumbent import DefectError, Incumbent
from iop_sched.solve.infeasible import confirmed, conflict
from iop_sched.solve.outcome import Outcome, SolveOptions, Strategy
from iop_sched.solve.staged import solve_staged
from iop_sched.solve.state import OnProgress, OnRoster, State
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek

_STRATEGIES: dict[str, Callable[[State], str]] = {"full": solve_full, "staged": solve_staged}

MANY = 20
"""From so many clients with a prescription, ``auto`` is ``staged``."""


def strategy(week: ProgramWeek, options: SolveOptions) -> Strategy:
    """The strategy that ``auto`` stands for: by size, and ``full`` where runs must repeat."""
    if options.strategy != "auto":
        return options.strategy
    return "staged" if len(week.treated) >= MANY and not options.deterministic else "full"


def solve(
    week: ProgramWeek,
    policy: Policy,
    options: SolveOptions,
    on_progress: OnProgress | None = None,
    on_roster: OnRoster | None = None,
) -> Outcome:
    """The best roster within the limit, every one of them checked against the specification.

    Raises ``RuntimeError`` when the solver calls the model invalid, which is a defect of this program.
    """
    options = replace(options, strategy=strategy(week, options))
    if in_parts.is_for(week, policy, options):
        found = in_parts.solve(week, policy, options, on_progress, on_roster)
        if isinstance(found, Outcome):
            return found
        # the parts do not add up to the week, which is solved as a whole in the time that is left
        options = replace(options, time_limit=found)
    return solve_whole(week, policy, options, _STRATEGIES[options.strategy], on_progress, on_roster)


def solve_whole(
    week: ProgramWeek,
    policy: Policy,
    options: SolveOptions,
    search: Callable[[State], str],
    on_progress: OnProgress | None = None,
    on_roster: OnRoster | None = None,
) -> Outcome:
    """What a search on the model of the whole week comes to; see ``solve``."""
    started = time.monotonic()
    model, costs = build(week, policy)
    model.costs = costs
    weighted = options.objective == "weighted"
    objectives = [tiers.weighted(policy, costs)] if weighted else tiers.lexicographic(policy, costs)
    incumbent = Incumbent(
        Specification(week, policy), model, options, lambda: time.monotonic() - started, on_roster=on_roster
    )
    state = State(model, blocks(objectives), options, incumbent, started, on_progress)
    status = "UNKNOWN"
    try:
        state.begin_with_hint()
        status = search(state)
    except KeyboardInterrupt:
        # between two runs of the solver; within one, the run itself reports it
        state.interrupted = True
    except DefectError as defect:
        return Outcome("defect", defects=defect.violations, parameters=parameters.record(options))
    return _outcome(state) if incumbent.roster else without_roster(state, status)


def without_roster(state: State, status: str) -> Outcome:
    """The outcome of a search that ended with a status, by name, and no roster."""
    seconds = time.monotonic() - state.started
    record = parameters.record(state.options)
    week, policy = state.incumbent.specification.week, state.incumbent.specification.policy
    if status == "INFEASIBLE" and not state.interrupted:
        verdict = confirmed(week, policy, state.options)
        if verdict == "infeasible":
            return Outcome(
                "infeasible",
                seconds=time.monotonic() - state.started,
                conflict=conflict(week, policy, state.options),
                parameters=record,
            )
        if verdict == "feasible":
            message = "the solver said infeasible, then found a roster"
            return Outcome("defect", defects=(Violation("solver", "", "", message),), parameters=record)
    return Outcome("unknown", seconds=seconds, interrupted=state.interrupted, parameters=record)


def _outcome(state: State) -> Outcome:
    evaluation = state.incumbent.evaluation
    assert evaluation is not None
    weighted = state.options.objective == "weighted"
    status, tiers, whole = graded(evaluation, state.model.policy, weighted, state.bounds, state.floating)
    return Outcome(
        status,
        roster=state.incumbent.roster,
        tiers=tiers,
        weighted=whole,
        seconds=time.monotonic() - state.started,
        first_roster_seconds=state.incumbent.first_seconds,
        interrupted=state.interrupted,
        parameters=parameters.record(state.options),
    )
