"""What the process that solves the master is asked, and what it tells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from iop_sched.master.linear import Objective, Row


@dataclass(frozen=True)
class Task:
    """Minimise an objective over the linear program and more rows.

    ``start`` is a point to begin with. ``zero`` and ``one`` are columns held at 0 and at 1: the bound is then
    none of the whole program's. ``relax`` asks for the linear relaxation alone, with the columns of
    ``branch`` made whole. Points that cost ``cutoff`` or more are of no interest: what follows from that, and
    from the last relaxation if it had the same objective and no other rows, is used. ``number`` is given by
    ``MasterProcess.begin``.
    """

    objective: Objective
    rows: list[Row]
    seconds: float
    start: list[int] | None = None
    zero: tuple[int, ...] = ()
    one: tuple[int, ...] = ()
    relax: bool = False
    branch: tuple[int, ...] = ()
    cutoff: float = math.inf
    seed: int = 0
    number: int = 0


@dataclass(frozen=True)
class Solution:
    """A whole-number point that obeys the rows, by HiGHS's arithmetic."""

    number: int
    values: list[int]


@dataclass(frozen=True)
class Support:
    """Columns that are not 0 in the optimum of the linear relaxation, and those that are 1 or more.

    ``settled``: no other way to make the columns of ``branch`` whole is cheaper.
    """

    number: int
    columns: frozenset[int]
    ones: frozenset[int]
    settled: bool


@dataclass(frozen=True)
class Bound:
    """No point is better than this, or than the cutoff, by floating-point arithmetic."""

    number: int
    bound: float


@dataclass(frozen=True)
class Part:
    """The points of the program that have some columns held.

    None of them is cheaper than ``bound``. ``least`` and the reduced ``costs``, one a column, are of the
    optimum of its relaxation or of a wider one; ``costs`` is None where none has been solved.
    """

    bound: float
    held: dict[int, float]
    least: float
    costs: Any


@dataclass(frozen=True)
class Leaves:
    """What branching has left: every point cheaper than ``cutoff`` is in one of the ``parts``.

    ``binary``, one a column: whether it is 0 or 1 and nothing else.
    """

    number: int
    cutoff: float
    parts: tuple[Part, ...]
    binary: Any


@dataclass(frozen=True)
class Finished:
    """The end of a task: HiGHS's status, by name."""

    number: int
    status: str


@dataclass(frozen=True)
class Stop:
    """End the task under way, if it is this one."""

    number: int


Event = Solution | Support | Bound | Leaves | Finished
