"""Start cells of sessions, as closed ranges, and the constraints that narrow them."""

from __future__ import annotations

from ortools.sat.python import cp_model

from iop_sched.cpsat.model import Literal, Model, SessionVars
from iop_sched.week.times import Day, Interval

Starts = list[Interval]
"""Start cells, as closed ranges."""


def common(one: Starts, other: Starts) -> Starts:
    """Start cells in both."""
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) <= min(b, d)]


def domain(starts: Starts) -> cp_model.Domain:
    """Start cells as a CP-SAT domain."""
    return cp_model.Domain.from_intervals([list(pair) for pair in starts])


def restrict(
    model: Model, session: SessionVars, day: Day, starts: Starts, fits: Starts, literal: Literal
) -> None:
    """When ``literal`` holds, the session starts in ``fits``, which is a part of ``starts``."""
    if fits != starts:
        inside = model.cp.add_linear_expression_in_domain(session.start[day], domain(fits))
        inside.only_enforce_if(literal)
