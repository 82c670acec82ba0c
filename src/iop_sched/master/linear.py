"""A mixed-integer linear program with whole-number columns, as plain data that a process can be sent."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

Terms = dict[int, int]
"""Coefficients by column."""

INFINITY = math.inf


class Row(NamedTuple):
    """``lower`` ≤ Σ coefficient × column ≤ ``upper``."""

    terms: Terms
    lower: float
    upper: float


class Objective(NamedTuple):
    """Σ coefficient × column + ``offset``, to be minimised."""

    terms: Terms
    offset: int


@dataclass
class Linear:
    """Columns with whole-number bounds, and rows over them."""

    lower: list[int]
    upper: list[int]
    rows: list[Row] = field(default_factory=list)

    def column(self, lower: int, upper: int) -> int:
        """Add a column; returns its index."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def add(
        self, terms: Iterable[tuple[int, int]], lower: float = -INFINITY, upper: float = INFINITY
    ) -> None:
        """Add a row; terms on one column are summed."""
        merged: Terms = {}
        for column, coefficient in terms:
            merged[column] = merged.get(column, 0) + coefficient
        self.rows.append(Row(merged, lower, upper))

    def least(self, terms: Iterable[tuple[int, int]]) -> int:
        """The least that the sum can be within the columns' bounds."""
        return sum(c * (self.lower[v] if c > 0 else self.upper[v]) for v, c in terms)

    def most(self, terms: Iterable[tuple[int, int]]) -> int:
        """The most that the sum can be within the columns' bounds."""
        return sum(c * (self.upper[v] if c > 0 else self.lower[v]) for v, c in terms)
