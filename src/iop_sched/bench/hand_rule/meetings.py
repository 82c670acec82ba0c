"""Cohorts and care teams: leaders, staff, rooms and hours."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.bench.hand_rule.book import Book
from iop_sched.bench.hand_rule.hours import times
from iop_sched.bench.hand_rule.steps import Hand
from iop_sched.rules.qualification import qualified
from iop_sched.week.care import Cohort
from iop_sched.week.roster import BlockStaff, Meeting, OpenCohort, TeamMeeting
from iop_sched.week.times import Day, Id, clock


def run_cohort(hand: Hand, cohort: Cohort) -> None:
    """A running cohort, with last week's leader or else the first who can; candidates stay shut."""
    if cohort.status == "candidate":
        return
    last = [entry.leader for entry in hand.week.previous.leaders if entry.cohort == cohort.id]
    leaders = [*last, *hand.facts.clinicians] if hand.facts.has_lead(cohort.id) else [None]
    for leader in leaders:
        before = hand.book.roster
        if _lead(hand, cohort, leader):
            return
        hand.book = Book(hand.facts, before)
    _lead(hand, cohort, leaders[0], partly=True)


def _lead(hand: Hand, cohort: Cohort, leader: Id | None, partly: bool = False) -> bool:
    """Whether the leader can have the cohort, in all its meetings or else ``partly`` in some."""
    entry = hand.book.cohorts[cohort.id].model_copy(update={"leader": leader})
    if not hand.attempt(entry):
        return False
    for day in hand.facts.due_days(cohort, entry.days):
        if not hand.first(_held(hand, cohort, entry, day)) and not partly:
            return False
    return True


def _held(hand: Hand, cohort: Cohort, entry: OpenCohort, day: Day) -> Iterator[Meeting]:
    staff = _block_staff(hand, cohort, entry, day)
    if staff is None:
        return
    rooms: list[Id | None] = [None]
    if cohort.room_kind is not None and cohort.format == "in-person":
        rooms = [room.id for room in hand.week.rooms if cohort.room_kind in room.kinds]
    for room in rooms:
        yield Meeting(cohort=cohort.id, day=day, held=True, room=room, staff=tuple(staff))
        if hand.refused_by not in (None, "rooms", "pins"):
            return  # in whichever room


def _block_staff(hand: Hand, cohort: Cohort, entry: OpenCohort, day: Day) -> list[BlockStaff] | None:
    staff: list[BlockStaff] = []
    place = hand.facts.place(cohort.id)
    for block in hand.facts.blocks_on(cohort.id, day):
        interval = hand.facts.block_interval(entry.slot, block, day)
        working: set[Id] = set()
        for index, need in enumerate(block.staff):
            able = [
                c.id
                for c in hand.week.clinicians
                if qualified(c, need) and c.id not in working and hand.book.works(c.id, day, interval, place)
            ]
            chosen = [entry.leader] if need.lead else able[: need.count]
            chosen = list(hand.facts.pinned_staff.get((cohort.id, day, block.id, index), chosen))
            if len(chosen) < need.count or None in chosen:
                return None
            working.update(c for c in chosen if c)
            staff += [BlockStaff(block=block.id, need=index, clinician=c) for c in chosen if c]
    return staff


def meets(hand: Hand, team: Id) -> bool:
    """Let a care team meet at the first time it can."""
    return hand.first(_team_meetings(hand, team), pinned=True)


def _team_meetings(hand: Hand, team: Id) -> Iterator[TeamMeeting]:
    """Every time at which a care team may meet, with its members and the first who make each quorum."""
    found = hand.facts.teams[team]
    for day, interval in times(hand.facts, found.minutes, found.windows):
        people = list(found.members)
        for quorum in found.quorum:
            able = [c for c in hand.week.clinicians if quorum.role in c.roles and found.site in c.sites]
            missing = quorum.count - sum(c.id in people for c in able)
            free = [
                c.id for c in able if c.id not in people and hand.book.works(c.id, day, interval, found.site)
            ]
            people += free[: max(0, missing)]
        yield TeamMeeting(team=team, day=day, start=clock(interval[0]), attendees=tuple(people))
