"""Intervals of the full model as the linear program needs them: literals, start and where it can be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from iop_sched.cpsat.starts import Starts, common
from iop_sched.master.snapshot import kind_of, pairs


@dataclass(frozen=True)
class Timed:
    """``size`` cells from ``column`` + ``offset`` (``offset`` without a column), if all ``literals`` hold.

    ``starts``: the cells from which it can be, when it is; none, if it cannot be.
    ``number``: that of its constraint.
    """

    number: int
    literals: tuple[int, ...]
    column: int | None
    offset: int
    size: int
    starts: Starts

    @property
    def first(self) -> int:
        """The first cell in which it can start."""
        return self.starts[0][0]

    @property
    def last(self) -> int:
        """The last cell in which it can start."""
        return self.starts[-1][1]

    @property
    def fixed(self) -> int | None:
        """The only cell in which it can start."""
        return self.first if self.first == self.last else None

    @property
    def node(self) -> tuple[int, int]:
        """What tells its start from others."""
        return (-1, self.offset) if self.column is None else (self.column, self.offset)

    def start(self, coefficient: int) -> list[tuple[int, int]]:
        """Its start as terms, without ``offset``."""
        return [] if self.column is None else [(self.column, coefficient)]

    def presence(self, coefficient: int) -> tuple[list[tuple[int, int]], int]:
        """``coefficient`` if it takes place, as terms and a constant."""
        if not self.literals:
            return [], coefficient
        (literal,) = self.literals
        if literal >= 0:
            return [(literal, coefficient)], 0
        return [(-literal - 1, -coefficient)], coefficient


def can_overlap(one: Timed, other: Timed) -> bool:
    """Whether both can run at once."""
    if one.column is not None and one.column == other.column:
        return -one.size < one.offset - other.offset < other.size
    return any(a < d + other.size and c < b + one.size for a, b in one.starts for c, d in other.starts)


def can_start_within(here: Timed, other: Timed) -> bool:
    """Whether the first can begin while the other runs."""
    if here.column is not None and here.column == other.column:
        return 0 <= here.offset - other.offset < other.size
    return any(a <= d + other.size - 1 and c <= b for a, b in here.starts for c, d in other.starts)


def timed_intervals(proto: Any) -> dict[int, Timed]:
    """Every interval, by the number of its constraint."""
    narrowed = _narrowed(proto)
    found = {}
    for number, constraint in enumerate(proto.constraints):
        if kind_of(constraint) == "interval":
            found[number] = _timed(proto, number, constraint, narrowed)
    return found


def _narrowed(proto: Any) -> dict[tuple[int, int], list[Starts]]:
    """Where a literal holds a variable, by both."""
    narrowed: dict[tuple[int, int], list[Starts]] = defaultdict(list)
    for constraint in proto.constraints:
        if kind_of(constraint) == "linear" and len(constraint.enforcement_literal) == 1:
            body = constraint.linear
            if list(body.coeffs) == [1]:
                key = (constraint.enforcement_literal[0], body.vars[0])
                narrowed[key].append(pairs(list(body.domain)))
    return narrowed


def _timed(proto: Any, number: int, constraint: Any, narrowed: dict[tuple[int, int], list[Starts]]) -> Timed:
    body = constraint.interval
    literals = tuple(constraint.enforcement_literal)
    if list(body.start.coeffs) not in ([], [1]) or body.size.vars or body.size.offset < 1:
        # the full model has none; a program that left it out would not be exactly the full model
        raise NotImplementedError("an interval with a size that is decided, or a start that is a sum")
    column = body.start.vars[0] if body.start.vars else None
    starts = [(0, 0)] if column is None else pairs(list(proto.variables[column].domain))
    for literal in literals:
        for one in narrowed.get((literal, column), ()) if column is not None else ():
            starts = common(starts, one)
    offset = body.start.offset
    starts = [(a + offset, b + offset) for a, b in starts]
    return Timed(number, literals, column, offset, body.size.offset, starts)
