"""What was decided before: pairs, last week, the policy's most moves."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.explain.facts.fact import Draft, Fact, Kind, Relax, put
from iop_sched.explain.facts.inherited import write_caps
from iop_sched.explain.facts.scope import Scope
from iop_sched.explain.facts.words import counted, days_of
from iop_sched.report.words import day_name
from iop_sched.week.document import Path
from iop_sched.week.previous import PreviousPlacement
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import clock

PAIRS = Kind("pair", ("companions",), 2)
LAST_WEEK = Kind("last week's place", (), 5)
LAST_SESSION = Kind("last week's session", ("service-timing",), 5)
MOVES = Kind("most moves", ("max-moves",), 1)


def facts(scope: Scope) -> Iterator[Fact]:
    """Pairs and last week's sessions of the scope's clients, and the policy's most moves."""
    week, clients = scope.week, scope.clients
    for name, pairs, how in (
        ("apart", week.apart, "kept apart"),
        ("together", week.together, "kept together"),
    ):
        for index, (one, other) in enumerate(pairs):
            if one in clients and other in clients:
                at: Path = (name, index)
                yield Fact(PAIRS, at, f"{one} and {other} are {how}", put(at, None))
    for index, session in enumerate(week.previous.sessions):
        if session.client in clients:
            at = ("previous", "sessions", index)
            when = f"{day_name(session.day)} {clock(session.start)}"
            says = f"{session.client} had {session.service} on {when} last week"
            yield Fact(LAST_SESSION, at, says, put(at, None))
    if (most := scope.policy.limits.max_moves) is not None:
        says = f"the policy lets {counted(most, 'settled client')} change cohort at most"
        yield Fact(MOVES, ("limits", "max_moves"), says, _any_moves, in_policy=True)


def last_week(scope: Scope) -> Iterator[Fact]:
    """Last week's places; taken away, the client is new, and may start on any day."""
    for index, place in enumerate(scope.week.previous.placements):
        if place.client in scope.pinned_clients:
            at: Path = ("previous", "placements", index)
            yield Fact(LAST_WEEK, at, _was(place), _is_new(scope.week, at))


def _is_new(week: ProgramWeek, at: Path) -> Relax:
    def relax(draft: Draft) -> None:
        put(at, None)(draft)
        write_caps(week, draft.week)

    return relax


def _was(place: PreviousPlacement) -> str:
    where = f"in {place.cohort}" if place.cohort else "without a cohort"
    days = f" on {days_of(place.days)}" if place.days else ""
    return f"{place.client} was {where}{days} last week"


def _any_moves(draft: Draft) -> None:
    draft.limits["max_moves"] = None
