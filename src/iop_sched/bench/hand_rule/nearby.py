"""The part of a week and a roster that a step can make a difference to.

A rule counts by client, clinician, meeting, session, room, pair and so on. The part holds everything that
shares one of these with the step, so what the step adds to a rule's count in the part is what it adds in the
whole; what the part leaves out of other counts is the same before and after.
"""

from __future__ import annotations

from iop_sched.bench.hand_rule.book import Book, Step
from iop_sched.bench.hand_rule.touched import Touched, moves, touched_by
from iop_sched.rules.facts import Facts
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Meeting, Placement, Roster, Session
from iop_sched.week.times import Id


class Part(Facts):
    """Facts of the whole week, of which the rules go through some clients and clinicians only."""

    def __init__(self, facts: Facts, clients: set[Id], clinicians: set[Id]) -> None:
        # who was there last week raises a cap, whoever is gone through: derived from the whole week
        _ = facts.inherited_members, facts.inherited_caseload
        self.__dict__.update(facts.__dict__)
        only = {
            "clients": tuple(one for one in facts.week.clients if one.id in clients),
            "clinicians": tuple(one for one in facts.week.clinicians if one.id in clinicians),
        }
        self.week = facts.week.model_copy(update=only)
        self.treated = tuple(one for one in facts.treated if one.id in clients)


def nearby(book: Book, policy: Policy, step: Step) -> tuple[Facts, Roster]:
    """The facts that a step touches, and the part of the roster so far that it does."""
    facts, roster = book.facts, book.roster
    touched = touched_by(book, policy, step)
    _add_meetings(facts, touched, roster)
    placements = tuple(one for one in roster.placements if _has_placement(facts, touched, one))
    if isinstance(step, Meeting):
        touched.clients.update(one.client for one in placements)
    part = Roster.model_construct(
        cohorts=roster.cohorts,
        placements=placements,
        facilitation=tuple(one for one in roster.facilitation if _has_meeting(touched, one)),
        sessions=tuple(one for one in roster.sessions if _has_session(book, touched, one)),
        team_meeting=roster.team_meeting,
    )
    clients = touched.clients | {one.client for one in placements}
    return Part(facts, clients, touched.clinicians), part


def _add_meetings(facts: Facts, touched: Touched, roster: Roster) -> None:
    """Cohorts that meet on a full day, with their members, or use the same supplies."""
    if not touched.full and touched.supplies is None:
        return
    for meeting in roster.facilitation:
        where = (facts.place(meeting.cohort), meeting.day)
        if where in touched.full:
            touched.cohorts.add(meeting.cohort)
            touched.members.add(meeting.cohort)
        used = touched.supplies
        if used is not None and where == (used.site, used.day):
            blocks = facts.blocks_on(meeting.cohort, meeting.day)
            if any(not used.kinds.isdisjoint(block.supplies) for block in blocks):
                touched.cohorts.add(meeting.cohort)


def _has_placement(facts: Facts, touched: Touched, placement: Placement) -> bool:
    return (
        placement.client in touched.clients
        or placement.cohort in touched.members
        or (touched.primary is not None and placement.primary == touched.primary)
        or (touched.movers and moves(facts, placement))
    )


def _has_meeting(touched: Touched, meeting: Meeting) -> bool:
    return (
        meeting.cohort in touched.cohorts
        or meeting.room in touched.rooms
        or any(entry.clinician in touched.clinicians for entry in meeting.staff)
    )


def _has_session(book: Book, touched: Touched, session: Session) -> bool:
    return (
        session.room in touched.rooms
        or session.service in touched.groups
        or not touched.clients.isdisjoint(session.clients)
        or (session.site, session.day) in touched.full
        or any(entry.clinician in touched.clinicians for entry in session.staff)
        or (touched.supplies is not None and touched.supplies.has(book, session))
    )
