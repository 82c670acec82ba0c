"""The full model: a CP-SAT model, the facts and policy it was built from, and its decision variables.

Names of variables and constraints are in instance terms, so that a log can be read.
Times of sessions are grid cells after midnight, one start variable a day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from ortools.sat.python import cp_model

from iop_sched.cpsat.facts import Facts, MeetingKey, Place
from iop_sched.week.care import Block, Service
from iop_sched.week.people import Client
from iop_sched.week.policy import RULES, Policy
from iop_sched.week.previous import PreviousSession
from iop_sched.week.times import Day, Id, Interval

Literal = cp_model.IntVar
BOOLEAN = cp_model.Domain(0, 1)
Expr = cp_model.LinearExpr | int


class Pattern(NamedTuple):
    """Days of a client in a cohort, and whether next week's can follow them."""

    days: tuple[Day, ...]
    goes_on: bool


class Column(NamedTuple):
    """One way to place a client. ``scheduled`` are the days attended if their meetings are held."""

    client: Id
    cohort: Id | None
    option: int
    days: tuple[Day, ...]
    start: Day
    last: Day
    scheduled: tuple[Day, ...]

    def meeting(self, day: Day) -> MeetingKey:
        """The meeting attended on a day."""
        assert self.cohort is not None
        return MeetingKey(self.cohort, self.option, day)


class Cost(NamedTuple):
    """One penalty of the objective: ``amount`` (at most ``upper``) times the policy's weight."""

    penalty: str
    amount: Expr
    upper: int


@dataclass(frozen=True)
class SessionVars:
    """A session that may take place: one client's n-th of a service, or one offering of an open group.

    ``present``: it takes place. ``on[d]``: on day d. ``start[d]``: start cell, if on day d.
    ``mode[d, place]``: there and then. ``staff[d, place, need, clinician]``, ``room[d, place, room]``:
    by whom, in which room. ``joins[client]``: who attends; ``joins_on[client, d][place]``: when and where.
    """

    key: str
    service: Service
    clients: tuple[Id, ...]
    copy: int
    offering: Id | None
    present: Literal
    on: dict[Day, Literal] = field(default_factory=dict)
    start: dict[Day, cp_model.IntVar] = field(default_factory=dict)
    mode: dict[tuple[Day, Place], Literal] = field(default_factory=dict)
    staff: dict[tuple[Day, Place, int, Id], Literal] = field(default_factory=dict)
    room: dict[tuple[Day, Place, Id], Literal] = field(default_factory=dict)
    joins: dict[Id, Literal] = field(default_factory=dict)
    joins_on: dict[tuple[Id, Day], dict[Place, Literal]] = field(default_factory=dict)

    def attends_on(self, client: Id, day: Day) -> Expr:
        """1 when the client attends it on that day."""
        return sum(self.joins_on.get((client, day), {}).values())

    @property
    def alone(self) -> bool:
        """Whether it is for one client, and one person gives it."""
        return not self.service.is_open_group and [need.count for need in self.service.staff] == [1]

    @property
    def givers(self) -> list[Id]:
        """Clinicians who may give it, in a fixed order: a set's would change from one process to the next."""
        return list(dict.fromkeys(who for _, _, _, who in self.staff))

    def given_by(self, clinician: Id) -> Expr:
        """1 when the clinician gives it."""
        return sum(lit for (_, _, _, who), lit in self.staff.items() if who == clinician)


@dataclass(frozen=True)
class Move:
    """What moving a session from its old time costs, in minutes, while the literals of ``other`` hold."""

    session: SessionVars
    old: PreviousSession
    minutes: cp_model.IntVar
    other: tuple[Literal, ...]


@dataclass(frozen=True)
class TeamVars:
    """A care team's meeting: day, start cell on each day, who attends, and who attends on which day."""

    on: dict[Day, Literal]
    start: dict[Day, cp_model.IntVar]
    attends: dict[Id, Literal]
    attends_on: dict[tuple[Id, Day], Literal]


class Inside(NamedTuple):
    """A client leaves a block for a session that lies inside it."""

    client: Id
    session: SessionVars
    meeting: MeetingKey
    block: Block
    literal: Literal


class Occupation(NamedTuple):
    """What may keep a clinician on a day: ``size`` cells from ``start``, at a place, if ``literal``."""

    start: cp_model.IntVar | int
    size: int
    place: Place
    literal: Literal
    meeting: MeetingKey | None
    is_group: bool


