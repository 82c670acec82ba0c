"""Mutations of what the director has decided, and of what continuity, wishes, balance and cost amount to."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from iop_sched.rules.wording import at, days
from iop_sched.week.pins import CohortPin, MeetingPin, Pin, PlacePin, SessionPin, StaffPin, TeamPin
from iop_sched.week.roster import BlockStaff, Meeting
from iop_sched.week.times import WEEK
from mutations.case import Case, Mutation, shuffled
from mutations.edit import edit, edit_at, edit_placement, edit_previous, put, stand_in
from mutations.moving import clashes, movable, moved, possible, restaffed
from mutations.tally import Tally

Found = Iterator[Mutation]


# pins


def _pin(case: Case, reasons: int, **target: Any) -> Mutation:
    """The mutation that fixes what is not so, in as many ways as there are reasons."""
    (field,) = target
    week = put(case.week, pins=(*case.week.pins, Pin(id="pin-new", **target)))
    return case.mutation(f"{field} {target[field]!r}", [("pin-new", "", 1)] * reasons, week=week)


def other_place(case: Case, rng: Random) -> Found:
    """A client's place is fixed to be another."""
    for client in rng.sample(case.week.clients, len(case.week.clients)):
        place = case.tally.placements.get(client.id)
        if place is None:
            if client.prescription is not None:
                yield _pin(case, 1, place=PlacePin(client=client.id))
            continue
        wanted: dict[str, Any] = {}
        if rng.random() < 0.5 and not client.group_optional:
            wanted["cohort"] = rng.choice(list(case.tally.cohorts))
        if rng.random() < 0.5 and not client.group_optional:
            wanted["days"] = tuple(day.code for day in sorted(rng.sample(WEEK, 3)))
        if rng.random() < 0.5:
            wanted["start"] = rng.choice(WEEK).code
        if rng.random() < 0.5:
            wanted["primary"] = rng.choice(case.week.clinicians).id
        pin = PlacePin(client=client.id, **wanted)
        reasons = sum(getattr(pin, field) != getattr(place, field) for field in wanted)
        if reasons:
            yield _pin(case, reasons, place=pin)


def other_session(case: Case, rng: Random) -> Found:
    """A client's session is fixed to be on another day, at another time or with somebody else."""
    for _, session in case.sessions(rng):
        (name,) = session.clients
        alike = case.tally.sessions(name, session.service)
        giver = session.staff[0].clinician
        day = rng.choice([day for day in WEEK if all(one.day != day for one in alike)])
        yield _pin(case, 1, session=SessionPin(client=name, service=session.service, day=day.code))
        others = [one.id for one in case.week.clinicians if one.id != giver]
        if len(alike) == 1:
            pin = SessionPin(client=name, service=session.service, clinician=rng.choice(others))
            yield _pin(case, 1, session=pin)


def other_meetings(case: Case, rng: Random) -> Found:
    """A cohort, one of its meetings or the care team's is fixed to be otherwise."""
    case = case.eased("pins")
    tally = case.tally
    for cohort in shuffled(tally.cohorts, rng):
        opened = tally.opened.get(cohort)
        if opened is None:
            yield _pin(case, 1, cohort=CohortPin(cohort=cohort))
            continue
        leader = rng.choice([one.id for one in case.week.clinicians if one.id != opened.leader])
        yield _pin(case, 1, cohort=CohortPin(cohort=cohort, leader=leader))
        yield _pin(case, 1, cohort=CohortPin(cohort=cohort, open=False))
        slot = rng.choice(case.week.slots).id
        pin = CohortPin(cohort=cohort, slot=slot, days=("sun",))
        yield _pin(case, 1 + (slot != opened.slot), cohort=pin)
    for (cohort, day), meeting in shuffled(tally.meetings.items(), rng):
        yield _pin(case, 1, meeting=MeetingPin(cohort=cohort, day=day.code, held=not meeting.held))
        others = [room.id for room in case.week.rooms if room.id != meeting.room]
        if meeting.held and others:
            pin = MeetingPin(cohort=cohort, day=day.code, room=rng.choice(others))
            yield _pin(case, 1, meeting=pin)
        for entry in rng.sample(meeting.staff, min(1, len(meeting.staff))):
            other = [one.id for one in case.week.clinicians if one.id not in _filling(meeting, entry)]
            yield _pin(case, 1, meeting=_staffed(meeting, entry, rng.choice(other)))
    for meeting in case.roster.team_meeting:
        day = rng.choice([day for day in WEEK if day != meeting.day])
        yield _pin(case, 1, team=TeamPin(team=meeting.team, day=day.code))


