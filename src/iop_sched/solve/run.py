"""Solving a program week with the full model: tier after tier, or one weighted sum.

Each tier is minimised with the earlier ones held at what a verified roster achieved. Time that a tier
leaves goes to the later ones; what is left at the end goes back to the first tier that is open.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from iop_sched.cpsat import hints, tiers
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Model
from iop_sched.rules.findings import Evaluation, Violation
from iop_sched.solve import parameters
from iop_sched.solve.blocks import Block, blocks
from iop_sched.solve.incumbent import DefectError, Incumbent
from iop_sched.solve.infeasible import confirmed, conflict
from iop_sched.solve.outcome import Outcome, Progress, SolveOptions
from iop_sched.solve.parameters import Budget
from iop_sched.solve.search import Found, run
from iop_sched.week.policy import Policy, Tier
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import TierResult, TierStatus
from iop_sched.week.roster import Roster

OnProgress = Callable[[Progress], None]
OnRoster = Callable[[Roster, Evaluation], None]

SHARE = {"kept": 1, "placed": 2, "dose": 5, "continuity": 4, "preference": 2, "cost": 2, "weighted": 1}
"""How the time limit is shared among the tiers still to be solved."""


@dataclass
class _State:
    """A solve under way: what is left to spend, and what each tier's bound is."""

    model: Model
    blocks: list[Block]
    options: SolveOptions
    incumbent: Incumbent
    started: float
    on_progress: OnProgress | None
    spent: float = 0.0
    interrupted: bool = False
    bounds: dict[str, int] = field(default_factory=dict)

    def left(self) -> float:
        """Seconds left, deterministic ones when so asked."""
        used = self.spent if self.options.deterministic else time.monotonic() - self.started
        return self.options.time_limit - used

    def values(self, block: Block) -> list[int] | None:
        """The best roster's values of a block's tiers; None before the first roster."""
        values = [self.incumbent.value(tier.name) for tier in block.tiers]
        return [value for value in values if value is not None] if None not in values else None

    def learn(self, block: Block, bound: int) -> None:
        """Take a bound on a block's weighted sum into the bounds of its tiers."""
        values = self.values(block) or [tier.upper for tier in block.tiers]
        for tier, found in zip(block.tiers, block.peel(bound, values), strict=True):
            self.bounds[tier.name] = max(self.bounds.get(tier.name, 0), min(found, tier.upper))

    def proven(self, tier: str) -> bool:
        """Whether the best roster's value meets the tier's bound."""
        return self.incumbent.value(tier) == self.bounds.get(tier, 0)

    def done(self, block: Block) -> bool:
        """Whether nothing is left to do in a block."""
        return all(self.proven(tier.name) for tier in block.tiers)

    def tell(self, block: Block, bound: int | None) -> None:
        """Report progress on the first tier of the block that is open."""
        if bound is not None and self.incumbent.roster:
            self.learn(block, bound)
        tier = next((t.name for t in block.tiers if not self.proven(t.name)), block.tiers[-1].name)
        if self.on_progress:
            self.on_progress(
                Progress(
                    tier,
                    self.incumbent.value(tier),
                    self.bounds.get(tier, 0),
                    self.incumbent.scale(tier),
                    time.monotonic() - self.started,
                    self.incumbent.found,
                )
            )


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
    started = time.monotonic()
    model, costs = build(week, policy)
    weighted = options.objective == "weighted"
    objectives = [tiers.weighted(policy, costs)] if weighted else tiers.lexicographic(policy, costs)
    incumbent = Incumbent(
        week, policy, model, options, lambda: time.monotonic() - started, on_roster=on_roster
    )
    state = _State(model, blocks(objectives), options, incumbent, started, on_progress)
    status = "UNKNOWN"
    try:
        status = _first_pass(state)
        _later_passes(state)
    except KeyboardInterrupt:
        # between two runs of the solver; within one, the run itself reports it
        state.interrupted = True
    except DefectError as defect:
        return Outcome("defect", defects=defect.violations, parameters=parameters.record(options))
    return _outcome(state) if incumbent.roster else _without_roster(state, status)


def _first_pass(state: _State) -> str:
    """Every block once, in order; returns the solver's status, by name, when it ends without a roster."""
    status = "UNKNOWN"
    for index, block in enumerate(state.blocks):
        if not state.interrupted and (state.incumbent.roster is None or not state.done(block)):
            status = _run(state, block, state.blocks[:index], _share(state, index))
        while status == "UNKNOWN" and state.incumbent.roster is None and _may_go_on(state):
            status = _run(state, block, [], state.left())
        if state.incumbent.roster is None:
            return status
    return status


def _may_go_on(state: _State) -> bool:
    return not state.interrupted and state.left() > 0.1


