"""A solve under way: what is left to spend, the best roster so far, and what each tier's bound is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from iop_sched.cpsat import assign, hints
from iop_sched.cpsat.model import Model
from iop_sched.rules.findings import Evaluation, Violation
from iop_sched.solve import parameters
from iop_sched.solve.blocks import Block
from iop_sched.solve.incumbent import DefectError, Incumbent
from iop_sched.solve.outcome import Progress, SolveOptions
from iop_sched.solve.parameters import Budget, Hurry
from iop_sched.solve.search import Found, Run
from iop_sched.solve.spare import add_spare
from iop_sched.week.roster import Roster

OnProgress = Callable[[Progress], None]
OnRoster = Callable[[Roster, Evaluation], None]

SHARE = {
    "changes": 5,
    "gains": 1,
    "kept": 1,
    "placed": 2,
    "dose": 5,
    "continuity": 4,
    "preference": 2,
    "cost": 2,
    "weighted": 1,
}
"""How the time limit is shared among the tiers still to be solved; staying close comes before them."""


@dataclass(frozen=True)
class Learnt:
    """A bound on a tier, of the rosters in which each earlier tier costs at most what it has in ``under``."""

    bound: int
    floating: bool
    under: tuple[int, ...]


@dataclass
class State:
    """What a strategy works on; ``learnt``: the best bound on each tier so far, by its name.

    ``cp`` is what a search takes a copy of: the model's own, or that with redundant rows. ``on_search`` is
    called each time that CP-SAT is about to work, and Python's lock to be free for others.
    """

    model: Model
    blocks: list[Block]
    options: SolveOptions
    incumbent: Incumbent
    started: float
    on_progress: OnProgress | None
    spent: float = 0.0
    interrupted: bool = False
    learnt: dict[str, Learnt] = field(default_factory=dict)
    cp: cp_model.CpModel = field(init=False)
    on_search: Callable[[], None] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.cp = self.model.cp

    def left(self) -> float:
        """Seconds left, deterministic ones when so asked."""
        used = self.spent if self.options.deterministic else time.monotonic() - self.started
        return self.options.time_limit - used

    def may_go_on(self) -> bool:
        """Whether there is time left and nobody has asked to stop."""
        return not self.interrupted and self.left() > 0.1

    def share(self, index: int) -> float:
        """A block's part of the time that is left to it and the blocks after it."""
        later = [sum(SHARE[tier.name] for tier in block.tiers) for block in self.blocks[index:]]
        return max(0.1, self.left() * later[0] / sum(later))

    def values(self, block: Block) -> list[int] | None:
        """The best roster's values of a block's tiers; None before the first roster."""
        values = [self.incumbent.value(tier.name) for tier in block.tiers]
        return [value for value in values if value is not None] if None not in values else None

    def learn(self, block: Block, bound: int, floating: bool = False) -> None:
        """Take a bound on a block's weighted sum, with earlier tiers held, into the bounds of its tiers.

        One that rests on floating-point arithmetic is left out when it lies above what the best roster is
        worth. Raises ``DefectError`` when another one does.
        """
        values = self.values(block) or [tier.upper for tier in block.tiers]
        for tier, found in zip(block.tiers, block.peel(bound, values), strict=True):
            found = min(found, tier.upper)
            value = self.incumbent.value(tier.name)
            if value is not None and found > value:
                if not floating:
                    message = f"the solver's bound is {found}, a roster is worth {value}"
                    raise DefectError((Violation("objective", tier.name, "", message, found - value),))
                continue
            if found > self.bound(tier.name):
                self.learnt[tier.name] = Learnt(found, floating, self.before(tier.name))

    def before(self, tier: str) -> tuple[int, ...]:
        """What each tier before this one costs in the best roster; the most it can cost before the first."""
        found: list[int] = []
        for one in (one for block in self.blocks for one in block.tiers):
            if one.name == tier:
                return tuple(found)
            value = self.incumbent.value(one.name)
            found.append(one.upper if value is None else value)
        return ()

    def bound(self, tier: str) -> int:
        """The tier's bound; 0 when none is known of rosters that cost no more in the tiers before.

        A better roster may cost more in a tier between; what was learnt with that one held says nothing then.
        """
        return self.bounds.get(tier, 0)

    @property
    def bounds(self) -> dict[str, int]:
        """The bounds that hold beside the best roster, by tier."""
        return {name: one.bound for name, one in self._holding()}

    @property
    def floating(self) -> set[str]:
        """Tiers whose bound rests on floating-point arithmetic."""
        return {name for name, one in self._holding() if one.floating}

    def _holding(self) -> Iterator[tuple[str, Learnt]]:
        for name, one in self.learnt.items():
            if within(self.before(name), one.under):
                yield name, one

    def proven(self, tier: str) -> bool:
        """Whether the best roster's value meets the tier's bound."""
        return self.incumbent.value(tier) == self.bound(tier)

    def done(self, block: Block) -> bool:
        """Whether nothing is left to do in a block."""
        return all(self.proven(tier.name) for tier in block.tiers)

    def tell(self, block: Block, bound: int | None, floating: bool = False) -> None:
        """Report progress on the first tier of the block that is open."""
        if bound is not None and self.incumbent.roster:
            self.learn(block, bound, floating)
        self._report(next((t.name for t in block.tiers if not self.proven(t.name)), block.tiers[-1].name))

    def _report(self, tier: str) -> None:
        if self.on_progress:
            self.on_progress(
                Progress(
                    tier,
                    self.incumbent.value(tier),
                    self.bound(tier),
                    self.incumbent.scale(tier),
                    time.monotonic() - self.started,
                    self.incumbent.found,
                )
            )

    def hint(self) -> dict[int, int]:
        """Where a search may well begin: the best roster, the one that was given, or last week's."""
        if self.incumbent.values is not None:
            return dict(enumerate(self.incumbent.values))
        if self.options.hint is not None:
            return assign.hint(self.model, self.options.hint)
        return hints.previous(self.model)

    def begin_with_hint(self) -> None:
        """Take the roster that was given as the first one, if the model accepts it."""
        if self.options.hint is not None:
            cp = self.cp.clone()
            assign.fix(self.model, assign.known(self.model, self.options.hint), cp)
            cp.minimize(self.blocks[0].expr)
            self.search(cp, self.blocks[0], self.left() * 0.2, {}, restricted=True, hurry="first")

    def hold(self, cp: cp_model.CpModel, blocks: list[Block]) -> None:
        """Earlier tiers may cost no more than what a verified roster achieved."""
        for block in blocks:
            for tier in block.tiers:
                value = self.incumbent.value(tier.name)
                if value is not None and not isinstance(tier.expr, int):
                    cp.add(tier.expr <= value)

    def search(
        self,
        cp: cp_model.CpModel,
        block: Block,
        amount: float,
        hint: Mapping[int, int],
        restricted: bool = False,
        stop_when: Callable[[], bool] | None = None,
        hurry: Hurry = "no",
        floating: bool = False,
        most: int | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> Found:
        """One run of CP-SAT on ``cp``, which minimises the block; every roster is verified.

        In a ``restricted`` run some decisions are fixed: its bound and its status say nothing about the week.
        ``floating``: what is fixed is so for certain, but by floating-point arithmetic, and so is the bound.
        A run in a ``hurry`` spends little on getting ready. Rosters of the block that cost more than ``most``
        are not looked for; that there is none is then a bound. ``meanwhile`` is called while CP-SAT is at
        work, whose rosters are looked at after that; an interruption of it ends the run.
        """
        cp.proto.clear_solution_hint()
        begin = cp.proto.solution_hint
        begin.vars.extend(list(hint))
        begin.values.extend(list(hint.values()))
        if most is not None:
            # on the objective itself: as one more row it made the proof two to three times as long
            cp.proto.objective.domain.extend([cp_model.INT_MIN, most - int(cp.proto.objective.offset)])
        if hurry == "first":
            add_spare(cp, self.model.cumulatives)
        known = len(self.cp.proto.variables)
        solver = cp_model.CpSolver()
        parameters.configure(solver, self.options, Budget(max(0.1, amount), self.options.deterministic))
        parameters.hurry(solver, hurry)
        self.tell(block, None)
        if self.on_search:
            self.on_search()
        under_way = Run(cp, solver, every=self.options.deterministic)
        try:
            if meanwhile is not None:
                meanwhile()
            if self.interrupted:
                under_way.stop()
            found = under_way.wait(
                on_solution=lambda solution: (self.incumbent.offer(solution[:known]), None)[1],
                on_tick=lambda bound: self.tell(
                    block, None if restricted or bound is None else _least(bound, most), floating
                ),
                stop_when=stop_when,
            )
        finally:
            under_way.stop()
        self.spent += found.deterministic_time
        self.interrupted = self.interrupted or found.interrupted
        if found.values is not None:
            found = replace(found, values=found.values[:known])
        self._take(block, found, restricted, floating, most)
        return found

    def _take(self, block: Block, found: Found, restricted: bool, floating: bool, most: int | None) -> None:
        name = " and ".join(tier.name for tier in block.tiers)
        if found.status == "MODEL_INVALID":
            raise RuntimeError(f"the solver calls the model invalid: {self.cp.validate()}")
        if found.values is not None:
            evaluation = self.incumbent.offer(found.values)
            value = block.total([evaluation.figure(tier.name).value for tier in block.tiers])
            if found.status == "OPTIMAL" and value != found.bound:
                message = f"the model's optimum is {found.bound}, the specification counts {value}"
                raise DefectError((Violation("objective", name, "", message, abs(value - found.bound)),))
        if restricted:
            return
        if found.status == "INFEASIBLE" and most is not None:
            self.learn(block, most + 1, floating)
            return
        if found.status == "INFEASIBLE" and self.incumbent.roster is not None:
            raise DefectError((Violation("solver", name, "", "the solver lost a roster it had found"),))
        if found.status != "INFEASIBLE":
            self.learn(block, _least(found.bound, most), floating)
            # the next run is about another tier, and nobody would hear of this one's proof before the end
            for tier in block.tiers:
                self._report(tier.name)


def _least(bound: int, most: int | None) -> int:
    """What a bound on the rosters that cost no more than ``most`` says of all."""
    return bound if most is None else min(bound, most + 1)


def within(costs: tuple[int, ...], under: tuple[int, ...]) -> bool:
    """Whether what was found of rosters up to one cost a tier is true of those up to another."""
    return all(now <= then for now, then in zip(costs, under, strict=True))
