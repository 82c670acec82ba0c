"""Rows that the full model implies and its linear relaxation lacks: windows, meetings, moves.

No-overlap says nothing to a linear relaxation, which then knows little of how much fits into a day, and
nothing of what a session near its old time is in the way of. The master has these rows in place of starts;
CP-SAT, which has starts, proves sooner with them. Every solution of the full model obeys them
(``Moves.extended`` has the values of the columns that are new), so they leave all rosters possible, at the
same cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from iop_sched.cpsat.model import Model
from iop_sched.master.lifting import Lifting
from iop_sched.master.linear import INFINITY, Linear
from iop_sched.master.moves import Moves
from iop_sched.master.translate import columns
from iop_sched.master.windows import Windows


@dataclass(frozen=True)
class Redundant:
    """The rows, over the full model's columns and those of ``moves``."""

    linear: Linear
    lifting: Lifting
    moves: Moves

    def beside(self, relaxed: Linear) -> Linear:
        """The master: the full model's own rows, then these."""
        return Linear(self.linear.lower, self.linear.upper, [*relaxed.rows, *self.linear.rows])

    def added(self, cp: cp_model.CpModel) -> cp_model.CpModel:
        """A copy of the full model with these rows; its first variables are the model's own."""
        copy, linear = cp.clone(), self.linear
        own = len(copy.proto.variables)
        variables = [copy.get_int_var_from_proto_index(column) for column in range(own)]
        for column in range(own, len(linear.lower)):
            variables.append(copy.new_int_var(linear.lower[column], linear.upper[column], f"near {column}"))
        for row in linear.rows:
            total = cp_model.LinearExpr.weighted_sum(
                [variables[column] for column in row.terms], list(row.terms.values())
            )
            least = cp_model.INT_MIN if row.lower == -INFINITY else int(row.lower)
            most = cp_model.INT_MAX if row.upper == INFINITY else int(row.upper)
            copy.add_linear_constraint(total, least, most)
        return copy


def redundant(
    model: Model, proto: Any, *, windows: bool = True, meetings: bool = True, moves: bool = True
) -> Redundant:
    """The rows of a model, all or some of them; ``proto`` is its ``snapshot``."""
    linear = columns(proto)
    of_windows = Windows(model, proto, linear)
    lifting = Lifting(model, of_windows)
    if windows:
        of_windows.add()
    if meetings:
        lifting.add(linear)
    of_moves = Moves(model, of_windows, linear)
    if moves:
        of_moves.add()
    return Redundant(linear, lifting, of_moves)
