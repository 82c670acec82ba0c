"""A placement is tried in its cohort alone, and that finds what a look at the whole roster finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from random import Random

import pytest

from generate.made import made
from iop_sched.explain.joining import BEYOND, IN_THE_COHORT, Joining
from iop_sched.rules.findings import Violation
from iop_sched.rules.registry import CHECKS
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.supply import on_site
from iop_sched.week.policy import Limits, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Placement, Roster
from iop_sched.week.times import WEEK

CLIENTS = 6
NOBODY_MOVES = Policy(limits=Limits(max_moves=0))
Broken = dict[tuple[str, str, str], str]


def broken(found: Iterable[object]) -> Broken:
    """Messages of violations by rule, whom and when."""
    return {(one.rule, one.who, one.when): one.message for one in found if isinstance(one, Violation)}


def broken_in_all(schedule: Schedule, policy: Policy) -> Broken:
    rules = [rule for rule in (*IN_THE_COHORT, *BEYOND) if policy.mode(rule) != "off"]
    return broken(one for rule in rules for one in CHECKS[rule](schedule, policy))


def without(roster: Roster, clients: set[str]) -> Roster:
    return roster.model_copy(
        update={
            "placements": tuple(one for one in roster.placements if one.client not in clients),
            "sessions": tuple(one for one in roster.sessions if not clients & set(one.clients)),
        }
    )


def tight(week: ProgramWeek, roster: Roster) -> ProgramWeek:
    """Sites are licensed for those whom the roster has there on their fullest day; neighbours keep apart."""
    ids = [client.id for client in week.clients]
    people = on_site(Schedule.of(week, roster))
    census = {site.id: max(len(people.get((site.id, day), ())) for day in WEEK) for site in week.sites}
    return week.model_copy(
        update={
            "sites": tuple(site.model_copy(update={"census": census[site.id]}) for site in week.sites),
            "apart": tuple(pairwise(ids)),
            "together": tuple(zip(ids, ids[2:], strict=False)),
        }
    )


def placements(schedule: Schedule, clients: set[str]) -> Iterator[Placement]:
    """Each client in each cohort, on two patterns of three days."""
    for client in sorted(clients):
        for cohort, opened in schedule.open_cohorts.items():
            for days in list(combinations(opened.days, min(3, len(opened.days))))[:2]:
                yield Placement(client=client, cohort=cohort, days=days, start=days[0], last=days[-1])


@pytest.mark.parametrize("is_tight", [False, True])
@pytest.mark.parametrize(("clients", "sites", "level", "seed"), [(24, 1, "medium", 2), (60, 3, "high", 1)])
def test_the_cohort_alone_says_what_the_whole_roster_says(
    clients: int, sites: int, level: str, seed: int, is_tight: bool
) -> None:
    generated = made(clients, sites, level, seed)
    placed = [one.client for one in generated.roster.placements if one.cohort]
    out = set(Random(seed).sample(placed, CLIENTS))
    roster = without(generated.roster, out)
    week = tight(generated.week, roster) if is_tight else generated.week
    policy = NOBODY_MOVES if is_tight else Policy()
    schedule = Schedule.of(week, roster)
    joining, before = Joining(schedule, policy), broken_in_all(schedule, policy)
    told: set[str] = set()
    for placement in placements(schedule, out):
        more = roster.model_copy(update={"placements": (*roster.placements, placement)})
        after = broken_in_all(Schedule(schedule.facts, more), policy)
        found = broken(joining._try(placement))
        assert found == {key: message for key, message in after.items() if key not in before}
        told |= {rule for rule, _, _ in found}
    assert told >= ({"weekly-hours", *BEYOND} if is_tight else {"weekly-hours"})
