"""How much a roster of the model disturbs another: the measure of ``compare.disruption`` as an expression.

Written from the definition there, part by part, so that the two can be tested against each other. Most maxima
are variables bounded from below: the expression is exact where it is minimised, and never below the measure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from iop_sched.compare.changes import givers
from iop_sched.compare.disruption import POINTS, Group, Wanted, attended, grouped
from iop_sched.cpsat.facts import MeetingKey
from iop_sched.cpsat.model import Expr, Literal, Model, SessionVars
from iop_sched.cpsat.tiers import Objective
from iop_sched.week.roster import Meeting, OpenCohort, Placement, Roster, Session, TeamMeeting
from iop_sched.week.times import WEEK, Day, Id

NAME = "changes"
"""What the tier is called that holds the disruption."""

Value = TypeVar("Value", bound=Hashable)


class Amount(NamedTuple):
    """How often a part of the measure counts, and a number that this never exceeds."""

    part: str
    amount: Expr
    upper: int


def objective(model: Model, before: Roster, newcomers: Iterable[Id] = ()) -> Objective:
    """The disruption of ``before``, plus a lost place for each newcomer to the week who gets none.

    Variables for it are added to the model; they rule out no roster.
    """
    wanted = Wanted(before, model.facts.week)
    amounts = [
        *_places(model, before, wanted),
        *_cohorts(model, before),
        *_meetings(model, before),
        *_sessions(model, before, wanted),
        *_attendance(model, before, wanted),
        *_teams(model, before),
        *(Amount("place-lost", 1 - model.placed[client], 1) for client in newcomers),
    ]
    return Objective(
        NAME,
        sum(POINTS[one.part] * one.amount for one in amounts),
        sum(POINTS[one.part] * one.upper for one in amounts),
    )


# Clients


def _places(model: Model, before: Roster, wanted: Wanted) -> Iterator[Amount]:
    for old in before.placements:
        if wanted.place(old.client):
            yield from _place(model, old)


def _place(model: Model, old: Placement) -> Iterator[Amount]:
    placed, columns = model.placed[old.client], model.columns[old.client]
    span = (old.start, old.last)
    yield Amount("place-lost", 1 - placed, 1)
    if old.cohort is not None:
        yield Amount("cohort", sum(lit for column, lit in columns if column.cohort != old.cohort), 1)
    days = sum(len(set(old.days) - set(column.days)) * lit for column, lit in columns)
    yield Amount("day", days, len(old.days))
    yield Amount("span", sum(lit for column, lit in columns if (column.start, column.last) != span), 1)
    if old.primary is not None:
        yield Amount("primary", placed - model.primary.get((old.client, old.primary), 0), 1)


# Cohorts, meetings, care teams


def _cohorts(model: Model, before: Roster) -> Iterator[Amount]:
    for old in before.cohorts:
        cohort = model.facts.cohorts.get(old.cohort)
        options = [] if cohort is None else [model.open[cohort.id, o] for o in range(len(cohort.options))]
        yield Amount("cohort-closed", 1 - sum(options), 1)
        if options:
            yield Amount("cohort-moved", sum(options) - sum(_unmoved(model, old)), 1)
            if old.leader is not None:
                yield Amount("leader", sum(options) - model.lead.get((old.cohort, old.leader), 0), 1)


def _unmoved(model: Model, old: OpenCohort) -> list[Literal]:
    """The options with the cohort's old slot and days."""
    before = (old.slot, set(old.days))
    options = enumerate(model.facts.cohorts[old.cohort].options)
    return [model.open[old.cohort, o] for o, option in options if (option.slot, set(option.days)) == before]


def _meetings(model: Model, before: Roster) -> Iterator[Amount]:
    due: dict[tuple[Id, Day], list[MeetingKey]] = defaultdict(list)
    for key in model.held:
        due[key.cohort, key.day].append(key)
    opened = {one.cohort for one in before.cohorts}
    was = {(one.cohort, one.day): one for one in before.facilitation}
    for when, keys in due.items():
        old = was.get(when)
        if when[0] in opened if old is None else old.held:
            yield Amount("meeting-lost", _not_held(model, keys), 1)
        if old is not None and old.held:
            yield from _meeting(model, old, keys)


def _not_held(model: Model, keys: list[MeetingKey]) -> Expr:
    """1 when one of the meetings is due and not held.

    ``keys``: the meetings of the cohort on that day, one for each option; at most one of them is due.
    """
    return sum(model.open[key.cohort, key.option] - model.held[key] for key in keys)


def _meeting(model: Model, old: Meeting, keys: list[MeetingKey]) -> Iterator[Amount]:
    """What a meeting held in BEFORE, and held now, has lost; ``keys`` as in ``_not_held``."""
    held = sum(model.held[key] for key in keys)
    if old.room is not None:
        yield Amount("meeting-room", held - sum(model.room.get((key, old.room), 0) for key in keys), 1)
    for entry in dict.fromkeys(old.staff):
        works = sum(_works(model, key, entry.block, entry.need, entry.clinician) for key in keys)
        yield Amount("block-staff", held - works, 1)


