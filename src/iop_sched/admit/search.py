"""The best timetable of one client for each cohort and day pattern."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from iop_sched.admit.model import OneClient, Pattern
from iop_sched.cpsat import extract
from iop_sched.cpsat.model import Literal
from iop_sched.cpsat.tiers import Objective
from iop_sched.solve.blocks import Block, blocks
from iop_sched.week.roster import Placement, Session

EXACT = 2**53
"""The largest weighted sum of tiers: beyond it the solver's own figures would be rounded."""


@dataclass(frozen=True)
class Timetable:
    """A client's part of a roster: the place, own sessions, sessions of others that the client joins.

    ``values`` are the tiers in order (or the weighted sum alone); they compare timetables of one search.
    """

    placement: Placement | None
    sessions: tuple[Session, ...]
    joined: tuple[Session, ...]
    values: tuple[int, ...]


class OutOfTimeError(Exception):
    """The seconds given were over before an optimum was known."""


@dataclass(frozen=True)
class Minimised:
    """An optimal solution: the objectives' values in order, and what gives each variable's value."""

    values: tuple[int, ...]
    value: Callable[[Literal], int]


def best(
    one: OneClient, objectives: list[Objective], patterns: Sequence[Pattern] | None = None
) -> Timetable | None:
    """The best timetable with one of these patterns (or any); none when there is none."""
    cp = one.model.cp.clone()
    if patterns is not None:
        cp.add_bool_or([literal for pattern in patterns for literal in one.patterns[pattern]])
    found = minimised(cp, blocks(objectives, EXACT))
    return None if found is None else _read(one, found)


def minimised(cp: cp_model.CpModel, goals: Iterable[Block], seconds: float | None = None) -> Minimised | None:
    """Minimise one block after another in ``cp``, which is changed; none when there is no solution.

    Raises ``OutOfTimeError`` when ``seconds`` were not enough, and ``RuntimeError`` when the solver fails.
    """
    values: list[int] = []
    until = None if seconds is None else time.monotonic() + seconds
    solver = _solver()
    for block in goals:
        if isinstance(block.expr, int):
            values += [0 for _ in block.tiers]
            continue
        if until is not None:
            solver.parameters.max_time_in_seconds = max(0.0, until - time.monotonic())
        cp.minimize(block.expr)
        status = solver.status_name(solver.solve(cp))
        if status == "INFEASIBLE":
            return None
        if status in ("FEASIBLE", "UNKNOWN") and until is not None:
            raise OutOfTimeError
        if status != "OPTIMAL":
            raise RuntimeError(f"a timetable of one client ended {status}")
        for tier in block.tiers:
            values.append(solver.value(tier.expr))
            cp.add(tier.expr <= values[-1])
    return Minimised(tuple(values), solver.value)


def _solver() -> cp_model.CpSolver:
    """A solver for models so small that what prepares a long search takes longer than the search."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    # the solver would take Ctrl-C for itself, and leave none to this program afterwards
    solver.parameters.catch_sigint_signal = False
    return solver


def _read(one: OneClient, found: Minimised) -> Timetable:
    value = found.value
    groups = {id(group.variables) for group in one.joinable}
    placements = extract.placements(one.model, value)
    return Timetable(
        placement=next(iter(placements), None),
        sessions=tuple(
            extract.session(one.model, value, session)
            for session in one.model.sessions
            if id(session) not in groups and value(session.present)
        ),
        joined=tuple(group.session for group in one.joinable if value(group.variables.present)),
        values=found.values,
    )


def timetables(one: OneClient, objectives: list[Objective]) -> Iterator[Timetable]:
    """The best timetable of every pattern that has one."""
    for pattern in one.patterns:
        found = best(one, objectives, [pattern])
        if found is not None:
            yield found
