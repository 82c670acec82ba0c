"""An interval more in each cumulative, so that CP-SAT's feasibility jump can be used.

OR-Tools 9.15 writes to address 0 and ends the process where a local search meets a cumulative whose
intervals are all fixed, be it by the model, a pin or presolve. The interval here is never fixed: it lies
before the day or after it, where nothing else can be, and nothing tells the two apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from ortools.sat.python import cp_model

from iop_sched.week.times import DAY_MINUTES

OUTSIDE = cp_model.Domain.from_values([-1, DAY_MINUTES])
"""Starts before and after every cell of a day, whatever the grid."""


def add_spare(cp: cp_model.CpModel, cumulatives: Iterable[int]) -> None:
    """Give each cumulative of the model, by its index, a spare interval; the new variables come last."""
    for index in cumulatives:
        constraint = cp.proto.constraints[index]
        start = cp.new_int_var_from_domain(OUTSIDE, "spare")
        interval = cp.new_fixed_size_interval_var(start, 1, "spare")
        constraint.cumulative.intervals.append(interval.index)
        constraint.cumulative.demands.add().offset = 1
