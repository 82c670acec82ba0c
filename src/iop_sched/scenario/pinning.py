"""Changes about pins: one added, some taken out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Annotated, Literal

from pydantic import Field

from iop_sched.scenario.change import Change, Changed, Key, drop, found, is_new
from iop_sched.scenario.saying import HOLDS
from iop_sched.week.pins import Pin, PlacePin
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id, Weekdays


class AddPin(Change):
    """One more decision of the director, with a whole record."""

    change: Literal["pin"] = "pin"
    pin: Pin

    def decides(self) -> Iterator[Key]:
        yield ("pin", self.pin.id, "new")

    def apply(self, to: Changed) -> Changed:
        is_new(to.week.pins, self.pin.id, "pin")
        return to.also(HOLDS.format(self.pin.id), pins=(*to.week.pins, self.pin))


class PinPlace(Change):
    """A client's place is fixed: in a cohort, and on exactly these weekdays when some are named."""

    change: Literal["pin-place"] = "pin-place"
    client: Annotated[Id, Field(description="id of the client")]
    cohort: Annotated[Id, Field(description="id of the cohort")]
    days: Annotated[Weekdays, Field(description="weekdays; none named: any")] = ()

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client, "place")
        yield ("cohort", self.cohort, "place", self.client)

    def apply(self, to: Changed) -> Changed:
        client = found(to.week.clients, self.client, "client").id
        cohort = found(to.week.cohorts, self.cohort, "cohort").id
        place = PlacePin(client=client, cohort=cohort, days=self.days)
        pin = Pin(id=free_id(to.week, f"place-{client}"), place=place)
        on = f" on {', '.join(day.code for day in self.days)}" if self.days else ""
        return to.also(f"{client} is placed in {cohort}{on}.", pins=(*to.week.pins, pin))


class Unpin(Change):
    """A decision of the director holds no more."""

    change: Literal["unpin"] = "unpin"
    pin: Annotated[Id, Field(description="id of the pin")]

    def decides(self) -> Iterator[Key]:
        yield ("pin", self.pin)

    def apply(self, to: Changed) -> Changed:
        gone = found(to.week.pins, self.pin, "pin").id
        return to.also(f"Pin {gone} holds no more.", pins=drop(to.week.pins, gone))


def free_id(week: ProgramWeek, wanted: str) -> str:
    """An id that no pin has: ``wanted``, or that with a number."""
    taken, short = {pin.id.casefold() for pin in week.pins}, wanted[:36]
    free = (id_ for at in count(2) if (id_ := f"{short}-{at}").casefold() not in taken)
    return next(free) if short.casefold() in taken else short
