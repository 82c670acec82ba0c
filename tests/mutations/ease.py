"""Weeks that ask less in one subject, so that a mutation of another stays alone.

Easing never makes a roster break a rule that it kept.
"""

from __future__ import annotations

from collections.abc import Callable

from iop_sched.week.base import Band, HourBand
from iop_sched.week.places import Supply
from iop_sched.week.program import ProgramWeek
from mutations.edit import put

MANY = 999


def _seats(week: ProgramWeek) -> ProgramWeek:
    """Any number of people in a cohort, a block, a room, a house, with any number of staff."""
    return put(
        week,
        sites=tuple(put(site, census=None) for site in week.sites),
        rooms=tuple(put(room, capacity=MANY) for room in week.rooms),
        cohorts=tuple(put(one, members=Band(min=one.members.min, max=MANY)) for one in week.cohorts),
        agendas=tuple(
            put(
                agenda,
                blocks=tuple(
                    put(
                        block,
                        ratio=block.ratio and MANY,
                        attendance=block.attendance and Band(min=block.attendance.min, max=MANY),
                    )
                    for block in agenda.blocks
                ),
            )
            for agenda in week.agendas
        ),
    )


def _dosage(week: ProgramWeek) -> ProgramWeek:
    """Any hours a week and a day, any number of services a day and of days without a meeting."""
    return put(
        week,
        levels=tuple(
            put(
                level,
                hours=HourBand(min=0, max=168),
                day_hours=HourBand(min=0, max=24),
                services_per_day=None,
                service_only_days=None,
            )
            for level in week.levels
        ),
        clients=tuple(
            client
            if client.prescription is None
            else put(
                client,
                prescription=put(client.prescription, hours=put(client.prescription.hours, min=0, max=168)),
            )
            for client in week.clients
        ),
    )


def _timing(week: ProgramWeek) -> ProgramWeek:
    """Sessions in any order and at any distance, and any days between those of a pattern."""
    return put(
        week,
        services=tuple(put(one, spacing_days=None, at_most=None, follows=None) for one in week.services),
        levels=tuple(put(level, max_days_between=None) for level in week.levels),
    )


def _supplies(week: ProgramWeek) -> ProgramWeek:
    """Enough of every kind of office and equipment everywhere, and licences for any number of clients."""
    kinds = {kind for service in week.services for kind in service.supplies} | {
        kind for agenda in week.agendas for block in agenda.blocks for kind in block.supplies
    }
    return put(
        week,
        sites=tuple(put(site, census=None) for site in week.sites),
        supplies=tuple(
            Supply(kind=kind, site=site.id, count=MANY) for kind in sorted(kinds) for site in week.sites
        ),
    )


def _staff(week: ProgramWeek) -> ProgramWeek:
    """No limits on load, no breaks, no hours for notes, no bound on caseloads."""
    bounds = dict.fromkeys(("max_hours_day", "max_hours_week", "max_groups_day", "caseload"))
    return put(
        week,
        clinicians=tuple(put(one, breaks=(), admin_hours=0, **bounds) for one in week.clinicians),
    )


def _pins(week: ProgramWeek) -> ProgramWeek:
    """Pins that fix nothing more than they must: none but those that set rules aside."""
    return put(week, pins=tuple(pin for pin in week.pins if pin.overrides))


def _payers(week: ProgramWeek) -> ProgramWeek:
    """Payers to whom it is all one who treats, and nothing agreed with them."""
    return put(
        week,
        payers=tuple(put(payer, credentialed_only=False) for payer in week.payers),
        clients=tuple(put(client, authorisation=None) for client in week.clients),
    )


def _shares(week: ProgramWeek) -> ProgramWeek:
    """No band for group therapy."""
    return put(week, levels=tuple(put(level, group_share=None) for level in week.levels))


SUBJECTS: dict[str, Callable[[ProgramWeek], ProgramWeek]] = {
    "seats": _seats,
    "dosage": _dosage,
    "timing": _timing,
    "supplies": _supplies,
    "staff": _staff,
    "pins": _pins,
    "payers": _payers,
    "shares": _shares,
}


def ease(week: ProgramWeek, subject: str) -> ProgramWeek:
    """The week, asking less in a subject."""
    return SUBJECTS[subject](week)
