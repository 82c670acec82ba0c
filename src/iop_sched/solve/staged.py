"""The staged strategy: a master beside CP-SAT.

The master, the full model's linear rows without exact times, is solved by HiGHS in a process of its own. Its
bounds are bounds of the full model. Its solutions say who is placed where, who leads, and which sessions are
on which day with whom; CP-SAT makes a timetable of that. Decisions that have no timetable become cuts, and
the master is asked again. While HiGHS works, CP-SAT improves the best roster on the full model, with
the master's rows about hours added to it. The tiers of a small week it proves sooner alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

from iop_sched.master import decisions
from iop_sched.master.branching import ruled_out
from iop_sched.master.conflicts import Conflict, Timetable, cut
from iop_sched.master.linear import Objective, Row
from iop_sched.master.messages import Bound, Leaves, Solution, Support, Task
from iop_sched.master.process import MasterProcess, safe
from iop_sched.master.redundant import Redundant, redundant
from iop_sched.master.snapshot import snapshot
from iop_sched.master.translate import objective, relaxed
from iop_sched.solve.blocks import Block
from iop_sched.solve.destructive import close_in
from iop_sched.solve.full import solve_full
from iop_sched.solve.parameters import Hurry
from iop_sched.solve.settings import Idea
from iop_sched.solve.stages import Stage, following, unused
from iop_sched.solve.start import fix, guide, start
from iop_sched.solve.state import State, within
from iop_sched.solve.turn import in_turn

FOLLOW_SHARE = 0.1
"""Part of the time left that one timetable may take."""

GUIDE_SHARE = 0.5
"""Part of the time that the weighted sum may take before the tiers."""

RESTRICTED_SHARE = 0.4
"""Part of the time left that the master restricted to its relaxation's support may take."""

WHOLE_SECONDS = 10.0
"""What CP-SAT has at least between two timetables of the whole master's solutions."""

NEAR = 2
"""Times the cost of the master's solution: of a timetable that costs more, less is held the next time."""

FOLLOW_SECONDS = 5.0
"""What one timetable may take at most: most of the gain comes in the first seconds."""

BRANCHED_SHARE = 0.25
"""Part of the time left that branching on the cohorts that open may take."""

FEW = 36
"""Clients with a prescription up to whom the tiers are proven sooner without the master."""

MEDIUM = 60
"""Clients up to whom CP-SAT ends by itself what the master began: with both cores it proves sooner.

And up to whom the master is made ready beside the first try for a roster, which is short.
"""

CLOSING_SHARE = 0.5
"""Part of the time left that destructive bounds may take."""


def solve_staged(state: State) -> str:
    """Spend the time limit; returns the solver's status, by name, when it ends without a roster."""
    few = len(state.model.facts.week.treated) <= FEW
    alone = few and _with(state, "alone") and not _closes_in(state)
    go = threading.Event()

    def leave_alone() -> None:
        state.on_search = go.set

    # CP-SAT leaves Python's lock free while it looks for the first roster; getting it ready does not. With
    # many clients the first try needs both cores: the rest waits for its end, or for the next try
    many = len(state.model.facts.week.treated) > MEDIUM
    state.on_search = leave_alone if many else go.set
    with ThreadPoolExecutor(1) as pool:
        pool.submit(go.wait)
        copy = pool.submit(snapshot, state.model.cp)
        rows = pool.submit(lambda: _redundant(state, copy.result()))
        relaxation = None if alone else pool.submit(lambda: relaxed(copy.result()))
        try:
            if state.incumbent.roster is None and _with(state, "quick-start"):
                start(state)
        finally:
            go.set()
        proto, found = copy.result(), rows.result()
    if relaxation is None:
        _strengthen(state, found)
        return solve_full(state, _workers(state))
    with MasterProcess(found.beside(relaxation.result())) as process:
        _strengthen(state, found)
        return _Staged(state, process, proto, found).solve()


