"""What the whole week may have only so many of, shared out among the groups of sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iop_sched.sites.choosing import Choice
from iop_sched.sites.groups import Group
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id


@dataclass(frozen=True)
class Share:
    """What one group may have; ``none``: no limit. Offerings are by service."""

    new_cohorts: int | None
    moves: int | None
    placed_offerings: dict[Id, int]
    online_offerings: dict[Id, frozenset[Id]]


def shares(week: ProgramWeek, policy: Policy, groups: Sequence[Group], choice: Choice) -> list[Share]:
    """A share for each group, which together are no more than the week's limits.

    New cohorts go where clients outnumber the seats of running cohorts, moves where most current clients are,
    and an open group without a site where most clients are prescribed it. Whoever leaves the group of the old
    cohort has used up a move.
    """
    new = _new_cohorts(week, groups, choice)
    moves = _moves(week, policy, choice)
    placed, online = _open_groups(week, groups, choice)
    return [
        Share(
            new[number] if new else None,
            moves[number] if moves else None,
            {service: counts[number] for service, counts in placed.items()},
            {service: sets[number] for service, sets in online.items()},
        )
        for number in range(len(groups))
    ]


def shared_out(total: int, needs: Sequence[int]) -> list[int]:
    """``total`` in proportion to ``needs``, in whole numbers, by largest remainders."""
    whole = sum(needs)
    if not whole:
        needs, whole = [1] * len(needs), len(needs)
    parts = [total * need // whole for need in needs]
    by_remainder = sorted(range(len(needs)), key=lambda n: (-(total * needs[n] % whole), n))
    for number in by_remainder[: total - sum(parts)]:
        parts[number] += 1
    return parts


def _new_cohorts(week: ProgramWeek, groups: Sequence[Group], choice: Choice) -> list[int] | None:
    if week.max_new_cohorts is None:
        return None
    treated = {client.id for client in week.treated if not client.group_optional}
    needs = []
    for group, clients in zip(groups, choice.clients, strict=True):
        cohorts = [cohort for cohort in week.cohorts if cohort.site in group]
        seats = sum(cohort.members.max for cohort in cohorts if cohort.status == "running")
        candidates = any(cohort.status == "candidate" for cohort in cohorts)
        needs.append(max(1, len(clients & treated) - seats) if candidates else 0)
    return shared_out(week.max_new_cohorts, needs)


def _moves(week: ProgramWeek, policy: Policy, choice: Choice) -> list[int] | None:
    most = policy.limits.max_moves
    if most is None:
        return None
    current = {placement.client for placement in week.previous.placements}
    left = max(0, most - len(choice.leavers))
    return shared_out(left, [len(clients & current) for clients in choice.clients])


def _open_groups(
    week: ProgramWeek, groups: Sequence[Group], choice: Choice
) -> tuple[dict[Id, list[int]], dict[Id, list[frozenset[Id]]]]:
    placed: dict[Id, list[int]] = {}
    online: dict[Id, list[frozenset[Id]]] = {}
    for service in week.services:
        prescribed = {
            client.id
            for client in week.clients
            if client.prescription
            and any(line.service == service.id for line in client.prescription.services)
        }
        somewhere = [not service.sites or bool(group & set(service.sites)) for group in groups]
        needs = [
            len(clients & prescribed) if there or service.telehealth != "never" else 0
            for clients, there in zip(choice.clients, somewhere, strict=True)
        ]
        if service.max_offerings:
            placed[service.id] = shared_out(service.max_offerings, needs)
        ids = [offering.id for offering in service.offerings if offering.site is None]
        if ids:
            counts = shared_out(len(ids), needs)
            starts = [sum(counts[:number]) for number in range(len(counts))]
            online[service.id] = [
                frozenset(ids[start : start + count]) for start, count in zip(starts, counts, strict=True)
            ]
    return placed, online
