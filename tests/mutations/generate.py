"""Mutations rule by rule: kinds and instances in turn, from a fixed seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from mutations import (
    cohorts,
    companions,
    dosage,
    meetings,
    people_time,
    places,
    service_timing,
    services,
    session_staff,
    staff,
    structure,
    sums,
    tracks,
    will,
)
from mutations.case import Case, Mutation

Kind = Callable[[Case, Random], Iterator[Mutation]]

KINDS: dict[str, tuple[Kind, ...]] = {
    **cohorts.KINDS,
    **meetings.KINDS,
    **companions.KINDS,
    **tracks.KINDS,
    **dosage.KINDS,
    **people_time.KINDS,
    **staff.KINDS,
    **services.KINDS,
    **service_timing.KINDS,
    **session_staff.KINDS,
    **places.KINDS,
    **will.KINDS,
    **sums.KINDS,
    **structure.KINDS,
}


def mutations(rule: str, cases: tuple[Case, ...]) -> Iterator[Mutation]:
    """Mutations aimed at one rule, each one once: of each kind and instance in turn, until all are out."""
    seen = set()
    sources = [
        kind(case, Random(f"{rule} {kind.__name__} {case.name}")) for kind in KINDS[rule] for case in cases
    ]
    while sources:
        left = []
        for source in sources:
            mutation = next(source, None)
            if mutation is None:
                continue
            left.append(source)
            key = (mutation.case.name, str(mutation.case.policy), mutation.what)
            if key not in seen:
                seen.add(key)
                yield mutation
        sources = left
