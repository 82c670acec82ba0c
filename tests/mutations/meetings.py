"""Mutations of how many attend a meeting, and of whether it is held."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import at
from iop_sched.week.base import Band
from iop_sched.week.care import Block
from iop_sched.week.times import WEEK, Day
from mutations.case import Case, Finding, Mutation, shuffled
from mutations.cohorts import twins
from mutations.edit import add_twin, edit_at, edit_block

Found = Iterator[Mutation]


# meeting-attendance


def _bands(case: Case, rng: Random) -> Iterator[tuple[str, Block, dict[tuple[str, Day], tuple[int, int]]]]:
    """Agenda, block, and for each meeting with the block how many are present and inherited."""
    tally = case.tally
    blocks = [(agenda, block) for agenda in case.week.agendas for block in agenda.blocks if block.attendance]
    for agenda, block in shuffled(blocks, rng):
        there = {}
        for meeting in tally.held:
            cohort = tally.cohorts[meeting.cohort]
            if cohort.agenda == agenda.id and meeting.day in (block.days or WEEK):
                before = sum(
                    one.cohort == cohort.id
                    and meeting.day in one.days
                    and tally.clients[one.client].prescription is not None
                    and tally.clients[one.client].level in (block.levels or tally.levels)
                    for one in case.week.previous.placements
                )
                present = len(tally.present(cohort.id, meeting.day, block))
                there[cohort.id, meeting.day] = (present, before)
        yield agenda.id, block, there


def _when(case: Case, cohort: str, block: Block, day: Day) -> str:
    return at(day, case.tally.block_interval(cohort, block, day))


def room_for_fewer(case: Case, rng: Random, mode: str = "hard") -> Found:
    """A block is for fewer than attend it."""
    base = case.under("meeting-attendance", mode)
    waived = base.overriding("meeting-attendance")
    for agenda, block, there in _bands(base, rng):
        for most in range(1, max((present for present, _ in there.values()), default=0)):
            week = edit_block(base.week, agenda, block.id, attendance=Band(min=0, max=most))
            found: list[Finding] = []
            terms = {}
            for (cohort, day), (present, before) in there.items():
                counted = present - len(waived & set(base.tally.present(cohort, day, block)))
                excess = counted - max(most, before)
                who, when = f"{cohort} {block.id}", _when(base, cohort, block, day)
                below = max(0, block.attendance.min - present)
                terms["meeting-attendance.below", who, when] = -below
                if excess > 0:
                    found.append((who, when, excess))
                    terms["meeting-attendance.above", who, when] = excess
            if not found:
                continue
            what = f"{block.id} of {agenda} for {most}"
            if mode == "hard":
                yield base.mutation(what, found, week=week)
            else:
                yield base.mutation(what, terms=terms, week=week)


def room_for_fewer_softly(case: Case, rng: Random) -> Found:
    """The same, at a price."""
    yield from room_for_fewer(case, rng, "soft")


def meant_for_more(case: Case, rng: Random) -> Found:
    """A block is meant for more than attend it, which costs."""
    for agenda, block, there in _bands(case, rng):
        for least in range(block.attendance.min + 1, block.attendance.max + 4):
            band = Band(min=least, max=max(least, block.attendance.max))
            terms = {
                ("meeting-attendance.below", f"{cohort} {block.id}", _when(case, cohort, block, day)): max(
                    0, least - present
                )
                - max(0, block.attendance.min - present)
                for (cohort, day), (present, _) in there.items()
            }
            if any(terms.values()) and least <= block.attendance.max:
                week = edit_block(case.week, agenda, block.id, attendance=band)
                yield case.mutation(f"{block.id} of {agenda} for {least} at least", terms=terms, week=week)


def one_more_comes(case: Case, rng: Random) -> Found:
    """People join who fill a block beyond its most."""
    eased = case.eased("seats")
    for client, cohort, start in twins(eased, rng):
        model = eased.tally.clients[client]
        agenda = eased.tally.cohorts[cohort].agenda
        for name, block, there in _bands(eased, rng):
            if not there or name != agenda or model.level not in (block.levels or eased.tally.levels):
                continue
            number = rng.randint(1, 4)
            cap = max(max(figures) for figures in there.values())
            week, roster = eased.week, eased.roster
            for twin in range(number):
                week, roster = add_twin(week, roster, client, start, name=f"twin{twin}")
            week = edit_block(week, agenda, block.id, attendance=Band(min=0, max=cap))
            days = eased.tally.placements[client].days
            found = [
                (f"{cohort} {block.id}", _when(eased, cohort, block, day), present + number - cap)
                for (where, day), (present, _) in there.items()
                if where == cohort
                and day in days
                and present + number > cap
                and not eased.tally.excused(model, cohort, day)
            ]
            if found and not eased.overriding("meeting-attendance"):
                what = f"{number} like {client} come to {block.id}"
                yield eased.mutation(what, found, week=week, roster=roster)


MEETING_ATTENDANCE = (room_for_fewer, room_for_fewer_softly, meant_for_more, one_more_comes)


# meeting-held


def cancelled(case: Case, rng: Random, mode: str = "soft") -> Found:
    """One to three meetings are not held."""
    base = case.eased("dosage", "timing", "pins").under("meeting-held", mode)
    tally = base.tally
    current = sum(tally.clients[name].prescription is not None for name in tally.previous)
    held = [number for number, one in enumerate(base.roster.facilitation) if one.held]
    for number in (1, 1, 2, 3) * 10:
        gone = sorted(rng.sample(held, min(number, len(held))))
        roster = base.roster
        for index in gone:
            roster = edit_at(roster, "facilitation", index, held=False, room=None, staff=())
        dear, found = {}, []
        for index in gone:
            meeting = base.roster.facilitation[index]
            when = at(meeting.day, tally.span(meeting.cohort, meeting.day))
            dear["meeting-held", meeting.cohort, when] = current + 1
            found.append((meeting.cohort, when, 1))
        what = f"meetings {gone} not held"
        if mode == "hard" and len(held) == len(base.roster.facilitation):
            yield base.mutation(what, found, dear, roster=roster)
        elif mode == "soft":
            yield base.mutation(what, terms=dear, roster=roster)


def cancelled_forbidden(case: Case, rng: Random) -> Found:
    """The same where it must not be."""
    yield from cancelled(case, rng, "hard")


MEETING_HELD = (cancelled, cancelled_forbidden)


KINDS = {"meeting-attendance": MEETING_ATTENDANCE, "meeting-held": MEETING_HELD}
