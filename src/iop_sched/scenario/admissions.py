"""Clients admitted: a whole record, or new ones like those the program knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import count, islice
from typing import Annotated, Literal

from pydantic import Field

from iop_sched.scenario.change import Change, Changed, ChangeError, Key, found, is_new
from iop_sched.scenario.saying import listed
from iop_sched.week.people import Client, Preferences, Stay
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id

HowMany = Annotated[int, Field(ge=1, le=500, description="how many new clients")]


class Admit(Change):
    """A new client, with a whole record."""

    change: Literal["admit"] = "admit"
    client: Client

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client.id, "new")

    def apply(self, to: Changed) -> Changed:
        return _admitted(to, [self.client], "is admitted")


class AdmitLike(Change):
    """One new client like another one. What is copied: see ``like``."""

    change: Literal["admit-like"] = "admit-like"
    client: Annotated[Id, Field(description="id of the new client")]
    like: Annotated[Id, Field(description="id of the client to copy")]

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client, "new")

    def apply(self, to: Changed) -> Changed:
        other = found(to.week.clients, self.like, "client")
        return _admitted(to, [like(to.week, other, self.client)], f"is admitted, like {other.id}")


class Surge(Change):
    """Several new clients like another one, called ``ID-like-1``, ``ID-like-2`` …"""

    change: Literal["surge"] = "surge"
    count: HowMany
    like: Annotated[Id, Field(description="id of the client to copy")]

    def apply(self, to: Changed) -> Changed:
        other = found(to.week.clients, self.like, "client")
        ids = _new_ids(to.week, f"{other.id[:30]}-like-", self.count)
        admitted = [like(to.week, other, id_) for id_ in ids]
        return _admitted(to, admitted, f"{_are(admitted)} admitted, like {other.id}")


class AdmitTypical(Change):
    """Several typical new clients who want a slot, called ``SLOT-new-1``, ``SLOT-new-2`` …

    They are like the first client of the most common kind among those who attended the slot last week, or
    among all where nobody did: same level, population, payer, formats, prescription and other engagements.
    Clients without a group, stepping down, or with special needs are not typical.
    """

    change: Literal["admit-typical"] = "admit-typical"
    count: HowMany
    slot: Annotated[Id, Field(description="id of the slot that they want")]

    def apply(self, to: Changed) -> Changed:
        slot = found(to.week.slots, self.slot, "slot").id
        other = typical(to.week, slot)
        ids = _new_ids(to.week, f"{slot[:30]}-new-", self.count)
        wanting = Preferences(slots=(slot,))
        admitted = [
            like(to.week, other, id_).model_copy(update={"preferences": wanting, "priority": _usual(to.week)})
            for id_ in ids
        ]
        return _admitted(to, admitted, f"{_are(admitted)} admitted, wanting {slot}, like {other.id}")


def like(week: ProgramWeek, other: Client, id_: str) -> Client:
    """A new client like ``other``, who has not waited yet and whose stay is open.

    Not copied are the dates of one person: waiting days, absences of this week, authorisation, later steps,
    last day, and for a client in treatment the intake. Pins, pairs and last week's roster name only
    ``other``.
    """
    prescription = other.prescription and other.prescription.model_copy(update={"steps": ()})
    current = other.id in {placement.client for placement in week.previous.placements}
    return other.model_copy(
        update={
            "id": id_,
            "waiting_days": 0,
            "absences": (),
            "authorisation": None,
            "stay": Stay(),
            "prescription": prescription,
            "intake": None if current else other.intake,
        }
    )


def typical(week: ProgramWeek, slot: str) -> Client:
    """The first client of the most common kind in a slot; raises ``ChangeError`` when there is none."""
    plain = [client for client in week.treated if _is_plain(client)]
    before = {placement.client for placement in week.previous.placements if placement.slot == slot}
    among = [client for client in plain if client.id in before] or plain
    if not among:
        raise ChangeError("nobody in this week is typical", "write 'surge N like CLIENT', or a whole record")
    kinds = Counter(_kind(client) for client in among)
    commonest = max(kinds.values())
    return next(client for client in among if kinds[_kind(client)] == commonest)


def _is_plain(client: Client) -> bool:
    return not (client.group_optional or client.step_down or client.needs or client.family)


def _kind(client: Client) -> Hashable:
    """What makes two clients alike for a roster; notes aside."""
    prescription = client.prescription
    windows = tuple((one.days, one.interval) for one in (*client.available, *client.busy))
    asked = (prescription.hours.model_dump_json(), prescription.days) if prescription else ()
    return (client.level, client.population, client.formats, client.sites, windows, asked)


def _usual(week: ProgramWeek) -> int:
    """The most common priority of those who wait."""
    current = {placement.client for placement in week.previous.placements}
    waiting = Counter(client.priority for client in week.treated if client.id not in current)
    return waiting.most_common(1)[0][0] if waiting else 1


def _new_ids(week: ProgramWeek, prefix: str, number: int) -> list[str]:
    taken = {client.id.casefold() for client in week.clients}
    free = (id_ for at in count(1) if (id_ := f"{prefix}{at}").casefold() not in taken)
    return list(islice(free, number))


def _admitted(to: Changed, admitted: Sequence[Client], said: str) -> Changed:
    for client in admitted:
        is_new(to.week.clients, client.id, "client")
    who = listed([client.id for client in admitted])
    return to.also(f"{who} {said}.", clients=(*to.week.clients, *admitted))


def _are(admitted: Sequence[Client]) -> str:
    return "is" if len(admitted) == 1 else "are"