def _works(model: Model, key: MeetingKey, block: Id, need: int, clinician: Id) -> Expr:
    """1 when the clinician fills a need of a block, as the leader or beside the leader."""
    found = next((timed.block for timed in model.facts.blocks(key) if timed.block.id == block), None)
    if found is None or need >= len(found.staff):
        return 0
    leads = model.leads.get((key, clinician), 0) if model.facts.led(key, found, need) else 0
    return leads + model.staff.get((key, block, need, clinician), 0)


def _teams(model: Model, before: Roster) -> Iterator[Amount]:
    for old in before.team_meeting:
        yield Amount("team", 1 - _unmoved_team(model, old), 1)


def _unmoved_team(model: Model, old: TeamMeeting) -> Expr:
    """1 only if the team meets at its old day and start."""
    team = model.teams.get(old.team)
    if team is None or old.day not in team.on:
        return 0
    return _then(model, f"{old.team} as before", team.on[old.day], team.start[old.day], old.start)


def _then(model: Model, name: str, on: Literal, start: Literal, minute: int) -> Expr:
    """1 only if something is on its day, and starts at that minute."""
    if minute % model.facts.grid:
        return 0
    then = model.bool(name)
    model.cp.add_implication(then, on)
    model.cp.add(start == minute // model.facts.grid).only_enforce_if(then)
    return then


# Sessions


def _sessions(model: Model, before: Roster, wanted: Wanted) -> Iterator[Amount]:
    may = _variables(model, wanted)
    counted = (one for one in before.sessions if wanted.counts(one))
    for group, had in grouped(counted, wanted).items():
        yield from _Sessions(model, " ".join(group), had, may.get(group, [])).amounts()


def _variables(model: Model, wanted: Wanted) -> dict[Group, list[SessionVars]]:
    found: dict[Group, list[SessionVars]] = defaultdict(list)
    for one in model.sessions:
        found[wanted.group(one.service.id, one.clients, one.offering)].append(one)
    return found


@dataclass(frozen=True)
class _Sessions:
    """Sessions that can stand for each other: those that were, and those that the model may give."""

    model: Model
    name: str
    had: list[Session]
    may: list[SessionVars]

    def amounts(self) -> Iterator[Amount]:
        """The parts of the measure, named and put together as in ``compare.disruption``."""
        number = len(self.had)
        most = max(len(givers(one)) for one in self.had)
        people = most * number
        dropped = self._dropped(number)
        days = self._lost((one.day for one in self.had), lambda s, day: s.on.get(day, 0))
        starts = self._lost(((one.day, one.start) for one in self.had), self._starts)
        sites = self._lost((one.site for one in self.had), _is_at)
        staff = self._lost((who for one in self.had for who in sorted(givers(one))), SessionVars.given_by)
        rooms = self._lost((one.room for one in self.had if one.room), _is_in)
        yield Amount("session-dropped", dropped, number)
        yield Amount("session-day", days - dropped, number)
        yield Amount("session-start", starts - days, number)
        yield Amount("session-staff", self._excess("staff", staff - most * dropped, people), people)
        yield Amount("session-site", sites - dropped, number)
        yield Amount("session-room", self._excess("rooms", rooms - dropped, number), number)

    def _dropped(self, number: int) -> Expr:
        """max(0, number − sessions that take place), exactly: on balance a drop may well be cheap."""
        less = number - sum(one.present for one in self.may)
        if number >= len(self.may):
            return less
        dropped = self.model.amount(number, f"{self.name} dropped")
        self.model.cp.add_max_equality(dropped, [0, less])
        return dropped

    def _lost(self, values: Iterable[Value], has: Callable[[SessionVars, Value], Expr]) -> Expr:
        """Σ over values of max(0, sessions that had the value − sessions that have it)."""
        counted: Mapping[Value, int] = Counter(values)
        return sum(
            self._excess(f"not {value}", number - sum(has(one, value) for one in self.may), number)
            for value, number in counted.items()
        )

    def _excess(self, name: str, amount: Expr, upper: int) -> Expr:
        return self.model.excess(amount, 0, upper, f"{self.name} {name}")

    def _starts(self, session: SessionVars, when: tuple[Day, int]) -> Expr:
        day, minute = when
        if day not in session.on:
            return 0
        name = f"{session.key} {day.code} {minute}"
        return _then(self.model, name, session.on[day], session.start[day], minute)


def _is_at(session: SessionVars, site: Id | None) -> Expr:
    return sum(literal for (_, place), literal in session.mode.items() if place == site)


def _is_in(session: SessionVars, room: Id) -> Expr:
    return sum(literal for (_, _, name), literal in session.room.items() if name == room)


def _attendance(model: Model, before: Roster, wanted: Wanted) -> Iterator[Amount]:
    may = _variables(model, wanted)
    for (client, service, offering, day), number in attended(before, wanted).items():
        if wanted.session(client, service):
            there = sum(one.attends_on(client, WEEK[day]) for one in may.get((service, offering), []))
            name = f"{client} not at {service} {offering} {WEEK[day].code}"
            yield Amount("group-client", model.excess(number - there, 0, number, name), number)
