"""How much of last week stayed, counted."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.rules import Schedule
from iop_sched.rules.continuity import session_moves

Part = tuple[int, int]
"""How many stayed, of how many that could have."""


@dataclass(frozen=True)
class Kept:
    """What stayed as in ``week.previous``, among current clients with a prescription who are placed.

    ``places`` counts all current clients with a prescription. ``cohorts``, ``slots`` and ``primaries`` count
    clients who had one and have one; ``days`` weekdays of patterns (the fewer of old and new, so that
    stepping down loses none); ``leaders`` open cohorts; ``sessions`` those of one client that follow on one
    of last week, kept when day and start are the same.
    """

    places: Part
    cohorts: Part
    slots: Part
    primaries: Part
    days: Part
    leaders: Part
    sessions: Part


def kept(schedule: Schedule) -> Kept:
    """The figures of a roster against the week before it."""
    facts = schedule.facts
    pairs = [
        (facts.previous[client.id], schedule.placements[client.id])
        for client in facts.current_treated
        if client.id in schedule.placements
    ]
    slots = {None: None} | {opened.cohort: opened.slot for opened in schedule.roster.cohorts}
    leaders = [
        (one.leader, schedule.open_cohorts[one.cohort].leader)
        for one in facts.week.previous.leaders
        if one.cohort in schedule.open_cohorts
    ]
    moves = [
        minutes
        for client in facts.current_treated
        if client.id in schedule.placements
        for _, found in session_moves(schedule, client)
        for minutes in found
    ]
    return Kept(
        places=(len(pairs), len(facts.current_treated)),
        cohorts=_same([(old.cohort, new.cohort) for old, new in pairs]),
        slots=_same([(old.slot, slots[new.cohort]) for old, new in pairs]),
        primaries=_same([(old.primary, new.primary) for old, new in pairs]),
        days=(
            sum(len(set(old.days) & set(new.days)) for old, new in pairs),
            sum(min(len(old.days), len(new.days)) for old, new in pairs),
        ),
        leaders=(sum(old == new for old, new in leaders), len(leaders)),
        sessions=(moves.count(0), len(moves)),
    )


def _same(pairs: list[tuple[str | None, str | None]]) -> Part:
    both = [old == new for old, new in pairs if old is not None and new is not None]
    return (sum(both), len(both))
