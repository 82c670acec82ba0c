"""What was decided before: pairs, last week, the policy's most moves."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from iop_sched.explain.facts.fact import Draft, Fact, Kind, put
from iop_sched.explain.facts.words import days_of
from iop_sched.report.words import count, day_name
from iop_sched.week.document import Path
from iop_sched.week.policy import Policy
from iop_sched.week.previous import PreviousPlacement
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id, clock

PAIRS = Kind("pair", ("companions",), 2)
LAST_WEEK = Kind("last week's place", (), 5)
LAST_SESSION = Kind("last week's session", ("service-timing",), 5)
MOVES = Kind("most moves", ("max-moves",), 1)


def facts(week: ProgramWeek, policy: Policy, clients: Collection[Id]) -> Iterator[Fact]:
    """Pairs and last week's sessions of the clients named, and the policy's most moves."""
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
    if policy.limits.max_moves is not None:
        says = f"the policy lets {count(policy.limits.max_moves, 'settled client')} change cohort at most"
        yield Fact(MOVES, ("limits", "max_moves"), says, _any_moves, in_policy=True)


def last_week(week: ProgramWeek, clients: Collection[Id]) -> Iterator[Fact]:
    """Last week's places; taken away, the client is new, and may start on any day."""
    for index, place in enumerate(week.previous.placements):
        if place.client in clients:
            at: Path = ("previous", "placements", index)
            yield Fact(LAST_WEEK, at, _was(place), put(at, None))


def _was(place: PreviousPlacement) -> str:
    where = f"in {place.cohort}" if place.cohort else "without a cohort"
    days = f" on {days_of(place.days)}" if place.days else ""
    return f"{place.client} was {where}{days} last week"


def _any_moves(draft: Draft) -> None:
    draft.limits["max_moves"] = None
