"""The search for the roster that disturbs a given one least: its steps, and how long each may go on.

First only what the change touches is decided anew, then the whole week, then what the roster found does
otherwise than the one before, then the tiers; for a proof, the whole week once more. Each step begins with
the best roster so far. Where the first step settles it, the tiers are decided while the second goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from ortools.sat.python import cp_model

from iop_sched.cpsat import tiers
from iop_sched.cpsat.assign import hint
from iop_sched.cpsat.build import build
from iop_sched.cpsat.disruption import objective
from iop_sched.rules import Specification
from iop_sched.rules.findings import Evaluation
from iop_sched.solve import gains
from iop_sched.solve.blocks import Block, blocks
from iop_sched.solve.full import solve_full
from iop_sched.solve.nearness import Disturbing, NearestRoster, Nearness
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.parameters import Hurry
from iop_sched.solve.start import fix, stuck
from iop_sched.solve.state import State
from iop_sched.solve.touched import Touched, added, otherwise, readable, touched

SOON = 16.0
"""How long the search goes on unless a proof is asked for, in times of what getting ready took.

Stated in this, as the patience below, it fits slow machines and large weeks as well. At half a second, the
least that counts, it is eight seconds; with 48 clients most changes are settled and proven in two.
"""

NEAR = 1.0
"""How long only what the change touches is decided anew: what that settles, it settles at once."""

PATIENCE = 2.0
"""How long a search for less disruption goes on without a better roster."""

SHARE = 0.7
"""Part of the time left for such a search, of what the change touches half of it: the tiers come after."""

PROOF_SHARE = 0.9
"""The same of the search that is to end in a proof, or with a first roster."""

POLISH_PATIENCE = 1.0
"""How long one tier is searched without a better roster."""

POLISH_SHARE = 0.25
"""Part of the time left for one tier, or for taking back what was added for others."""


class CloseSearch:
    """One re-solve: ``left`` is what the week can make of the roster before, where every search begins."""

    def __init__(
        self,
        nearness: Nearness,
        specification: Specification,
        options: SolveOptions,
        started: float,
        asked: Touched,
        as_it_is: Evaluation | None,
        additions: bool,
        prove: bool,
    ) -> None:
        week, policy, before = nearness.week, specification.policy, nearness.before
        model, costs = build(week, policy)
        model.costs = costs
        self.additions, self.prove = additions, prove
        self.left = readable(model, before)
        # the roster before has been looked at already where nothing asked for a change of itself
        same = self.left == before
        found = as_it_is if as_it_is is not None and same else specification.evaluate(self.left)
        what = touched(model, before, self.left, found.violations, nearness.newcomers) | asked
        self.near = what.variables(model)
        untouched = {one.client for one in before.placements} - {*what.sessions}
        # where additions are asked for, everybody may have more
        self.nearness = replace(nearness, untouched=frozenset() if additions else frozenset(untouched))
        options = replace(options, strategy="full", hint=self.left)
        self.incumbent = NearestRoster(
            specification, model, options, lambda: time.monotonic() - started, nearness=self.nearness
        )
        changes = objective(model, before, nearness.newcomers)
        more = gains.objective(model, before, self.nearness.untouched)
        weighted = options.objective == "weighted"
        wanted = [tiers.weighted(policy, costs)] if weighted else tiers.lexicographic(policy, costs)
        stages = [Block((changes,)), Block((more,)), *blocks(wanted)]
        self.state = State(model, stages, options, self.incumbent, started, on_progress=None)
        # seconds that getting ready took, and whether an answer without a proof will do
        self.pace, self.soon = max(0.5, time.monotonic() - started), True
        self.polished: tuple[int, ...] | None = None
        self.as_left: Disturbing = self.nearness.of(self.left, found)

    def solve(self) -> str:
        """Near first, then everywhere; returns the status, by name, of the last search of the whole week."""
        if self.as_left.holds:
            self.incumbent.take(self.left, self.as_left)
        changes, status = self.state.blocks[0], "UNKNOWN"
        if self._open(changes):
            seconds = self._left() * SHARE / 2
            status = self._within(self._only(self.near), changes, seconds, self._over(NEAR))
        # whoever has no roster, or asks for a proof, has all the time there is
        self.soon = self.incumbent.roster is not None and not self.prove
        status = self._anywhere(settled=status == "OPTIMAL")
        self._polish()
        if status == "INFEASIBLE":
            return status
        if self.additions:
            self.soon = False
            status = solve_full(self.state)
        elif self.prove and self._open(changes):
            status = self._whole(None, PROOF_SHARE)
        self._polish()
        return status

    def _left(self) -> float:
        """Seconds left to this part of the search; what depends on the clock is not for runs that repeat."""
        state = self.state
        if not self.soon or state.options.deterministic:
            return state.left()
        return state.left() - max(0.0, state.options.time_limit - SOON * self.pace)

    def _open(self, block: Block) -> bool:
        """Whether there is something left to do in a block, and time to do it."""
        return self.state.may_go_on() and self._left() > 0.1 and not self.state.done(block)

    # Less disruption

    def _anywhere(self, settled: bool) -> str:
        """Disturb less while everything is decided anew; returns the status of the search.

        Once it is ``settled`` what decides least among the touched alone, that is mostly the answer: it is
        polished while the search goes on.
        """
        if not self._open(self.state.blocks[0]):
            return "UNKNOWN"
        status = self._whole(PATIENCE, SHARE, meanwhile=self._polish if settled else None)
        if self.incumbent.roster is None and status == "UNKNOWN" and self.state.may_go_on():
            # two workers have found nothing: let all of them try
            status = self._whole(PATIENCE, PROOF_SHARE, "no")
        self._around()
        return status

    def _whole(
        self,
        patience: float | None,
        share: float,
        hurry: Hurry = "proof",
        meanwhile: Callable[[], None] | None = None,
    ) -> str:
        state, changes = self.state, self.state.blocks[0]
        cp = state.cp.clone()
        cp.minimize(changes.expr)
        if state.options.workers == 1 or state.options.deterministic:
            meanwhile = None
        return state.search(
            cp,
            changes,
            self._left() * share,
            state.hint(),
            # patience begins with the first roster: until then the search has all its time
            stop_when=None if patience is None else self._stuck(patience),
            hurry=hurry,
            meanwhile=meanwhile,
        ).status

    def _around(self) -> None:
        """Decide anew what the best roster does otherwise than the one before, as long as that helps."""
        changes, best = self.state.blocks[0], self.incumbent
        value, after = None, self._left() * (1 - SHARE)
        while best.roster is not None and best.value(changes.tiers[0].name) != value and self._open(changes):
            value = best.value(changes.tiers[0].name)
            what = otherwise(self.state.model, self.nearness.before, best.roster, self.nearness.newcomers)
            cp = self._only(self.near | what.variables(self.state.model))
            self._within(cp, changes, self._left() - after, self._stuck(PATIENCE))

    # The best of those that disturb as little

    def _polish(self) -> None:
        """Take back what was added for others; then the tiers, by what is touched or new alone."""
        best, (changes, more, *wanted) = self.incumbent, self.state.blocks
        if best.roster is None or self._rank() == self.polished:
            return
        before, model = self.nearness.before, self.state.model
        if self._open(more):
            gainers = gains.by_client(before, best.roster, self.nearness.untouched)
            self._tidy(self.near | Touched(gainers, gainers).variables(model), [changes], [more])
        if self._open(more):
            self._tidy(set(range(len(model.cp.proto.variables))), [changes], [more])
        if free := self.near | added(before, best.roster).variables(model):
            self._tidy(free, [changes, more], wanted)
        self.polished = self._rank()

    def _tidy(self, free: set[int], earlier: list[Block], wanted: list[Block]) -> None:
        """Minimise one block after the other, with all before it and all that is not free held."""
        if not any(self._open(block) for block in wanted):
            return
        cp = self._only(free)
        self.state.hold(cp, earlier)
        for block in wanted:
            if self._open(block):
                self._within(cp, block, self._left() * POLISH_SHARE, self._stuck(POLISH_PATIENCE))
            self.state.hold(cp, [block])

    def _rank(self) -> tuple[int, ...] | None:
        evaluation = self.incumbent.evaluation
        return None if evaluation is None else self.incumbent.rank(evaluation)

    # Runs of the solver

    def _only(self, free: set[int]) -> cp_model.CpModel:
        """The model with every decision that is not free as in the best roster, or as it is left."""
        state = self.state
        cp = state.cp.clone()
        decided = hint(state.model, self.incumbent.roster or self.left)
        held = {column: value for column, value in decided.items() if column not in free}
        if self.incumbent.roster is None:
            # a start of the roster before may be outside everybody's hours
            variables = cp.proto.variables
            held = {
                column: value for column, value in held.items() if _inside(variables[column].domain, value)
            }
        fix(cp, held)
        return cp

    def _within(
        self, cp: cp_model.CpModel, block: Block, seconds: float, stop_when: Callable[[], bool] | None
    ) -> str:
        """Minimise a block in a model in which something is held: no bound of it is taken."""
        cp.minimize(block.expr)
        begin = self.state.hint()
        return self.state.search(
            cp, block, seconds, begin, restricted=True, stop_when=stop_when, hurry="proof"
        ).status

    def _stuck(self, patience: float) -> Callable[[], bool] | None:
        # what depends on the clock has no place in a run that must repeat
        return None if self.state.options.deterministic else stuck(self.state, patience * self.pace)

    def _over(self, times: float) -> Callable[[], bool] | None:
        if self.state.options.deterministic:
            return None
        until = time.monotonic() + times * self.pace
        return lambda: time.monotonic() > until


def _inside(domain: Iterable[int], value: int) -> bool:
    """Whether a value is in a domain, which is flat closed ranges."""
    ends = iter(domain)
    return any(first <= value <= last for first, last in zip(ends, ends, strict=True))
