"""The first roster: much like last week's, with every meeting held, if there is one."""

from __future__ import annotations

import time
from collections.abc import Callable

from ortools.sat.python import cp_model

from iop_sched.cpsat import tiers
from iop_sched.cpsat.model import Model
from iop_sched.master import decisions
from iop_sched.solve.blocks import Block
from iop_sched.solve.parameters import Hurry
from iop_sched.solve.state import State

START_SHARES = (0.2, 0.2, 0.2, 0.2)
"""Part of the time left that each try for a first roster may take."""

ENOUGH = 4.0
"""Seconds that a try may take in any case, up to half of what is left: cut short, it is all for nothing."""

PATIENCE = 15.0
"""Seconds without a better roster after which a neighbourhood is left."""


def guide(state: State) -> Block:
    """The weighted sum, which says what a good roster is before the tiers are taken one by one."""
    if state.options.objective == "weighted":
        return state.blocks[0]
    return Block((tiers.weighted(state.model.policy, state.model.costs),))


def start(state: State, shares: tuple[float, float, float, float] = START_SHARES) -> str:
    """A first roster, soon, each try with its share of the time left; returns the last one's status by name.

    What is asked of it becomes less from try to try. A meeting that is not held costs more than anything
    else, and is hard to win back one by one; whether all can be held is mostly settled by presolve. A try
    with no share of the time is left out.
    """
    model, status = state.model, "UNKNOWN"
    all_held = decisions.meetings(model)
    tries: tuple[tuple[Callable[[Model], set[int]], dict[int, int]], ...] = (
        (decisions.unlike_last_week, all_held),
        (decisions.other_places, all_held),
        (decisions.unlike_last_week, {}),
        (_nothing, {}),
    )
    for (left_out, held), share in zip(tries, shares, strict=True):
        if not state.may_go_on():
            return "UNKNOWN"
        if not share:
            continue
        seconds = max(state.left() * share, min(state.left() / 2, ENOUGH))
        status = _search(state, left_out(model), held, seconds, first=True)
        if state.incumbent.roster is not None:
            break
    return status


def _nothing(_: Model) -> set[int]:
    return set()


def settle(state: State) -> None:
    """Improve a first roster while current clients keep their places, until nothing better is found."""
    held = {} if _misses_meetings(state) else decisions.meetings(state.model)
    _search(state, decisions.other_places(state.model), held, state.left(), first=False)


def _search(state: State, left_out: set[int], held: dict[int, int], seconds: float, first: bool) -> str:
    """Rosters without some decisions; ``held`` are pairs of literals that are one."""
    block = guide(state)
    cp = state.cp.clone()
    cp.minimize(block.expr)
    values = state.incumbent.values
    fix(cp, dict.fromkeys((column for column in left_out if not (values and values[column])), 0))
    for one, other in held.items():
        cp.add(cp.get_int_var_from_proto_index(one) == cp.get_int_var_from_proto_index(other))
    hurry: Hurry = "first" if first else "on"
    stop_when = None if first else stuck(state, PATIENCE)
    return state.search(
        cp, block, seconds, state.hint(), restricted=True, stop_when=stop_when, hurry=hurry
    ).status


def stuck(state: State, patience: float) -> Callable[[], bool]:
    """Tells, when it is asked, whether there is a roster and none has come for so long, in seconds.

    The time begins when it is asked for the first time.
    """
    best, since = -1, 0.0

    def is_stuck() -> bool:
        nonlocal best, since
        if state.incumbent.found > best:
            best, since = state.incumbent.found, time.monotonic()
        return state.incumbent.roster is not None and time.monotonic() - since > patience

    return is_stuck


def _misses_meetings(state: State) -> bool:
    roster = state.incumbent.roster
    return roster is None or not all(meeting.held for meeting in roster.facilitation)


def fix(cp: cp_model.CpModel, values: dict[int, int]) -> None:
    """Hold variables of a model at values within their domains."""
    variables = cp.proto.variables
    for column, value in values.items():
        domain = variables[column].domain
        domain.clear()
        domain.extend([value, value])
