"""What of a roster a changed week touches: the decisions that have to be made anew, first of all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from iop_sched.cpsat import assign, extract
from iop_sched.cpsat.model import Model
from iop_sched.master.decisions import of_session
from iop_sched.rules import Violation
from iop_sched.week.care import CareTeam, Cohort
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Meeting, Roster, Session
from iop_sched.week.times import Id

_WORD = re.compile(r"\w(?:[\w.-]*\w)?")

_Record = Client | Cohort | CareTeam

_CROWDED = frozenset({"cohort-size", "meeting-attendance", "open-group", "pins"})
"""Rules that name a cohort or an open group when others are to be in it, or fewer, or more."""


@dataclass(frozen=True)
class Touched:
    """Clients who may need another place, and other sessions; cohorts and teams that may need other staff."""

    places: Collection[Id] = ()
    sessions: Collection[Id] = ()
    cohorts: Collection[Id] = ()
    teams: Collection[Id] = ()

    @property
    def nothing(self) -> bool:
        """Whether it names nobody and nothing."""
        return not (self.places or self.sessions or self.cohorts or self.teams)

    def __or__(self, other: Touched) -> Touched:
        """What either names."""
        return Touched(
            {*self.places, *other.places},
            {*self.sessions, *other.sessions},
            {*self.cohorts, *other.cohorts},
            {*self.teams, *other.teams},
        )

    def variables(self, model: Model) -> set[int]:
        """Indices of the decisions about them."""
        found = [literal for client in self.places for _, literal in model.columns.get(client, ())]
        found += [lit for (client, _), lit in model.primary.items() if client in self.sessions]
        for choices in (model.open, model.lead):
            found += [literal for (cohort, _), literal in choices.items() if cohort in self.cohorts]
        found += [literal for key, literal in model.held.items() if key.cohort in self.cohorts]
        for people in (model.staff, model.room, model.leads):
            found += [literal for key, literal in people.items() if key[0].cohort in self.cohorts]
        for team in (model.teams[name] for name in self.teams if name in model.teams):
            found += [*team.on.values(), *team.start.values(), *team.attends.values()]
        indices = {literal.index for literal in found}
        for session in model.sessions:
            if any(client in self.sessions for client in session.clients):
                indices |= of_session(session)
                indices |= {one.index for one in (*session.start.values(), *session.room.values())}
        return indices


def readable(model: Model, before: Roster) -> Roster:
    """What the model's week can make of a roster: well formed there, though it may break rules.

    What the week has no more, and what cannot be on its day or at its place any more, is left out.
    """
    values = assign.hint(model, before)
    for session in model.sessions:
        if not any(values.get(mode.index) for mode in session.mode.values()):
            values[session.present.index] = 0
    teams = {
        name: team
        for name, team in model.teams.items()
        if any(values.get(on.index) for on in team.on.values())
    }
    return extract.roster(replace(model, teams=teams), lambda literal: values.get(literal.index, 0))


def own(base: ProgramWeek, week: ProgramWeek) -> Touched:
    """Of whom the week says something else than ``base``: clients, cohorts, care teams; in records or pins.

    Not those whom it has no more, nor a client who is new and no newcomer. A clinician, room or service that
    has changed touches what it breaks; what it makes room for is nobody's in particular.
    """
    people = _differing(base.clients, week.clients) & {one.id for one in base.clients}
    cohorts = _differing(base.cohorts, week.cohorts)
    teams = _differing(base.care_teams, week.care_teams)
    for pin in set(base.pins) ^ set(week.pins):
        if (about := pin.place or pin.session) is not None:
            people.add(about.client)
        if (meets := pin.cohort or pin.meeting) is not None:
            cohorts.add(meets.cohort)
        if pin.team is not None:
            teams.add(pin.team.team)
    people &= {one.id for one in week.clients}
    return Touched(people, people, cohorts, teams)


def _differing(before: Iterable[_Record], after: Iterable[_Record]) -> set[Id]:
    was = {one.id: one for one in before}
    return {one.id for one in after if was.get(one.id) != one}


def added(before: Roster, after: Roster) -> Touched:
    """Clients with a place in AFTER that they did not have in BEFORE, and cohorts that were not open so."""
    places = set(before.placements)
    clients = {one.client for one in after.placements if one not in places}
    opened = {(one.cohort, one.slot, one.days) for one in before.cohorts}
    cohorts = {one.cohort for one in after.cohorts if (one.cohort, one.slot, one.days) not in opened}
    return Touched(clients, clients, cohorts)


def otherwise(model: Model, before: Roster, after: Roster, newcomers: Collection[Id]) -> Touched:
    """Whom and what AFTER, a roster of the model's week, has otherwise than BEFORE; and the newcomers."""
    kept, old = set(after.placements), set(before.sessions)
    places = {one.client for one in before.placements if one not in kept}
    sessions = {client for one in after.sessions if one not in old for client in one.clients}
    found = touched(model, before, after, (), newcomers) | added(before, after)
    return found | Touched(places, places | sessions)


def touched(
    model: Model, before: Roster, left: Roster, violations: Iterable[Violation], newcomers: Collection[Id]
) -> Touched:
    """What is not ``left`` of the roster before, what the ``violations`` in that name, and the newcomers.

    A clinician or room that is named brings all that it was part of: where exactly it fails is the search's
    to find out. A word that happens to be an id costs time, and nothing else.
    """
    named, crowded = set[Id](), set[Id]()
    for one in violations:
        words = set(_WORD.findall(f"{one.who} {one.message}"))
        named |= words
        if one.rule in _CROWDED:
            crowded |= words
    kept = {one.client for one in left.placements}
    places = {
        one.client
        for one in before.placements
        if one.client in named or one.client not in kept or one.cohort in crowded
    }
    sessions = {
        client
        for one in before.sessions
        if one not in left.sessions or one.service in crowded or not named.isdisjoint(_means(one))
        for client in one.clients
    }
    cohorts = {
        one.cohort
        for one in before.facilitation
        if one.cohort in named or one not in left.facilitation or not named.isdisjoint(_means(one))
    }
    teams = {
        one.team
        for one in before.team_meeting
        if one.team in named or one not in left.team_meeting or not named.isdisjoint(one.attendees)
    }
    places |= set(newcomers)
    return Touched(places, places | sessions, cohorts, teams)


def _means(one: Meeting | Session) -> set[Id]:
    """Who works in a meeting or session, and the room that it is in."""
    return {entry.clinician for entry in one.staff} | ({one.room} if one.room else set())
