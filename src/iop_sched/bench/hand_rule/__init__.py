"""The hand rule: what a director does in a spreadsheet.

Leaders as last week and the first rooms that fit, the care team at the first time it can meet, then clients
one by one, those in treatment first and then by priority, each into the first seat that fits, and each
session at the first time that is free. Nothing is ever taken back. A step is made when it breaks no rule
that was not broken before.
"""

from __future__ import annotations

from iop_sched.bench.hand_rule.meetings import meets, run_cohort
from iop_sched.bench.hand_rule.open_groups import open_group
from iop_sched.bench.hand_rule.places import places
from iop_sched.bench.hand_rule.sessions import assessments, sessions
from iop_sched.bench.hand_rule.steps import Hand
from iop_sched.rules.facts import points
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster

__all__ = ["hand_rule"]


def hand_rule(week: ProgramWeek, policy: Policy) -> Roster:
    """A roster made by hand. The order of work may make a pin impossible, nothing else."""
    hand = _meetings(week, policy)
    clients = _in_order(hand)
    for client in clients:
        hand.first(assessments(hand, client))
        hand.first(places(hand, client), pinned=client.id in hand.pinned)
    for client in clients:
        for line, service in hand.facts.prescribed(client):
            if client.id in hand.book.placements and not service.is_open_group:
                for _ in range(line.min_count):
                    hand.first(sessions(hand, client, service), pinned=client.id in hand.pinned)
    for service in week.services:
        if service.is_open_group:
            open_group(hand, service, clients)
    return hand.book.roster


def _meetings(week: ProgramWeek, policy: Policy) -> Hand:
    hand = Hand(week, policy)
    for cohort in week.cohorts:
        run_cohort(hand, cohort)
    meet = [meets(hand, team.id) for team in week.care_teams]
    if all(meet):
        return hand
    # the cohorts left no hour for a team: begin again with the teams
    hand = Hand(week, policy)
    for team in week.care_teams:
        meets(hand, team.id)
    for cohort in week.cohorts:
        run_cohort(hand, cohort)
    return hand


def _in_order(hand: Hand) -> list[Client]:
    """Clients in treatment first, then by priority."""
    limits = hand.policy.limits
    return sorted(hand.week.clients, key=lambda c: (not hand.facts.is_current(c), -points(c, limits), c.id))
