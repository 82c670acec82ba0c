"""A bound for the whole week, summed over its groups of sites."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ortools.sat.python import cp_model

from iop_sched.cpsat.intake import points
from iop_sched.master.seats import seats
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


def bound(seating: Seating, weights: Weights, seconds: float, workers: int) -> int:
    """No roster has less at this group, in the sum of the tiers by ``weights``; in exact arithmetic."""
    model, policy = seats(seating.week, seating.policy, seating.counted), seating.policy
    kept = weights.get("kept", 0) * policy.weight("kept")
    placed = weights.get("placed", 0) * policy.weight("placed")
    model.cp.minimize(
        sum(
            (placed * points(model, client) + kept * model.facts.current(client))
            * (1 - model.placed[client.id])
            for client in model.facts.treated
            if client.id in seating.counted
        )
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.catch_sigint_signal = False
    status = solver.solve(model.cp)
    if solver.status_name(status) not in ("OPTIMAL", "FEASIBLE", "UNKNOWN"):
        return 0  # an impossible week has any bound; that it is impossible is for others to say
    found = solver.best_objective_bound
    return max(0, math.floor(found + 1e-6)) if math.isfinite(found) else 0
