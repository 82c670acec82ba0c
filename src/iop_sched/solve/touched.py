"""What of a roster a changed week touches: the decisions that have to be made anew, first of all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from iop_sched.cpsat import assign
from iop_sched.cpsat.model import Model
from iop_sched.master.decisions import of_session
from iop_sched.rules import evaluate
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id

_WORD = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class Touched:
    """Clients who may need another place, and another session; cohorts and care teams that need other staff."""

    places: set[Id]
    sessions: set[Id]
    cohorts: set[Id]
    teams: set[Id]

    def variables(self, model: Model) -> set[int]:
        """Indices of the decisions about them."""
        found = [literal for client in self.places for _, literal in model.columns.get(client, [])]
        found += [lit for (client, _), lit in model.primary.items() if client in self.places | self.sessions]
        for (cohort, _), literal in (*model.open.items(), *model.lead.items()):
            if cohort in self.cohorts:
                found.append(literal)
        for key, literal in model.held.items():
            if key.cohort in self.cohorts:
                found.append(literal)
        for things in (model.staff, model.room, model.leads):
            found += [literal for key, literal in things.items() if key[0].cohort in self.cohorts]
        for team in self.teams & set(model.teams):
            variables = model.teams[team]
            found += [*variables.on.values(), *variables.start.values(), *variables.attends.values()]
        indices = {literal.index for literal in found}
        for session in model.sessions:
            if not self.sessions.isdisjoint(session.clients):
                indices |= of_session(session)
                indices |= {v.index for v in (*session.start.values(), *session.room.values())}
        return indices


def touched(model: Model, policy: Policy, before: Roster, newcomers: Iterable[Id]) -> Touched:
    """What the specification finds wrong with the old roster in the new week, and who is with that.

    A person or room that a finding names brings all that it was part of: where exactly it fails is the
    search's to find out.
    """
    facts = model.facts
    known = assign.known(model, before)
    found = evaluate(facts.week, known, policy).violations
    named = {word for one in found for word in _WORD.findall(f"{one.who} {one.message}")}
    people = (named & set(facts.clinicians)) | _gone(before, set(facts.clinicians))
    things = people | (named & set(facts.rooms))
    clients = {one.client for one in before.placements} & set(model.columns)
    places = (named & clients) | (clients - {one.client for one in known.placements}) | set(newcomers)
    sessions = {
        client
        for one in before.sessions
        if one.room in things or any(entry.clinician in things for entry in one.staff)
        for client in one.clients
    }
    cohorts = (named & set(facts.cohorts)) | {
        one.cohort
        for one in before.facilitation
        if one.room in things or any(entry.clinician in things for entry in one.staff)
    }
    teams = {one.team for one in before.team_meeting if not people.isdisjoint(one.attendees)}
    return Touched(places, places | sessions, cohorts, teams | (named & set(model.teams)))


def _gone(before: Roster, still: set[Id]) -> set[Id]:
    """Clinicians of the old roster who are not in the new week."""
    meetings = {entry.clinician for one in before.facilitation for entry in one.staff}
    sessions = {entry.clinician for one in before.sessions for entry in one.staff}
    teams = {who for one in before.team_meeting for who in one.attendees}
    return (meetings | sessions | teams) - still
