"""Display names: a file of their own, merged only when something is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.document import Fault
from iop_sched.week.nearest import nearest
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

MOST_LETTERS = 80
"""Of a name."""
Name = Annotated[str, Field(min_length=1, max_length=MOST_LETTERS)]


class NamesFile(Frozen):
    """What a names file holds: ids with the names to print for them."""

    clients: Annotated[dict[Id, Name], Field(description="client id to display name")] = {}
    clinicians: Annotated[dict[Id, Name], Field(description="clinician id to display name")] = {}
    cohorts: Annotated[dict[Id, Name], Field(description="cohort id to display name")] = {}
    rooms: Annotated[dict[Id, Name], Field(description="room id to display name")] = {}
    sites: Annotated[dict[Id, Name], Field(description="site id to display name")] = {}
    services: Annotated[dict[Id, Name], Field(description="service id to display name")] = {}

    @property
    def by_id(self) -> dict[str, str]:
        """All names, whatever kind of thing they are of."""
        return {id_: name for kind in KINDS for id_, name in getattr(self, kind).items()}


class Names(Mapping[str, str]):
    """Id to display name, over all kinds of ids. Its text form shows no name."""

    def __init__(self, by_id: Mapping[str, str]) -> None:
        self._names = dict(by_id)

    def __getitem__(self, id_: str) -> str:
        return self._names[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"Names({len(self)})"


KINDS = tuple(NamesFile.model_fields)


def names_faults(file: NamesFile, week: ProgramWeek | None) -> Iterator[Fault]:
    """Ids with two names, and ids that the week does not have.

    What is no id of the week is repeated only where it is much like one: it may be somebody's name.
    """
    first: dict[str, tuple[str, str]] = {}
    for kind in KINDS:
        known = None if week is None else [item.id for item in getattr(week, kind)]
        for id_, name in getattr(file, kind).items():
            earlier, by = first.setdefault(id_, (name, kind))
            if earlier != name:
                what = f"this id has another name under {by}, and names are printed by id"
                yield Fault((kind, id_), what, "give both the same name, or leave one out", of_key=True)
            if known is not None and id_ not in known:
                close = nearest(id_, known)
                right = f"did you mean '{close}'?" if close else "take it out"
                named = f"'{id_}'" if close else "such id"
                what = f"the week has no {named} in {kind}"
                yield Fault((kind, id_), what, right, of_key=True)
