"""The model of one client's week, put together from the rules of the full model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from iop_sched.admit import groups
from iop_sched.admit.alone import alone
from iop_sched.admit.groups import Joinable
from iop_sched.admit.others import Others
from iop_sched.admit.seats import Seats
from iop_sched.cpsat import balance, columns, meetings, occupations, primary, sessions, starts, tiers
from iop_sched.cpsat.build import RULES
from iop_sched.cpsat.facts import Facts, MeetingKey
from iop_sched.cpsat.model import Column, Cost, Literal, Model, Occupation
from iop_sched.cpsat.tiers import Objective
from iop_sched.week.base import minutes
from iop_sched.week.policy import Tier
from iop_sched.week.times import DAY_MINUTES, Day, Id, subtract

POSTED = (
    "stay",
    "intake",
    # client-time stands before dosage, whose minutes depend on sessions inside blocks
    "client-time",
    "weekly-hours",
    "program-day",
    "authorisation",
    "group-share",
    "clinician-time",
    "clinician-load",
    "service-delivery",
    "service-staff",
    "primary",
    "service-timing",
    "rooms",
    "pins",
    "continuity",
    "preferences",
    "cost",
)
"""Rules that the model of one client takes from the full model as they are."""

BY_CONSTRUCTION = ("eligibility", "track", "open-group", "supply", "balance", "meeting-held", "care-team")
"""Rules kept by which placements and sessions there are, or about what the roster has decided for all.

