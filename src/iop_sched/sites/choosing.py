"""Which group of sites each client belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from iop_sched.rules.eligibility import mismatches
from iop_sched.sites.groups import Group, bundles, reach
from iop_sched.week.care import Cohort
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id


@dataclass(frozen=True)
class Choice:
    """The clients of each group, in the groups' order.

    ``guests`` could be in more than one. ``leavers`` had their cohort in another group than their new one.
    """

    clients: tuple[frozenset[Id], ...]
    guests: frozenset[Id]
    leavers: frozenset[Id]


def choose(week: ProgramWeek, groups: Sequence[Group]) -> Choice:
    """A group for every client.

    Who can reach one group only belongs there. A current client stays where the previous cohort is. A new one
    goes where most seats are free for them: places in cohorts that admit them, less those that others are
    likely to take, where a current client takes one in the old cohort, and everybody else an equal part of
    one in each cohort that admits them. The most urgent choose first.
    """
    within, home = reach(week), _homes(week, groups)
    members = {bundle[0]: bundle for bundle in bundles(week)}
    options = {first: _options(groups, bundle, within, home) for first, bundle in members.items()}
    seats = _Seats(week, groups)
    chosen: dict[Id, int] = {}
    for first, found in options.items():
        if len(found) == 1:
            chosen[first] = found[0]
            for client in members[first]:
                seats.take(client, found[0])
    urgent = {client.id: (-client.priority, -client.waiting_days) for client in week.clients}
    for first in sorted(options.keys() - chosen.keys(), key=lambda client: (urgent[client], client)):
        chosen[first] = max(options[first], key=lambda group: (seats.free(members[first], group), -group))
        for client in members[first]:
            seats.take(client, chosen[first])
    groups_of = {client: chosen[first] for first, bundle in members.items() for client in bundle}
    return Choice(
        tuple(
            frozenset(client for client, group in groups_of.items() if group == number)
            for number in range(len(groups))
        ),
        frozenset(
            client for client, sites in within.items() if sum(bool(sites & group) for group in groups) > 1
        ),
        frozenset(client for client, group in home.items() if groups_of[client] != group),
    )


def _homes(week: ProgramWeek, groups: Sequence[Group]) -> dict[Id, int]:
    """The group of each current client's previous cohort."""
    number = {site: index for index, group in enumerate(groups) for site in group}
    cohorts = {cohort.id: number[cohort.site] for cohort in week.cohorts}
    return {
        placement.client: cohorts[placement.cohort]
        for placement in week.previous.placements
        if placement.cohort is not None
    }


def _options(
    groups: Sequence[Group], bundle: list[Id], within: dict[Id, set[Id]], home: dict[Id, int]
) -> list[int]:
    """Groups that all of them reach; of these the one where most of them were last week."""
    shared = [
        number for number, group in enumerate(groups) if all(within[client] & group for client in bundle)
    ]
    were = Counter(home[client] for client in bundle if home.get(client) in shared)
    return [were.most_common(1)[0][0]] if were else shared


class _Seats:
    """Seats of cohorts that are likely to be free."""

    def __init__(self, week: ProgramWeek, groups: Sequence[Group]) -> None:
        self._clients = {client.id: client for client in week.clients}
        self._before = {one.client: one.cohort for one in week.previous.placements}
        self._cohorts: list[list[Cohort]] = [
            [cohort for cohort in week.cohorts if cohort.site in group] for group in groups
        ]
        self._free: dict[Id, float] = {cohort.id: cohort.members.max for cohort in week.cohorts}

    def free(self, bundle: list[Id], group: int) -> float:
        """Free seats of a group for the one of them who has fewest."""
        return min(
            sum(max(0.0, self._free[cohort.id]) for cohort in self._admitting(self._clients[client], group))
            for client in bundle
        )

    def take(self, client: Id, group: int) -> None:
        """Count a client of a group."""
        admitting = [cohort.id for cohort in self._admitting(self._clients[client], group)]
        old = self._before.get(client)
        for cohort in [old] if old in admitting else admitting:
            self._free[cohort] -= 1 if old in admitting else 1 / len(admitting)

    def _admitting(self, client: Client, group: int) -> list[Cohort]:
        if client.prescription is None or client.group_optional:
            return []
        return [cohort for cohort in self._cohorts[group] if not any(mismatches(client, cohort))]
