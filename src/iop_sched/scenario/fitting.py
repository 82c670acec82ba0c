"""Pins about a client whose time, or treatment, has changed.

A pin that says when a client comes could make the week impossible once the client cannot come then: it
falls away, or fixes only the rest of what it named. Whether a place or a session can be is asked of the
client's own record, and for a session of the hours that somebody works; that others compete for room and
staff is for the solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from iop_sched.rules import client_time, eligibility, stay, track
from iop_sched.rules.facts import Facts, assessment
from iop_sched.rules.windows import on_day, touches
from iop_sched.scenario.change import Changed
from iop_sched.scenario.falling import client_of, falling, loosened, without
from iop_sched.scenario.windows import WHOLE_DAY, working
from iop_sched.week.care import Block, Cohort, MeetingOption
from iop_sched.week.pins import Pin, PlacePin, SessionPin
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import WEEK, Day, Interval, covers, intersect, round_up, subtract


def fitting(changed: Changed, before: ProgramWeek, client: str) -> Changed:
    """The week with pins that fix of a client's place and sessions only what still can be.

    What could not be in the week ``before`` either stays as it is.
    """
    if not any(client_of(pin) == client for pin in changed.week.pins):
        return changed
    was = _Client(before, client)
    # What a place leaves free decides about sessions.
    for subject in ("place", "session"):
        pins = [pin for pin in changed.week.pins if getattr(pin, subject) and client_of(pin) == client]
        changed = _settled(changed, _Client(changed.week, client), [pin for pin in pins if was.can_have(pin)])
    return changed


def _settled(changed: Changed, now: _Client, pins: Iterable[Pin]) -> Changed:
    left = {pin.id: next(filter(now.can_have, _less_and_less(pin)), None) for pin in pins}
    changed = falling(changed, lambda pin: left.get(pin.id, pin) is None)
    return loosened(changed, lambda pin: left.get(pin.id) or pin)


def _less_and_less(pin: Pin) -> Iterator[Pin]:
    yield pin
    if pin.place is not None:
        for fields in (("start",), ("days",), ("start", "days")):
            yield without(pin, "place", *fields)


class _Timetable(NamedTuple):
    """A client's cohort with its slot and days, or none for treatment without a cohort."""

    cohort: Cohort | None = None
    option: MeetingOption | None = None
    days: tuple[Day, ...] = ()


class _Client:
    """What a client of a week could have, as far as the client's own record says."""

    def __init__(self, week: ProgramWeek, client: str) -> None:
        self._facts = Facts(week)
        self._client = self._facts.clients[client]
        anywhere = PlacePin(client=client)
        self._place = next(
            (pin.place for pin in week.pins if pin.place and client_of(pin) == client), anywhere
        )

    def can_have(self, pin: Pin) -> bool:
        """Whether the place or the session of a pin can be."""
        if pin.place is not None:
            return any(True for _ in self._timetables(pin.place))
        return pin.session is not None and self._session(pin.session)

    def _set_aside(self, rule: str) -> bool:
        return self._facts.overridden(self._client.id, rule)

    def _timetables(self, fixed: PlacePin) -> Iterator[_Timetable]:
        if self._client.group_optional and fixed.cohort is None and not fixed.days:
            yield _Timetable()
        for cohort in self._facts.cohorts.values():
            if fixed.cohort not in (None, cohort.id) or not self._joins(cohort):
                continue
            for option in cohort.options:
                for days in (fixed.days,) if fixed.days else _patterns(option):
                    found = _Timetable(cohort, option, days)
                    if self._can_come(cohort, option, days) and self._can_start(found, fixed.start):
                        yield found

    def _joins(self, cohort: Cohort) -> bool:
        facts = self._facts
        # What an earlier change of the scenario put in may name what there is not; that is said later.
        known = (
            self._client.level in facts.levels
            and cohort.agenda in facts.agendas
            and cohort.site in facts.sites
            and all(option.slot in facts.slots for option in cohort.options)
        )
        mismatches = eligibility.mismatches(self._client, cohort)
        return known and (self._set_aside(eligibility.RULE) or not any(mismatches))

    def _can_come(self, cohort: Cohort, option: MeetingOption, days: tuple[Day, ...]) -> bool:
        facts, client = self._facts, self._client
        clashes = client_time.pattern_clashes(facts, client, cohort.id, option.slot, days)
        if not self._set_aside(client_time.RULE) and any(clashes):
            return False
        misfits = track.misfits(facts, client, cohort.id, option, days)
        return self._set_aside(track.RULE) or not any(misfits)

    def _can_start(self, table: _Timetable, start: Day | None) -> bool:
        window = self._client.stay
        if self._set_aside(stay.RULE):
            return True
        if self._facts.is_current(self._client):
            return start in (None, Day.MON)
        return any(
            start in (None, day) and window.earliest_start <= day <= min(window.latest_start, self._last)
            for day in table.days
            if self._attended(table, day)
        )

    @property
    def _last(self) -> Day:
        last = self._client.stay.last_day
        return Day.SUN if last is None else last

    def _attended(self, table: _Timetable, day: Day) -> list[tuple[Block, Interval]]:
        """The client's blocks on a day; none where the client is excused, or nothing is due."""
        if table.cohort is None or table.option is None or day not in table.days:
            return []
        facts, cohort = self._facts, table.cohort
        if day not in facts.due_days(cohort, table.option.days):
            return []
        own = facts.own_blocks(self._client, cohort.id, day)
        timed = [(block, facts.block_interval(table.option.slot, block, day)) for block in own]
        excused = any(touches(self._client.absences, day, span) for _, span in timed)
        return [] if excused else timed

    def _session(self, fixed: SessionPin) -> bool:
        if fixed.service not in self._facts.services:
            return False
        days = WEEK if fixed.day is None else (fixed.day,)
        if fixed.service == assessment(self._client):
            return any(self._has_room(fixed, day, _Timetable()) for day in days)
        last = Day.SUN if self._set_aside(stay.RULE) else self._last
        tables = self._timetables(self._place)
        return any(self._has_room(fixed, day, table) for table in tables for day in days if day <= last)

    def _has_room(self, fixed: SessionPin, day: Day, table: _Timetable) -> bool:
        facts = self._facts
        minutes = facts.occ(facts.services[fixed.service].minutes)
        meeting = [span for block, span in self._attended(table, day) if not block.may_leave]
        hours = subtract(self._hours(fixed, day), meeting)
        if fixed.start is not None:
            return covers(hours, (fixed.start, fixed.start + minutes))
        return any(round_up(start, facts.week.grid) + minutes <= end for start, end in hours)

    def _hours(self, fixed: SessionPin, day: Day) -> list[Interval]:
        """When client, loved ones and the clinician who is named, or else any at all, have time on a day."""
        client, hours = self._client, [WHOLE_DAY] if day in self._facts.online_days else []
        if not self._set_aside(client_time.RULE):
            if client.available:
                hours = on_day(client.available, day)
            hours = subtract(hours, on_day((*client.busy, *client.absences), day))
            if self._facts.services[fixed.service].family and client.family and client.family.available:
                hours = intersect(hours, on_day(client.family.available, day))
        staff = [one for one in self._facts.clinicians.values() if fixed.clinician in (None, one.id)]
        return intersect(
            hours, [span for one in staff for span in on_day(working(one.available, one.away), day)]
        )


def _patterns(option: MeetingOption) -> Iterator[tuple[Day, ...]]:
    for number in range(1, len(option.days) + 1):
        yield from combinations(option.days, number)
