"""Every way to open a cohort, and to place a client."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from iop_sched.week.care import Cohort
from iop_sched.week.people import Client
from iop_sched.week.roster import OpenCohort, Placement
from iop_sched.week.times import WEEK, Day
from oracle.judge import Judge, make

VIOLATORS = 2
"""How many ways to break a rule in focus are kept for each part and rule."""


def cohort_choices(judge: Judge) -> Iterator[tuple[OpenCohort, ...]]:
    """Which cohorts are open, in which option, led by whom."""
    for chosen in product(*(list(_one_cohort(judge, cohort)) for cohort in judge.week.cohorts)):
        yield tuple(opened for opened in chosen if opened is not None)


def _one_cohort(judge: Judge, cohort: Cohort) -> Iterator[OpenCohort | None]:
    if cohort.status == "candidate":
        yield None
    leaders: list[str | None] = [None]
    if judge.facts.has_lead(cohort.id) and "facilitation" in judge.active:
        leaders += [clinician.id for clinician in judge.week.clinicians]
    options = cohort.options if cohort.status == "candidate" else cohort.options[:1]
    for option in options:
        for leader in leaders:
            yield OpenCohort(cohort=cohort.id, slot=option.slot, days=option.days, leader=leader)


class Few:
    """Lets legal parts pass, and a few of those that break one rule in focus."""

    def __init__(self, judge: Judge, most: int = VIOLATORS) -> None:
        self._judge, self._most = judge, most
        self._passed: dict[str, int] = {}

    def passes(self, broken: frozenset[str]) -> bool:
        """Whether this part is taken up."""
        if not broken:
            return True
        if not self._judge.worth_keeping(broken):
            return False
        (rule,) = broken
        self._passed[rule] = self._passed.get(rule, 0) + 1
        return self._passed[rule] <= self._most


def placements(judge: Judge, client: Client, opened: tuple[OpenCohort, ...]) -> list[Placement | None]:
    """No place, and every place in an open cohort, or without one."""
    found: list[Placement | None] = [None]
    if client.prescription is None:
        return found
    if client.group_optional:
        found += _spans(judge, client, None, (), Few(judge))
        return found
    for cohort in opened:
        few, spans = Few(judge), Few(judge)
        for days in _subsets(cohort.days):
            broken = _broken(judge, cohort, _place(client, cohort, days))
            if few.passes(broken):
                found += _spans(judge, client, cohort, days, spans, broken)
    return found


def _subsets(days: tuple[Day, ...]) -> Iterator[tuple[Day, ...]]:
    for size in range(1, len(days) + 1):
        yield from combinations(sorted(days), size)


def _place(client: Client, cohort: OpenCohort, days: tuple[Day, ...]) -> Placement:
    return Placement(client=client.id, cohort=cohort.cohort, days=days, start=Day.MON, last=Day.SUN)


def _broken(judge: Judge, cohort: OpenCohort, placement: Placement) -> frozenset[str]:
    roster = make([cohort], [placement])
    return judge.broken(("eligibility", "track", "client-time"), roster)


def _spans(
    judge: Judge,
    client: Client,
    cohort: OpenCohort | None,
    days: tuple[Day, ...],
    few: Few,
    broken: frozenset[str] = frozenset(),
) -> Iterator[Placement]:
    """First and last days; the catalogue fixes them when the stay is off or overridden."""
    rules = ("stay",) if client.intake and client.intake.assessment else ("stay", "intake")
    for start, last in _stays(judge, client):
        placement = Placement(
            client=client.id, cohort=cohort and cohort.cohort, days=days, start=start, last=last
        )
        roster = make([cohort] if cohort else [], [placement])
        if few.passes(broken | judge.broken(rules, roster)):
            yield from _with_primary(judge, client, cohort, placement)


def _stays(judge: Judge, client: Client) -> list[tuple[Day, Day]]:
    if "stay" not in judge.active or judge.facts.overridden(client.id, "stay"):
        starts = WEEK[:1] if judge.facts.is_current(client) else WEEK
        return [(start, Day.SUN) for start in starts]
    return list(product(WEEK, WEEK))


def _with_primary(
    judge: Judge, client: Client, cohort: OpenCohort | None, placement: Placement
) -> Iterator[Placement]:
    few = Few(judge)
    primaries: list[str | None] = [None]
    if "primary" in judge.active and judge.facts.primary_services(client):
        primaries += [clinician.id for clinician in judge.week.clinicians]
    for primary in primaries:
        one = placement.model_copy(update={"primary": primary})
        if few.passes(judge.broken(("primary",), make([cohort] if cohort else [], [one]))):
            yield one
