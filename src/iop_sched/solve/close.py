"""Staying close: the roster of a changed week that disturbs a given one least, and is best among those.

First only what the change touches is decided anew, then everything but places, then all: each search begins
with the best roster so far, and the last one bounds the disruption of any roster of the week. What such a
search has added for others, only because it costs nothing, is taken back; what the change touches, and what
was new in the roster found, is then decided as well as the tiers ask.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from iop_sched.cpsat import tiers
from iop_sched.cpsat.assign import hint
from iop_sched.cpsat.build import build
from iop_sched.cpsat.disruption import NAME, objective
from iop_sched.rules import evaluate
from iop_sched.rules.findings import Evaluation
from iop_sched.solve import gains, parameters
from iop_sched.solve.blocks import Block, blocks
from iop_sched.solve.full import minimise, solve_full
from iop_sched.solve.grades import graded, result
from iop_sched.solve.incumbent import DefectError
from iop_sched.solve.nearness import NearestRoster, Nearness
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.solve.run import without_roster
from iop_sched.solve.start import fix, stuck
from iop_sched.solve.state import OnProgress, OnRoster, State
from iop_sched.solve.touched import Touched, added, all_but_places, own, readable, touched
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import TierResult
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id

NEAR_SHARE = 0.2
"""Part of the time left for less disruption while most of the week is held."""

POLISH_SHARE = 0.05
"""Part of the time left for one tier while all is held but what the change touches."""

PATIENCE = 4.0
"""Seconds without a better roster after which such a search ends, as the whole week is still to come."""

GAINS_SHARE = 0.3
"""Part of the time left for taking back what was added for those whom the change does not touch."""

WHOLE_SHARE = 0.8
"""Part of the time left for the least disruption of all rosters, once there is a roster to be polished."""


@dataclass(frozen=True)
class Closest:
    """What staying close came to.

    ``changes`` is the disruption with a bound on that of any roster of the week; none without a roster. The
    bounds of the outcome's tiers hold for any roster of the week too, but none above 0 is looked for.
    """

    outcome: Outcome
    changes: TierResult | None = None


def solve_close(
    week: ProgramWeek,
    policy: Policy,
    before: Roster,
    newcomers: Collection[Id],
    options: SolveOptions,
    on_progress: OnProgress | None = None,
    *,
    base: ProgramWeek | None = None,
    additions: bool = False,
    on_roster: OnRoster | None = None,
) -> Closest:
    """The roster that disturbs ``before`` least, within the limit; every one is checked by the specification.

    ``newcomers`` are new to the week: they are to have a place as if they had had one. ``base`` is the week
    of ``before``: of whom the changed week says something else than that, the change touches as well. When
    there is nobody such, ``before`` keeps the rules and nobody is left out, nothing forces a change, and it
    comes back as it is. Otherwise what the change touches is decided as well as it can be without disturbing
    more, and nobody else is given a day or a session more but for that.

    What is new disturbs nothing. With ``additions`` the rest of the time goes to whatever makes the tiers
    better without disturbing more, anywhere in the week, even when nothing forces a change.

    Raises ``RuntimeError`` when the solver calls the model invalid, which is a defect of this program.
    """
    started = time.monotonic()
    nearness = Nearness(week, before, _without_place(week, before, newcomers))
    as_it_is = nearness.of(before, evaluate(week, before, policy))
    asked = Touched() if base is None else own(base, week)
    if as_it_is.holds and not nearness.newcomers and not additions and asked.nothing:
        found = Outcome("feasible", before, seconds=time.monotonic() - started)
        return _closest(found, as_it_is, policy, options)
    search = _Search(nearness, policy, options, started, asked, additions)
    state, incumbent = search.state, search.incumbent
    state.on_progress, incumbent.on_roster = on_progress, on_roster
    status = "UNKNOWN"
    try:
        status = search.solve()
    except KeyboardInterrupt:
        # between two runs of the solver; within one, the run itself reports it
        state.interrupted = True
    except DefectError as defect:
        return Closest(Outcome("defect", defects=defect.violations, parameters=_record(options)))
    if incumbent.roster is None or incumbent.evaluation is None:
        return Closest(without_roster(state, status))
    found = Outcome(
        "feasible",
        incumbent.roster,
        seconds=time.monotonic() - started,
        first_roster_seconds=incumbent.first_seconds,
        interrupted=state.interrupted,
    )
    return _closest(found, incumbent.evaluation, policy, options, state.bounds.get(NAME, 0))


def _without_place(week: ProgramWeek, before: Roster, newcomers: Collection[Id]) -> list[Id]:
    had_place = {placement.client for placement in before.placements}
    return [client.id for client in week.treated if client.id in newcomers and client.id not in had_place]


class _Search:
    """One re-solve: ``left`` is what the week can make of the roster before, where every search begins."""

    def __init__(
        self,
        nearness: Nearness,
        policy: Policy,
        options: SolveOptions,
        started: float,
        asked: Touched,
        additions: bool,
    ) -> None:
        week, before = nearness.week, nearness.before
        model, costs = build(week, policy)
        model.costs = costs
        self.additions = additions
        self.left = readable(model, before)
        found = evaluate(week, self.left, policy)
        what = touched(model, before, self.left, found.violations, nearness.newcomers) | asked
        self.near = what.variables(model)
        untouched = {one.client for one in before.placements} - {*what.sessions}
        # where additions are asked for, everybody may have more
        self.nearness = replace(nearness, untouched=frozenset() if additions else frozenset(untouched))
        # the search of the whole week is that of the full strategy
        options = replace(options, strategy="full", hint=self.left)
        self.incumbent = NearestRoster(
            week, policy, model, options, lambda: time.monotonic() - started, nearness=self.nearness
        )
        changes = objective(model, before, nearness.newcomers)
        more = gains.objective(model, before, self.nearness.untouched)
        weighted = options.objective == "weighted"
        wanted = [tiers.weighted(policy, costs)] if weighted else tiers.lexicographic(policy, costs)
        stages = [Block((changes,)), Block((more,)), *blocks(wanted)]
        self.state = State(model, stages, options, self.incumbent, started, on_progress=None)
        self.polished: tuple[int, ...] | None = None
        self.as_left = self.nearness.of(self.left, found)

    def solve(self) -> str:
        """Near first, then everywhere; returns the status, by name, of the search of the whole week."""
        model, newcomers = self.state.model, self.nearness.newcomers
        if self.as_left.holds:
            self.incumbent.take(self.left, self.as_left)
        self._disturb_less(self.near)
        self._disturb_less(self.near | all_but_places(model, newcomers).variables(model))
        status = solve_full(self.state) if self.additions else self._disturb_less(None)
        self._polish()
        return status

    def _disturb_less(self, free: set[int] | None) -> str:
        """Decide anew what is ``free``, or everything, and polish what comes of it; returns the status."""
        state, (changes, more) = self.state, self.state.blocks[:2]
        if not state.may_go_on() or state.done(changes):
            return "UNKNOWN"
        if free is not None:
            status = self._within(free, changes, [], NEAR_SHARE)
        else:
            share = WHOLE_SHARE if self.incumbent.roster is not None else 1.0
            status = minimise(state, changes, [], state.left() * share)
        if self.incumbent.roster is not None and state.may_go_on() and not state.done(more):
            everything = set(range(len(state.model.cp.proto.variables)))
            self._within(everything if free is None else free, more, [changes], GAINS_SHARE)
        self._polish()
        return status

    def _polish(self) -> None:
        """The tiers in order, as far as what is touched or new decides them, without disturbing more."""
        best = self.incumbent
        if best.roster is None or self._rank() == self.polished:
            return
        free = self.near | added(self.nearness.before, best.roster).variables(self.state.model)
        for index, tier in enumerate(self.state.blocks[2:], 2):
            if free and self.state.may_go_on() and not self.state.done(tier):
                self._within(free, tier, self.state.blocks[:index], POLISH_SHARE)
        self.polished = self._rank()

    def _rank(self) -> tuple[int, ...] | None:
        evaluation = self.incumbent.evaluation
        return None if evaluation is None else self.incumbent.rank(evaluation)

    def _within(self, free: set[int], block: Block, earlier: list[Block], share: float) -> str:
        """Minimise a block with every decision that is not free as in the best roster, or as it is left."""
        state = self.state
        cp = state.model.cp.clone()
        state.hold(cp, earlier)
        cp.minimize(block.expr)
        decided = hint(state.model, self.incumbent.roster or self.left)
        held = {column: value for column, value in decided.items() if column not in free}
        held = {column: value for column, value in held.items() if _may_be(cp, column, value)}
        fix(cp, held)
        others = {column: value for column, value in state.hint().items() if column not in held}
        # what depends on the clock has no place in a run that must repeat
        stop_when = None if state.options.deterministic else stuck(state, PATIENCE)
        return state.search(
            cp, block, state.left() * share, others, restricted=True, stop_when=stop_when, hurry="on"
        ).status


def _may_be(cp: cp_model.CpModel, column: int, value: int) -> bool:
    """Whether a variable may have a value: a start of the roster before may be outside everybody's hours."""
    domain = cp.proto.variables[column].domain
    inside: bool = cp_model.Domain.from_flat_intervals(list(domain)).contains(value)
    return inside


def _closest(
    found: Outcome, evaluation: Evaluation, policy: Policy, options: SolveOptions, bound: int = 0
) -> Closest:
    """What was found, with what it is worth.

    The bounds of the tiers that the searches came to are of rosters that change no more than this one: they
    are left out.
    """
    status, values, whole = graded(evaluation, policy, options.objective == "weighted", {}, ())
    outcome = replace(found, status=status, tiers=values, weighted=whole, parameters=_record(options))
    return Closest(outcome, result(evaluation, NAME, {NAME: bound}, ()))


def _record(options: SolveOptions) -> dict[str, str | int | float | bool]:
    return parameters.record(options) | {"strategy": "stay-close"}
