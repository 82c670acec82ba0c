"""Mutations after which a roster is no longer well formed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import moment
from iop_sched.week.roster import Session
from mutations.case import Case, Finding, Mutation, shuffled
from mutations.edit import drop_at, edit_at, put

Found = Iterator[Mutation]


def _when(session: Session) -> str:
    return moment(session.day, session.start)


def unknown_id(case: Case, rng: Random) -> Found:
    """Something names a client, a clinician, a room, a service, a site that there is not."""
    roster, nobody = case.roster, "nobody"
    for number, session in shuffled(enumerate(roster.sessions), rng):
        changes = {
            "clients": (nobody, *session.clients[1:]),
            "staff": (put(session.staff[0], clinician=nobody), *session.staff[1:]),
            "room": nobody,
            "site": nobody,
            "service": nobody,
        }
        field = rng.choice(list(changes))
        who = nobody if field == "service" else session.service
        changed = edit_at(roster, "sessions", number, **{field: changes[field]})
        yield case.mutation(f"session {number}: {field}", [(who, _when(session), 1)], roster=changed)
    for number, place in shuffled(enumerate(roster.placements), rng):
        field = rng.choice(["client", "primary"])
        changed = edit_at(roster, "placements", number, **{field: nobody})
        yield case.mutation(f"{place.client}: {field}", [(nobody, "", 1)], roster=changed)
    for number, meeting in shuffled(enumerate(roster.facilitation), rng):
        changed = edit_at(roster, "facilitation", number, room=nobody)
        if meeting.held:
            yield case.mutation(f"meeting {number}: room", [(nobody, "", 1)], roster=changed)
    for number, opened in enumerate(roster.cohorts):
        changed = edit_at(roster, "cohorts", number, leader=nobody)
        yield case.mutation(f"{opened.cohort}: leader", [(nobody, "", 1)], roster=changed)
    for number, meeting in enumerate(roster.team_meeting):
        changed = edit_at(roster, "team_meeting", number, attendees=(*meeting.attendees, nobody))
        yield case.mutation(f"{meeting.team}: attendee", [(nobody, "", 1)], roster=changed)


def twice(case: Case, rng: Random) -> Found:
    """Something stands twice that may stand once."""
    roster = case.roster
    for place in shuffled(roster.placements, rng):
        changed = put(roster, placements=(*roster.placements, place))
        yield case.mutation(f"{place.client} placed twice", [(place.client, "", 1)], roster=changed)
    for meeting in shuffled(roster.facilitation, rng):
        changed = put(roster, facilitation=(*roster.facilitation, meeting, meeting))
        found = [(meeting.cohort, meeting.day.code, 2)]
        yield case.mutation(f"{meeting.cohort} {meeting.day.code} thrice", found, roster=changed)
    for opened in roster.cohorts:
        changed = put(roster, cohorts=(*roster.cohorts, opened))
        yield case.mutation(f"{opened.cohort} twice", [(opened.cohort, "", 1)], roster=changed)
    for number, session in case.sessions(rng, single=False):
        clients = (*session.clients, session.clients[0])
        changed = edit_at(roster, "sessions", number, clients=clients)
        what = f"{session.clients[0]} twice in session {number}"
        yield case.mutation(what, [(session.service, _when(session), 1)], roster=changed)


def missing(case: Case, rng: Random) -> Found:
    """A due meeting, or a running cohort with all that hangs on it, is not listed."""
    roster = case.roster
    for number, meeting in shuffled(enumerate(roster.facilitation), rng):
        changed = drop_at(roster, "facilitation", number)
        found: list[Finding] = [(meeting.cohort, meeting.day.code, 1)]
        yield case.mutation(f"{meeting.cohort} {meeting.day.code} not listed", found, roster=changed)
    for number, opened in enumerate(roster.cohorts):
        running = case.tally.cohorts[opened.cohort].status == "running"
        found = [(opened.cohort, "", 1)] * running
        found += [
            (opened.cohort, one.day.code, 1) for one in roster.facilitation if one.cohort == opened.cohort
        ]
        found += [(name, "", 1) for name in case.tally.members(opened.cohort)]
        changed = drop_at(roster, "cohorts", number)
        yield case.mutation(f"{opened.cohort} not listed", found, roster=changed)


def not_held_yet_staffed(case: Case, rng: Random) -> Found:
    """A meeting is not held and keeps its room and its staff."""
    for number, meeting in shuffled(enumerate(case.roster.facilitation), rng):
        if meeting.held and (meeting.room or meeting.staff):
            changed = edit_at(case.roster, "facilitation", number, held=False)
            found = [(meeting.cohort, meeting.day.code, 1)]
            yield case.mutation(f"meeting {number} not held", found, roster=changed)


def out_of_form(case: Case, rng: Random) -> Found:
    """A start is off the grid, a need or a slot is not there, a service has too many clients."""
    roster = case.roster
    for number, session in case.sessions(rng):
        other = rng.choice([one.id for one in case.week.clients if one.id not in session.clients])
        changes = rng.choice(
            [
                {"start": session.start + 1},
                {"staff": (put(session.staff[0], need=9), *session.staff[1:])},
                {"clients": (*session.clients, other)},
            ]
        )
        changed = edit_at(roster, "sessions", number, **changes)
        when = _when(changed.sessions[number])
        yield case.mutation(f"session {number} {list(changes)}", [(session.service, when, 1)], roster=changed)
    for number, opened in enumerate(roster.cohorts):
        changed = edit_at(roster, "cohorts", number, slot="midnight")
        yield case.mutation(f"{opened.cohort} at midnight", [(opened.cohort, "", 1)], roster=changed)
    for number, meeting in shuffled(enumerate(roster.facilitation), rng):
        if meeting.staff:
            changes = rng.choice([{"block": "no-block"}, {"need": 9}])
            staff = (put(meeting.staff[0], **changes), *meeting.staff[1:])
            changed = edit_at(roster, "facilitation", number, staff=staff)
            found = [(meeting.cohort, meeting.day.code, 1)]
            yield case.mutation(f"meeting {number} {changes}", found, roster=changed)


def wrong_place(case: Case, rng: Random) -> Found:
    """A client who needs a cohort is placed without one, or the other way round, or in one that is closed."""
    for number, place in shuffled(enumerate(case.roster.placements), rng):
        if place.cohort is None:
            changes = {"cohort": rng.choice(list(case.tally.opened))}
            reasons = 1
        else:
            changes = rng.choice([{"cohort": None}, {"cohort": "co-closed"}])
            reasons = 2 if changes["cohort"] is None else 1
        changed = edit_at(case.roster, "placements", number, **changes)
        yield case.mutation(f"{place.client} {changes}", [(place.client, "", 1)] * reasons, roster=changed)


KINDS = {"structure": (unknown_id, twice, missing, not_held_yet_staffed, out_of_form, wrong_place)}
