"""HiGHS and SCIP as contenders, on exactly the full model written as a mixed-integer linear program.

Both run through OR-Tools' MathOpt. ``benchmarks/README.md`` says how they are set up, and what cannot be had
of them. Their clock begins when the solver does: the seconds in which the program was built and written as
rows are the row's ``build`` phase.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from ortools.math_opt.python import mathopt

from iop_sched.bench.contender import Event, Finished, OnEvent, Status
from iop_sched.bench.peers.exact import exact
from iop_sched.bench.peers.full_model import FullModel, full_model
from iop_sched.bench.peers.milp_log import Told, told_by_highs, told_by_scip
from iop_sched.bench.peers.milp_model import written
from iop_sched.master.snapshot import snapshot
from iop_sched.master.translate import objective
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Roster

REASON = mathopt.TerminationReason
STATUS: dict[mathopt.TerminationReason, Status] = {
    REASON.OPTIMAL: "proven",
    REASON.FEASIBLE: "feasible",
    REASON.NO_SOLUTION_FOUND: "unknown",
    REASON.INFEASIBLE: "infeasible",
    REASON.INFEASIBLE_OR_UNBOUNDED: "infeasible",  # every column has bounds
}
WHOLE = 0.999
"""The value is a whole number, so a bound nearer to it than 1 proves it."""
TOLERANCE = 1e-6
"""How far a solver's bound may be beyond the truth, as a share of it, but at least by so much."""

Tuning = Mapping[str, float]


@dataclass(frozen=True)
class Milp:
    """One solver with one setting.

    ``tuning``: options of HiGHS. ``feasibility``: SCIP puts its emphasis on finding rosters.
    """

    name: str
    solver: mathopt.SolverType
    told: Callable[[str], Told | None]
    tuning: Tuning = field(default_factory=dict)
    feasibility: bool = False
    objectives: tuple[Objective, ...] = ("weighted",)
    takes_settings: bool = False
    repeats: bool = False

    def missing(self) -> str:
        """Nothing: OR-Tools brings both."""
        return ""

    def run(self, week: ProgramWeek, policy: Policy, options: SolveOptions, on_event: OnEvent) -> Finished:
        """Build, write as rows, minimise once, extract."""
        full = full_model(week, policy)
        built = time.monotonic()
        linear = exact(snapshot(full.model.cp))
        program = written(linear, objective(full.objective))
        rows = time.monotonic() - built
        on_event(Event(phase="solve", seconds=full.seconds + rows))
        run = _Run(full, program, self.told, on_event)
        result = run.solve(self.solver, self.parameters(options))
        note = (
            f"not counted: build {full.seconds:.1f} s, rows {rows:.1f} s; "
            f"{len(linear.lower)} columns, {len(linear.rows)} rows"
        )
        return run.finished(result, note, week, policy)

    def parameters(self, options: SolveOptions) -> mathopt.SolveParameters:
        """What is set; never ``threads``: MathOpt does not take it for HiGHS, SCIP has one."""
        chosen = mathopt.SolveParameters(
            time_limit=timedelta(seconds=options.time_limit),
            random_seed=options.seed,
            relative_gap_tolerance=0.0,
            absolute_gap_tolerance=WHOLE,
        )
        for option, value in self.tuning.items():
            chosen.highs.double_options[option] = value
        if self.feasibility:
            chosen.gscip.emphasis = type(chosen.gscip).FEASIBILITY
        return chosen


class _Run:
    """One solve, and what it tells on the way."""

    def __init__(
        self, full: FullModel, program: mathopt.Model, told: Callable[[str], Told | None], on_event: OnEvent
    ) -> None:
        self.full = full
        self.program = program
        self.told = told
        self.on_event = on_event
        # the binaries that follow the full model's columns say nothing about the roster
        self.columns = [program.get_variable(column) for column in range(len(full.model.cp.proto.variables))]
        self.began = self.spent = 0.0

    def solve(self, solver: mathopt.SolverType, parameters: mathopt.SolveParameters) -> mathopt.SolveResult:
        """Run the solver; SCIP shows each of its solutions, HiGHS none before the end."""
        watch = None
        if solver == mathopt.SolverType.GSCIP:
            watch = mathopt.CallbackRegistration(
                events={mathopt.Event.MIP_SOLUTION},
                mip_solution_filter=mathopt.VariableFilter(filtered_items=self.columns),
            )
        self.began = time.monotonic()
        result = mathopt.solve(
            self.program,
            solver,
            params=parameters,
            msg_cb=self._read,
            callback_reg=watch,
            cb=self._look if watch else None,
        )
        self.spent = time.monotonic() - self.began
        return result

    def _look(self, data: mathopt.CallbackData) -> mathopt.CallbackResult:
        if data.solution:
            seconds = time.monotonic() - self.began
            self.on_event(Event(roster=self._roster(data.solution), seconds=seconds))
        return mathopt.CallbackResult()

    def _read(self, lines: Sequence[str]) -> None:
        for line in lines:
            told = self.told(line)
            if told is not None:
                seconds = time.monotonic() - self.began
                values = {} if told.value is None else {"weighted": told.value}
                bounds = {} if told.bound is None else {"weighted": told.bound}
                self.on_event(Event(values=values, bounds=bounds, seconds=seconds))

    def _roster(self, values: Mapping[mathopt.Variable, float]) -> Roster:
        whole = [round(values.get(column, 0.0)) for column in self.columns]
        return self.full.roster(lambda index: whole[index])

    def finished(self, result: mathopt.SolveResult, note: str, week: ProgramWeek, policy: Policy) -> Finished:
        """The outcome; a roster worth other than the solver says contradicts it."""
        reason = result.termination.reason
        if reason not in STATUS:
            return Finished(None, None, "failed", f"the solver ended with {reason.name}; {note}")
        status, bound = STATUS[reason], whole_bound(result.termination.objective_bounds.dual_bound)
        bounds = {} if bound is None else {"weighted": bound}
        if not result.has_primal_feasible_solution():
            return Finished(None, bound, status, note, bounds)
        roster = self._roster(result.variable_values())
        self.on_event(Event(roster=roster, bounds=bounds, seconds=self.spent))
        value, said = evaluate(week, roster, policy).weighted.value, round(result.objective_value())
        # an amount may be above what it has to be as long as nothing is proven
        if value > said or (status == "proven" and value != said):
            return Finished(roster, bound, "failed", f"the solver says {said}, the rules say {value}; {note}")
        return Finished(roster, bound, status, note, bounds)


def whole_bound(bound: float) -> int | None:
    """The least whole number that the value can be."""
    if not math.isfinite(bound):
        return None
    return math.ceil(bound - TOLERANCE * max(1.0, abs(bound) * 1e-3))


HIGHS = Milp("highs", mathopt.SolverType.HIGHS, told_by_highs)
HIGHS_HEURISTICS = Milp(
    "highs-heuristics", mathopt.SolverType.HIGHS, told_by_highs, tuning={"mip_heuristic_effort": 0.5}
)
SCIP = Milp("scip", mathopt.SolverType.GSCIP, told_by_scip)
SCIP_FEASIBILITY = Milp("scip-feasibility", mathopt.SolverType.GSCIP, told_by_scip, feasibility=True)
