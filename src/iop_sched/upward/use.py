"""How much of rooms, clinicians and cohorts is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from iop_sched.report.clinicians import work
from iop_sched.rules import Schedule
from iop_sched.rules.clinician_time import working
from iop_sched.rules.cost import overtime
from iop_sched.rules.facts import Facts
from iop_sched.rules.rooms import room_uses
from iop_sched.rules.windows import on_day
from iop_sched.upward.model import ClinicianUse, CohortFill, RoomUse
from iop_sched.week.base import minutes
from iop_sched.week.places import Room
from iop_sched.week.times import Day, Interval, merge


def room_use(schedule: Schedule) -> Iterator[RoomUse]:
    """Each room of the week, in its order."""
    taken: dict[tuple[str, Day], list[Interval]] = defaultdict(list)
    for use in room_uses(schedule):
        if use.room is not None:
            taken[use.room, use.day].append(use.interval)
    for room in schedule.facts.week.rooms:
        used = sum(_length(times) for (where, _), times in taken.items() if where == room.id)
        yield RoomUse(
            room=room.id, site=room.site, used_minutes=used, open_minutes=_open(schedule.facts, room)
        )


def _open(facts: Facts, room: Room) -> int:
    """A room without hours of its own is open while somebody may be at work at its site."""
    windows = room.available or [
        window
        for one in facts.week.clinicians
        if room.site in one.sites
        for window in one.available
        if window.site in (None, room.site)
    ]
    return sum(_length(on_day(windows, day)) for day in facts.open_days(room.site))


def _length(times: list[Interval]) -> int:
    return sum(end - start for start, end in merge(times))


def clinician_use(schedule: Schedule) -> Iterator[ClinicianUse]:
    """Each clinician of the week, in its order."""
    for one in schedule.facts.week.clinicians:
        groups, sessions = work(schedule, one.id)
        yield ClinicianUse(
            clinician=one.id,
            groups=groups,
            sessions=sessions,
            scheduled_minutes=sum(schedule.loads[one.id]),
            contract_minutes=None if one.contract_hours is None else minutes(one.contract_hours),
            available_minutes=working(schedule.facts, one),
            overtime_minutes=overtime(schedule, one),
        )


def cohort_fill(schedule: Schedule) -> Iterator[CohortFill]:
    """Each open cohort, in the roster's order."""
    for opened in schedule.roster.cohorts:
        cohort = schedule.facts.cohorts[opened.cohort]
        meetings = [one for one in schedule.roster.facilitation if one.cohort == cohort.id]
        yield CohortFill(
            cohort=cohort.id,
            site=cohort.site,
            members=len(schedule.members[cohort.id]),
            least=cohort.members.min,
            most=cohort.members.max,
            held=sum(one.held for one in meetings),
            due=len(meetings),
        )
