"""What the program can decide by itself: places, pins, limits, cohorts, closures, rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_sched.repairs import kinds
from iop_sched.repairs.candidate import Candidate
from iop_sched.repairs.question import Question
from iop_sched.scenario.change import Named
from iop_sched.week.care import Agenda, Cohort
from iop_sched.week.program import ProgramWeek


def places(question: Question) -> Iterator[Candidate]:
    """For who has no place, each cohort; else, with a roster to begin with, the week as it is."""
    client = next((one for one in question.week.clients if one.id == question.client), None)
    if question.about == "place" and client is not None and not client.group_optional:
        opened = {one.cohort for one in question.roster.cohorts} if question.roster else set()
        for cohort in question.week.cohorts:
            kind = kinds.SEAT if cohort.id in opened else kinds.OPEN
            yield Candidate(kind, (f"pin {client.id} in {cohort.id}",))
    elif question.roster is not None:
        yield Candidate(kinds.AS_IT_IS, ())


def decisions(question: Question) -> Iterator[Candidate]:
    """Pins, limits, closed days."""
    week, policy = question.week, question.policy
    for pin in week.pins if policy.mode("pins") != "off" else ():
        # with a pin its overrides are lifted, which takes something away
        yield Candidate(kinds.UNPIN, (f"unpin {pin.id}",), exception=bool(pin.overrides))
    most = policy.limits.max_moves
    if most is not None and policy.mode("max-moves") == "hard":
        yield Candidate(kinds.MOVES, (f"limit max_moves {most + 1}",))
    if week.max_new_cohorts is not None:
        yield Candidate(kinds.NEW_COHORTS, (f"max-new-cohorts {week.max_new_cohorts + 1}",))
    for closure in week.closures:
        where = f" at {','.join(closure.sites)}" if closure.sites else ""
        yield Candidate(kinds.REOPEN, (f"reopen {closure.day.code}{where}",))


def cohorts(question: Question) -> Iterator[Candidate]:
    """Their sizes, the attendance of their blocks, and other slots for candidates."""
    week, policy = question.week, question.policy
    agendas = {one.id: one for one in week.agendas}
    blocks_bind = policy.mode("meeting-attendance") == "hard"
    for cohort in week.cohorts:
        if policy.mode("cohort-size") == "hard":
            yield from _sizes(cohort, agendas[cohort.agenda], blocks_bind)
        if cohort.status == "candidate":
            yield from _offers(cohort, week)
    for agenda in week.agendas if blocks_bind else ():
        band = _attendance(agenda)
        if band is not None:
            yield Candidate(kinds.BLOCKS, (f"attendance.max {band[1] + 1} {agenda.id}",))
            if band[0] > 0:
                yield Candidate(kinds.FEW, (f"attendance.min {band[0] - 1} {agenda.id}",))


def _sizes(cohort: Cohort, agenda: Agenda, blocks_bind: bool) -> Iterator[Candidate]:
    more = f"cohort-size.max {cohort.members.max + 1} {cohort.id}"
    yield Candidate(kinds.SIZE, (more,))
    band = _attendance(agenda)
    if blocks_bind and band is not None and band[1] <= cohort.members.max:
        yield Candidate(kinds.SIZE_AND_BLOCKS, (more, f"attendance.max {band[1] + 1} {agenda.id}"))
    if cohort.status == "candidate" and cohort.members.min > 0:
        yield Candidate(kinds.LEAST, (f"cohort-size.min {cohort.members.min - 1} {cohort.id}",))


def _attendance(agenda: Agenda) -> tuple[int, int] | None:
    """Lowest least and highest most of its blocks that have bounds: one step beyond eases all of them."""
    bands = [block.attendance for block in agenda.blocks if block.attendance is not None]
    return (min(one.min for one in bands), max(one.max for one in bands)) if bands else None


def _offers(cohort: Cohort, week: ProgramWeek) -> Iterator[Candidate]:
    days = cohort.options[0].days
    for slot in week.slots:
        if not any((one.slot, one.days) == (slot.id, days) for one in cohort.options):
            yield Candidate(kinds.OFFER, (f"offer {cohort.id} {slot.id}",))


def rooms(question: Question) -> Iterator[Candidate]:
    """A chair more, and a room more."""
    for room in question.week.rooms:
        yield Candidate(kinds.CAPACITY, (f"room {room.id} capacity {room.capacity + 1}",))
        yield Candidate(kinds.ROOM, (f"room {free_id(room.id, question.week.rooms)} like {room.id}",))


def free_id(like: str, taken: Iterable[Named]) -> str:
    """An id that none of the records has: the one given, with a number."""
    known = {one.id.casefold() for one in taken}
    number = 2
    while f"{like[:36]}-{number}".casefold() in known:
        number += 1
    return f"{like[:36]}-{number}"
