"""The staged strategy: a master beside CP-SAT.

The master, the full model's linear rows without exact times, is solved by HiGHS in a process of its own. Its
bounds are bounds of the full model. Its solutions say who is placed where, who leads, and which sessions are
on which day with whom; CP-SAT makes a timetable of that. Decisions that have no timetable become cuts, and
the master is asked again. While HiGHS works, CP-SAT improves the best roster on the full model.
"""

from __future__ import annotations

from collections.abc import Iterable

from ortools.sat.python import cp_model

from iop_sched.cpsat import hints, tiers
from iop_sched.master import decisions
from iop_sched.master.conflicts import Conflict, Timetable, cut
from iop_sched.master.linear import Objective, Row
from iop_sched.master.messages import Bound, Solution, Task
from iop_sched.master.process import MasterProcess, safe
from iop_sched.master.translate import objective, relaxed
from iop_sched.master.windows import Windows
from iop_sched.solve.blocks import Block
from iop_sched.solve.state import State

FOLLOW_SHARE = 0.1
"""Part of the time left that one timetable may take."""


def solve_staged(state: State) -> str:
    """Spend the time limit; returns the solver's status, by name, when it ends without a roster."""
    linear = relaxed(state.model)
    Windows(state.model, linear).add()
    with MasterProcess(linear) as process:
        return _Staged(state, process).solve()


class _Staged:
    """One solve: the master's process, the cuts so far, and what the task under way has told."""

    def __init__(self, state: State, process: MasterProcess) -> None:
        self.state = state
        self.process = process
        self.timetable: Timetable | None = None
        self.decided = decisions.all_of(state.model)
        self.groups = decisions.groups(state.model)
        self.cuts: list[Row] = []
        self.seen: set[Conflict] = set()
        self.task: Block | None = None
        self.goal = Objective({}, 0)
        self.solution: list[int] | None = None
        self.status = ""

    def solve(self) -> str:
        """A first roster by the weighted sum, whatever the objective; then block by block."""
        state = self.state
        guide = state.blocks[0]
        if state.options.objective != "weighted":
            costs = state.model.costs
            guide = Block((tiers.weighted(state.model.policy, costs),))
        status = self._first(guide)
        if state.incumbent.roster is None:
            return status
        while state.may_go_on():
            open_blocks = [index for index, block in enumerate(state.blocks) if not state.done(block)]
            if not open_blocks:
                break
            for index in open_blocks:
                if state.may_go_on() and not state.done(state.blocks[index]):
                    self._improve(index, state.share(index))
        return "FEASIBLE"

    def _first(self, guide: Block) -> str:
        """Minimise the weighted sum with both solvers until the master's solution has a timetable."""
        state = self.state
        self._ask(guide, [])
        status = self._beside(guide, [], state.left() * 0.5)
        if status != "INFEASIBLE" and state.may_go_on() and self._drain() and self.solution:
            self._follow(guide, [])
        while state.incumbent.roster is None and status != "INFEASIBLE" and state.may_go_on():
            status = self._beside(guide, [], state.left())
        self._leave()
        return status

    def _improve(self, index: int, amount: float) -> None:
        """Both solvers on one block, the earlier ones held, until it is proven or its time is spent."""
        state, block = self.state, self.state.blocks[index]
        earlier = state.blocks[:index]
        until = state.left() - amount
        exhausted = False
        while state.left() > until and state.may_go_on() and not state.done(block):
            if not exhausted:
                self._ask(block, earlier)
            self._beside(block, earlier, state.left() - until)
            if not self._drain():
                continue
            if self.solution is None or state.done(block):
                exhausted = True
            else:
                exhausted = not self._follow(block, earlier)
        self._leave()

    # -- the master ------------------------------------------------------------------------------

    def _ask(self, block: Block, earlier: list[Block]) -> None:
        """Give the master a block to minimise, unless it is at it."""
        if self.process.busy:
            return
        state = self.state
        rows = list(self.cuts)
        for held in earlier:
            for tier in held.tiers:
                value = state.incumbent.value(tier.name)
                terms, offset = objective(tier.expr)
                if value is not None and terms:
                    rows.append(Row(terms, float("-inf"), value - offset))
        self.task, self.goal, self.solution, self.status = block, objective(block.expr), None, ""
        start = state.incumbent.values
        self.process.begin(Task(0, self.goal, rows, start, max(1.0, state.left()), state.options.seed))

    def _drain(self) -> bool:
        """Take in what the master has told; whether its task has ended."""
        for event in self.process.events():
            if isinstance(event, Bound) and self.task is not None:
                if self.state.incumbent.roster is not None:
                    self.state.learn(self.task, safe(event.bound, self.goal), floating=True)
            elif isinstance(event, Solution):
                self.solution = event.values
            elif not isinstance(event, Bound):
                self.status = event.status
        return not self.process.busy

    def _leave(self) -> None:
        """End the master's task, whatever it has found."""
        self.process.stop()
        while self.process.busy:
            self.process.events(0.5)

    # -- CP-SAT ----------------------------------------------------------------------------------

    def _beside(self, block: Block, earlier: list[Block], amount: float) -> str:
        """CP-SAT on the full model until the master has ended its task, or the block is proven."""
        state = self.state
        values = state.incumbent.values
        cp = state.model.cp.clone()
        state.hold(cp, earlier)
        cp.minimize(block.expr)
        hint = dict(enumerate(values)) if values else hints.previous(state.model)
        at_work = self.process.busy

        def enough() -> bool:
            ended = self._drain()
            has_roster = state.incumbent.roster is not None
            return has_roster and ((at_work and ended) or (block in state.blocks and state.done(block)))

        return state.search(cp, block, amount, hint, stop_when=enough).status

    def _follow(self, block: Block, earlier: list[Block]) -> bool:
        """Make a timetable of the master's solution; whether new cuts came of it."""
        state, values = self.state, self.solution
        assert values is not None
        if self.timetable is None:
            self.timetable = Timetable(state.model)
        found = [one for one in self.timetable.conflicts(values) if one not in self.seen]
        self.seen.update(found)
        self.cuts.extend(cut(one) for one in found)
        touched = frozenset().union(*found)
        released = set().union(*(group for group in self.groups if group & touched))
        seconds = max(2.0, state.left() * FOLLOW_SHARE)
        self._restricted(block, earlier, values, self.decided - released, seconds)
        if state.may_go_on():
            self._restricted(block, earlier, values, decisions.frame(state.model) - released, seconds)
        return bool(found)

    def _restricted(
        self, block: Block, earlier: list[Block], values: list[int], fixed: Iterable[int], seconds: float
    ) -> None:
        """CP-SAT with some of the master's decisions fixed and the rest of its solution as a hint."""
        state = self.state
        cp = state.model.cp.clone()
        state.hold(cp, earlier)
        cp.minimize(block.expr)
        fix(cp, {column: values[column] for column in fixed})
        # starts are no more than placeholders in the master, and a hint of them would mislead
        hint = {column: values[column] for column in self.decided}
        state.search(cp, block, max(0.1, min(seconds, state.left())), hint, restricted=True)


def fix(cp: cp_model.CpModel, values: dict[int, int]) -> None:
    """Hold variables of a model at values within their domains."""
    variables = cp.proto.variables
    for column, value in values.items():
        domain = variables[column].domain
        domain.clear()
        domain.extend([value, value])
