"""Staying close: the roster of a changed week that disturbs a given one least, and is best among those.

First only what the change touches is decided anew, then more and more of the week, then all of it, each time
from the best roster so far. The bound of the last search is one on the disruption of any roster.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from iop_sched.compare.disruption import POINTS, disruption
from iop_sched.cpsat import assign, tiers
from iop_sched.cpsat import disruption as measure
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Model
from iop_sched.rules.findings import Evaluation, TierFigure
from iop_sched.solve import parameters
from iop_sched.solve.blocks import Block, blocks
from iop_sched.solve.full import minimise
from iop_sched.solve.grades import graded, result
from iop_sched.solve.incumbent import DefectError, Incumbent
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.solve.start import fix
from iop_sched.solve.state import OnProgress, State
from iop_sched.solve.touched import Touched, touched
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import TierResult
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id

NEAR_SHARE = 0.3
"""Part of the time left that one search near the given roster may take."""

ALL_SHARE = 0.6
"""Part of the time left for the search over the whole week for the least disruption."""


@dataclass(frozen=True)
class Closest:
    """What staying close came to; ``changes`` is the disruption, none without a roster."""

    outcome: Outcome
    changes: TierResult | None = None


@dataclass(frozen=True)
class _Measured(Evaluation):
    """An evaluation that knows the disruption too."""

    changes: TierFigure

    def figure(self, name: str) -> TierFigure:
        return self.changes if name == measure.NAME else super().figure(name)


@dataclass
class _Closest(Incumbent):
    """Prefers what disturbs ``before`` least."""

    before: Roster = field(default_factory=Roster)
    newcomers: Collection[Id] = ()
    scale_of_changes: int = 1

    def measured(self, roster: Roster) -> Evaluation:
        found = super().measured(roster)
        placed = {placement.client for placement in roster.placements}
        waiting = sum(client not in placed for client in self.newcomers)
        value = disruption(self.before, roster, self.week).total + POINTS["place-lost"] * waiting
        return _Measured(
            found.violations,
            found.terms,
            found.tiers,
            found.weighted,
            TierFigure(value, self.scale_of_changes),
        )

    def rank(self, evaluation: Evaluation) -> tuple[int, ...]:
        return (evaluation.figure(measure.NAME).value, *super().rank(evaluation))


def solve_close(
    week: ProgramWeek,
    policy: Policy,
    before: Roster,
    newcomers: Collection[Id],
    options: SolveOptions,
    on_progress: OnProgress | None = None,
) -> Closest:
    """The roster closest to ``before``; every one is checked against the specification.

    ``newcomers`` are clients of the week who are new to it, and are to have a place as if they had had one.
    """
    started = time.monotonic()
    options = replace(options, strategy="full", hint=before)
    model, costs = build(week, policy)
    model.costs = costs
    treated = {client.id for client in week.treated}
    newcomers = [client for client in newcomers if client in treated]
    nearest = measure.objective(model, before, newcomers)
    weighted = options.objective == "weighted"
    wanted = [tiers.weighted(policy, costs)] if weighted else tiers.lexicographic(policy, costs)
    incumbent = _Closest(
        week,
        policy,
        model,
        options,
        lambda: time.monotonic() - started,
        before=before,
        newcomers=newcomers,
        scale_of_changes=max(1, nearest.upper),
    )
    state = State(model, [Block((nearest,)), *blocks(wanted)], options, incumbent, started, on_progress)
    try:
        status = _search(state, before, newcomers)
    except KeyboardInterrupt:
        state.interrupted, status = True, "UNKNOWN"
    except DefectError as defect:
        return Closest(Outcome("defect", defects=defect.violations, parameters=parameters.record(options)))
    return _closest(state, status)


def _search(state: State, before: Roster, newcomers: Iterable[Id]) -> str:
    """Near first, then everywhere, then what is best among the closest; the last status without a roster."""
    nearest = state.blocks[0]
    for near in (touched(state.model, state.incumbent.policy, before, newcomers), None):
        if state.may_go_on() and not state.done(nearest):
            free = _places(state.model, newcomers) if near is None else near.variables(state.model)
            _near(state, nearest, free | (_all_but_places(state.model) if near is None else set()))
    status = "UNKNOWN"
    if state.may_go_on() and not state.done(nearest):
        share = ALL_SHARE if state.incumbent.roster is not None else 1.0
        status = minimise(state, nearest, [], state.left() * share)
    for index, block in enumerate(state.blocks[1:], 1):
        if state.incumbent.roster is not None and state.may_go_on() and not state.done(block):
            minimise(state, block, state.blocks[:index], state.share(index))
    return status


def _near(state: State, nearest: Block, free: set[int]) -> None:
    """Search with everything as it was, or as the best roster has it, but what is free."""
    cp = state.model.cp.clone()
    cp.minimize(nearest.expr)
    decided = assign.hint(state.model, state.incumbent.roster or state.options.hint or Roster())
    fix(cp, {index: value for index, value in decided.items() if index not in free})
    hint = {index: value for index, value in state.hint().items() if index in free}
    state.search(cp, nearest, state.left() * NEAR_SHARE, hint, restricted=True, hurry="on")


def _places(model: Model, clients: Iterable[Id]) -> set[int]:
    columns = (literal for client in clients for _, literal in model.columns.get(client, []))
    return {literal.index for literal in columns}


def _all_but_places(model: Model) -> set[int]:
    """Sessions, staff, rooms and care teams of everybody."""
    everybody = Touched(set(), set(model.columns), set(model.facts.cohorts), set(model.teams))
    return everybody.variables(model)


def _closest(state: State, status: str) -> Closest:
    evaluation = state.incumbent.evaluation
    seconds = time.monotonic() - state.started
    record = parameters.record(state.options)
    if evaluation is None:
        impossible = status == "INFEASIBLE" and not state.interrupted
        return Closest(
            Outcome(
                "infeasible" if impossible else "unknown",
                seconds=seconds,
                interrupted=state.interrupted,
                parameters=record,
            )
        )
    changes = result(evaluation, measure.NAME, state.bounds, state.floating)
    # bounds of the tiers are for rosters that change no more than this one
    weighted = state.options.objective == "weighted"
    policy = state.incumbent.policy
    _, found, whole = graded(evaluation, policy, weighted, {}, ())
    outcome = Outcome(
        "feasible",
        roster=state.incumbent.roster,
        tiers=found,
        weighted=whole,
        seconds=seconds,
        first_roster_seconds=state.incumbent.first_seconds,
        interrupted=state.interrupted,
        parameters=record,
    )
    return Closest(outcome, changes)
