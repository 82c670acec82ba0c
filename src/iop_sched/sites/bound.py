"""A bound for the whole week, summed over its groups of sites."""

from __future__ import annotations

import time
from dataclasses import dataclass

from iop_sched.cpsat.intake import points
from iop_sched.cpsat.model import Expr, Model
from iop_sched.master.messages import Bound, Task
from iop_sched.master.process import MasterProcess, safe
from iop_sched.master.seats import seats
from iop_sched.master.snapshot import snapshot
from iop_sched.master.translate import objective, relaxed
from iop_sched.sites.groups import Group, freed
from iop_sched.sites.part import part
from iop_sched.sites.shares import Share
from iop_sched.week.policy import Policy, Tier
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

Weights = dict[Tier, int]


@dataclass(frozen=True)
class Seating:
    """A group's week with everybody who could take a seat there; ``counted`` could take none elsewhere."""

    week: ProgramWeek
    policy: Policy
    counted: frozenset[Id]


def seating(week: ProgramWeek, policy: Policy, group: Group) -> Seating:
    """What bounds a group's part of *kept* and *placed*.

    In any roster of the whole week, what happens at the group is a solution of this: whoever could be there
    is allowed in, and the limits are the whole week's. Only those count who can be nowhere else, and each of
    them in one group, so that the groups' bounds may be added up.
    """
    free = freed(week)
    cohorts = {cohort.id for cohort in week.cohorts if cohort.site in group}
    # who was here last week counts for inherited numbers, even if they cannot come back
    were = {one.client for one in week.previous.placements if one.cohort in cohorts}
    counted, allowed = set(), set[Id]()
    for client in week.clients:
        if client.sites and client.id not in free and group.issuperset(client.sites):
            counted.add(client.id)
        elif not client.sites or client.id in free or group & set(client.sites) or client.id in were:
            allowed.add(client.id)
    whole = Share(week.max_new_cohorts, None, {}, {})
    return Seating(part(week, group, counted | allowed, whole), policy, frozenset(counted))


def model_of(seating: Seating, weights: Weights) -> tuple[Model, Expr]:
    """The model of seats, and what its counted clients cost in the sum of the tiers by ``weights``."""
    policy = seating.policy
    model = seats(seating.week, policy, seating.counted)
    kept = weights.get("kept", 0) * policy.weight("kept")
    placed = weights.get("placed", 0) * policy.weight("placed")
    return model, sum(
        (placed * points(model, client) + kept * model.facts.current(client)) * (1 - model.placed[client.id])
        for client in model.facts.treated
        if client.id in seating.counted
    )


def bound(seating: Seating, weights: Weights, seconds: float) -> int:
    """No roster has less at this group, in the sum of the tiers by ``weights``; 0 when time is too short.

    HiGHS finds it, in floating-point arithmetic: its first relaxation mostly says all, and CP-SAT takes five
    times as long to say the same.
    """
    until = time.monotonic() + seconds
    model, cost = model_of(seating, weights)
    goal, best = objective(cost), 0
    if not goal.terms:
        return max(0, goal.offset)
    with MasterProcess(relaxed(snapshot(model.cp))) as process:
        process.begin(Task(goal, [], max(0.1, until - time.monotonic())))
        while process.busy and (left := until - time.monotonic()) > 0:
            for event in process.events(left):
                if isinstance(event, Bound):
                    best = max(best, safe(event.bound, goal))
    return best
