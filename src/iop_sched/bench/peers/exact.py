"""The whole full model as a mixed-integer linear program, for solvers that know nothing else.

Where ``master.translate`` leaves starts to a timetable, this has rows for them, with binaries of its own. The
columns of the full model keep their indices and the binaries follow, so that the first columns of a point
are a solution of the full model, and each of its solutions extends to a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ortools.sat import cp_model_pb2

from iop_sched.bench.peers.exact_times import Timed, can_overlap, can_start_within, timed_intervals
from iop_sched.master.linear import INFINITY, Linear
from iop_sched.master.snapshot import kind_of, pairs
from iop_sched.master.translate import relaxed, start_columns, sum_of

Pair = tuple[int, int]
Literals = Sequence[int]


def exact(proto: Any) -> Linear:
    """Every constraint of the full model as rows; ``proto`` is the model's ``snapshot``."""
    starts = start_columns(proto)
    plain = cp_model_pb2.CpModelProto()
    plain.variables.extend(proto.variables)
    mine = []
    for constraint in proto.constraints:
        if _is_plain(constraint, starts):
            plain.constraints.add().CopyFrom(constraint)
        else:
            mine.append(constraint)
    rows = _Rows(relaxed(plain), proto)
    for column, variable in enumerate(proto.variables):
        rows.within([(column, 1)], pairs(list(variable.domain)), ())
    for constraint in mine:
        rows.post(constraint)
    return rows.linear


def _is_plain(constraint: Any, starts: set[int]) -> bool:
    """Whether the rows of ``relaxed`` say all that the constraint says."""
    kind = kind_of(constraint)
    if kind == "linear":
        return len(constraint.linear.domain) == 2 and starts.isdisjoint(constraint.linear.vars)
    return kind not in ("interval", "no_overlap", "cumulative", "lin_max")


