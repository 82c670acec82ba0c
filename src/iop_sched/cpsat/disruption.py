"""How much a roster of the model disturbs a given one: the measure of ``compare.disruption`` as an expression.

Written from the definition there, part by part, so that the two can be tested against each other. Each
maximum is a variable bounded from below: the expression is exact where it is minimised or held from above.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from iop_sched.compare.changes import givers
from iop_sched.compare.disruption import POINTS, Wanted, attended, grouped
from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Expr, Literal, Model, SessionVars
from iop_sched.cpsat.tiers import Objective
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, Session, TeamMeeting
from iop_sched.week.times import WEEK, Day, Id

NAME = "changes"
"""What the tier is called that holds the disruption."""

Value = TypeVar("Value", bound=Hashable)
Amount = tuple[str, Expr, int]
"""A part of the measure, its amount, and a number that the amount never exceeds."""


def objective(model: Model, before: Roster, newcomers: Iterable[Id] = ()) -> Objective:
    """The disruption of ``before``, plus a lost place for each newcomer who gets none.

    Variables for it are added to the model.
    """
    wanted = Wanted(before, model.facts.week)
    amounts = [
        *_places(model, before, wanted),
        *_cohorts(model, before),
        *_meetings(model, before),
        *_sessions(model, before, wanted),
        *_attendance(model, before, wanted),
        *_teams(model, before),
        *(("place-lost", 1 - model.placed[client], 1) for client in newcomers if client in model.placed),
    ]
    return Objective(
        NAME,
        sum(POINTS[what] * amount for what, amount, _ in amounts),
        sum(POINTS[what] * upper for what, _, upper in amounts),
    )


def _short(model: Model, count: int, there: Expr, name: str) -> Expr:
    """max(0, count − there)."""
    short = model.amount(count, name)
    model.cp.add(short >= count - there)
    return short


def _places(model: Model, before: Roster, wanted: Wanted) -> Iterator[Amount]:
    for old in before.placements:
        if wanted.place(old.client):
            yield from _place(model, old)


def _place(model: Model, old: Placement) -> Iterator[Amount]:
    placed, columns = model.placed[old.client], model.columns[old.client]
    yield "place-lost", 1 - placed, 1
    if old.cohort is not None:
        yield "cohort", sum(lit for column, lit in columns if column.cohort != old.cohort), 1
    lost = sum(len(set(old.days) - set(column.days)) * lit for column, lit in columns)
    yield "day", lost, len(old.days)
    span = (old.start, old.last)
    yield "span", sum(lit for column, lit in columns if (column.start, column.last) != span), 1
    if old.primary is not None:
        # a primary is somebody's who has a place
        yield "primary", placed - model.primary.get((old.client, old.primary), 0), 1


def _cohorts(model: Model, before: Roster) -> Iterator[Amount]:
    for old in before.cohorts:
        cohort = model.facts.cohorts.get(old.cohort)
        if cohort is None:
            yield "cohort-closed", 1, 1
            continue
        options = [model.open[old.cohort, number] for number in range(len(cohort.options))]
        yield "cohort-closed", 1 - sum(options), 1
        yield "cohort-moved", sum(options) - sum(_same_option(model, old)), 1
        if old.leader is not None:
            yield "leader", sum(options) - model.lead.get((old.cohort, old.leader), 0), 1


def _same_option(model: Model, old: OpenCohort) -> list[Literal]:
    wanted = (old.slot, set(old.days))
    return [
        model.open[old.cohort, number]
        for number, option in enumerate(model.facts.cohorts[old.cohort].options)
        if (option.slot, set(option.days)) == wanted
    ]


def _meetings(model: Model, before: Roster) -> Iterator[Amount]:
    keys: dict[tuple[Id, int], list[MeetingKey]] = defaultdict(list)
    for key in model.held:
        keys[key.cohort, key.day].append(key)
    for old in before.facilitation:
        if old.held:
            yield from _meeting(model, old, keys[old.cohort, old.day])


def _meeting(model: Model, old: Meeting, keys: list[MeetingKey]) -> Iterator[Amount]:
    held = sum(model.held[key] for key in keys)
    yield "meeting-lost", sum(model.open[key.cohort, key.option] for key in keys) - held, 1
    if old.room is not None:
        yield "meeting-room", held - sum(model.room.get((key, old.room), 0) for key in keys), 1
    for entry in set(old.staff):
        works = sum(_works(model, key, entry.block, entry.need, entry.clinician) for key in keys)
        yield "block-staff", held - works, 1


def _works(model: Model, key: MeetingKey, block: Id, number: int, clinician: Id) -> Expr:
    timed = next((one for one in model.facts.blocks(key) if one.block.id == block), None)
    if timed is None or number >= len(timed.block.staff):
        return 0
    leads = model.leads.get((key, clinician), 0) if timed.block.staff[number].lead else 0
    return leads + model.staff.get((key, block, number, clinician), 0)


def _teams(model: Model, before: Roster) -> Iterator[Amount]:
    for old in before.team_meeting:
        yield "team", 1 - _team_then(model, old), 1


def _team_then(model: Model, old: TeamMeeting) -> Expr:
    team = model.teams.get(old.team)
    if team is None or old.day not in team.on:
        return 0
    then = model.bool(f"{old.team} as before")
    model.cp.add_implication(then, team.on[old.day])
    model.cp.add(team.start[old.day] * model.facts.grid == old.start).only_enforce_if(then)
    return then


# Sessions


def _sessions(model: Model, before: Roster, wanted: Wanted) -> Iterator[Amount]:
    known = grouped((one for one in before.sessions if wanted.counts(one)), wanted)
    variables = _variables(model, wanted)
    for group, had in known.items():
        yield from _Group(model, had, variables.get(group, []), " ".join(group)).amounts()


def _variables(model: Model, wanted: Wanted) -> dict[tuple[str, str], list[SessionVars]]:
    found: dict[tuple[str, str], list[SessionVars]] = defaultdict(list)
    for one in model.sessions:
        group = one.offering or "" if wanted.shared(one.service.id) else " ".join(sorted(one.clients))
        found[one.service.id, group].append(one)
    return found


class _Group:
    """Sessions that can stand for each other: those that were, and those that the model may give."""

    def __init__(self, model: Model, had: list[Session], may: list[SessionVars], name: str) -> None:
        self.model, self.had, self.may, self.name = model, had, may, name

    def amounts(self) -> Iterator[Amount]:
        """The parts of the measure, as ``compare.disruption`` defines them."""
        number = len(self.had)
        # the sessions that take place are the first ones, so this is max(0, number - those that do)
        dropped = number - sum(one.present for one in self.may[:number])
        days = self._lost(Counter(one.day for one in self.had), lambda s, day: s.on.get(day, 0))
        starts = Counter((one.day, one.start) for one in self.had)
        sites = self._lost(
            Counter(one.site for one in self.had),
            lambda s, site: sum(lit for (_, place), lit in s.mode.items() if place == site),
        )
        staff = self._lost(Counter(who for one in self.had for who in givers(one)), SessionVars.given_by)
        rooms = self._lost(
            Counter(one.room for one in self.had if one.room),
            lambda s, room: sum(lit for (_, _, name), lit in s.room.items() if name == room),
        )
        most = max(len(givers(one)) for one in self.had)
        yield "session-dropped", dropped, number
        yield "session-day", days - dropped, number
        yield "session-start", self._lost(starts, self._then) - days, number
        yield "session-site", sites - dropped, number
        yield "session-staff", self._above(staff - most * dropped, most * number, "staff"), most * number
        yield "session-room", self._above(rooms - dropped, number, "rooms"), number

    def _lost(self, had: Mapping[Value, int], count: Callable[[SessionVars, Value], Expr]) -> Expr:
        """Σ over values of max(0, sessions that had the value − sessions that have it)."""
        return sum(
            _short(self.model, number, sum(count(one, value) for one in self.may), f"{self.name} not {value}")
            for value, number in had.items()
        )

    def _then(self, session: SessionVars, when: tuple[Day, int]) -> Expr:
        """1 only if the session is on that day at that minute."""
        day, start = when
        if day not in session.on or start % self.model.facts.grid:
            return 0
        then = self.model.bool(f"{session.key} {day.code} {start}")
        self.model.cp.add_implication(then, session.on[day])
        at_start = self.model.cp.add(session.start[day] == start // self.model.facts.grid)
        at_start.only_enforce_if(then)
        return then

    def _above(self, amount: Expr, upper: int, name: str) -> Expr:
        """max(0, amount)."""
        above = self.model.amount(upper, f"{self.name} {name}")
        self.model.cp.add(above >= amount)
        return above


def _attendance(model: Model, before: Roster, wanted: Wanted) -> Iterator[Amount]:
    variables = _variables(model, wanted)
    for (client, service, offering, day), number in attended(before, wanted).items():
        if wanted.session(client, service):
            there = sum(one.attends_on(client, WEEK[day]) for one in variables.get((service, offering), []))
            name = f"{client} {service} {offering} {day}"
            yield "group-client", _short(model, number, there, name), number
