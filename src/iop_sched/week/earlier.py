"""A roster file as last week's roster of a program week."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.week.previous import PreviousLeader, PreviousPlacement, PreviousSession, PreviousWeek
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


def looking_back(week: ProgramWeek, roster: Roster) -> ProgramWeek:
    """``week`` with ``roster`` as its previous week; what no longer exists is left out."""
    previous = PreviousWeek(
        placements=tuple(_placements(week, roster)),
        leaders=tuple(_leaders(week, roster)),
        sessions=tuple(_sessions(week, roster)),
    )
    return week.model_copy(update={"previous": previous})


def _placements(week: ProgramWeek, roster: Roster) -> Iterator[PreviousPlacement]:
    clients = {client.id for client in week.clients}
    cohorts = {cohort.id for cohort in week.cohorts}
    clinicians = {clinician.id for clinician in week.clinicians}
    slots = {slot.id for slot in week.slots}
    slot_of = {cohort.cohort: cohort.slot for cohort in roster.cohorts}
    for placement in roster.placements:
        slot = slot_of.get(placement.cohort) if placement.cohort else None
        if placement.client in clients:
            yield PreviousPlacement(
                client=placement.client,
                cohort=placement.cohort if placement.cohort in cohorts else None,
                slot=slot if slot in slots else None,
                days=placement.days,
                primary=placement.primary if placement.primary in clinicians else None,
            )


def _leaders(week: ProgramWeek, roster: Roster) -> Iterator[PreviousLeader]:
    cohorts = {cohort.id for cohort in week.cohorts}
    clinicians = {clinician.id for clinician in week.clinicians}
    for cohort in roster.cohorts:
        if cohort.leader is not None and cohort.cohort in cohorts and cohort.leader in clinicians:
            yield PreviousLeader(cohort=cohort.cohort, leader=cohort.leader)


def _sessions(week: ProgramWeek, roster: Roster) -> Iterator[PreviousSession]:
    clients = {client.id for client in week.clients}
    services = {service.id for service in week.services}
    for session in roster.sessions:
        for client in session.clients:
            if client in clients and session.service in services:
                # Not validated again: a clock time is read from text alone.
                yield PreviousSession.model_construct(
                    client=client, service=session.service, day=session.day, start=session.start
                )