def _staffed(meeting: Meeting, entry: BlockStaff, *who: str) -> MeetingPin:
    """A pin that has these and nobody else fill the need that an entry fills."""
    fixed = StaffPin(block=entry.block, need=entry.need, clinicians=who)
    return MeetingPin(cohort=meeting.cohort, day=meeting.day.code, staff=(fixed,))


def _filling(meeting: Meeting, entry: BlockStaff) -> list[str]:
    """All who fill the need that an entry fills."""
    need = (entry.block, entry.need)
    return [one.clinician for one in meeting.staff if (one.block, one.need) == need]


def not_as_pinned(case: Case, rng: Random) -> Found:
    """A session, a primary or a block's staff is fixed as it is, and the roster has somebody else."""
    eased = case.eased("pins", "payers")
    for number, meeting in shuffled(enumerate(eased.roster.facilitation), rng):
        for at_, entry in rng.sample(list(enumerate(meeting.staff)), min(1, len(meeting.staff))):
            base = _pinned(eased, meeting=_staffed(meeting, entry, *_filling(meeting, entry)))
            week, other = stand_in(base.week, entry.clinician)
            staff = edit_at(meeting, "staff", at_, clinician=other).staff
            roster = edit_at(eased.roster, "facilitation", number, staff=staff)
            what = f"{other} works in {entry.block} of {meeting.cohort} on {meeting.day.code}"
            yield base.mutation(what, [("pin-new", "", 1)], week=week, roster=roster)
    for number, session in eased.sessions(rng):
        (name,) = session.clients
        fixed = SessionPin(client=name, service=session.service, clinician=session.staff[0].clinician)
        alike = [
            one
            for one in eased.tally.sessions(name, session.service)
            if fixed.clinician in [entry.clinician for entry in one.staff]
        ]
        if len(alike) > 1:
            continue
        base = _pinned(eased, session=fixed)
        week, roster = restaffed(base.week, base.roster, number)
        what = f"somebody else gives session {number}"
        yield base.mutation(what, [("pin-new", "", 1)], week=week, roster=roster)
        place = eased.tally.placements.get(name)
        if place is not None and place.primary is not None:
            base = _pinned(eased, place=PlacePin(client=name, primary=place.primary))
            week, other = stand_in(base.week, place.primary)
            roster = edit_placement(base.roster, name, primary=other)
            what = f"{name} has another primary"
            yield base.mutation(what, [("pin-new", "", 1)], week=week, roster=roster)


def _pinned(case: Case, **target: Any) -> Case:
    week = put(case.week, pins=(*case.week.pins, Pin(id="pin-new", **target)))
    return Case(case.name, week, case.roster, case.policy)


PINS = (not_as_pinned, other_place, other_session, other_meetings)


# continuity


