"""Meetings of a site that is cut: each with leader, staff and room of the section that its cohort is in.

Who can staff the meetings of a section is a question of working hours, breaks, rooms and weekly limits, so
the cut takes the rules of the full model about them, over the week without its clients.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from iop_sched.cpsat.build import RULES, build
from iop_sched.cpsat.facts import Facts, MeetingKey, TimedBlock
from iop_sched.cpsat.model import Expr, Literal, Model
from iop_sched.cpsat.occupations import block_literals
from iop_sched.week.people import Client
from iop_sched.week.pins import Pin
from iop_sched.week.policy import Policy
from iop_sched.week.previous import PreviousPlacement, PreviousWeek
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

ABOUT_MEETINGS = frozenset({"facilitation", "care-team", "clinician-time", "clinician-load", "rooms", "pins"})
"""Rules that say whether meetings can be held; the others are about clients."""

TOO_MANY = 10
"""Cost of a client who came last week to a block whose staff is now too small for one more."""

InSection = Mapping[Id, Sequence[cp_model.IntVar]]
"""Of each thing, one literal a section."""


def meetings_model(week: ProgramWeek, policy: Policy, site: Id) -> Model:
    """A site's running cohorts with their meetings and all staff and rooms, but no client."""
    running = tuple(c for c in week.cohorts if c.site == site and c.status == "running")
    names = {cohort.id for cohort in running}
    emptied = week.model_copy(
        update={
            "clients": (),
            "apart": (),
            "together": (),
            "cohorts": running,
            "rooms": tuple(room for room in week.rooms if room.site == site),
            "clinicians": tuple(person for person in week.clinicians if site in person.sites),
            "care_teams": tuple(team for team in week.care_teams if team.site == site),
            "pins": tuple(pin for pin in week.pins if _about_meeting(pin, names)),
            "previous": PreviousWeek(),
        }
    )
    return build(emptied, policy, frozenset(RULES) - ABOUT_MEETINGS)[0]


def _about_meeting(pin: Pin, cohorts: set[Id]) -> bool:
    about = pin.cohort or pin.meeting
    return about is not None and about.cohort in cohorts


class SectionMeetings:
    """Ties a model's meetings to the sections of its cohorts, people, rooms and care teams."""

    def __init__(
        self, model: Model, facts: Facts, cohorts: InSection, clinicians: InSection, rooms: InSection
    ) -> None:
        self.model, self.facts = model, facts
        self.cohorts, self.clinicians, self.rooms = cohorts, clinicians, rooms
        self.costs: list[Expr] = []
        self.members: dict[Id, list[tuple[Client, PreviousPlacement]]] = defaultdict(list)
        treated = {client.id: client for client in facts.week.treated}
        for one in facts.week.previous.placements:
            if one.cohort is not None and one.client in treated:
                self.members[one.cohort].append((treated[one.client], one))

    def post(self, teams: InSection) -> list[Literal]:
        """Adds the constraints, and ``costs``; returns for each meeting the literal that it is held."""
        for (cohort, who), leads in self.model.lead.items():
            self._within(leads, self.cohorts[cohort], self.clinicians[who])
        for (key, _, _, who), works in self.model.staff.items():
            self._within(works, self.cohorts[key.cohort], self.clinicians[who])
        for (key, room), used in self.model.room.items():
            self._within(used, self.cohorts[key.cohort], self.rooms[room])
        for team, variables in self.model.teams.items():
            for who, attends in variables.attends.items():
                self._within(attends, teams[team], self.clinicians[who])
        for key, held in self.model.held.items():
            self._members_fit(key, held)
        return list(self.model.held.values())

    def _within(
        self, literal: Literal, one: Sequence[cp_model.IntVar], other: Sequence[cp_model.IntVar]
    ) -> None:
        """Both are in the same section, if the literal holds."""
        for a, b in zip(one, other, strict=True):
            self.model.cp.add_bool_or(~literal, ~a, b)

    def _members_fit(self, key: MeetingKey, held: Literal) -> None:
        """Seats, staff and credentials for those who came last week, if they come again."""
        coming = [
            client
            for client, before in self.members[key.cohort]
            if key.day in before.days and not self.facts.excused(client, key.cohort, key.option, key.day)
        ]
        for timed in self.model.facts.blocks(key):
            own = [client for client in coming if timed in self.facts.owned(client, key)]
            for (other, room), used in self.model.room.items():
                if other == key and self.facts.rooms[room].capacity < len(own):
                    self.model.cp.add(used == 0)
            if timed.block.staff:
                self._staff_fit(key, held, timed, own)

    def _staff_fit(self, key: MeetingKey, held: Literal, timed: TimedBlock, own: list[Client]) -> None:
        staff = {who: block_literals(self.model, key, timed, who) for who in self.model.facts.clinicians}
        everybody = [literal for literals in staff.values() for literal in literals]
        if timed.block.ratio is not None:
            alone = self.model.amount(len(own), f"{key} {timed.block.id} too many")
            self.model.cp.add(alone >= len(own) * held - timed.block.ratio * sum(everybody))
            self.costs.append(TOO_MANY * alone)
        for payer in {client.payer for client in own if self.facts.strict_payer(client)}:
            credentialed = [
                literal
                for who, literals in staff.items()
                if payer in self.facts.clinicians[who].payers
                for literal in literals
            ]
            self.model.cp.add_bool_or(~held, *credentialed)
