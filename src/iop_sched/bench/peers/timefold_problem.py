"""The problem as numbers, as ``benchmarks/peers/timefold/peer/Facts.java`` reads it.

Penalties are written as they weigh in the weighted sum: the policy's weight times its tier's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iop_sched.bench.peers.timefold_plan import Line, MeetingPlan, Plan, Run, Seat, SessionPlan
from iop_sched.cpsat.model import Column
from iop_sched.cpsat.primary import own_services
from iop_sched.week.base import minutes
from iop_sched.week.people import Client, Clinician
from iop_sched.week.places import Room
from iop_sched.week.policy import PENALTIES, RULES
from iop_sched.week.times import DAY_MINUTES, WEEK, Id, round_up, week_minute

WEIGHTS = (
    "weekly-hours.short",
    "meeting-held",
    "cohort-size.below",
    "meeting-attendance.below",
    "continuity.leader",
    "continuity.primary",
    "continuity.session",
    "primary.cover",
    "preferences.clinician",
    "preferences.compact",
    "cost.meeting",
    "cost.staff",
    "cost.overtime",
)
"""In the order of ``Facts.Penalty``."""

Numbers = Iterator[int | str]


def problem(plan: Plan) -> str:
    """The text of the problem, without the roster to start from."""
    return " ".join(map(str, _Writer(plan).everything()))


def _list(numbers: Sequence[int]) -> Numbers:
    yield len(numbers)
    yield from numbers


def _lists(lists: Sequence[Sequence[int]]) -> Numbers:
    yield len(lists)
    for one in lists:
        yield from _list(one)


def _or_none(hours: float | None) -> int:
    return -1 if hours is None else minutes(hours)


def _flat(intervals: Iterable[tuple[int, int]]) -> list[int]:
    return [minute for interval in intervals for minute in interval]


class _Writer:
    """Writes each section; the order of fields is that of the Java constructors."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.facts, self.policy, self.week = plan, plan.facts, plan.policy, plan.week

    def weight(self, penalty: str) -> int:
        """What one unit of a penalty costs in the weighted sum; 0 when its rule is off."""
        rule = PENALTIES[penalty].rule
        if rule in RULES and self.policy.mode(rule) == "off":
            return 0
        return self.policy.weight(penalty) * self.policy.tier_weights[PENALTIES[penalty].tier]

    def everything(self) -> Numbers:
        """All sections."""
        most_new = self.week.max_new_cohorts
        yield from ("week", self.week.grid, self.policy.limits.session_move_cap)
        yield from (-1 if most_new is None else most_new, len(self.week.levels), "travel")
        sites = list(self.plan.sites)
        yield from _lists([[self.facts.travel(one, other) for other in sites] for one in sites])
        yield "weights"
        dear = len(self.facts.current_treated) + 1
        factors = {"meeting-held": dear}
        yield from _list([self.weight(name) * factors.get(name, 1) for name in WEIGHTS])
        yield from ("clinicians", len(self.week.clinicians))
        for clinician in self.week.clinicians:
            yield from self._clinician(clinician)
        yield from ("rooms", len(self.week.rooms))
        for room in self.week.rooms:
            yield from self._room(room)
        yield from self._cohorts()
        yield from ("meetings", len(self.plan.meetings))
        for meeting in self.plan.meetings:
            yield from self._meeting(meeting)
        yield from ("clients", len(self.facts.treated))
        for client in self.facts.treated:
            yield from self._client(client)
        yield from ("lines", len(self.plan.lines))
        for line in self.plan.lines:
            yield from self._line(line)
        yield from ("sessions", len(self.plan.sessions))
        for session in self.plan.sessions:
            yield from self._session(session)

    def _people(self, people: Iterable[Id]) -> Numbers:
        yield from _list([self.plan.clinicians[who] for who in people])

    def _place(self, place: Id | None) -> int:
        return -1 if place is None else self.plan.sites[place]

    def _clinician(self, clinician: Clinician) -> Numbers:
        grid = self.week.grid
        yield clinician.turnaround
        yield from _lists([[p.minutes, round_up(p.start, grid), p.end - p.minutes] for p in clinician.breaks])
        for day in WEEK:
            places = [None, *self.plan.sites]
            yield from _lists([_flat(self.plan.works(clinician, day, place)) for place in places])
        working = sum(self.facts.working_minutes(clinician, day) for day in WEEK)
        yield max(0, working - minutes(clinician.admin_hours))
        yield _or_none(clinician.max_hours_day)
        yield _or_none(clinician.max_hours_week)
        yield -1 if clinician.max_groups_day is None else clinician.max_groups_day
        yield _or_none(clinician.contract_hours)
        inherited = sum(
            self.facts.previous[client.id].primary == clinician.id for client in self.facts.current_treated
        )
        yield -1 if clinician.caseload is None else max(clinician.caseload, inherited)
        yield from _list([self.plan.payers[payer] for payer in clinician.payers])

    def _room(self, room: Room) -> Numbers:
        yield from (self.plan.sites[room.site], room.capacity)
        hours = [[w.interval for w in room.available if day in w.days] for day in WEEK]
        open_all = [(0, DAY_MINUTES)]
        yield from _lists([_flat(hours[day] if room.available else open_all) for day in WEEK])

    def _inherited(self, cohort: Id) -> list[Client]:
        return [c for c in self.facts.current_treated if self.facts.previous[c.id].cohort == cohort]

    def _cohorts(self) -> Numbers:
        yield from ("cohorts", len(self.week.cohorts))
        for cohort in self.week.cohorts:
            plans = [(n, m) for n, m in enumerate(self.plan.meetings) if m.key.cohort == cohort.id]
            led = any(n.lead for b in self.facts.agendas[cohort.agenda].blocks for n in b.staff)
            last = [e.leader for e in self.week.previous.leaders if e.cohort == cohort.id and led]
            leaders = {who: None for _, meeting in plans for who in meeting.leaders}
            yield int(cohort.status == "running")
            yield cohort.members.min
            yield max(cohort.members.max, len(self._inherited(cohort.id)))
            yield self.plan.clinicians[last[0]] if last else -1
            yield from self._people(leaders)
            options = range(len(cohort.options))
            yield from _lists([[n for n, m in plans if m.key.option == option] for option in options])

    def _meeting(self, meeting: MeetingPlan) -> Numbers:
        key = meeting.key
        cohort = self.facts.cohorts[key.cohort]
        start, end = self.facts.span(key)
        place = self._place(self.facts.meeting_place(cohort))
        yield from (self.plan.cohorts[key.cohort], key.option, int(key.day), place, start, end)
        yield from (int(meeting.possible), int(meeting.led))
        yield from self._people(meeting.leaders)
        yield from _list([self.plan.rooms[room] for room in meeting.rooms])
        yield from ("blocks", len(meeting.blocks))
        for timed in meeting.blocks:
            block = timed.block
            inherited = [
                client
                for client in self._inherited(cohort.id)
                if key.day in self.facts.previous[client.id].days
                and (not block.levels or client.level in block.levels)
            ]
            band = block.attendance
            yield from (timed.start, timed.end, block.minutes, int(block.counts), int(block.may_leave))
            yield -1 if band is None else band.min
            yield -1 if band is None else max(band.max, len(inherited))
            yield -1 if block.ratio is None else block.ratio
            yield from (int(bool(block.staff)), int(any(need.lead for need in block.staff)))
            yield from _list([int(not block.levels or level in block.levels) for level in self.plan.levels])
        yield from self._seats(meeting.seats)

    def _seats(self, seats: Sequence[Seat]) -> Numbers:
        yield from ("seats", len(seats))
        for seat in seats:
            yield from (seat.block, int(seat.optional))
            yield from self._people(seat.people)

    def _client(self, client: Client) -> Numbers:
        assert client.prescription is not None
        overridden = self.facts.overridden
        bound = not overridden("weekly-hours", client.id)
        previous = self.facts.previous.get(client.id)
        primary = previous.primary if previous else None
        strict = self.facts.strict_payer(client)
        yield self.plan.levels[client.level]
        yield self._unplaced(client)
        yield from (client.prescription.hours.aim, self.facts.needed(client))
        yield self.facts.floor(client) if bound else -1
        yield self.facts.ceiling(client) if bound else -1
        yield int(not overridden("stay", client.id))
        yield int(not overridden("cohort-size", client.id))
        yield int(not overridden("meeting-attendance", client.id))
        yield int(client.preferences.compact)
        yield self.plan.payers[client.payer] if strict and client.payer else -1
        yield int(bool(own_services(self.plan.model, client)))
        yield self.plan.clinicians.get(primary or "", -1)
        yield from self._people(self.plan.primaries(client))
        columns = self.plan.columns[self.plan.clients[client.id]]
        yield from ("columns", len(columns))
        for column in columns:
            yield from self._column(client, column)

    def _unplaced(self, client: Client) -> int:
        limits = self.policy.limits
        waiting = min(limits.waiting_cap, limits.waiting_points * client.waiting_days)
        points = limits.priority_points * client.priority + waiting
        kept = self.weight("kept") if self.facts.current(client) else 0
        return kept + self.weight("placed") * points

    def _column(self, client: Client, column: Column) -> Numbers:
        cohort = -1 if column.cohort is None else self.plan.cohorts[column.cohort]
        yield from (cohort, column.option, len(column.days), int(column.start), int(column.last))
        yield self._column_cost(client, column)
        keys = [column.meeting(day) for day in column.scheduled]
        yield from _list([self.plan.meeting_numbers[key] for key in keys])

    def _column_cost(self, client: Client, column: Column) -> int:
        """Penalties that follow from the column alone."""
        wish, previous = client.preferences, self.facts.previous.get(client.id)
        days = set(column.days)
        cost = 0
        if previous is None:
            late = max(0, column.start - client.stay.earliest_start)
            cost += self.weight("stay.delay") * late
        else:
            before = set(previous.days)
            cost += self.weight("continuity.day") * (min(len(before), len(days)) - len(before & days))
        if wish.days:
            cost += self.weight("preferences.day") * len(days - set(wish.days))
        if column.cohort is None:
            return cost
        slot = self.facts.cohorts[column.cohort].options[column.option].slot
        if wish.slots and slot not in wish.slots:
            cost += self.weight("preferences.slot")
        if previous is not None:
            moved = previous.cohort is not None and previous.cohort != column.cohort
            cost += self.weight("continuity.cohort") * moved
            cost += self.weight("continuity.slot") * (previous.slot is not None and previous.slot != slot)
        return cost

    def _line(self, line: Line) -> Numbers:
        client, item, service = line
        group = service.is_open_group
        yield from (self.plan.clients[client.id], service.minutes)
        yield self.facts.cells(service.minutes) * self.week.grid
        yield item.min_count
        yield item.max_count if group else 0
        yield self.weight("service-delivery.missing") * service.points
        yield from (int(service.counts), int(service.primary), self.facts.people(client, service))
        before = () if group else self.facts.previous_sessions(client.id, service.id)
        current = self.facts.current(client)
        yield from _list([week_minute(s.day, s.start) for s in before] if current else [])
        yield from self._people(() if group else self._preferred(line))
        unsuited = [c.id for c in self.week.clinicians if not self.facts.suits(c, client)]
        yield from self._people(unsuited if group else ())
        yield from _list(self.plan.groups.get(service.id, []) if group else [])
        yield from self._runs(self.plan.allowed(line) if group else [])

    def _preferred(self, line: Line) -> Iterable[Id]:
        """Preferred clinicians, if one of them could give the service."""
        named = [self.facts.clinicians[who] for who in line.client.preferences.clinicians]
        able = any(
            self.facts.suits(clinician, line.client)
            and any(self.facts.qualified(clinician, need) for need in line.service.staff)
            for clinician in named
        )
        return [clinician.id for clinician in named] if able else []

    def _runs(self, runs: Sequence[Run]) -> Numbers:
        yield from _lists([(int(day), self._place(place), a, b) for day, place, a, b in runs])

    def _session(self, session: SessionPlan) -> Numbers:
        yield -1 if session.line is None else session.line
        yield self.facts.cells(session.service.minutes) * self.week.grid
        yield int(session.service.room_kind is not None)
        yield from self._runs(session.runs)
        yield from self._people(session.givers)
        yield from _list([self.plan.rooms[room] for room in session.rooms])
        yield from self._seats(session.seats)
