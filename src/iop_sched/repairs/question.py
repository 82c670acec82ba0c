"""What is asked: that a week be possible, that a client have a place, or what else the client misses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from iop_sched.explain.trials import asked_for
from iop_sched.explain.unplaced import reason_unplaced
from iop_sched.repairs.demand import Demand, short_of
from iop_sched.rules import evaluate
from iop_sched.rules.findings import Evaluation
from iop_sched.rules.qualification import qualified_for
from iop_sched.rules.schedule import Schedule
from iop_sched.week.policy import RULES, Policy, Tier
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id

About = Literal["week", "place", "sessions", "hours"]

_WORD = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class Question:
    """A week, the roster that there is, and what is wanted of another one.

    ``clients`` are those whose own facts bear on it; ``named`` are ids that the reasons name: what is about
    them is tried first. ``service`` is the one of which sessions are missing.
    """

    about: About
    week: ProgramWeek
    policy: Policy
    demand: Demand
    clients: tuple[Id, ...]
    roster: Roster | None = None
    service: Id | None = None
    named: frozenset[str] = frozenset()

    @property
    def client(self) -> Id | None:
        """The client whom it is about, if it is about one."""
        return None if self.about == "week" else self.clients[0]


def to_be_possible(week: ProgramWeek, policy: Policy, named: frozenset[str] = frozenset()) -> Question:
    """What makes an impossible week possible; ``named`` are ids in its conflicts."""
    rules = [rule for rule in RULES if policy.mode(rule) != "off"]
    pins = week.pins if policy.mode("pins") != "off" else ()
    wanted = asked_for(week, pins, rules)
    clients = tuple(client.id for client in week.clients if client.id in wanted)
    return Question("week", week, policy, Demand(), clients, named=named)


def questions(week: ProgramWeek, policy: Policy, roster: Roster, client: Id) -> list[Question]:
    """What a client of a roster lacks: a place; or sessions, service by service; or else hours.

    Whoever has a place keeps it, nobody who waits is worse off by the tiers, and where a session or an hour
    is wanted nobody else loses one. Raises ``KeyError`` for an unknown client.
    """
    asking = _Asking(week, policy, roster, client)
    if asking.client.prescription is None:
        return []
    if client not in asking.schedule.placements:
        return [asking.place()]
    missing = asking.schedule.missing(asking.client)
    if missing:
        return [asking.sessions(service.id) for service, _ in missing]
    return [asking.hours()] if short_of(asking.measured).get(client) else []


class _Asking:
    def __init__(self, week: ProgramWeek, policy: Policy, roster: Roster, client: Id) -> None:
        self.week, self.policy, self.roster = week, policy, roster
        self.schedule = Schedule.of(week, roster)
        self.client = self.schedule.facts.clients[client]
        self.measured: Evaluation = evaluate(week, roster, policy)
        self.have = frozenset(self.schedule.placements)

    def place(self) -> Question:
        client = self.client.id
        own = sum(one.cost for one in self.measured.terms if (one.penalty, one.who) == ("placed", client))
        demand = Demand(
            placed=self.have | {client},
            most={
                "kept": self.measured.tiers["kept"].value,
                "placed": self.measured.tiers["placed"].value - own,
            },
        )
        why = reason_unplaced(self.week, self.roster, self.policy, client)
        return self._question("place", demand, named=frozenset(_WORD.findall(why)))

    def sessions(self, service: Id) -> Question:
        sessions, short = self._as_now()
        line = next(one for one, _ in self.schedule.facts.prescribed(self.client) if one.service == service)
        sessions[self.client.id, service] = line.min_count
        given = self.schedule.facts.services[service]
        named = frozenset(one.id for one in self.week.clinicians if qualified_for(one, given))
        return self._question("sessions", self._keeping(sessions, short), service, named)

    def hours(self) -> Question:
        sessions, short = self._as_now()
        short[self.client.id] = 0
        placement = self.schedule.placements[self.client.id]
        named = frozenset(filter(None, (placement.cohort, placement.primary)))
        return self._question("hours", self._keeping(sessions, short), named=named)

    def _as_now(self) -> tuple[dict[tuple[Id, Id], int], dict[Id, int]]:
        """Sessions that everybody has, of those prescribed, and minutes that everybody is short of."""
        schedule = self.schedule
        sessions = {
            (client.id, service.id): least
            for client, _ in schedule.placed
            for line, service in schedule.facts.prescribed(client)
            if (least := min(line.min_count, schedule.delivered(client, service.id)))
        }
        if self.policy.mode("weekly-hours") == "off":
            return sessions, {}
        below = short_of(self.measured)
        return sessions, {client.id: below.get(client.id, 0) for client, _ in schedule.placed}

    def _keeping(self, sessions: dict[tuple[Id, Id], int], short: dict[Id, int]) -> Demand:
        tiers = self.measured.tiers
        most: dict[Tier, int] = {"kept": tiers["kept"].value, "placed": tiers["placed"].value}
        return Demand(self.have, most, sessions, short)

    def _question(
        self, about: About, demand: Demand, service: Id | None = None, named: frozenset[str] = frozenset()
    ) -> Question:
        clients = (self.client.id,)
        named = named | {self.client.id}
        return Question(about, self.week, self.policy, demand, clients, self.roster, service, named)
