"""What holds in every cut of a site: care teams, companions and pins stay together."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from iop_sched.cpsat.columns import columns
from iop_sched.cpsat.model import Literal, Model
from iop_sched.sites.groups import pinned
from iop_sched.sites.section_cut import Cut
from iop_sched.week.times import Id


def keep_together(cut: Cut) -> None:
    """Add what must hold to the cut's model."""
    _care_teams(cut)
    _companions_and_pins(cut)


def _care_teams(cut: Cut) -> None:
    for team in cut.week.care_teams:
        if team.id not in cut.teams:
            continue
        for member in team.members:
            cut.same(cut.clinicians[member], cut.teams[team.id])
        for quorum in team.quorum:
            able = [person.id for person in cut.people if quorum.role in person.roles]
            for number, meets in enumerate(cut.teams[team.id]):
                there = sum(cut.clinicians[who][number] for who in able)
                cut.cp.add(there >= quorum.count).only_enforce_if(meets)


def _companions_and_pins(cut: Cut) -> None:
    """What clients kept together, or pins, join."""
    for pair in cut.week.together:
        homes = [cut.home[client] for client in pair if client in cut.home]
        if len(homes) == 2:
            cut.same(cut.cohorts[homes[0]], cut.cohorts[homes[1]])
    named: dict[Id, list[list[Literal]]] = defaultdict(list)
    somewhere: set[Id] = set()
    for pin in cut.week.pins:
        client = pinned(pin)
        if client is not None:
            people = (pin.place and pin.place.primary, pin.session and pin.session.clinician)
            found = [cut.clinicians.get(who or "") for who in people]
            if pin.place and pin.place.cohort:
                found.append(cut.cohorts.get(pin.place.cohort))
            else:
                somewhere.add(client)
            named[client] += [literals for literals in found if literals]
        if pin.cohort and pin.cohort.cohort in cut.cohorts and pin.cohort.leader in cut.clinicians:
            cut.same(cut.cohorts[pin.cohort.cohort], cut.clinicians[pin.cohort.leader])
        if pin.meeting and pin.meeting.cohort in cut.cohorts and pin.meeting.room in cut.rooms:
            cut.same(cut.cohorts[pin.meeting.cohort], cut.rooms[pin.meeting.room])
        if pin.meeting and pin.meeting.cohort in cut.cohorts:
            for who in pin.meeting.people:
                if who in cut.clinicians:
                    cut.same(cut.cohorts[pin.meeting.cohort], cut.clinicians[who])
    for client, joined in named.items():
        for other in joined[1:]:
            cut.same(joined[0], other)
        if client in somewhere and joined:
            _may_join(cut, client, joined[0])


def _may_join(cut: Cut, client: Id, section: list[Literal]) -> None:
    """A pinned client has a place, so one of the cohorts that can be theirs is in the section."""
    record = cut.facts.clients[client]
    if record.prescription is None or record.group_optional:
        return
    model = Model(cp_model.CpModel(), cut.facts, cut.policy)
    fitting = {column.cohort for column in columns(model, record) if column.cohort in cut.cohorts}
    if cut.home.get(client) in fitting:
        cut.same(cut.cohorts[cut.home[client]], section)
        return
    for number, there in enumerate(section):
        cut.cp.add_bool_or(
            ~there, *(cut.cohorts[cohort.id][number] for cohort in cut.here if cohort.id in fitting)
        )
