"""Rule ``facilitation``: every block has its staff, the same leader all week."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.qualification import share_language
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.staffing import misstaffed, strangers
from iop_sched.rules.wording import at, many
from iop_sched.week.care import Block
from iop_sched.week.policy import Policy
from iop_sched.week.roster import BlockStaff, Meeting

RULE = "facilitation"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Each block of a held meeting has qualified people who suit the cohort, its leader among them."""
    for meeting in schedule.held:
        for block in schedule.facts.blocks_on(meeting.cohort, meeting.day):
            staff = [entry for entry in meeting.staff if entry.block == block.id]
            when = at(meeting.day, schedule.block_interval(meeting.cohort, block, meeting.day))
            for reason in _faults(schedule, meeting, block, staff):
                yield Violation(RULE, meeting.cohort, when, f"block {block.id}: {reason}")


def _faults(schedule: Schedule, meeting: Meeting, block: Block, staff: list[BlockStaff]) -> Iterator[str]:
    facts = schedule.facts
    people = sorted({entry.clinician for entry in staff})
    yield from misstaffed(facts, block.staff, staff, more=block.ratio is not None)
    yield from strangers(facts, people, facts.place(meeting.cohort))
    language = facts.cohorts[meeting.cohort].language
    for person in people:
        if language is not None and not share_language((language,), facts.clinicians[person].languages):
            yield f"{person} does not speak {language}"
    yield from _ratio(schedule, meeting, block, len(people))
    yield from _payers(schedule, meeting, block, people)
    yield from _lead(schedule, meeting, block, staff)


def _ratio(schedule: Schedule, meeting: Meeting, block: Block, staff: int) -> Iterator[str]:
    present = len(schedule.attendance.present(meeting, block))
    if block.ratio is not None and staff * block.ratio < present:
        needed = -(-present // block.ratio)
        people = many(staff, "staff member")
        yield f"{people} for {many(present, 'client')}; one for {block.ratio} makes {needed}"


def _payers(schedule: Schedule, meeting: Meeting, block: Block, people: list[str]) -> Iterator[str]:
    if not block.staff:
        return
    facts = schedule.facts
    named = {
        client.payer for client in schedule.attendance.present(meeting, block) if client.payer is not None
    }
    listed = {payer for person in people for payer in facts.clinicians[person].payers}
    for payer in sorted(named - listed):
        if facts.payers[payer].credentialed_only:
            yield f"nobody on the staff is credentialed with {payer}"


def _lead(schedule: Schedule, meeting: Meeting, block: Block, staff: list[BlockStaff]) -> Iterator[str]:
    leader = schedule.open_cohorts[meeting.cohort].leader
    for number, need in enumerate(block.staff):
        pinned = (meeting.cohort, meeting.day, block.id, number) in schedule.facts.pinned_staff
        if not need.lead or pinned:
            continue
        if leader is None:
            yield "the cohort has no leader"
        elif leader not in [entry.clinician for entry in staff if entry.need == number]:
            yield f"{leader}, the cohort's leader, does not lead it"
