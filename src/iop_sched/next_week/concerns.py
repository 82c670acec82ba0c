"""Finds whom the turn of the week concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from iop_sched.next_week.affected import (
    Affected,
    Authorised,
    BelowFloor,
    Dropped,
    Fill,
    Left,
    Opening,
    Passed,
    Shortage,
    StepDown,
    Unit,
    Waiting,
    WaitsFor,
    WaivedPlace,
)
from iop_sched.next_week.clients import A_WEEK
from iop_sched.next_week.stranded import stranded
from iop_sched.next_week.this_week import ThisWeek
from iop_sched.next_week.too_few import too_few
from iop_sched.rules.facts import Facts
from iop_sched.rules.weekly_hours import floor
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day


def affected(this: ThisWeek, coming: ProgramWeek, lasting: ProgramWeek) -> Affected:
    """Whom the turn from this week to the coming one concerns; ``lasting``: see ``advance``."""
    facts = Facts(coming)
    running = {cohort.id for cohort in this.week.cohorts if cohort.status == "running"}
    return Affected(
        began=tuple(
            client.id
            for client in this.week.clients
            if client.id in this.treated and not this.schedule.facts.is_current(client)
        ),
        left=tuple(_left(this, facts)),
        opened=tuple(one.cohort for one in this.roster.cohorts if one.cohort not in running),
        authorisations=tuple(_authorisations(facts)),
        fill=tuple(_fill(facts)),
        too_few=tuple(too_few(this, facts)),
        openings=tuple(_openings(this, facts)),
        below_floor=tuple(_below_floor(this)),
        step_downs=tuple(_step_downs(this, facts)),
        waiting=tuple(_waiting(this, facts)),
        passed=tuple(_passed(this, facts)),
        waived=tuple(_waived(this, facts)),
        stranded=tuple(stranded(facts)),
        dropped=_dropped(this.week, lasting),
    )


def _left(this: ThisWeek, coming: Facts) -> Iterator[Left]:
    for client in this.week.clients:
        if client.id in coming.clients:
            continue
        last, assessed = this.last_date(client), this.assessed(client)
        if this.discharged(client) and last is not None:
            yield Left(client.id, "discharged", last)
        elif assessed is not None:
            yield Left(client.id, "assessed", this.date_of(assessed.day))


def _authorisations(coming: Facts) -> Iterator[Authorised]:
    monday = coming.week.week_of
    for client in coming.treated:
        agreed = client.authorisation
        if agreed is None:
            continue
        left = (agreed.days or 0) if agreed.hours is None else agreed.hours
        needs = _needs(client, in_days=agreed.hours is None)
        why = _shortage(agreed.last, left, needs, monday)
        if why is not None:
            unit: Unit = "days" if agreed.hours is None else "hours"
            yield Authorised(client.id, why, agreed.last, left, needs, unit)


def _shortage(last: date, left: float, needs: float, monday: date) -> Shortage | None:
    if last < monday:
        return "ended"
    if left == 0:
        return "used up"
    if last <= monday + A_WEEK:
        return "ends"
    return "runs out" if left <= needs else None


def _needs(client: Client, in_days: bool) -> float:
    """What a week takes of an authorisation: target hours, or the fewest days."""
    prescription = client.prescription
    if prescription is None:
        return 0
    if not in_days:
        return prescription.hours.target
    sessions = sum(line.min_count for line in prescription.services)
    return min(prescription.days, default=min(7, sessions))


def _fill(coming: Facts) -> Iterator[Fill]:
    for cohort in coming.week.cohorts:
        if cohort.status == "running":
            members = len(coming.inherited_members.get(cohort.id, ()))
            yield Fill(cohort.id, members, cohort.members.min, cohort.members.max)


def _openings(this: ThisWeek, coming: Facts) -> Iterator[Opening]:
    found = []
    for client in this.week.clients:
        placement = this.schedule.placements.get(client.id)
        if placement is None or placement.cohort not in coming.cohorts or client.id not in this.treated:
            continue
        if client.id not in coming.clients:
            days = len(placement.days)
            found.append(Opening(placement.cohort, client.id, this.next_monday, "discharge", days))
            continue
        last = this.last_date(client)
        if last is not None:
            free = last + timedelta(days=1)
            found.append(Opening(placement.cohort, client.id, free, "discharge", len(placement.days)))
        before = len(placement.days)
        for step in client.prescription.steps if client.prescription is not None else ():
            after = max(step.days, default=0)
            if after < before and (last is None or step.week_of <= last):
                found.append(Opening(placement.cohort, client.id, step.week_of, "step-down", before - after))
                before = after
    order = list(coming.cohorts)
    yield from sorted(found, key=lambda one: (order.index(one.cohort), one.on, one.client))


def _below_floor(this: ThisWeek) -> Iterator[BelowFloor]:
    for client, placement in this.schedule.placed:
        if client.prescription is None or client.id not in this.treated:
            continue
        if client.absences and not this.schedule.attended_days(client):
            continue  # excused from all of it
        least = floor(this.schedule.facts, client, client.prescription)
        scheduled, attended = sum(this.scheduled(client)), sum(this.received(client))
        if min(scheduled, attended) < least:
            came = [
                day for day in this.schedule.attended_days(client) if not this.attended.missed(client.id, day)
            ]
            yield BelowFloor(client.id, least, scheduled, attended, len(came), len(placement.days))


def _step_downs(this: ThisWeek, coming: Facts) -> Iterator[StepDown]:
    """Steps that next week takes, then those still to come."""
    found = []
    for client in this.week.clients:
        later = coming.clients.get(client.id)
        if later is None or client.prescription is None or later.prescription is None:
            continue
        before = client.prescription.days
        if client.id in this.treated and len(later.prescription.steps) < len(client.prescription.steps):
            found.append(StepDown(client.id, coming.week.week_of, True, before, later.prescription.days))
        before = later.prescription.days
        for step in later.prescription.steps:
            found.append(StepDown(client.id, step.week_of, False, before, step.days))
            before = step.days
    yield from sorted(found, key=lambda one: one.on)


def _waiting(this: ThisWeek, coming: Facts) -> Iterator[Waiting]:
    there = this.schedule.facts.clients
    found = [
        Waiting(
            client.id,
            client.priority,
            client.waiting_days,
            _waits_for(client),
            client.id in there and this.schedule.facts.is_current(there[client.id]),
        )
        for client in coming.week.clients
        if not coming.is_current(client)
    ]
    yield from sorted(found, key=lambda one: (-one.priority, -one.days))


def _waits_for(client: Client) -> WaitsFor:
    if client.intake is not None and client.intake.insurance == "pending":
        return "insurance"
    if client.intake is not None and client.intake.assessment is not None:
        return "an assessment"
    return "a place"


def _passed(this: ThisWeek, coming: Facts) -> Iterator[Passed]:
    for client in this.week.clients:
        if client.id in this.treated or client.id not in coming.clients:
            continue
        intake, stay = client.intake, client.stay
        session = this.schedule.assessment_session(client)
        if session is not None and this.missed_assessment(client):
            yield Passed(client.id, "assessment missed", this.date_of(session.day))
        elif session is None and intake is not None and intake.assessment and intake.deadline < Day.SUN:
            yield Passed(client.id, "assessment", this.date_of(intake.deadline))
        if stay.latest_start < Day.SUN and client.prescription is not None:
            yield Passed(client.id, "start", this.date_of(stay.latest_start))
        if stay.last_day is not None:
            yield Passed(client.id, "last day", this.date_of(stay.last_day))


def _waived(this: ThisWeek, coming: Facts) -> Iterator[WaivedPlace]:
    for pin in this.week.pins:
        target = pin.place or pin.session
        if target is not None and pin.overrides and target.client in coming.previous:
            yield WaivedPlace(target.client, pin.id, tuple(pin.overrides))


def _dropped(week: ProgramWeek, lasting: ProgramWeek) -> Dropped:
    now = Facts(week)
    return Dropped(
        tuple(sorted({closure.day for closure in week.closures})),
        tuple(client.id for client in week.clients if client.absences),
        tuple(clinician.id for clinician in week.clinicians if clinician.away),
        tuple(pin.id for pin in week.pins),
        tuple(one.id for one in lasting.rooms if now.rooms.get(one.id) != one),
        tuple(one.id for one in lasting.care_teams if now.teams.get(one.id) != one),
        tuple(one.id for one in lasting.clients if now.clients[one.id].prescription != one.prescription),
    )