def other_last_week(case: Case, rng: Random) -> Found:
    """Last week, a client was in another slot, with another primary or on other days."""
    eased = case.eased("seats", "timing", "staff")
    for client, place in eased.placed(rng):
        old = eased.tally.previous.get(client.id)
        if old is None:
            continue
        field = rng.choice(["slot", "primary", "days"])
        if field == "slot":
            other, now = rng.choice(eased.week.slots).id, eased.tally.opened[place.cohort].slot
            change = (other != now) - (old.slot not in (None, now))
        elif field == "primary":
            other, now = rng.choice(eased.week.clinicians).id, place.primary
            change = ((other != now) - (old.primary not in (None, now))) * (now is not None)
        else:
            other = tuple(sorted(rng.sample(WEEK, rng.randint(2, 5))))
            change = _lost(other, place.days) - _lost(old.days, place.days)
        week = edit_previous(eased.week, {client.id}, **{field: other})
        penalty = "day" if field == "days" else field
        terms = {(f"continuity.{penalty}", client.id, ""): change}
        if change:
            yield eased.mutation(f"{client.id} had {field} {other}", terms=terms, week=week)


def _lost(old: tuple, new: tuple) -> int:
    return min(len(old), len(new)) - len(set(old) & set(new))


def from_another_cohort(case: Case, rng: Random) -> Found:
    """Last week, a client was in another cohort."""
    eased = case.eased("seats", "timing").limited(max_moves=None)
    for client, place in eased.placed(rng):
        old = eased.tally.previous.get(client.id)
        if old is None:
            continue
        cohort = rng.choice(list(eased.tally.cohorts))
        change = (cohort != place.cohort) - (old.cohort not in (None, place.cohort))
        week = edit_previous(eased.week, {client.id}, cohort=cohort)
        if change:
            terms = {("continuity.cohort", client.id, ""): change}
            yield eased.mutation(f"{client.id} was in {cohort}", terms=terms, week=week)


def another_leader(case: Case, rng: Random) -> Found:
    """Another led the cohort last week, or leads it now, all week."""
    eased = case.eased("payers", "pins")
    previous = eased.week.previous
    for number, old in enumerate(previous.leaders):
        opened = eased.tally.opened.get(old.cohort)
        agenda = eased.tally.cohorts[old.cohort].agenda
        blocks = next(one for one in eased.week.agendas if one.id == agenda).blocks
        if opened is None or not any(need.lead for block in blocks for need in block.staff):
            continue
        was = int(old.leader != opened.leader)
        key = ("continuity.leader", old.cohort, "")
        for leader in shuffled([one.id for one in eased.week.clinicians], rng):
            change = int(leader != opened.leader) - was
            week = put(eased.week, previous=edit_at(previous, "leaders", number, leader=leader))
            if change:
                yield eased.mutation(f"{leader} led {old.cohort}", terms={key: change}, week=week)
        if was or opened.leader is None:
            continue
        week, name = stand_in(eased.week, opened.leader)
        meetings = tuple(
            put(
                meeting,
                staff=tuple(
                    put(entry, clinician=name)
                    if meeting.cohort == old.cohort and entry.clinician == opened.leader
                    else entry
                    for entry in meeting.staff
                ),
            )
            for meeting in eased.roster.facilitation
        )
        place = eased.roster.cohorts.index(opened)
        roster = put(edit_at(eased.roster, "cohorts", place, leader=name), facilitation=meetings)
        yield eased.mutation(f"{name} leads {old.cohort}", terms={key: 1}, week=week, roster=roster)


def session_moved(case: Case, rng: Random) -> Found:
    """A session is moved to another time."""
    eased = case.eased("dosage", "timing", "supplies", "pins")
    for number, session in eased.sessions(rng):
        (name,) = session.clients
        client, key = eased.tally.clients[name], ("continuity.session", f"{name} {session.service}", "")
        if name not in eased.tally.previous or client.prescription is None:
            continue
        if not movable(eased, session):
            continue
        times = [one for one in possible(eased, session) if not clashes(eased, session, *one)]
        for day, start in rng.sample(times, min(2, len(times))):
            week, roster = moved(eased, number, day, start)
            change = _moved(eased, week, roster, name, session.service)
            change -= _moved(eased, eased.week, eased.roster, name, session.service)
            if change:
                what = f"session {number} to {day.code} {start}"
                yield eased.mutation(what, terms={key: change}, week=week, roster=roster)


