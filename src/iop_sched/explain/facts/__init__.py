"""The facts of a program week that can be at odds with each other: a list made by what each hard rule reads.

A fact is a part of the file that takes freedom away, and that a director could think of changing. What only
gives a word its meaning (which roles a clinician has, how long a session is, at which site a cohort meets,
of which kind a room is) is none; it stays as it is, and shows in the sentences of facts that rest on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from iop_sched.explain.facts import clients as of_clients
from iop_sched.explain.facts import clinicians, cohorts, levels, places, services, will
from iop_sched.explain.facts.fact import Draft, Fact, Kind, without_none
from iop_sched.week.pins import Pin
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day, Id


def facts_behind(
    week: ProgramWeek, policy: Policy, rules: Collection[str], pins: Collection[Pin], clients: Collection[Id]
) -> list[Fact]:
    """Facts that the rules read, or that are a matter of form, as far as they can touch pins and clients.

    Those of single people come first: of two explanations, the one that speaks of people is told.
    """
    found = [*_listed(week, policy, rules, pins, clients)]
    return [fact for fact in found if not fact.kind.rules or not set(rules).isdisjoint(fact.kind.rules)]


def _listed(
    week: ProgramWeek, policy: Policy, rules: Collection[str], pins: Collection[Pin], clients: Collection[Id]
) -> Iterator[Fact]:
    yield from of_clients.facts(week, clients)
    yield from will.facts(week, policy, clients)
    if {"stay", "meeting-attendance"}.isdisjoint(rules):
        # these two ask more of new clients, so that being new would be no freedom
        yield from will.last_week(week, clients)
    yield from clinicians.facts(week)
    yield from cohorts.facts(week, _named(pins), "meeting-held" in rules)
    yield from services.facts(week, clients)
    yield from places.facts(week)
    if "meeting-held" not in rules:
        # where meetings must be held, an open day asks for more of them
        yield from places.closures(week)
    yield from levels.facts(week, clients)


def _named(pins: Collection[Pin]) -> dict[Id, set[Day]]:
    """The cohorts that pins name, with the days that they name for them."""
    found: dict[Id, set[Day]] = defaultdict(set)
    for pin in pins:
        subject = pin.place or pin.cohort
        if subject is not None and subject.cohort is not None:
            found[subject.cohort].update(subject.days)
        if pin.meeting is not None:
            found[pin.meeting.cohort].add(pin.meeting.day)
    return found


__all__ = ["Draft", "Fact", "Kind", "facts_behind", "without_none"]
