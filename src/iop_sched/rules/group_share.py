"""Rule ``group-share``: 60 to 70 % of the hours are group therapy."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import length
from iop_sched.week.base import Band
from iop_sched.week.policy import Policy

RULE = "group-share"


def outside(band: Band, total: int, group: int) -> int:
    """Minutes of group therapy that are missing from the band, or too many for it, rounded up."""
    missing = -(-(band.min * total - 100 * group) // 100)
    excess = -(-(100 * group - band.max * total) // 100)
    return max(0, missing) + max(0, excess)


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """The share of group therapy in a placed client's dosage lies within the level's band."""
    for client, _ in schedule.placed:
        band = schedule.facts.levels[client.level].group_share
        if band is None or client.group_optional:
            continue
        figures = schedule.dosage(client)
        off = outside(band, figures.total, figures.group)
        if off > 0 and policy.mode(RULE) == "hard":
            message = (
                f"{client.id} has {length(figures.group)} of group therapy in {length(figures.total)},"
                f" {length(off)} outside {band.min} to {band.max} %"
            )
            yield Violation(RULE, client.id, "", message, off)
        yield from pay(policy, "group-share", client.id, off)