def _later_passes(state: _State) -> None:
    """What time is left goes to the first open block, and then to those after it."""
    least = state.options.time_limit * 0.05
    while state.incumbent.roster and not state.interrupted and state.left() > least:
        open_blocks = [index for index, block in enumerate(state.blocks) if not state.done(block)]
        if not open_blocks:
            return
        for index in open_blocks:
            if state.left() > least and not state.interrupted:
                _run(state, state.blocks[index], state.blocks[:index], _share(state, index))


def _share(state: _State, index: int) -> float:
    later = [sum(SHARE[tier.name] for tier in block.tiers) for block in state.blocks[index:]]
    return max(0.1, state.left() * later[0] / sum(later))


def _run(state: _State, block: Block, earlier: list[Block], amount: float) -> str:
    """Minimise a block with the earlier ones held; take its best roster and bound; returns the status."""
    values = state.incumbent.values
    cp = state.model.cp.clone()
    for held in earlier:
        _hold(state, cp, held)
    cp.minimize(block.expr)
    hint = dict(enumerate(values)) if values else hints.previous(state.model)
    for variable, value in hint.items():
        cp.add_hint(cp.get_int_var_from_proto_index(variable), value)
    solver = cp_model.CpSolver()
    parameters.configure(solver, state.options, Budget(amount, state.options.deterministic))
    state.tell(block, None)
    found = run(
        cp,
        solver,
        on_solution=lambda solution: (state.incumbent.offer(solution), None)[1],
        on_tick=lambda bound: state.tell(block, bound),
        every=state.options.deterministic,
    )
    state.spent += found.deterministic_time
    state.interrupted = state.interrupted or found.interrupted
    _take(state, block, found)
    return found.status


def _hold(state: _State, cp: cp_model.CpModel, block: Block) -> None:
    """A later tier may not cost an earlier one anything: its value is one that a verified roster achieved."""
    for tier in block.tiers:
        value = state.incumbent.value(tier.name)
        if value is not None and not isinstance(tier.expr, int):
            cp.add(tier.expr <= value)


def _take(state: _State, block: Block, found: Found) -> None:
    name = " and ".join(tier.name for tier in block.tiers)
    if found.status == "MODEL_INVALID":
        raise RuntimeError(f"the solver calls the model invalid: {state.model.cp.validate()}")
    if found.values is not None:
        evaluation = state.incumbent.offer(found.values)
        value = block.total([evaluation.figure(tier.name).value for tier in block.tiers])
        if found.status == "OPTIMAL" and value != found.bound:
            message = f"the model's optimum is {found.bound}, the specification counts {value}"
            raise DefectError((Violation("objective", name, "", message, abs(value - found.bound)),))
    elif found.status == "INFEASIBLE" and state.incumbent.roster is not None:
        raise DefectError((Violation("solver", name, "", "the solver lost a roster it had found"),))
    if found.status != "INFEASIBLE":
        state.learn(block, found.bound)


def _without_roster(state: _State, status: str) -> Outcome:
    seconds = time.monotonic() - state.started
    record = parameters.record(state.options)
    week, policy = state.incumbent.week, state.incumbent.policy
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


def _outcome(state: _State) -> Outcome:
    evaluation = state.incumbent.evaluation
    assert evaluation is not None
    results = [_result(state, tier.name) for block in state.blocks for tier in block.tiers]
    settled: list[TierResult] = []
    for result in results:
        earlier_open = any(r.status != "proven" for r in settled)
        status: TierStatus = "conditional" if result.status == "proven" and earlier_open else result.status
        settled.append(result.model_copy(update={"status": status}))
    weighted = settled[0] if state.options.objective == "weighted" else None
    shown = _tiers_of_weighted(state) if weighted else settled
    return Outcome(
        "proven" if all(r.status == "proven" for r in settled) else "feasible",
        roster=state.incumbent.roster,
        tiers=tuple(shown),
        weighted=weighted,
        seconds=time.monotonic() - state.started,
        first_roster_seconds=state.incumbent.first_seconds,
        interrupted=state.interrupted,
        parameters=parameters.record(state.options),
    )


def _tiers_of_weighted(state: _State) -> list[TierResult]:
    """Under the weighted objective a tier's own bound is only that penalties are not negative."""
    return [_result(state, name) for name in state.incumbent.policy.tiers]


def _result(state: _State, name: Tier | str) -> TierResult:
    value, scale = state.incumbent.value(name), state.incumbent.scale(name)
    assert value is not None
    bound = min(state.bounds.get(name, 0), value)
    return TierResult(
        name=name,
        value=value,
        bound=bound,
        status="proven" if value == bound else "open",
        scale=scale,
        gap=(value - bound) / scale,
    )
