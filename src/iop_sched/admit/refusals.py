"""Why a cohort cannot take a client in the roster as it stands, and which rules would have to give way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iop_sched.admit.model import BY_CONSTRUCTION, POSTED
from iop_sched.admit.offers import Desk, merged
from iop_sched.admit.seats import TRIED
from iop_sched.admit.verified import measure
from iop_sched.explain.unplaced import Obstacle, Stage, obstacles
from iop_sched.rules.findings import Violation
from iop_sched.week.policy import RULES
from iop_sched.week.times import Id

WORDS = {
    Stage.ELIGIBILITY: "not for this client: {}",
    Stage.DAYS: "does not meet on enough allowed days: {}",
    Stage.HOURS: "work, school or family hours collide: {}",
    Stage.START: "no day to start on: {}",
    Stage.NOT_OPENED: "not open: {}",
    Stage.FULL: "full: {}",
    Stage.ROSTER: "a seat is free, but {}",
    Stage.NOTHING: "a seat is free, but no timetable of the client's sessions keeps every rule",
}


SEATS = ("cohort-size", "meeting-attendance")
"""Rules about how many people there are in a group."""


@dataclass(frozen=True)
class Refusal:
    """A cohort (none: all alike) and what is in the client's way to it; ``stage`` is none for all alike."""

    cohort: Id | None
    reason: str
    stage: Stage | None = None


@dataclass(frozen=True)
class GivesWay:
    """Rules without which the cohort takes the client, with what of them would be broken then."""

    rules: tuple[str, ...]
    broken: tuple[Violation, ...]


def refusals(desk: Desk) -> list[Refusal]:
    """Each cohort without a timetable for the client, and the first thing in the way."""
    placed = [one.placement for one in desk.timetables]
    if placed and any(one is None or one.cohort is None for one in placed):
        return []
    found = obstacles(desk.week, desk.others.roster, desk.policy, desk.others.client.id)
    if isinstance(found, str):
        return [] if placed else [Refusal(None, found)]
    taking = {one.cohort for one in placed if one is not None}
    return [_refusal(one) for one in found if one.cohort not in taking]


def _refusal(obstacle: Obstacle) -> Refusal:
    return Refusal(obstacle.cohort, WORDS[obstacle.stage].format(obstacle.detail), obstacle.stage)


def giving_way(desk: Desk, cohort: Id | None) -> list[GivesWay]:
    """Rules that keep the client out of a cohort by themselves, the one that is broken least first.

    Each is left out of an exact search in turn. Where no single one is the reason, those about seats are
    left out together, and then with each other one; an empty list says that it takes more than that.
    """
    rules = list(_may_give_way(desk))
    return (
        _working(desk, cohort, [(rule,) for rule in rules])
        or _working(desk, cohort, [SEATS])
        or _working(desk, cohort, [(*SEATS, rule) for rule in rules if rule not in SEATS])
    )


def _working(desk: Desk, cohort: Id | None, sets: Iterable[tuple[str, ...]]) -> list[GivesWay]:
    found = [one for rules in sets if (one := _without(desk, cohort, rules)) is not None]
    return sorted(found, key=lambda one: (len(one.broken), sum(broken.amount for broken in one.broken)))


def _may_give_way(desk: Desk) -> Iterator[str]:
    for rule in dict.fromkeys((*BY_CONSTRUCTION, *TRIED, *POSTED)):
        if desk.policy.mode(rule) != "off" and "hard" in RULES[rule].modes:
            yield rule


def _without(desk: Desk, cohort: Id | None, rules: tuple[str, ...]) -> GivesWay | None:
    found = desk.best_in(cohort, frozenset(rules))
    if found is None:
        return None
    roster = merged(desk.others.roster, desk.others.client.id, found)
    broken = measure(desk.others.facts, roster, desk.policy).violations
    kept_out = tuple(dict.fromkeys(one.rule for one in broken))
    return GivesWay(kept_out, broken) if broken else None
