"""Why a solution of the master has no timetable: small sets of decisions that cannot hold together.

Day by day, the full model's constraints about times alone are asked whether the day's decisions fit. Where
they do not, CP-SAT names decisions that already exclude each other (a logic-based Benders cut): never all of
them again in any solution of the master.
"""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from iop_sched.cpsat.model import Model
from iop_sched.master import decisions
from iop_sched.master.linear import Row
from iop_sched.master.snapshot import kind_of, pairs
from iop_sched.master.translate import start_columns
from iop_sched.week.times import WEEK, Day

Conflict = frozenset[int]
"""Decisions, by column, that cannot all be 1."""

WORK = 2.0
"""Deterministic seconds that one look for a conflict may take."""


class Timetable:
    """The full model's constraints about times, for one day at a time.

    Constraints about anything else are left out, so that the decisions of other days can be taken as 0. A
    decision at 0 asks for no time: what is kept is never harder than the full model.
    """

    def __init__(self, model: Model, proto: Any) -> None:
        """``proto`` is the model's ``snapshot``."""
        self.decided = decisions.all_of(model)
        self.days = {day: decisions.of_day(model, day) for day in WEEK}
        self.implied = decisions.implied(model)
        self.cp = model.cp.clone()
        self.cp.clear_objective()  # type: ignore[no-untyped-call]  # untyped upstream
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # untyped upstream
        constraints = [(one, kind_of(one)) for one in proto.constraints]
        columns = [_columns(constraint, kind) for constraint, kind in constraints]
        starts = start_columns(proto)
        timed = self._timed(starts, constraints, columns)
        asking = timed - {one.literal.index for one in model.inside}
        known = timed | self.decided
        native = self.cp.proto.constraints
        for (constraint, kind), own, its in zip(constraints, columns, native, strict=True):
            about_times = own & asking and own <= known
            # what holds of starts alone holds whatever is decided
            if kind in _CLEARED and not (about_times and (own <= starts or _idle(constraint, kind))):
                getattr(its, f"clear_{kind}")()

    def _timed(
        self, starts: set[int], constraints: list[tuple[Any, str]], columns: list[set[int]]
    ) -> set[int]:
        """Starts, and what else the master does not decide but intervals and starts depend on."""
        timed = set(starts)
        for (constraint, kind), own in zip(constraints, columns, strict=True):
            if kind == "interval" or own & starts:
                timed.update(max(column, -column - 1) for column in constraint.enforcement_literal)
        return timed - self.decided

    def conflicts(self, values: list[int]) -> list[Conflict]:
        """Disjoint conflicts of a solution of the master, day by day; none when every day has a timetable."""
        decided = {column for column in self.decided if values[column]}
        cp = self.cp.clone()
        _close(cp, self.decided - decided)
        return [conflict for day in WEEK for conflict in self._of_day(cp, decided, day)]

    def _of_day(self, cp: cp_model.CpModel, decided: set[int], day: Day) -> list[Conflict]:
        ones = self.days[day] & decided
        found: list[Conflict] = []
        while True:
            conflict = self._conflict(cp, decided, ones)
            if not conflict:
                return found
            found.append(conflict)
            ones = self._without(ones, conflict)

    def _without(self, ones: set[int], conflict: Conflict) -> set[int]:
        """What is left when a conflict's decisions are taken back, and with them all that relies on them."""
        gone = set(conflict)
        while more := {column for column in ones - gone if self.implied.get(column, set()) & gone}:
            gone |= more
        return ones - gone

    def _conflict(self, of_values: cp_model.CpModel, decided: set[int], ones: set[int]) -> Conflict:
        """Decisions among ``ones`` that exclude each other; none when they fit, or none was found in time."""
        cp = of_values.clone()
        _close(cp, decided - ones)
        cp.add_assumptions([cp.get_bool_var_from_proto_index(column) for column in sorted(ones)])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False
        # with presolve the conflict can come out as all of the assumptions
        solver.parameters.cp_model_presolve = False
        solver.parameters.max_deterministic_time = WORK
        solver.solve(cp)
        if solver.status_name(solver.response_proto.status) != "INFEASIBLE":
            return frozenset()
        core = set(solver.response_proto.sufficient_assumptions_for_infeasibility)
        # what follows from the rest of the conflict would only weaken the cut
        return frozenset(core - set().union(*(self.implied.get(column, set()) for column in core)))


def _close(cp: cp_model.CpModel, columns: set[int]) -> None:
    """Hold decisions at 0."""
    variables = cp.proto.variables
    for column in columns:
        domain = variables[column].domain
        domain.clear()
        domain.extend([0, 0])


_CLEARED = ("linear", "bool_or", "bool_and", "at_most_one", "lin_max")


def _columns(constraint: Any, kind: str) -> set[int]:
    """The variables of a constraint; of intervals and what is made of them, the presence literals alone."""
    found = list(constraint.enforcement_literal)
    if kind == "linear":
        found += constraint.linear.vars
    elif kind == "lin_max":
        found += constraint.lin_max.target.vars
        found += (column for expr in constraint.lin_max.exprs for column in expr.vars)
    elif kind in _CLEARED:
        found += getattr(constraint, kind).literals
    return {max(column, -column - 1) for column in found}


def _idle(constraint: Any, kind: str) -> bool:
    """Whether the constraint asks for nothing while no literal holds; a pinned session asks for one."""
    if constraint.enforcement_literal:
        return True
    if kind == "bool_or":
        return any(literal < 0 for literal in constraint.bool_or.literals)
    domain = list(constraint.linear.domain) if kind == "linear" else [0, 0]
    return any(first <= 0 <= last for first, last in pairs(domain))


def cut(conflict: Conflict) -> Row:
    """Not all of a conflict's decisions together."""
    return Row(dict.fromkeys(conflict, 1), float("-inf"), len(conflict) - 1)
