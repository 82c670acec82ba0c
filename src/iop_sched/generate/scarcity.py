"""How scarce seats, hours and rooms are in a generated week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iop_sched.generate.build import Generated
from iop_sched.rules.client_time import pattern_clashes
from iop_sched.rules.eligibility import mismatches
from iop_sched.rules.facts import Facts
from iop_sched.rules.schedule import Schedule
from iop_sched.week.people import Client
from iop_sched.week.places import Room
from iop_sched.week.times import Day, Interval, intersect

DAY: Interval = (8 * 60 + 30, 21 * 60)
"""The hours in which a room is counted, unless it says otherwise."""
ROLES = (
    ("therapist",),
    ("counselor",),
    ("psychiatrist", "psychiatric-nurse"),
    ("case-manager",),
    ("body-worker",),
)


@dataclass(frozen=True)
class Scarce:
    """One resource. ``unit`` is people or hours; ``asked`` by everybody, ``used`` by the planted roster.

    A seat is asked for in every slot in which somebody could come; hours of staff are those planted and those
    of the sessions that are prescribed and not planted.
    """

    name: str
    unit: str
    asked: float
    used: float
    there: float

    @property
    def percent(self) -> int:
        """Part of what there is that the planted roster uses."""
        return round(100 * self.used / self.there) if self.there else 0


def scarcity(generated: Generated) -> list[Scarce]:
    """Seats by slot, hours by role, hours of rooms by kind."""
    schedule = Schedule.of(generated.week, generated.roster)
    return [*_seats(schedule), *_roles(schedule), *_rooms(schedule)]


# Seats


def _seats(schedule: Schedule) -> Iterator[Scarce]:
    facts = schedule.facts
    for slot in facts.slots:
        cohorts = [cohort.id for cohort in facts.week.cohorts if cohort.options[0].slot == slot]
        cohorts = [name for name in cohorts if name in schedule.open_cohorts]
        there = sum(facts.cohorts[name].members.max for name in cohorts)
        used = sum(len(schedule.members[name]) for name in cohorts)
        asked = sum(_can_come(facts, client, slot) for client in facts.treated)
        yield Scarce(f"seats in the {slot}", "people", asked, used, there)


def _can_come(facts: Facts, client: Client, slot: str) -> bool:
    """Whether a client suits some cohort of a slot, in kind and in time."""
    if client.group_optional or client.prescription is None:
        return False
    for cohort in facts.week.cohorts:
        if any(mismatches(client, cohort)):
            continue
        for option in cohort.options:
            allowed = [day for day in option.days if day in client.prescription.weekdays]
            free = [day for day in allowed if not any(pattern_clashes(facts, client, cohort.id, slot, [day]))]
            if option.slot == slot and len(free) >= min(client.prescription.days):
                return True
    return False


# Staff


def _roles(schedule: Schedule) -> Iterator[Scarce]:
    facts = schedule.facts
    missing = _missing_of_roles(schedule)
    for roles in ROLES:
        people = [one for one in facts.week.clinicians if one.roles[0] in roles]
        if not people:
            continue
        used = sum(sum(schedule.loads[one.id]) for one in people)
        there = sum(one.max_hours_week or 0 for one in people)
        asked = used + sum(missing.get(role, 0) for role in roles)
        yield Scarce(f"{roles[0]}s", "hours", asked / 60, used / 60, there)


def _missing_of_roles(schedule: Schedule) -> dict[str, int]:
    """Minutes of sessions that are asked for and not planted, by the first role that may give them."""
    facts = schedule.facts
    missing: dict[str, int] = {}
    for client in facts.week.clients:
        wanted = [(service, line.min_count) for line, service in facts.prescribed(client)]
        if client.intake is not None and client.intake.assessment is not None:
            wanted.append((facts.services[client.intake.assessment], 1))
        for service, count in wanted:
            left = max(0, count - schedule.delivered(client, service.id))
            for need in () if service.is_open_group else service.staff:
                minutes = facts.occ(service.minutes) * left * need.count
                missing[need.roles[0]] = missing.get(need.roles[0], 0) + minutes
    return missing


# Rooms


def _rooms(schedule: Schedule) -> Iterator[Scarce]:
    facts = schedule.facts
    for kind in facts.week.vocabulary.room_kinds:
        used = _used_minutes(schedule, kind)
        there = sum(_open_minutes(facts, room) for room in facts.week.rooms if kind in room.kinds)
        missing = sum(
            facts.occ(service.minutes) * max(0, line.min_count - schedule.delivered(client, service.id))
            for client in facts.treated
            for line, service in facts.prescribed(client)
            if service.room_kind == kind and not service.is_open_group
        )
        yield Scarce(f"rooms ({kind})", "hours", (used + missing) / 60, used / 60, there / 60)


def _used_minutes(schedule: Schedule, kind: str) -> int:
    spans = [
        schedule.span(meeting)
        for meeting in schedule.held
        if meeting.room is not None and schedule.facts.cohorts[meeting.cohort].room_kind == kind
    ]
    spans += [
        schedule.session_interval(session)
        for session in schedule.roster.sessions
        if session.room is not None and schedule.service(session).room_kind == kind
    ]
    return sum(end - start for start, end in spans)


def _open_minutes(facts: Facts, room: Room) -> int:
    found = 0
    for day in [day for day in Day if day < Day.SAT and day in facts.open_days(room.site)]:
        hours = [window.interval for window in room.available if day in window.days]
        found += sum(end - start for start, end in (intersect(hours, [DAY]) if room.available else [DAY]))
    return found
