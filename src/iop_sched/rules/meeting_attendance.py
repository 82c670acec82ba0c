"""Rule ``meeting-attendance``: 6 to 12 people in the room, block by block."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.facts import owns
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import at, many
from iop_sched.week.base import Band
from iop_sched.week.care import Block
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Meeting

RULE = "meeting-attendance"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """In every block with an attendance band, the clients present lie within it, or are inherited."""
    for meeting in schedule.held:
        for block in schedule.facts.blocks_on(meeting.cohort, meeting.day):
            if block.attendance is not None:
                yield from _block(schedule, policy, meeting, block, block.attendance)


def _block(
    schedule: Schedule, policy: Policy, meeting: Meeting, block: Block, band: Band
) -> Iterator[Violation | Term]:
    present = schedule.attendance.present(meeting, block)
    counted = sum(not schedule.facts.overridden(client.id, RULE) for client in present)
    cap = max(band.max, inherited(schedule, meeting, block))
    excess = counted - cap
    who = f"{meeting.cohort} {block.id}"
    when = at(meeting.day, schedule.block_interval(meeting.cohort, block, meeting.day))
    if policy.mode(RULE) == "soft":
        yield from pay(policy, "meeting-attendance.above", who, excess, when)
    elif excess > 0:
        aside = " without those overridden" if counted < len(present) else ""
        message = f"{many(counted, 'client')} attend{aside}; at most {cap} may"
        yield Violation(RULE, who, when, message, excess)
    yield from pay(policy, "meeting-attendance.below", who, band.min - len(present), when)


def inherited(schedule: Schedule, meeting: Meeting, block: Block) -> int:
    """Clients who attended this block of the cohort on this weekday last week."""
    facts = schedule.facts
    return sum(
        meeting.day in facts.previous[client.id].days and owns(client, block)
        for client in facts.inherited_members.get(meeting.cohort, ())
    )
