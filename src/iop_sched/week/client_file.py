"""One more client for a program week, from a file of one record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from iop_sched.week.document import Fault
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.reading import read_document
from iop_sched.week.references import contradictions
from iop_sched.week.validating import problems_of, validated


def week_with_client(week: ProgramWeek, path: str | Path) -> tuple[ProgramWeek, Client]:
    """The week with the client of a YAML or JSON file added at the end, and that client.

    Raises ``InputProblems`` with all that is wrong with the record, also an id that is in the week already.
    """
    document = read_document(path)
    client, faults = validated(Client, document.data)
    if client is None:
        raise problems_of(document, faults)
    if any(one.id == client.id for one in week.clients):
        raise problems_of(
            document, [Fault(("id",), "a client of the week has this id already", "write a new one")]
        )
    joined = week.model_copy(update={"clients": (*week.clients, client)})
    own = ("clients", len(week.clients))
    faults = [
        replace(fault, path=fault.path[2:])
        for fault in contradictions(joined, joined.model_dump(mode="json"))
        if fault.path[:2] == own
    ]
    if faults:
        raise problems_of(document, faults)
    return joined, client
