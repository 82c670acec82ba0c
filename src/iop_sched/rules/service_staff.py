"""Rule ``service-staff``: sessions are given by those who may, never by somebody the client must not see."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.qualification import misfit
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.staffing import misstaffed, strangers
from iop_sched.rules.wording import at, names
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Session

RULE = "service-staff"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Each session has exactly the qualified people its service needs, who suit every client in it."""
    for session in schedule.roster.sessions:
        when = at(session.day, schedule.session_interval(session))
        for reason in _faults(schedule, session):
            yield Violation(RULE, names(session.clients), when, f"{session.service}: {reason}")


def _faults(schedule: Schedule, session: Session) -> Iterator[str]:
    facts = schedule.facts
    people = sorted({entry.clinician for entry in session.staff})
    yield from misstaffed(facts, schedule.service(session).staff, session.staff, more=False)
    yield from strangers(facts, people, session.site)
    for person in people:
        for client in session.clients:
            reason = misfit(facts, facts.clinicians[person], facts.clients[client])
            if reason is not None:
                yield reason