@dataclass
class Model:
    """Variables by name. Those of a rule that is not active are absent.

    ``cumulatives``: indices of such constraints. ``patterns``: day patterns by client and the days that an
    option and the client's hours leave.
    """

    cp: cp_model.CpModel
    facts: Facts
    policy: Policy
    without: frozenset[str] = frozenset()
    columns: dict[Id, list[tuple[Column, Literal]]] = field(default_factory=dict)
    placed: dict[Id, Literal] = field(default_factory=dict)
    open: dict[tuple[Id, int], Literal] = field(default_factory=dict)
    held: dict[MeetingKey, Literal] = field(default_factory=dict)
    seat: dict[tuple[Id, MeetingKey], Literal] = field(default_factory=dict)
    lead: dict[tuple[Id, Id], Literal] = field(default_factory=dict)
    leads: dict[tuple[MeetingKey, Id], Literal] = field(default_factory=dict)
    staff: dict[tuple[MeetingKey, Id, int, Id], Literal] = field(default_factory=dict)
    room: dict[tuple[MeetingKey, Id], Literal] = field(default_factory=dict)
    primary: dict[tuple[Id, Id], Literal] = field(default_factory=dict)
    sessions: list[SessionVars] = field(default_factory=list)
    inside: list[Inside] = field(default_factory=list)
    extras: dict[tuple[Id, Id], Expr] = field(default_factory=dict)
    teams: dict[Id, TeamVars] = field(default_factory=dict)
    costs: list[Cost] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    working_starts: dict[tuple[Id, Day, Place, int], list[Interval]] = field(default_factory=dict)
    cumulatives: list[int] = field(default_factory=list)
    patterns: dict[tuple[Id, tuple[Day, ...]], tuple[Pattern, ...]] = field(default_factory=dict)
    occupations: dict[tuple[Id, Day], list[Occupation]] = field(default_factory=lambda: defaultdict(list))
    _sessions_of: dict[Id, list[SessionVars]] = field(default_factory=lambda: defaultdict(list))
    _seats_of: dict[Id, list[tuple[MeetingKey, Literal]]] = field(default_factory=lambda: defaultdict(list))
    _seats_on: dict[tuple[Id, Day], list[tuple[MeetingKey, Literal]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _inside_of: dict[Id, list[Inside]] = field(default_factory=lambda: defaultdict(list))
    _active: set[str] = field(init=False)

    def __post_init__(self) -> None:
        # asked tens of thousands of times while the model is made
        self._active = {rule for rule in RULES if self.policy.mode(rule) != "off"} - self.without

    def active(self, rule: str) -> bool:
        """Whether the rule is part of this model."""
        return rule in self._active

    def soft(self, rule: str) -> bool:
        """Whether the rule is softened."""
        return self.policy.mode(rule) == "soft"

    def bool(self, name: str) -> Literal:
        """A new named Boolean."""
        return self.cp.new_int_var_from_domain(BOOLEAN, name)

    def amount(self, upper: int, name: str) -> cp_model.IntVar:
        """A new amount of a penalty, 0 to ``upper``."""
        return self.cp.new_int_var(0, max(0, upper), name)

    def excess(self, expr: Expr, limit: int, upper: int, name: str) -> cp_model.IntVar:
        """A new amount that is at least ``expr`` − ``limit`` and 0; exact where it is minimised."""
        over = self.amount(upper, name)
        self.cp.add(over >= expr - limit)
        return over

    def any_of(self, literals: list[Literal], name: str) -> Literal:
        """A literal that holds exactly when one of ``literals`` does."""
        if len(literals) == 1:
            return literals[0]
        some = self.bool(name)
        self.cp.add_max_equality(some, literals)
        return some

    def add_session(self, session: SessionVars) -> None:
        """Take a session's variables into the model."""
        self.sessions.append(session)
        for client in session.clients:
            self._sessions_of[client].append(session)

    def sessions_of(self, client: Id, service: Id | None = None) -> list[SessionVars]:
        """Sessions that a client may attend; of one service, if named."""
        own = self._sessions_of.get(client, [])
        return own if service is None else [s for s in own if s.service.id == service]

    def add_seat(self, client: Id, key: MeetingKey, literal: Literal) -> None:
        """Take a client's attendance of a meeting into the model."""
        self.seat[client, key] = literal
        self._seats_of[client].append((key, literal))
        self._seats_on[client, key.day].append((key, literal))

    def seats_of(self, client: Id, day: Day | None = None) -> list[tuple[MeetingKey, Literal]]:
        """Meetings that a client may attend; on one day, if named."""
        return self._seats_of.get(client, []) if day is None else self._seats_on.get((client, day), [])

    def add_inside(self, inside: Inside) -> None:
        """Take a session inside a block into the model."""
        self.inside.append(inside)
        self._inside_of[inside.client].append(inside)

    def inside_of(self, client: Id) -> list[Inside]:
        """Sessions for which a client may leave a block."""
        return self._inside_of.get(client, [])

    def delivered(self, client: Id, service: Id) -> Expr:
        """Sessions of a service that the client has."""
        return sum(s.joins[client] for s in self.sessions_of(client, service))

    def dosage_sessions(self, client: Client) -> list[SessionVars]:
        """Sessions that are dosage for the client."""
        return [s for s in self.sessions_of(client.id) if self.facts.is_dosage(client, s.service)]
