"""The week of one client: what is left of a program week when a roster decides for all others.

It is for building a model from, not for loading: a room that is in use has other hours, a block needs nobody,
and an open group is offered only where it would be new.
"""

from __future__ import annotations

from iop_sched.admit.others import Others
from iop_sched.week.care import Agenda, Cohort, MeetingOption, Service
from iop_sched.week.pins import Pin
from iop_sched.week.places import Room, Window
from iop_sched.week.previous import PreviousWeek
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import DAY_MINUTES, WEEK, Id, subtract


def alone(others: Others) -> ProgramWeek:
    """The week with this client alone, open cohorts as they meet, and places as far as they are free."""
    week, client = others.week, others.client.id
    cohorts = list(_cohorts(others))
    return week.model_copy(
        update={
            "rooms": tuple(_rooms(others)),
            "supplies": (),
            "sites": tuple(site.model_copy(update={"census": None}) for site in week.sites),
            "agendas": tuple(_bare(agenda) for agenda in week.agendas),
            "cohorts": tuple(cohorts),
            "max_new_cohorts": None,
            "services": tuple(_service(others, service) for service in week.services),
            "clinicians": tuple(one.model_copy(update={"caseload": None}) for one in others.clinicians),
            "care_teams": (),
            "clients": (others.client,),
            "apart": (),
            "together": (),
            "pins": tuple(pin for pin in week.pins if _is_about(pin, client)),
            "previous": PreviousWeek(
                placements=tuple(one for one in week.previous.placements if one.client == client),
                sessions=tuple(one for one in week.previous.sessions if one.client == client),
            ),
        }
    )


def _cohorts(others: Others) -> list[Cohort]:
    """Open cohorts as they meet, and the client's previous one, which the order of sessions looks back on."""
    opened = others.schedule.open_cohorts
    before = others.facts.previous.get(others.client.id)
    found = []
    for cohort in others.week.cohorts:
        if cohort.id in opened:
            option = MeetingOption(slot=opened[cohort.id].slot, days=opened[cohort.id].days)
            found.append(cohort.model_copy(update={"options": (option,), "room_kind": None}))
        elif before is not None and before.cohort == cohort.id:
            found.append(cohort.model_copy(update={"room_kind": None}))
    return found


def _bare(agenda: Agenda) -> Agenda:
    """Blocks with their times alone: their staff, seats and supplies are the roster's."""
    bare = {"staff": (), "attendance": None, "ratio": None, "supplies": ()}
    return agenda.model_copy(
        update={"blocks": tuple(block.model_copy(update=bare) for block in agenda.blocks)}
    )


def _rooms(others: Others) -> list[Room]:
    """Rooms that the client's services may need, in the hours that are left of them."""
    kinds = {service.room_kind for service in others.services.values()}
    found = []
    for room in others.week.rooms:
        if kinds.isdisjoint(room.kinds):
            continue
        free = tuple(
            Window.model_construct(days=(day,), start=start, end=end, site=None, why=None)
            for day in WEEK
            for start, end in subtract(
                [one.interval for one in room.available if day in one.days]
                if room.available
                else [(0, DAY_MINUTES)],
                others.room_uses(room.id, day),
            )
        )
        # without any window a room would be free all week
        if free:
            found.append(room.model_copy(update={"available": free}))
    return found


def _service(others: Others, service: Service) -> Service:
    """The service; of an open group, what of it does not take place yet and could with this client alone."""
    if service.id not in others.services or not service.is_open_group:
        return service
    held = [session for session in others.roster.sessions if session.service == service.id]
    names = {session.offering for session in held}
    offerings = tuple(one for one in service.offerings if one.id not in names)
    left = max(0, service.max_offerings - len(held)) if not service.offerings else 0
    if others.active("open-group") and not _enough(others, service):
        offerings, left = (), 0
    return service.model_copy(update={"offerings": offerings, "max_offerings": left})


def _enough(others: Others, service: Service) -> bool:
    family = others.client.family if service.family else None
    people = 1 + (family.attendees if family is not None else 0)
    return service.participants.min <= people <= service.participants.max


def _is_about(pin: Pin, client: Id) -> bool:
    about = pin.place or pin.session
    return about is not None and about.client == client
