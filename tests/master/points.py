"""Points of the master: whole-number values of the full model's variables, by column."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from ortools.sat.python import cp_model

from iop_sched.cpsat.assign import fix
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Model
from iop_sched.master.conflicts import Timetable
from iop_sched.master.lifting import Lifting
from iop_sched.master.linear import Linear, Row
from iop_sched.master.moves import Moves
from iop_sched.master.snapshot import snapshot
from iop_sched.master.translate import relaxed
from iop_sched.master.windows import Windows
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster

Point = list[int]


@dataclass(frozen=True)
class Master:
    """A week's full model and its master.

    The rows from ``windows`` on are those of the windows, those from ``meetings`` on of last week's meetings,
    those from ``columns`` on of sessions near their old times.
    """

    week: ProgramWeek
    policy: Policy
    model: Model
    proto: Any
    linear: Linear
    windows: int
    meetings: int
    columns: int
    lifting: Lifting
    moves: Moves

    def accepts(self, point: Point) -> bool:
        """Whether a solution of the full model obeys every row."""
        return obeys(self.linear, self.moves.extended(point))

    @property
    def timetable(self) -> Timetable:
        """What tells why decisions have no timetable."""
        return Timetable(self.model, self.proto)


def master(week: ProgramWeek, policy: Policy) -> Master:
    """The master of a week."""
    model, _ = build(week, policy)
    proto = snapshot(model.cp)
    linear = relaxed(proto)
    windows = len(linear.rows)
    found = Windows(model, proto, linear)
    found.add()
    meetings = len(linear.rows)
    lifting = Lifting(model, found)
    lifting.add(linear)
    columns = len(linear.rows)
    moves = Moves(model, found, linear)
    moves.add()
    return Master(week, policy, model, proto, linear, windows, meetings, columns, lifting, moves)


def point_of(week: ProgramWeek, policy: Policy, roster: Roster) -> Point | None:
    """The full model's values of a roster; none when the model does not accept it."""
    model, _ = build(week, policy)
    fix(model, roster)
    return solved(model.cp)


def solved(cp: cp_model.CpModel, first: bool = False) -> Point | None:
    """A solution of a CP-SAT model, the best if it has an objective; none when there is none.

    ``first`` asks for the first solution instead of the best.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.stop_after_first_solution = first
    status = solver.status_name(solver.solve(cp))
    assert status in ("OPTIMAL", "INFEASIBLE") or first, status
    return None if status == "INFEASIBLE" else list(solver.response_proto.solution)


def holds(row: Row, point: Point) -> bool:
    """Whether a point obeys a row, in whole numbers."""
    return (
        row.lower
        <= sum(coefficient * point[column] for column, coefficient in row.terms.items())
        <= row.upper
    )


def obeys(linear: Linear, point: Point) -> bool:
    """Whether a point obeys every row and bound."""
    inside = all(
        low <= value <= high for low, value, high in zip(linear.lower, point, linear.upper, strict=True)
    )
    return inside and all(holds(row, point) for row in linear.rows)


class Chooser:
    """Solutions of a master under random objectives, by CP-SAT: HiGHS would need a process a week."""

    def __init__(self, linear: Linear) -> None:
        self.cp = cp_model.CpModel()
        self.columns = [
            self.cp.new_int_var(low, high, f"{column}")
            for column, (low, high) in enumerate(zip(linear.lower, linear.upper, strict=True))
        ]
        for row in linear.rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """Take in a row more."""
        lower = cp_model.INT_MIN if row.lower == float("-inf") else int(row.lower)
        upper = cp_model.INT_MAX if row.upper == float("inf") else int(row.upper)
        sums = cp_model.LinearExpr.weighted_sum(
            [self.columns[column] for column in row.terms], list(row.terms.values())
        )
        self.cp.add_linear_constraint(sums, lower, upper)

    def most(self, wanted: set[int], rng: Random, first: bool = False) -> Point | None:
        """A solution with as many of the wanted columns as can be, some dearer than others; or the first."""
        self.cp.maximize(sum(rng.randint(1, 5) * self.columns[column] for column in sorted(wanted)))
        return solved(self.cp, first)
