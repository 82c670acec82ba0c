"""Keeping two optional occupations of one person apart by a number of cells."""

from __future__ import annotations

from typing import NamedTuple

from ortools.sat.python import cp_model

from iop_sched.cpsat.facts import Place
from iop_sched.cpsat.model import Expr, Literal, Model


class Timed(NamedTuple):
    """``size`` cells from ``start`` at a place, if ``literal`` holds."""

    name: str
    start: Expr
    size: int
    place: Place
    literal: Literal

    def interval(self, model: Model, tail: int = 0) -> cp_model.IntervalVar:
        """An optional interval; ``tail`` cells longer."""
        return model.cp.new_optional_fixed_size_interval_var(
            self.start, self.size + tail, self.literal, self.name
        )


def keep_apart(model: Model, one: Timed, other: Timed, cells: int) -> None:
    """When both take place, ``cells`` cells pass between them; 0 asks for nothing."""
    if cells == 0 or one.literal is other.literal:
        return
    if isinstance(one.start, int) and isinstance(other.start, int):
        if one.start < other.start + other.size + cells and other.start < one.start + one.size + cells:
            model.cp.add_at_most_one(one.literal, other.literal)
        return
    first = model.bool(f"{one.name} before {other.name}")
    both = (one.literal, other.literal)
    model.cp.add(one.start + one.size + cells <= other.start).only_enforce_if(*both, first)
    model.cp.add(other.start + other.size + cells <= one.start).only_enforce_if(*both, ~first)