class _Rows:
    """Adds what ``relaxed`` leaves out."""

    def __init__(self, linear: Linear, proto: Any) -> None:
        self.linear = linear
        self.intervals = timed_intervals(proto)
        self._after: dict[tuple[Pair, Pair, int], int] = {}

    def post(self, constraint: Any) -> None:
        """The rows of one constraint."""
        kind = kind_of(constraint)
        if kind == "linear":
            body = constraint.linear
            terms = list(zip(body.vars, body.coeffs, strict=True))
            ranges = pairs(list(body.domain))
            self.within(terms, ranges, constraint.enforcement_literal, always=True)
        elif kind == "no_overlap":
            self.no_overlap([self.intervals[i] for i in constraint.no_overlap.intervals])
        elif kind == "cumulative":
            body = constraint.cumulative
            demands = [_constant(demand) for demand in body.demands]
            self.cumulative([self.intervals[i] for i in body.intervals], demands, _constant(body.capacity))
        elif kind == "lin_max":
            self.maximum(constraint.lin_max)

    # Parts

    def binary(self) -> int:
        """A new column, 0 or 1."""
        self.linear.lower.append(0)
        self.linear.upper.append(1)
        return len(self.linear.lower) - 1

    def when(self, literals: Literals, terms: list[Pair], upper: int) -> None:
        """Σ terms ≤ ``upper`` when all literals hold: a big-M row, as tight as the columns' bounds allow."""
        slack = self.linear.most(terms) - upper
        if slack > 0:
            relief, constant = sum_of(literals, slack)
            self.linear.add(terms + relief, upper=upper + slack * len(literals) - constant)

    def within(self, terms: list[Pair], ranges: list[Pair], literals: Literals, always: bool = False) -> None:
        """When all literals hold, Σ terms lies in one of the ranges; one binary a range if there are several.

        What the columns' bounds say already is left out, unless ``always``.
        """
        least, most = self.linear.least(terms), self.linear.most(terms)
        ranges = [(max(a, least), min(b, most)) for a, b in ranges if a <= most and b >= least]
        if len(ranges) == 1 and (always or ranges != [(least, most)]):
            self.when(literals, terms, ranges[0][1])
            self.when(literals, [(column, -c) for column, c in terms], -ranges[0][0])
        elif len(ranges) != 1:
            chosen = [(self.binary(), *ends) for ends in ranges]
            relief, constant = sum_of(literals, -1)
            some = [(z, 1) for z, _, _ in chosen]
            self.linear.add(some, upper=1)
            self.linear.add(some + relief, lower=1 - len(literals) - constant)
            self.linear.add(terms + [(z, least - a) for z, a, _ in chosen], lower=least)
            self.linear.add(terms + [(z, most - b) for z, _, b in chosen], upper=most)

    # Constraints

    def no_overlap(self, items: list[Timed]) -> None:
        """One at a time: at most one of those fixed in a cell; a disjunction for each other pair."""
        items = [item for item in items if item.starts]
        self._cliques([item for item in items if item.fixed is not None])
        for number, one in enumerate(items):
            for other in items[number + 1 :]:
                if (one.fixed is None or other.fixed is None) and can_overlap(one, other):
                    self._apart(one, other)

    def _cliques(self, items: list[Timed]) -> None:
        seen = set()
        for at in sorted({item.first for item in items}):
            sharing = [item for item in items if item.first <= at < item.first + item.size]
            key = tuple(sorted(item.number for item in sharing))
            if len(sharing) > 1 and key not in seen:
                seen.add(key)
                self.linear.add(*_presence(sharing))

    def _apart(self, one: Timed, other: Timed) -> None:
        """When both take place, one has ended before the other begins; not both when neither can."""
        terms, constant = sum_of([*one.literals, *other.literals])
        if one.column is None or one.column != other.column:
            if one.first + one.size <= other.last:
                terms.append((self._ended(one, other, one.size), -1))
            if other.first + other.size <= one.last:
                terms.append((self._ended(other, one, other.size), -1))
        self.linear.add(terms, upper=len(one.literals) + len(other.literals) - 1 - constant)

    def _ended(self, one: Timed, other: Timed, size: int) -> int:
        """A binary that sees to it that the other begins ``size`` cells or more after one does.

        It does so wherever the two meet, so it is made once for all clinicians, clients and rooms.
        """
        key = (one.node, other.node, size)
        if key not in self._after:
            self._after[key] = self.binary()
            terms = one.start(1) + other.start(-1)
            self.when([self._after[key]], terms, other.offset - one.offset - size)
        return self._after[key]

    def cumulative(self, items: list[Timed], demands: list[int], capacity: int) -> None:
        """Whenever one begins, those that run then demand no more than there is."""
        uses = [(item, demand) for item, demand in zip(items, demands, strict=True) if item.starts]
        for here, demand in uses:
            terms, constant = here.presence(demand)
            most = demand
            for other, its in uses:
                if other is not here and can_start_within(here, other):
                    more, offset = self._running(other, here, its)
                    terms, constant, most = terms + more, constant + offset, most + its
            if most > capacity:
                self.linear.add(terms, upper=capacity - constant)

    def _running(self, one: Timed, begins: Timed, demand: int) -> tuple[list[Pair], int]:
        """The demand of one if it runs when the other begins, as terms and a constant."""
        if one.fixed is not None and begins.fixed is not None:
            return one.presence(demand)
        running = self.binary()
        literals = [*one.literals, *begins.literals]
        terms, constant = sum_of(literals)
        terms.append((running, -1))
        if one.column is None or one.column != begins.column:
            if begins.first < one.last:
                terms.append((self._ended(begins, one, 1), -1))
            if one.first + one.size <= begins.last:
                terms.append((self._ended(one, begins, one.size), -1))
        self.linear.add(terms, upper=len(literals) - 1 - constant)
        return [(running, demand)], 0

    def maximum(self, body: Any) -> None:
        """The target is at least each expression, and no more than one of them."""
        target = list(zip(body.target.vars, body.target.coeffs, strict=True))
        chosen = []
        for expr in body.exprs:
            minus = [(column, -c) for column, c in zip(expr.vars, expr.coeffs, strict=True)]
            self.linear.add(target + minus, lower=expr.offset - body.target.offset)
            one = self.binary()
            chosen.append((one, 1))
            self.when([one], target + minus, expr.offset - body.target.offset)
        self.linear.add(chosen, lower=1)


def _presence(items: list[Timed]) -> tuple[list[Pair], float, float]:
    """At most one of them takes place, as the arguments of a row."""
    terms: list[Pair] = []
    room = 1
    for item in items:
        more, constant = item.presence(1)
        terms += more
        room -= constant
    return terms, -INFINITY, room


def _constant(expr: Any) -> int:
    if expr.vars:
        # the full model has none; a program that left it out would not be exactly the full model
        raise NotImplementedError("a demand or capacity that is decided")
    return int(expr.offset)
