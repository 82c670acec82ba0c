"""The full model's constraints as linear rows.

The columns are the full model's variables under the same indices, so that a roster's values are a point of
the linear program, and a point of the linear program a hint for the full model. Starts of intervals have no
rows: whatever asks about them is left to the timetable, so each bound of this program is one of the full
model.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from ortools.sat.python import cp_model

from iop_sched.cpsat.model import Expr
from iop_sched.master.linear import INFINITY, Linear, Objective
from iop_sched.master.snapshot import kind_of

Pair = tuple[int, int]

FAR = 1 << 61
"""CP-SAT writes no bound as about this much or more."""


def columns(proto: Any) -> Linear:
    """The full model's variables as columns, without a row; ``proto`` is the model's ``snapshot``."""
    domains = [list(variable.domain) for variable in proto.variables]
    return Linear([domain[0] for domain in domains], [domain[-1] for domain in domains])


def relaxed(proto: Any) -> Linear:
    """Every constraint of the full model that does not ask about starts, as rows.

    ``proto`` is the model's ``snapshot``.
    """
    linear = columns(proto)
    starts = start_columns(proto)
    for constraint in proto.constraints:
        if not asks_for_starts(constraint, starts):
            kind = kind_of(constraint)
            if kind not in _ROWS:
                # the full model has none so far; leaving one out silently could hide that the master is weak
                raise NotImplementedError(f"the master has no rows for constraints of kind {kind}")
            _ROWS[kind](linear, constraint)
    return linear


def asks_for_starts(constraint: Any, starts: set[int]) -> bool:
    """Whether a constraint is left to the timetable; ``windows`` has rows that such ones imply."""
    kind = kind_of(constraint)
    if kind == "linear":
        return not starts.isdisjoint(constraint.linear.vars)
    return kind in LEFT_TO_TIMETABLE


def objective(expr: Expr) -> Objective:
    """An expression over the full model's variables as the linear program's objective."""
    if isinstance(expr, int):
        return Objective({}, expr)
    flat = cp_model.FlatIntExpr(expr)
    terms: dict[int, int] = {}
    for variable, coefficient in zip(flat.vars, flat.coeffs, strict=True):
        terms[variable.index] = terms.get(variable.index, 0) + coefficient
    return Objective(terms, flat.offset)


LEFT_TO_TIMETABLE = {"interval", "no_overlap", "cumulative"}
"""Kinds of constraints that ask about starts alone."""


def start_columns(proto: Any) -> set[int]:
    """Variables that are the start of an interval."""
    return {
        column
        for constraint in proto.constraints
        if kind_of(constraint) == "interval"
        for column in constraint.interval.start.vars
    }


def sum_of(literals: Iterable[int], coefficient: int = 1) -> tuple[list[Pair], int]:
    """Σ coefficient × literal as terms and a constant; a negated literal is one minus its variable."""
    terms, constant = [], 0
    for literal in literals:
        if literal >= 0:
            terms.append((literal, coefficient))
        else:
            terms.append((-literal - 1, -coefficient))
            constant += coefficient
    return terms, constant


def _linear(linear: Linear, constraint: Any) -> None:
    """A row, or with enforcement literals one big-M row a side, as tight as the columns' bounds allow."""
    body = constraint.linear
    terms = list(zip(body.vars, body.coeffs, strict=True))
    domain = list(body.domain)
    enforced = list(constraint.enforcement_literal)
    lower, upper = domain[0], domain[-1]
    if not enforced:
        linear.add(terms, lower if lower > -FAR else -INFINITY, upper if upper < FAR else INFINITY)
        return
    least, most = linear.least(terms), linear.most(terms)
    if upper < most:
        relief, constant = sum_of(enforced, most - upper)
        linear.add(terms + relief, upper=upper + (most - upper) * len(enforced) - constant)
    if lower > least:
        relief, constant = sum_of(enforced, least - lower)
        linear.add(terms + relief, lower=lower + (least - lower) * len(enforced) - constant)


def _bool_or(linear: Linear, constraint: Any) -> None:
    negated = [-literal - 1 for literal in constraint.enforcement_literal]
    terms, constant = sum_of([*constraint.bool_or.literals, *negated])
    linear.add(terms, lower=1 - constant)


def _bool_and(linear: Linear, constraint: Any) -> None:
    negated = [-literal - 1 for literal in constraint.enforcement_literal]
    for literal in constraint.bool_and.literals:
        terms, constant = sum_of([literal, *negated])
        linear.add(terms, lower=1 - constant)


def _at_most_one(linear: Linear, constraint: Any) -> None:
    terms, constant = sum_of(constraint.at_most_one.literals)
    linear.add(terms, upper=1 - constant)


def _exactly_one(linear: Linear, constraint: Any) -> None:
    terms, constant = sum_of(constraint.exactly_one.literals)
    linear.add(terms, 1 - constant, 1 - constant)


def _lin_max(linear: Linear, constraint: Any) -> None:
    """At least each expression; and at most the line above each, summed over the expressions.

    With bounds ``l`` ≤ ``e`` ≤ ``u`` of each expression, no maximum is below the largest ``l``, call it L,
    and none above L + Σ max(0, u − L) / (u − l) × (e − l). Of literals that is their sum.
    """
    body = constraint.lin_max
    target = list(zip(body.target.vars, body.target.coeffs, strict=True))
    exprs = [(list(zip(e.vars, e.coeffs, strict=True)), e.offset) for e in body.exprs]
    for terms, offset in exprs:
        less = [(column, -coefficient) for column, coefficient in terms]
        linear.add(target + less, lower=offset - body.target.offset)
    bounds = [(linear.least(terms) + offset, linear.most(terms) + offset) for terms, offset in exprs]
    floor = max(least for least, _ in bounds)
    scale = math.lcm(*(most - least for least, most in bounds if most > floor))
    together = [(column, scale * coefficient) for column, coefficient in target]
    upper = scale * (floor - body.target.offset)
    for (terms, offset), (least, most) in zip(exprs, bounds, strict=True):
        if most > floor:
            slope = scale * (most - floor) // (most - least)
            together += [(column, -slope * coefficient) for column, coefficient in terms]
            upper += slope * (offset - least)
    linear.add(together, upper=upper)


_ROWS: dict[str, Callable[[Linear, Any], None]] = {
    "linear": _linear,
    "bool_or": _bool_or,
    "bool_and": _bool_and,
    "at_most_one": _at_most_one,
    "exactly_one": _exactly_one,
    "lin_max": _lin_max,
}
