"""A roster as the numbers that Timefold's side knows, and back (see ``Decisions.java``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iop_sched.bench.peers.timefold_plan import MeetingPlan, Plan, Seat, SessionPlan
from iop_sched.week.roster import (
    BlockStaff,
    Meeting,
    OpenCohort,
    Placement,
    Roster,
    Session,
    SessionStaff,
)
from iop_sched.week.times import Day, Id, clock


def from_numbers(plan: Plan, numbers: Sequence[int]) -> Roster:
    """The roster that the Java side wrote."""
    return _Reader(plan, numbers).roster()


class _Reader:
    def __init__(self, plan: Plan, numbers: Sequence[int]) -> None:
        self.plan = plan
        self.numbers = iter(numbers)
        self.people = list(plan.clinicians)
        self.rooms = list(plan.rooms)
        self.sites = list(plan.sites)

    def roster(self) -> Roster:
        opened: dict[Id, int] = {}
        cohorts, meetings, placements = [], [], []
        sessions: list[Session] = []
        leaders: dict[Id, Id | None] = {}
        for cohort in self.plan.week.cohorts:
            option, leader = self._next(), self._person()
            if option >= 0:
                opened[cohort.id], leaders[cohort.id] = option, leader
                chosen = cohort.options[option]
                cohorts.append(
                    OpenCohort(cohort=cohort.id, slot=chosen.slot, days=chosen.days, leader=leader)
                )
        for meeting in self.plan.meetings:
            found = self._meeting(meeting, leaders.get(meeting.key.cohort))
            if opened.get(meeting.key.cohort) == meeting.key.option:
                meetings.append(found)
        for client, columns in zip(self.plan.clients, self.plan.columns, strict=True):
            number, primary = self._next(), self._person()
            if number >= 0:
                column = columns[number]
                placements.append(
                    Placement(
                        client=client,
                        cohort=column.cohort,
                        days=column.days,
                        start=column.start,
                        last=column.last,
                        primary=primary,
                    )
                )
        for session in self.plan.sessions:
            sessions += self._session(session)
        return Roster(
            cohorts=tuple(cohorts),
            placements=tuple(placements),
            facilitation=tuple(meetings),
            sessions=tuple(sorted(sessions, key=lambda s: (s.day, s.start, s.service, s.clients))),
        )

    def _next(self) -> int:
        return next(self.numbers)

    def _person(self) -> Id | None:
        number = self._next()
        return None if number < 0 else self.people[number]

    def _room(self) -> Id | None:
        number = self._next()
        return None if number < 0 else self.rooms[number]

    def _meeting(self, meeting: MeetingPlan, leader: Id | None) -> Meeting:
        held, room = bool(self._next()), self._room()
        staff = [
            BlockStaff(block=timed.block.id, need=index, clinician=leader)
            for timed in meeting.blocks
            for index, need in enumerate(timed.block.staff)
            if held and need.lead and leader is not None
        ]
        for seat in meeting.seats:
            person = self._person()
            if held and person is not None:
                block = meeting.blocks[seat.block].block.id
                staff.append(BlockStaff(block=block, need=seat.need, clinician=person))
        key = meeting.key
        return Meeting(cohort=key.cohort, day=key.day, held=held, room=room, staff=tuple(staff))

    def _session(self, session: SessionPlan) -> Iterator[Session]:
        present, day, place, start = bool(self._next()), self._next(), self._next(), self._next()
        room = self._room()
        seats = [Seat(0, 0, False, ()), *session.seats]
        staff = [
            SessionStaff(need=seat.need, clinician=person)
            for seat in seats
            if (person := self._person()) is not None
        ]
        lines = [self._next() for _ in range(self._next())]
        joined = lines if session.line is None else [session.line]
        if present:
            yield Session(
                service=session.service.id,
                clients=tuple(self.plan.lines[line].client.id for line in sorted(joined)),
                staff=tuple(staff),
                day=Day(day),
                start=clock(start),
                site=None if place < 0 else self.sites[place],
                room=room,
                offering=session.offering,
            )


def to_numbers(plan: Plan, roster: Roster) -> list[int]:
    """A roster as the Java side reads it; what the plan has no number for is left out."""
    return list(_Writer(plan, roster).numbers())


class _Writer:
    def __init__(self, plan: Plan, roster: Roster) -> None:
        self.plan = plan
        self.opened = {one.cohort: one for one in roster.cohorts}
        self.held = {(one.cohort, one.day): one for one in roster.facilitation if one.held}
        self.placed = {one.client: one for one in roster.placements}
        self.sessions = list(roster.sessions)

    def numbers(self) -> Iterator[int]:
        """In the order of ``Decisions.java``."""
        for cohort in self.plan.week.cohorts:
            yield self._option(cohort.id)
            yield self._person(self.opened[cohort.id].leader if cohort.id in self.opened else None)
        for meeting in self.plan.meetings:
            yield from self._meeting(meeting)
        for client, columns in zip(self.plan.clients, self.plan.columns, strict=True):
            place = self.placed.get(client)
            yield next(
                (
                    number
                    for number, column in enumerate(columns)
                    if place is not None
                    and (column.cohort, column.days) == (place.cohort, place.days)
                    and (column.start, column.last) == (place.start, place.last)
                    and column.option == max(0, self._option(place.cohort))
                ),
                -1,
            )
            yield self._person(place.primary if place else None)
        for session in self.plan.sessions:
            yield from self._session(session)

    def _option(self, cohort: Id | None) -> int:
        opened = self.opened.get(cohort or "")
        if cohort is None or opened is None:
            return -1
        options = self.plan.facts.cohorts[cohort].options
        return next(
            number for number, o in enumerate(options) if (o.slot, o.days) == (opened.slot, opened.days)
        )

    def _person(self, person: Id | None) -> int:
        return -1 if person is None else self.plan.clinicians[person]

    def _room(self, room: Id | None) -> int:
        return -1 if room is None else self.plan.rooms[room]

    def _meeting(self, meeting: MeetingPlan) -> Iterator[int]:
        key = meeting.key
        open_here = self._option(key.cohort) == key.option
        held = self.held.get((key.cohort, key.day)) if open_here else None
        # a meeting that is not due in this roster would be held if it were
        yield from (int(held is not None or not open_here), self._room(held.room if held else None))
        leader = self.opened[key.cohort].leader if open_here else None
        staff = [(entry.block, entry.need, entry.clinician) for entry in held.staff] if held else []
        for timed in meeting.blocks:
            for index, need in enumerate(timed.block.staff):
                if need.lead and (timed.block.id, index, leader) in staff:
                    staff.remove((timed.block.id, index, leader or ""))
        for seat in meeting.seats:
            block = meeting.blocks[seat.block].block.id
            found = next((entry for entry in staff if entry[:2] == (block, seat.need)), None)
            if found is not None:
                staff.remove(found)
            yield self._person(found[2] if found else None)

    def _session(self, session: SessionPlan) -> Iterator[int]:
        found = next((one for one in self.sessions if self._is(session, one)), None)
        if found is None:
            yield from (0, -1, -1, -1, -1, *[-1] * (1 + len(session.seats)), 0)
            return
        self.sessions.remove(found)
        place = -1 if found.site is None else self.plan.sites[found.site]
        yield from (1, int(found.day), place, found.start, self._room(found.room))
        staff = sorted(found.staff, key=lambda entry: entry.need)
        yield from [self._person(entry.clinician) for entry in staff]
        joined = [
            number
            for number, line in enumerate(self.plan.lines)
            if session.line is None and line.service == session.service and line.client.id in found.clients
        ]
        yield from (len(joined), *joined)

    def _is(self, session: SessionPlan, one: Session) -> bool:
        if one.service != session.service.id or one.offering != session.offering:
            return False
        return session.line is None or self.plan.lines[session.line].client.id in one.clients
