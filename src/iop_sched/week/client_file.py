"""One more client for a program week, from a file of one record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from iop_sched.week.document import Document, Fault
from iop_sched.week.document import Path as Place
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.reading import read_document
from iop_sched.week.references import contradictions
from iop_sched.week.validating import drafted, problems_of, validated


def week_with_client(week: ProgramWeek, path: str | Path) -> tuple[ProgramWeek, Client]:
    """The week with the client of a YAML or JSON file added at the end, and that client.

    The record may stand alone, or as the only one of a list, with or without ``clients:`` before it. Raises
    ``InputProblems`` with all that is wrong with the record, also an id that is in the week already.
    """
    document = read_document(path)
    at, record = _record(document)
    client, faults = validated(Client, record)
    faults += _taken(week, record)
    faults += _beside(week, record, faults)
    if client is None or faults or document.problems:
        raise problems_of(document, [replace(fault, path=(*at, *fault.path)) for fault in faults])
    return _joined(week, client), client


def _record(document: Document) -> tuple[Place, Any]:
    """The client's record, and where in the file it stands."""
    data, at = document.data, Place()
    if isinstance(data, dict) and data.keys() == {"clients"}:
        data, at = data["clients"], ("clients",)
    if not isinstance(data, list):
        return at, data
    if len(data) != 1:
        what = f"there are {len(data)} clients here" if data else "there is no client here"
        raise problems_of(document, [Fault(at, what, "write one, whom to admit")])
    return (*at, 0), data[0]


def _joined(week: ProgramWeek, client: Client) -> ProgramWeek:
    return week.model_copy(update={"clients": (*week.clients, client)})


def _taken(week: ProgramWeek, record: Any) -> Iterator[Fault]:
    id_ = record.get("id") if isinstance(record, dict) else None
    if not isinstance(id_, str):
        return
    for one in week.clients:
        if one.id.casefold() == id_.casefold():
            what = "a client of the week has this id already"
            if one.id != id_:
                what = f"this id differs from '{one.id}' in capitals alone"
            yield Fault(("id",), what, "write a new one")


def _beside(week: ProgramWeek, record: Any, faults: list[Fault]) -> Iterator[Fault]:
    """What the week has against the record apart from ``faults``, in the parts that they leave."""
    if not isinstance(record, dict):
        return
    wrong = {fault.path[:end] for fault in faults for end in range(1, len(fault.path) + 1)}
    known = {client.id for client in week.clients}
    stand_in = {
        "id": next(free for at in count(1) if (free := f"new-{at}") not in known),
        "level": week.levels[0].id,
    }
    right = {name: value for name, value in record.items() if (name,) not in wrong or name not in stand_in}
    draft = drafted(Client, stand_in | right)
    if draft is None:
        return
    joined = _joined(week, draft.model)
    for fault in contradictions(joined, joined.model_dump(mode="json")):
        path = draft.in_file(fault.path[2:])
        if fault.path[:2] == ("clients", len(week.clients)) and path not in wrong:
            yield replace(fault, path=path)
