"""Branching on a few columns of a linear relaxation, and what follows from it for all the others.

Which candidate cohorts open is a handful of decisions. A linear relaxation opens halves of them, and HiGHS's
own search comes to them late, after all its cuts. Settled first, they leave relaxations close to the optimum;
and with a roster in hand, most ways to open cohorts, and many columns of the rest, can no longer be better.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from iop_sched.master.messages import Part

FRACTION = 1e-6
"""How far from a whole number a value must be to count as a fraction."""

SLACK = 1e-6
"""Relative slack on what a column costs before it is ruled out, for HiGHS's arithmetic."""

PATIENCE = 4.0
"""Seconds spent on branching while there is no roster good enough to rule anything out."""

MOST_NODES = 64
"""Relaxations after which the rest is left to HiGHS's search."""

CLOSED = ("Optimal", "Infeasible", "Bound on objective reached")
"""How a relaxation ends that is settled: it has a point, it has none, or none below the cutoff."""


def ruled_out(parts: Iterable[Part], binary: Any, cutoff: float) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Columns, of those that are 0 or 1, that every point cheaper than ``cutoff`` has at 0, and at 1."""
    import numpy as np

    cheaper = [part for part in parts if part.bound < cutoff]
    if not cheaper:
        return (), ()
    zero, one = binary, binary
    for part in cheaper:
        # a column that is not as in the optimum costs its reduced cost more than that
        most = cutoff - part.least + SLACK * max(1.0, abs(cutoff))
        costs = np.zeros(len(binary)) if part.costs is None or cutoff == math.inf else part.costs
        down, up = binary & (costs > most), binary & (costs < -most)
        for column, value in part.held.items():
            down[column], up[column] = value == 0, value == 1
        zero, one = zero & down, one & up
    return tuple(map(int, np.flatnonzero(zero))), tuple(map(int, np.flatnonzero(one)))


@dataclass(frozen=True)
class Node(Part):
    """A part in the search: with the ``basis`` of its costs, and ``values`` once it is solved."""

    number: int
    basis: Any
    values: Any = None

    @property
    def part(self) -> Part:
        """The node without what only its search needs."""
        return Part(self.bound, self.held, self.least, self.costs)


class Tree:
    """A search over some columns of a relaxation that ``highs`` holds; ``binary`` says which are 0 or 1.

    ``nodes`` cover every point that is cheaper than the cutoffs so far, the least of which is ``cutoff``.
    """

    def __init__(self, highs: Any, columns: Iterable[int], binary: Any) -> None:
        self.highs = highs
        # a cohort that must open, or must not, leaves nothing to branch on
        self.columns = tuple(column for column in columns if binary[column])
        self.binary = binary
        self.nodes = [Node(-math.inf, {}, -math.inf, None, number=0, basis=None)]
        self.solved = 0
        self.first: Any = None
        self.cutoff = math.inf

    @property
    def point(self) -> Any:
        """The cheapest point with all branching columns whole, or else the first point; None without."""
        whole = (node for node in self.nodes if self._is_whole(node))
        best = min(whole, key=lambda node: node.bound, default=None)
        return self.first if best is None else best.values

    @property
    def settled(self) -> bool:
        """Whether the cheapest node is whole."""
        return self._next(math.inf) is None

    def bound(self, cutoff: float) -> float:
        """No point is cheaper than this, or than ``cutoff``."""
        return min(cutoff, *(node.bound for node in self.nodes)) if self.nodes else cutoff

    def explore(self, cutoff: float, on_bound: Callable[[float], None]) -> str:
        """Branch until whatever is cheaper than ``cutoff`` is whole; HiGHS's last status, by name.

        Without a cutoff, until the cheapest node is whole, or for ``PATIENCE`` seconds.
        """
        self.cutoff = min(self.cutoff, cutoff)
        status, until = "Optimal", time.monotonic() + PATIENCE
        while (node := self._next(cutoff)) is not None and status in CLOSED and self.solved < MOST_NODES:
            self.nodes.remove(node)
            # without a cutoff no more is asked than whether another node is cheaper
            others = (other.bound for other in self.nodes if other.bound > node.bound)
            status = self._solve(node, min(others, default=math.inf) if cutoff == math.inf else cutoff)
            on_bound(self.bound(cutoff))
            if cutoff == math.inf and time.monotonic() > until:
                break
        return status

    def _next(self, cutoff: float) -> Node | None:
        """The cheapest node that has to be looked at."""
        nodes = sorted(self.nodes, key=lambda node: (node.bound, node.number))
        if cutoff == math.inf:
            return nodes[0] if nodes and not self._is_whole(nodes[0]) else None
        return next((node for node in nodes if node.bound < cutoff and not self._is_whole(node)), None)

    def _solve(self, node: Node, limit: float) -> str:
        """Solve a node's relaxation, and put in its place what that leaves: itself, two halves, or nothing.

        One that costs ``limit`` or more is left at that.
        """
        for column in self.columns:
            value = node.held.get(column)
            self.highs.changeColBounds(column, value or 0.0, 1.0 if value is None else value)
        self._begin_at(node.basis)
        self.highs.setOptionValue("objective_bound", limit)
        self.highs.run()
        self.solved += 1
        status: str = self.highs.modelStatusToString(self.highs.getModelStatus())
        if status == "Optimal":
            import numpy as np

            found, least = self.highs.getSolution(), self.highs.getInfo().objective_function_value
            values, costs = np.array(found.col_value), np.array(found.col_dual)
            self.first = values if self.first is None else self.first
            bound, basis = max(node.bound, least), self.highs.getBasis()
            self._branch(Node(bound, node.held, least, costs, node.number, basis, values))
        elif status == "Bound on objective reached":
            self.nodes.append(replace(node, bound=limit))
        elif status not in CLOSED:
            self.nodes.append(node)
        return status

    def _begin_at(self, basis: Any) -> None:
        """Begin at the basis of a wider relaxation: at another node's it takes up to twenty times as long."""
        if basis is not None:
            import highspy

            more = self.highs.getNumRow() - len(basis.row_status)
            basis.row_status = [*basis.row_status, *[highspy.HighsBasisStatus.kBasic] * more]
            self.highs.setBasis(basis)

    def _branch(self, node: Node) -> None:
        """Keep a node that is whole; of any other, two halves, first the one that is nearer to its point."""
        between = [c for c in self.columns if FRACTION < node.values[c] < 1 - FRACTION]
        if not between:
            self.nodes.append(node)
            return
        column = min(between, key=lambda c: abs(node.values[c] - 0.5))
        near = float(round(node.values[column]))
        for number, value in enumerate((near, 1 - near), 2 * self.solved):
            held = node.held | {column: value}
            self.nodes.append(Node(node.bound, held, node.least, node.costs, number, node.basis))

    def _is_whole(self, node: Node) -> bool:
        # a fraction has been branched on, and its node is none any more
        return node.values is not None
