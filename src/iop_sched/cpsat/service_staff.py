"""service-staff: only those who may give a session, and never somebody the client must not see."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat import clinician_time
from iop_sched.cpsat.facts import Place
from iop_sched.cpsat.model import Cost, Literal, Model, SessionVars
from iop_sched.cpsat.starts import Starts, common, restrict
from iop_sched.week.people import Clinician
from iop_sched.week.times import Day

RULE = "service-staff"


def declare(model: Model, session: SessionVars, day: Day, place: Place, starts: Starts) -> None:
    """Who may fill each need of a session on a day at a place; exactly ``count`` people do."""
    if not model.active(RULE):
        return
    for index, need in enumerate(session.service.staff):
        literals = []
        for clinician in givers(model, session, index, place):
            working = clinician_time.starts(model, clinician, day, place, session.service.minutes)
            fits = common(starts, working)
            if fits:
                literal = model.bool(f"{session.key} {day.code} {place or 'online'} by {clinician.id}")
                restrict(model, session, day, starts, fits, literal)
                session.staff[day, place, index, clinician.id] = literal
                literals.append(literal)
        model.cp.add(sum(literals) == need.count * session.mode[day, place])
    if len(session.service.staff) > 1:
        _one_need_each(model, session, day, place)


def givers(model: Model, session: SessionVars, index: int, place: Place) -> tuple[Clinician, ...]:
    """Who is qualified for a need, works there, and suits the client of an individual session."""
    client = None if session.service.is_open_group else session.clients[0]
    return model.facts.givers(session.service.id, index, place, client)


def _one_need_each(model: Model, session: SessionVars, day: Day, place: Place) -> None:
    by_person: dict[str, list[Literal]] = {}
    for (d, where, _, clinician), literal in session.staff.items():
        if (d, where) == (day, place):
            by_person.setdefault(clinician, []).append(literal)
    for literals in by_person.values():
        model.cp.add_at_most_one(literals)


def post(model: Model) -> Iterator[Cost]:
    """Staff of an open group suit every client who attends."""
    for session in model.sessions:
        if not session.service.is_open_group:
            continue
        for client in session.clients:
            for clinician in session.givers:
                if not model.facts.suits(model.facts.clinicians[clinician], model.facts.clients[client]):
                    model.cp.add(session.joins[client] + session.given_by(clinician) <= 1)
    yield from ()
