"""primary: a client's own therapist, within a caseload; a colleague covers at a cost."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.facts import prescribed
from iop_sched.cpsat.model import Cost, Expr, Model, SessionVars
from iop_sched.week.care import Service
from iop_sched.week.people import Client, Clinician

RULE = "primary"


def own_services(model: Model, client: Client) -> list[Service]:
    """Prescribed services that the primary gives."""
    found = [model.facts.services[item.service] for item in prescribed(client)]
    return [service for service in found if service.primary]


def declare(model: Model) -> None:
    """Exactly one primary for a placed client who needs one."""
    for client in model.facts.treated if model.active(RULE) else ():
        services = own_services(model, client)
        if not services:
            continue
        literals = []
        for clinician in model.facts.week.clinicians:
            if _may_be(model, clinician, client, services):
                literal = model.bool(f"{clinician.id} primary of {client.id}")
                model.primary[client.id, clinician.id] = literal
                literals.append(literal)
        model.cp.add(sum(literals) == model.placed[client.id])


def _may_be(model: Model, clinician: Clinician, client: Client, services: list[Service]) -> bool:
    return model.facts.suits(clinician, client) and all(
        any(model.facts.qualified(clinician, need) for need in service.staff) for service in services
    )


def post(model: Model) -> Iterator[Cost]:
    """Caseloads, and a cost for each session that a colleague covers."""
    for clinician in model.facts.week.clinicians:
        if clinician.caseload is not None:
            yield from _caseload(model, clinician, clinician.caseload)
    for client in model.facts.treated:
        for service in own_services(model, client):
            for session in model.sessions_of(client.id, service.id):
                yield _cover(model, client, session)


def _caseload(model: Model, clinician: Clinician, caseload: int) -> Iterator[Cost]:
    carried = [lit for (_, who), lit in model.primary.items() if who == clinician.id]
    inherited = sum(model.facts.previous[c.id].primary == clinician.id for c in model.facts.current_treated)
    limit = max(caseload, inherited)
    if len(carried) <= limit:
        return
    if model.soft(RULE):
        upper = len(carried) - limit
        yield Cost(
            "primary.caseload",
            model.excess(sum(carried), limit, upper, f"{clinician.id} above caseload"),
            upper,
        )
    else:
        model.cp.add(sum(carried) <= limit)


def _cover(model: Model, client: Client, session: SessionVars) -> Cost:
    """1 when the client attends and the primary does not give the session."""
    own: Expr = 0
    for clinician in session.givers:
        primary = model.primary.get((client.id, clinician))
        if primary is not None:
            gives = model.bool(f"{clinician} gives {session.key} as primary of {client.id}")
            model.cp.add_implication(gives, primary)
            model.cp.add(gives <= session.given_by(clinician))
            own += gives
    cover = model.excess(session.joins[client.id] - own, 0, 1, f"{session.key} of {client.id} covered")
    return Cost("primary.cover", cover, 1)
