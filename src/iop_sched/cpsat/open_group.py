"""open-group: a group runs only with enough people, and has only so many seats."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.model import Cost, Model

RULE = "open-group"


def post(model: Model) -> Iterator[Cost]:
    """People within the band when it runs; a session without anybody does not take place."""
    for session in model.sessions:
        if session.service.is_open_group:
            band = session.service.participants
            people = sum(
                model.facts.people(model.facts.clients[client], session.service) * literal
                for client, literal in session.joins.items()
            )
            model.cp.add(people <= band.max * session.present)
            model.cp.add(people >= band.min * session.present)
    yield from ()