def _redundant(state: State, proto: Any) -> Redundant:
    return redundant(
        state.model,
        proto,
        windows=_with(state, "windows"),
        meetings=_with(state, "meetings"),
        moves=_with(state, "moves"),
    )


def _strengthen(state: State, rows: Redundant) -> None:
    """Let every search from now on have the rows, and the best roster the columns that come with them."""
    if not _with(state, "redundant"):
        return
    state.cp = rows.added(state.model.cp)
    if state.incumbent.values is not None:
        state.incumbent.values = rows.moves.extended(state.incumbent.values)


def _workers(state: State) -> Hurry:
    """How CP-SAT works on the full model; somebody who sets its parameters has his own mind about that."""
    return "proof" if _with(state, "provers") and not state.options.settings.cpsat else "no"


def _closes_in(state: State) -> bool:
    """Whether a small week is proven by destructive bounds: one sum; tiers have too wide a gap."""
    return state.options.objective == "weighted" and _with(state, "destructive")


def _with(state: State, idea: Idea) -> bool:
    """Whether an idea is in use: studies leave some out to see what they are worth."""
    return idea not in state.options.settings.staged.without


class _Staged:
    """One solve: the master's process, the cuts so far, and what the task under way has told."""

    def __init__(self, state: State, process: MasterProcess, proto: Any, rows: Redundant) -> None:
        self.state = state
        self.process = process
        self.proto = proto
        self.decided = decisions.all_of(state.model)
        self.groups = decisions.groups(state.model)
        self.timetable: Timetable | None = None
        self.lifting = rows.lifting
        self.moves = rows.moves
        self.cuts: list[Row] = []
        self.seen: set[Conflict] = set()
        self.stages: dict[str, Stage] = {}
        self.again: set[str] = set()
        self.support: frozenset[int] = frozenset()
        self.ones: frozenset[int] = frozenset()
        self.settled = False
        self.leaves: dict[str, Leaves] = {}
        self.under: dict[str, tuple[int, ...]] = {}
        self.frame = decisions.frame(state.model)
        self.places = decisions.places(state.model)
        self.opening = tuple(sorted({literal.index for literal in state.model.open.values()}))
        clients = len(state.model.facts.week.treated)
        self.hands_over = clients <= MEDIUM and _with(state, "hand-over") and _with(state, "support")
        self.closes_in = clients <= FEW and _closes_in(state)
        self.task: Block | None = None
        self.goal = Objective({}, 0)
        self.restricted = False
        self.solution: list[int] | None = None

    def solve(self) -> str:
        """A good roster by the weighted sum, whatever the objective; then block by block."""
        state, whole = self.state, guide(self.state)
        status = "FEASIBLE"
        self._ask(whole, [])
        while state.incumbent.roster is None and status != "INFEASIBLE" and state.may_go_on():
            status = self._beside(whole, [], state.left())
        if state.incumbent.roster is None:
            return status
        if whole in state.blocks:
            self._improve(whole, [], state.left())
        elif _with(state, "guide"):
            self._improve(whole, [], state.left() * GUIDE_SHARE, once=True)
        else:
            self._leave()
        while state.may_go_on():
            open_blocks = [index for index, block in enumerate(state.blocks) if not state.done(block)]
            if not open_blocks:
                break
            for index in open_blocks:
                if state.may_go_on() and not state.done(state.blocks[index]):
                    in_turn(
                        state, state.blocks[index], state.blocks[:index], state.share(index), self._improve
                    )
        return "FEASIBLE"

    def _improve(self, block: Block, earlier: list[Block], amount: float, once: bool = False) -> None:
        """Both solvers on one block, the earlier ones held, until it is proven or its time is spent.

        The master's stages come in order, each once; the whole program again as long as there are new cuts.
        ``once``: until the first solution of the master has been followed.
        """
        state, name = self.state, block.tiers[0].name
        self._forget(name)
        until = state.left() - amount
        while state.left() > until and state.may_go_on() and not state.done(block):
            stage = self.stages.get(name, "relaxed")
            self._ask(block, earlier)
            self._beside(block, earlier, state.left() - until)
            if not self._drain() or state.done(block) or not state.may_go_on():
                continue
            cut_off = bool(self.solution) and self._follow(block, earlier)
            if stage == "whole":
                self.again.add(name)
            without = state.options.settings.staged.without
            self.stages[name] = following(stage, cut_off, unused(without, self.settled, self.hands_over))
            if self.closes_in and stage == "relaxed":
                self._close_in(block, CLOSING_SHARE * (state.left() - until))
            if once and self.solution:
                break
        self._leave()

    def _forget(self, name: str) -> None:
        """Begin a tier anew if the best roster costs more in a tier before than the master was held to."""
        if not within(self.state.before(name), self.under.get(name, self.state.before(name))):
            self.stages.pop(name, None)
            self.leaves.pop(name, None)
            self.again.discard(name)

    # -- the master ------------------------------------------------------------------------------

    def _ask(self, block: Block, earlier: list[Block]) -> None:
        """Give the master a block to minimise, unless it is at work or has no more to say about the block."""
        stage = self.stages.get(block.tiers[0].name, "relaxed")
        if stage == "exhausted":
            self.solution = None
        if self.process.busy or stage == "exhausted":
            return
        state = self.state
        self.under[block.tiers[0].name] = state.before(block.tiers[0].name)
        rows = []
        for held in earlier:
            for tier in held.tiers:
                value = state.incumbent.value(tier.name)
                terms, offset = objective(tier.expr)
                if value is not None and terms:
                    rows.append(Row(terms, float("-inf"), value - offset))
        # cuts come last: with no more than cuts that are new, a relaxation is kept from one task to the next
        rows += self.cuts
        self.task, self.goal, self.solution = block, objective(block.expr), None
        self.restricted = stage in ("rounded", "restricted")
        best = state.incumbent.values
        begin = None if best is None else self.moves.extended(best)
        task = Task(self.goal, rows, max(1.0, state.left()), begin, seed=state.options.seed)
        if stage != "rounded" and _with(state, "branching") and (values := state.values(block)) is not None:
            task = replace(task, cutoff=block.total(values))
        if stage == "relaxed":
            branch = self.opening if _with(state, "branching") else ()
            task = replace(task, relax=True, branch=branch, cutoff=float("inf"))
        elif stage == "branched":
            seconds = max(1.0, state.left() * BRANCHED_SHARE)
            task = replace(task, relax=True, branch=self.opening, seconds=seconds)
        elif self.restricted:
            unused = (column for column in self.decided if column not in self.support)
            zero = tuple(column for column in unused if not (best and best[column]))
            task = replace(task, zero=zero, seconds=max(1.0, state.left() * RESTRICTED_SHARE))
            if stage == "rounded":
                # a start that it contradicts is none
                task = replace(task, one=tuple(self.ones & self.frame), start=None)
        self.process.begin(task)

    def _drain(self) -> bool:
        """Take in what the master has told; whether its task has ended."""
        for event in self.process.events():
            if isinstance(event, Bound) and self.task is not None:
                if not self.restricted:
                    self.state.learn(self.task, safe(event.bound, self.goal), floating=True)
            elif isinstance(event, Leaves) and self.task is not None:
                self.leaves[self.task.tiers[0].name] = event
            elif isinstance(event, Support):
                self.support, self.ones, self.settled = event.columns, event.ones, event.settled
            elif isinstance(event, Solution):
                self.solution = event.values
        return not self.process.busy

    def _leave(self) -> None:
        """End the master's task, and take what it has told so far."""
        self._drain()
        self.process.end()

    # -- CP-SAT ----------------------------------------------------------------------------------

    def _beside(self, block: Block, earlier: list[Block], amount: float) -> str:
        """CP-SAT on the full model until the master has ended its task, or the block is proven."""
        state = self.state
        cp = state.cp.clone()
        state.hold(cp, earlier)
        cp.minimize(block.expr)
        fixed = self._certain(block)
        fix(cp, fixed)
        at_work, started = self.process.busy, time.monotonic()
        # the whole master comes to its end again and again: CP-SAT needs time in between to learn something
        least = WHOLE_SECONDS if block.tiers[0].name in self.again else 0.0
        counts = any(block.tiers[0] is tier for one in state.blocks for tier in one.tiers)

        def enough() -> bool:
            ended = self._drain()
            ended = ended and time.monotonic() - started >= least
            has_roster = state.incumbent.roster is not None
            return has_roster and ((at_work and ended) or (counts and state.done(block)))

        return state.search(
            cp,
            block,
            amount,
            state.hint(),
            stop_when=enough,
            hurry=_workers(state),
            floating=bool(fixed),
        ).status

    def _close_in(self, block: Block, amount: float) -> None:
        """Destructive bounds; the master is idle, and CP-SAT has both cores."""
        hurry: Hurry = "refutation" if _workers(self.state) == "proof" else "no"
        close_in(self.state, block, amount, partial(self._below, block), hurry)

    def _certain(self, block: Block) -> dict[int, int]:
        """What the best roster has in common with whatever is better, as far as the master knows, by column.

        The best roster stays possible, so that the search can begin with it, and its bound is the block's.
        """
        best, values = self.state.incumbent.values, self.state.values(block)
        if best is None or values is None:
            return {}
        held = self._below(block, block.total(values))
        return {column: value for column, value in held.items() if best[column] == value}

    def _below(self, block: Block, cutoff: int) -> dict[int, int]:
        """What all rosters cheaper than a cutoff have in common, as far as the master knows, by column."""
        leaves = self.leaves.get(block.tiers[0].name)
        # an earlier tier that has become better since may have cost this one more than the leaves go
        if leaves is None or cutoff > leaves.cutoff:
            return {}
        zero, one = ruled_out(leaves.parts, leaves.binary, cutoff)
        held = dict.fromkeys(zero, 0) | dict.fromkeys(one, 1)
        # without the redundant rows, columns of the master's own come after those of the full model
        known = len(self.state.cp.proto.variables)
        return {column: value for column, value in held.items() if column < known}

    def _follow(self, block: Block, earlier: list[Block]) -> bool:
        """Make a timetable of the master's solution; whether new cuts came of it."""
        state, values = self.state, self.solution
        assert values is not None
        if self.timetable is None:
            self.timetable = Timetable(state.model, self.proto)
        found = [one for one in self.timetable.conflicts(values) if one not in self.seen]
        self.seen.update(found)
        if _with(state, "cuts"):
            for one in found:
                self.cuts.append(cut(one))
                if _with(state, "meetings"):
                    self.cuts += self.lifting.broken(one, values)
        touched = frozenset().union(*found)
        released = set().union(*(group for group in self.groups if group & touched))
        seconds = min(FOLLOW_SECONDS, max(1.0, state.left() * FOLLOW_SHARE))
        cost = self.goal.offset + sum(c * values[column] for column, c in self.goal.terms.items())
        for fixed in (self.decided, self.frame, self.places):
            status = self._restricted(block, earlier, values, fixed - released, seconds)
            best = state.values(block)
            done = status in ("OPTIMAL", "FEASIBLE") and best is not None and block.total(best) <= cost * NEAR
            if done or not state.may_go_on():
                break
        return bool(found) and _with(state, "cuts")

    def _restricted(
        self, block: Block, earlier: list[Block], values: list[int], fixed: Iterable[int], seconds: float
    ) -> str:
        """CP-SAT with some of the master's decisions fixed and the rest of its solution as a hint."""
        state = self.state
        cp = state.cp.clone()
        state.hold(cp, earlier)
        cp.minimize(block.expr)
        fix(cp, {column: values[column] for column in fixed})
        # starts are no more than placeholders in the master, and a hint of them would mislead
        hint = {column: values[column] for column in self.decided}
        amount = min(seconds, state.left())
        return state.search(cp, block, amount, hint, restricted=True, hurry=_workers(state)).status
