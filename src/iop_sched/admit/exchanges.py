"""A place for one client where one other client's week changes too, and nothing else.

The full model decides. All that the roster decides for everybody else is held, and so are the sessions of
open groups that others attend; what remains is small, and solved to the end for each other client and cohort.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from iop_sched.admit.model import Pattern
from iop_sched.admit.search import EXACT, Minimised, minimised
from iop_sched.cpsat import assign, disruption, extract, tiers
from iop_sched.cpsat.build import build
from iop_sched.cpsat.model import Literal, Model, SessionVars
from iop_sched.cpsat.tiers import Objective
from iop_sched.solve.blocks import blocks
from iop_sched.solve.start import fix
from iop_sched.solve.touched import Touched
from iop_sched.week.people import Client
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster, Session
from iop_sched.week.times import Id


class Exchanges:
    """Searches a roster (without the client's own part) for places of one client.

    ``taken`` are patterns that need no other client, and are not looked for. With ``weighted``, the weighted
    sum of the tiers ranks what disturbs the roster equally; the tiers in order otherwise.
    """

    def __init__(
        self,
        week: ProgramWeek,
        policy: Policy,
        roster: Roster,
        client: Client,
        taken: Iterable[Pattern],
        weighted: bool,
    ) -> None:
        self._roster, self._client = roster, client
        self._model, costs = build(week, policy)
        self._goals = [tiers.weighted(policy, costs)] if weighted else tiers.lexicographic(policy, costs)
        self._held = assign.hint(self._model, roster)
        self._places = self._wanted(set(taken))

    def _wanted(self, taken: set[Pattern]) -> dict[Id | None, list[Literal]]:
        """Places of the client that are looked for, by cohort, in cohorts as the roster has them open."""
        options = {
            (one.cohort, number)
            for one in self._roster.cohorts
            for number in assign.options(self._model, one)
        }
        found: dict[Id | None, list[Literal]] = defaultdict(list)
        for column, literal in self._model.columns.get(self._client.id, ()):
            is_open = column.cohort is None or (column.cohort, column.option) in options
            if is_open and (column.cohort, column.days) not in taken:
                found[column.cohort].append(literal)
        return found

    @property
    def candidates(self) -> list[Id]:
        """Clients with anything in the roster, members of cohorts that the client could join first.

        Nobody, when no place is left to look for.
        """
        if self._client.prescription is not None and not self._places:
            return []
        where = {one.client: one.cohort for one in self._roster.placements}
        busy = {client for session in self._roster.sessions for client in session.clients}
        found = [one.id for one in self._model.facts.week.clients if one.id in where or one.id in busy]
        return sorted(found, key=lambda one: one not in where or where[one] not in self._places)

    def of(self, other: Id, until: float) -> Iterator[Roster]:
        """For each cohort the roster with a place there in which ``other`` changes least, the least first.

        Not verified yet. ``other`` keeps a place (or still has none), and no fewer sessions of each service.
        Raises ``OutOfTimeError`` at ``until`` (of ``time.monotonic``): it is not known then whether there are
        more.
        """
        model = replace(self._model, cp=self._model.cp.clone())
        free = Touched({self._client.id, other}, {self._client.id, other}, set(), set())
        mine = free.variables(model)
        fix(model.cp, {index: value for index, value in self._held.items() if index not in mine})
        self._hold_groups(model, other)
        self._keep(model, other)
        goals = [disruption.objective(model, self._part(model, other)), *self._goals]
        places = dict(self._places)
        self._place(model, [literal for one in places.values() for literal in one])
        while (found := self._best(model, goals, until)) is not None:
            roster = self._read(model, found.value, other)
            yield roster
            cohort = next((one.cohort for one in roster.placements if one.client == self._client.id), None)
            for literal in places.pop(cohort, ()):
                model.cp.add(literal == 0)
            if not places:
                return

    def _best(self, model: Model, goals: list[Objective], until: float) -> Minimised | None:
        return minimised(model.cp.clone(), blocks(goals, EXACT), until - time.monotonic())

    # Constraints

    def _place(self, model: Model, places: list[Literal]) -> None:
        """The client has one of these places, or who wants the assessment alone has that."""
        if self._client.prescription is not None:
            model.cp.add_exactly_one(places)
            return
        for session in model.sessions_of(self._client.id):
            model.cp.add(session.present == 1)

    def _keep(self, model: Model, other: Id) -> None:
        """``other`` has a place as before, or still none, and no session less of any service."""
        if other in model.placed:
            placed = int(any(one.client == other for one in self._roster.placements))
            model.cp.add(model.placed[other] == placed)
        had = Counter(one.service for one in self._roster.sessions if other in one.clients)
        for service, number in had.items():
            model.cp.add(model.delivered(other, service) >= number)

    def _hold_groups(self, model: Model, other: Id) -> None:
        """Sessions of open groups that third clients attend take place as they do, with the same of these.

        Which of the model's interchangeable sessions stands for which is left open: a new one may come
        before it.
        """
        two = {self._client.id, other}
        shared = [
            one for one in model.sessions if one.service.is_open_group and two.intersection(one.clients)
        ]
        services = {one.service.id for one in shared}
        kept = [
            one
            for one in self._roster.sessions
            if one.service in services and not two.issuperset(one.clients)
        ]
        stands: dict[int, list[Literal]] = defaultdict(list)
        for session in kept:
            found = []
            for index, variables in enumerate(shared):
                if (variables.service.id, variables.offering) == (session.service, session.offering):
                    match = model.bool(
                        f"{variables.key} is {session.service} {session.day.code} {session.start}"
                    )
                    _equal(model, variables, session, two, match)
                    found.append(match)
                    stands[index].append(match)
            model.cp.add_exactly_one(found)
        for matches in stands.values():
            model.cp.add_at_most_one(matches)
        attended = Counter((one.service, client) for one in kept for client in one.clients)
        for service in services:
            for client in {who for one in shared if one.service.id == service for who in one.clients} - two:
                model.cp.add(model.delivered(client, service) == attended[service, client])

    # Reading

    def _part(self, model: Model, other: Id) -> Roster:
        """What of the roster ``other`` could disturb: the client's own, and the open groups attended."""
        services = {one.service for one in self._roster.sessions if other in one.clients}
        return Roster(
            placements=tuple(one for one in self._roster.placements if one.client == other),
            sessions=tuple(
                one
                for one in self._roster.sessions
                if other in one.clients
                or (one.service in services and model.facts.services[one.service].is_open_group)
            ),
        )

    def _read(self, model: Model, value: extract.Value, other: Id) -> Roster:
        found = extract.roster(model, value)
        two = {self._client.id, other}
        return self._roster.model_copy(
            update={
                "placements": (
                    *(one for one in self._roster.placements if one.client != other),
                    *(one for one in found.placements if one.client in two),
                ),
                "sessions": found.sessions,
            }
        )


def _equal(model: Model, variables: SessionVars, session: Session, but: set[Id], match: Literal) -> None:
    """If ``match``, the variables are the session's: when, where, by whom, and with whom ``but`` for some."""
    day, place = session.day, session.site
    wanted = {(day, place, entry.need, entry.clinician) for entry in session.staff}
    certain = [variables.mode.get((day, place))]
    certain += [variables.staff.get(key) for key in wanted]
    certain += [variables.joins.get(client) for client in session.clients if client not in but]
    if session.room is not None:
        certain.append(variables.room.get((day, place, session.room)))
    for literal in certain:
        # what the model has no variable for it rules out
        model.cp.add_bool_or([~match] if literal is None else [~match, literal])
    for key, literal in variables.staff.items():
        if key not in wanted:
            model.cp.add_implication(match, ~literal)
    if day in variables.start:
        at_start = model.cp.add(variables.start[day] * model.facts.grid == session.start)
        at_start.only_enforce_if(match)
