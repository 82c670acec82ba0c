"""Pairs of clients, and last week's roster."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from iop_sched.week.document import Fault, Path
from iop_sched.week.program import ProgramWeek


def check(week: ProgramWeek) -> Iterator[Fault]:
    """Faults of the pairs kept apart or together, and of ``previous``."""
    apart = {frozenset(pair) for pair in week.apart}
    for name, pairs in (("apart", week.apart), ("together", week.together)):
        for index, pair in enumerate(pairs):
            if pair[0] == pair[1]:
                yield Fault((name, index), "this is a client with itself", "name two clients")
            elif name == "together" and frozenset(pair) in apart:
                what = "these two are to be kept apart as well"
                yield Fault((name, index), what, "take the pair out of one of the two lists")
        yield from _twice([frozenset(pair) for pair in pairs], (name,), "this pair stands twice")
    before = week.previous
    clients = [placement.client for placement in before.placements]
    yield from _twice(clients, ("previous", "placements"), "this client had a place already")
    cohorts = [leader.cohort for leader in before.leaders]
    yield from _twice(cohorts, ("previous", "leaders"), "this cohort had a leader already")
    yield from _twice(before.sessions, ("previous", "sessions"), "this session stands twice")


def _twice(keys: Iterable[Hashable], path: Path, what: str) -> Iterator[Fault]:
    seen: set[Hashable] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield Fault((*path, index), what, "keep one of the two")
        seen.add(key)