The two first are so in the full model too; ``seats`` looks at the others where a member more matters.
"""

Pattern = tuple[Id | None, tuple[Day, ...]]
"""A cohort (none: without one) and the days of a pattern."""


@dataclass
class OneClient:
    """The model, its objectives in the order of the tiers, and the placements by cohort and pattern."""

    model: Model
    objectives: list[Objective]
    patterns: dict[Pattern, list[Literal]]
    joinable: list[Joinable]


class Builder:
    """Builds models of one client's week over the same roster; ``seats`` remembers what was tried."""

    def __init__(self, others: Others, seats: Seats) -> None:
        self.others = others
        self.seats = seats

    @cached_property
    def _facts(self) -> Facts:
        return Facts(alone(self.others))

    @property
    def fits_anywhere(self) -> bool:
        """Whether an open cohort would take the client, if only there were seats and staff."""
        model = Model(cp_model.CpModel(), self._facts, self.others.policy)
        opened = self.others.schedule.open_cohorts
        found = columns.columns(model, self.others.client)
        return any(column.cohort is None or column.cohort in opened for column in found)

    def build(self, without: frozenset[str] = frozenset()) -> OneClient:
        """The model, without the rules named, in which the client has a place (or only the assessment)."""
        model = Model(cp_model.CpModel(), self._facts, self.others.policy, without)
        self._columns(model)
        meetings.declare(model)
        self._hold(model)
        sessions.declare(model)
        joinable = groups.declare(model, self.others)
        primary.declare(model)
        occupations.collect(model)
        groups.give_staff(joinable)
        self._occupy(model)
        self._prescribed(model)
        self._places(model, joinable)
        costs = [cost for rule in POSTED if model.active(rule) for cost in RULES[rule](model)]
        costs += self._caseloads(model) if model.active("primary") else ()
        costs += balance.workload(model, self._busiest()) if model.active("balance") else ()
        return OneClient(model, self._objectives(model, costs), self._patterns(model), joinable)

    # Placements

    def _columns(self, model: Model) -> None:
        """The client's placements that the roster has a seat for; the client gets one of them."""
        client = self.others.client
        if client.prescription is None:
            return
        literals = [
            (column, model.bool(f"place {index}"))
            for index, column in enumerate(columns.columns(model, client))
            if self._has_seat(model, column)
        ]
        model.columns[client.id], model.placed[client.id] = literals, model.cp.new_constant(1)
        model.cp.add_exactly_one([literal for _, literal in literals])

    def _has_seat(self, model: Model, column: Column) -> bool:
        if column.cohort is not None and column.cohort not in self.others.schedule.open_cohorts:
            return False
        broken = self.seats.broken(column.cohort, self._attended(column))
        return not [one for one in broken if model.active(one.rule)]

    def _attended(self, column: Column) -> list[Day]:
        held = self.others.schedule.meetings
        return [day for day in column.scheduled if held[column.cohort or "", day].held]

    def _patterns(self, model: Model) -> dict[Pattern, list[Literal]]:
        found: dict[Pattern, list[Literal]] = {}
        for column, literal in model.columns.get(self.others.client.id, ()):
            found.setdefault((column.cohort, column.days), []).append(literal)
        return found

    # What the roster has decided

    def _hold(self, model: Model) -> None:
        """Cohorts are open, and meetings held, as in the roster."""
        opened, held = self.others.schedule.open_cohorts, self.others.schedule.meetings
        for (cohort, _), is_open in model.open.items():
            model.cp.add(is_open == (cohort in opened))
        for key, is_held in model.held.items():
            meeting = held.get((key.cohort, key.day)) if key.cohort in opened else None
            model.cp.add(is_held == (meeting is not None and meeting.held))

    def _occupy(self, model: Model) -> None:
        """What clinicians do for others."""
        always, grid = model.cp.new_constant(1), model.facts.grid
        for clinician in model.facts.clinicians:
            for one in self.others.schedule.occupations_of(clinician):
                meeting = None if one.meeting is None else MeetingKey(one.meeting[0], 0, one.meeting[1])
                model.occupations[clinician, one.day].append(
                    Occupation(
                        one.interval[0] // grid,
                        one.minutes // grid,
                        one.site,
                        always,
                        meeting,
                        one.group is not None,
                    )
                )

    def _places(self, model: Model, joinable: list[Joinable]) -> None:
        """Sessions where a supply is left, and where one more client may be on site."""
        if not model.active("supply"):
            return
        joined = {id(one.variables) for one in joinable}
        for session in model.sessions:
            for (day, place), mode in session.mode.items():
                if place is None:
                    continue
                if (place, day) in self.others.full_sites:
                    model.cp.add(mode == 0)
                elif id(session) not in joined and session.service.supplies:
                    taken = [
                        interval
                        for kind in session.service.supplies
                        for interval in self.others.used_up(place, kind, day)
                    ]
                    free = model.facts.starts(subtract([(0, DAY_MINUTES)], taken), session.service.minutes)
                    inside = model.cp.add_linear_expression_in_domain(session.start[day], starts.domain(free))
                    inside.only_enforce_if(mode)

    def _prescribed(self, model: Model) -> None:
        """No more of an open group than is prescribed, whether joined or new."""
        for line, service in self.others.facts.prescribed(self.others.client):
            if service.is_open_group:
                model.cp.add(model.delivered(self.others.client.id, service.id) <= line.max_count)

    # Costs

    def _caseloads(self, model: Model) -> Iterator[Cost]:
        for clinician in self.others.clinicians:
            literal = model.primary.get((self.others.client.id, clinician.id))
            if literal is None or self.others.caseload_left(clinician) != 0:
                continue
            if model.soft("primary"):
                yield Cost("primary.caseload", literal, 1)
            else:
                model.cp.add(literal == 0)

    def _busiest(self) -> int:
        """Percent of contract of the busiest clinician who is not in the client's week."""
        own = {clinician.id for clinician in self.others.clinicians}
        loads = self.others.schedule.loads
        return max(
            (
                -(-100 * sum(loads[one.id]) // minutes(one.contract_hours))
                for one in self.others.week.clinicians
                if one.contract_hours and one.id not in own
            ),
            default=0,
        )

    def _objectives(self, model: Model, costs: list[Cost]) -> list[Objective]:
        """The tiers, with what each placement costs the cohort and its meetings."""
        own = model.columns.get(self.others.client.id, ())
        seats = [(self.seats.cost(column.cohort, self._attended(column)), literal) for column, literal in own]
        return [
            _with_seats(tiers.tier(self.others.policy, name, costs), name, seats)
            for name in self.others.policy.tiers
        ]


def _with_seats(objective: Objective, name: Tier, seats: list[tuple[Counter[Tier], Literal]]) -> Objective:
    least = min((cost[name] for cost, _ in seats), default=0)
    most = max((cost[name] for cost, _ in seats), default=0)
    # counted from the cheapest, so that no objective is negative
    extra = sum((cost[name] - least) * literal for cost, literal in seats if cost[name] > least)
    return Objective(objective.name, objective.expr + extra, objective.upper + most - least)