def session_elsewhere_before(case: Case, rng: Random) -> Found:
    """Last week's session was at another time of its day."""
    previous = case.week.previous
    for number, old in shuffled(enumerate(previous.sessions), rng):
        service, client = case.tally.services[old.service], case.tally.clients[old.client]
        placed = old.client in case.tally.placements and old.client in case.tally.previous
        if service.is_open_group or not placed or client.prescription is None:
            continue
        start = rng.randrange(7 * 60, 20 * 60, case.week.grid)
        week = put(case.week, previous=edit_at(previous, "sessions", number, start=start))
        change = _moved(case, week, case.roster, old.client, old.service)
        change -= _moved(case, case.week, case.roster, old.client, old.service)
        if change:
            terms = {("continuity.session", f"{old.client} {old.service}", ""): change}
            yield case.mutation(f"session {number} of last week at {start}", terms=terms, week=week)


def _moved(case: Case, week, roster, client: str, service: str) -> int:
    """Minutes by which a client's sessions of a service moved, each up to the cap."""
    before = sorted(
        one.day * 1440 + one.start
        for one in week.previous.sessions
        if (one.client, one.service) == (client, service)
    )
    now = [one.day * 1440 + one.start for one in Tally(week, roster).sessions(client, service)]
    cap = case.policy.limits.session_move_cap
    return sum(min(cap, abs(one - other)) for one, other in zip(before, now, strict=False))


CONTINUITY = (
    session_moved,
    another_leader,
    other_last_week,
    from_another_cohort,
    session_elsewhere_before,
)


# preferences


def other_wishes(case: Case, rng: Random) -> Found:
    """A client would rather have another slot, or other days, or not come for a session alone."""
    for client, place in case.placed(rng):
        wish = client.preferences
        days_ = tuple(sorted(rng.sample(WEEK, 3)))
        slots = tuple(rng.sample([one.id for one in case.week.slots], 1))
        slot = case.tally.opened[place.cohort].slot
        terms: dict[tuple[str, str, str], int] = {}
        for sign, wanted_slots, wanted_days, compact in (
            (1, slots, days_, not wish.compact),
            (-1, wish.slots, wish.days, wish.compact),
        ):
            others = set(place.days) - set(wanted_days) if wanted_days else set()
            alone = {one.day for one in case.tally.sessions(client.id) if one.site is not None}
            alone = alone - set(case.tally.attended(client.id)) if compact else set()
            for penalty, amount, when in (
                ("slot", int(bool(wanted_slots) and slot not in wanted_slots), ""),
                ("day", len(others), days(others)),
                ("compact", len(alone), days(alone)),
            ):
                key = (f"preferences.{penalty}", client.id, when)
                terms[key] = terms.get(key, 0) + sign * amount
        changed = put(wish, slots=slots, days=days_, compact=not wish.compact)
        week = edit(case.week, "clients", client.id, preferences=changed)
        if any(terms.values()):
            yield case.mutation(f"{client.id} wishes {slots} {days_}", terms=terms, week=week)


def other_clinician(case: Case, rng: Random) -> Found:
    """A client has a session with somebody else than the clinician preferred."""
    eased = case.eased("pins", "payers")
    for number, session in eased.sessions(rng):
        (name,) = session.clients
        if name not in eased.tally.placements or len(session.staff) > 1:
            continue
        giver = session.staff[0].clinician
        wish = put(eased.tally.clients[name].preferences, clinicians=(giver,))
        week = edit(eased.week, "clients", name, preferences=wish)
        base = Case(case.name, week, eased.roster, eased.policy)
        week, roster = restaffed(week, eased.roster, number)
        key = ("preferences.clinician", name, at(session.day, base.tally.interval(session)))
        what = f"{name} without {giver} in session {number}"
        yield base.mutation(what, terms={key: 1}, week=week, roster=roster)


PREFERENCES = (other_wishes, other_clinician)

KINDS = {"pins": PINS, "continuity": CONTINUITY, "preferences": PREFERENCES}
