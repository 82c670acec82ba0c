"""The facts of a program week that can be at odds with each other: a list made by what each hard rule reads.

A fact is a part of the file that takes freedom away, and that a director could think of changing. What only
gives a word its meaning (which roles a clinician has, how long a session is, at which site a cohort meets,
of which kind a room is) is none; it stays as it is, and shows in the sentences of facts that rest on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.explain.facts import clients, clinicians, cohorts, levels, places, services, will
from iop_sched.explain.facts.fact import Draft, Fact, Kind, without_none
from iop_sched.explain.facts.scope import Scope


def facts_behind(scope: Scope) -> list[Fact]:
    """Facts that the rules read, or that are a matter of form, as far as they can touch what is asked for.

    Of two explanations the one with the first facts is told: what clients need stands before what there is,
    so that a session that needs a psychiatrist is told by the hours of psychiatrists, not by everybody's.
    """
    rules = set(scope.rules)
    return [fact for fact in _listed(scope) if not fact.kind.rules or not rules.isdisjoint(fact.kind.rules)]


def _listed(scope: Scope) -> Iterator[Fact]:
    yield from clients.facts(scope)
    yield from will.facts(scope)
    if {"stay", "meeting-attendance"}.isdisjoint(scope.rules):
        # these two ask more of new clients, so that being new would be no freedom
        yield from will.last_week(scope)
    yield from cohorts.facts(scope)
    yield from services.facts(scope)
    yield from clinicians.facts(scope.week)
    yield from places.facts(scope.week)
    if not scope.must_run:
        # where meetings must be held, an open day asks for more of them
        yield from places.closures(scope.week)
    yield from levels.facts(scope)


__all__ = ["Draft", "Fact", "Kind", "Scope", "facts_behind", "without_none"]
