"""Staying close: the roster of a changed week that disturbs a given one least, and is best among those.

First only what the change touches is decided anew, then all, beginning with that roster: mostly this proves
in a second or two that no roster of the week disturbs less. Where it does not, the director has her answer
none the less, with the bound there is, unless she asks for the proof. What a search has added for others,
only because it costs nothing, is taken back; what the change touches, and what was new in the roster found,
is then decided as well as the tiers ask.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
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
from iop_sched.solve.touched import Touched, added, own, readable, touched
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import TierResult
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id

SOON = 16.0
"""How long the search goes on unless a proof is asked for, in times of what building the model took.

Stated in this, as the patience below, it fits slow machines and large weeks as well. With 48 clients that is
about ten seconds, and most changes are settled and proven in five.
"""

NEAR_SHARE = 0.35
"""Part of the time left for less disruption while all is held but what the change touches."""

NEAR_PATIENCE = 2.0
"""How long such a search goes on without a better roster."""

GAINS_SHARE = 0.2
"""Part of the time left for taking back what was added for those whom the change does not touch."""

WHOLE_SHARE = 0.7
"""Part of the time left for the least disruption of all rosters."""

WHOLE_PATIENCE = 6.0
"""How long such a search goes on without a better roster, unless a proof is asked for."""

POLISH_SHARE = 0.25
"""Part of the time left for one tier while all is held but what the change touches."""

POLISH_PATIENCE = 1.0
"""How long such a search goes on without a better roster."""


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
    prove: bool = False,
    on_roster: OnRoster | None = None,
) -> Closest:
    """The roster that disturbs ``before`` least, within the limit; every one is checked by the specification.

    ``newcomers`` are new to the week: they are to have a place as if they had had one. ``base`` is the week
    of ``before``: of whom the changed week says something else than that, the change touches as well. When
    there is nobody such, ``before`` keeps the rules and nobody is left out, nothing forces a change, and it
    comes back as it is. Otherwise what the change touches is decided as well as it can be without disturbing
    more, and nobody else is given a day or a session more but for that. It comes back when a moment's search
    of the whole week has brought nothing better; to ``prove`` that nothing disturbs less, or to find what
    does, the rest of the time is spent, as it is when there is no roster yet.

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
    search = _Search(nearness, policy, options, started, asked, additions, prove)
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
        prove: bool,
    ) -> None:
        week, before = nearness.week, nearness.before
        model, costs = build(week, policy)
        model.costs = costs
        self.additions, self.prove = additions, prove
        self.left = readable(model, before)
        found = evaluate(week, self.left, policy)
        what = touched(model, before, self.left, found.violations, nearness.newcomers) | asked
        self.near = what.variables(model)
        untouched = {one.client for one in before.placements} - {*what.sessions}
        # where additions are asked for, everybody may have more
        self.nearness = replace(nearness, untouched=frozenset() if additions else frozenset(untouched))
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
        # seconds that building the model took, and whether an answer without a proof will do
        self.pace, self.soon = max(0.5, time.monotonic() - started), True
        self.polished: tuple[int, ...] | None = None
        self.as_left = self.nearness.of(self.left, found)

    def solve(self) -> str:
        """Near first, then everywhere; returns the status, by name, of the last search of the whole week."""
        if self.as_left.holds:
            self.incumbent.take(self.left, self.as_left)
        self._near()
        # whoever has no roster, or asks for a proof, has all the time there is
        self.soon = self.incumbent.roster is not None and not self.prove
        status = self._anywhere()
        self._polish()
        if self.additions and status != "INFEASIBLE":
            self.soon = False
            status = solve_full(self.state)
            self._polish()
        return status

    def _left(self) -> float:
        """Seconds left to this part of the search; what depends on the clock is not for runs that repeat."""
        state = self.state
        if not self.soon or state.options.deterministic:
            return state.left()
        return state.left() - max(0.0, state.options.time_limit - SOON * self.pace)

    def _may_go_on(self) -> bool:
        return self.state.may_go_on() and self._left() > 0.1

    def _near(self) -> None:
        """Disturb less while only what the change touches is decided anew."""
        changes = self.state.blocks[0]
        if self._may_go_on() and not self.state.done(changes):
            self._within(self.near, changes, [], NEAR_SHARE, NEAR_PATIENCE)
            self._take_back(self.near)

    def _anywhere(self) -> str:
        """Disturb less while everything is decided anew; returns the status of the search."""
        state, changes = self.state, self.state.blocks[0]
        if not self._may_go_on() or state.done(changes):
            return "UNKNOWN"
        cp = state.model.cp.clone()
        cp.minimize(changes.expr)
        stop_when = None if self.prove else self._stuck(WHOLE_PATIENCE)
        amount = self._left() * WHOLE_SHARE
        status = state.search(cp, changes, amount, state.hint(), stop_when=stop_when, hurry="proof").status
        if self.incumbent.roster is None and status == "UNKNOWN" and self._may_go_on():
            # two workers have found nothing: let all of them try
            status = minimise(state, changes, [], self._left())
        self._take_back(set(range(len(state.model.cp.proto.variables))))
        return status

    def _take_back(self, free: set[int]) -> None:
        """Take back what was added for others, without disturbing more."""
        changes, more = self.state.blocks[:2]
        if self.incumbent.roster is not None and self._may_go_on() and not self.state.done(more):
            self._within(free, more, [changes], GAINS_SHARE, NEAR_PATIENCE)

    def _polish(self) -> None:
        """The tiers in order, as far as what is touched or new decides them, without disturbing more."""
        best = self.incumbent
        if best.roster is None or self._rank() == self.polished:
            return
        free = self.near | added(self.nearness.before, best.roster).variables(self.state.model)
        for index, tier in enumerate(self.state.blocks[2:], 2):
            if free and self._may_go_on() and not self.state.done(tier):
                self._within(free, tier, self.state.blocks[:index], POLISH_SHARE, POLISH_PATIENCE)
        self.polished = self._rank()

    def _rank(self) -> tuple[int, ...] | None:
        evaluation = self.incumbent.evaluation
        return None if evaluation is None else self.incumbent.rank(evaluation)

    def _within(
        self, free: set[int], block: Block, earlier: list[Block], share: float, patience: float
    ) -> None:
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
        stop_when = self._stuck(patience)
        amount = self._left() * share
        state.search(cp, block, amount, others, restricted=True, stop_when=stop_when, hurry="proof")

    def _stuck(self, patience: float) -> Callable[[], bool] | None:
        # what depends on the clock has no place in a run that must repeat
        return None if self.state.options.deterministic else stuck(self.state, patience * self.pace)


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
