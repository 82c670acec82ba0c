"""Changes about one client: discharged, paused, another prescription, authorisation or availability."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_sched.scenario.change import Change, Changed, ChangeError, Key, drop, found, put
from iop_sched.scenario.falling import client_of, falling
from iop_sched.scenario.fitting import fitting
from iop_sched.scenario.pinning import free_id
from iop_sched.scenario.windows import ALWAYS, Hours, at_any_site, cut, touches
from iop_sched.week.base import Hours as NumberOfHours
from iop_sched.week.people import Authorisation, Client, PrescribedService, Prescription
from iop_sched.week.pins import Pin, PlacePin
from iop_sched.week.places import Window
from iop_sched.week.times import Id, Weekday, Weekdays, covers

ClientId = Annotated[Id, Field(description="id of the client")]


class Discharge(Change):
    """A client is gone, or, with ``last_day``, leaves after that day of this week.

    Gone means out of everything: last week's roster, pins, pairs kept apart or together.
    """

    change: Literal["discharge"] = "discharge"
    client: ClientId
    last_day: Annotated[Weekday | None, Field(description="last day of treatment; none: gone")] = None

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client) if self.last_day is None else ("client", self.client, "last_day")

    def apply(self, to: Changed) -> Changed:
        week, gone = to.week, found(to.week.clients, self.client, "client")
        if self.last_day is not None:
            stay = gone.stay.model_copy(update={"last_day": self.last_day, "last_date": None})
            return replaced(to, gone, f"{gone.id} is discharged on {self.last_day.code}.", stay=stay)
        before = week.previous
        changed = to.also(
            f"{gone.id} is discharged.",
            clients=drop(week.clients, gone.id),
            apart=tuple(pair for pair in week.apart if gone.id not in pair),
            together=tuple(pair for pair in week.together if gone.id not in pair),
            previous=before.model_copy(
                update={
                    "placements": tuple(one for one in before.placements if one.client != gone.id),
                    "sessions": tuple(one for one in before.sessions if one.client != gone.id),
                }
            ),
        )
        return falling(changed, lambda pin: client_of(pin) == gone.id)


class Pause(Change):
    """A client in treatment has none this week, and keeps the place.

    An absence all week excuses every day, and a pin keeps the seat in last week's cohort; no hours and no
    services are due, so that nothing counts as missing. What the primary gives stays in the prescription, as
    what may be given, so that the client keeps the primary too. Only a current client has a place to keep.
    Pins of the client's sessions fall away.
    """

    of_one_week: ClassVar[bool] = True
    change: Literal["pause"] = "pause"
    client: ClientId

    def decides(self) -> Iterator[Key]:
        for name in ("hours", "services", "absences"):
            yield ("client", self.client, name)

    def apply(self, to: Changed) -> Changed:
        one, prescription = treated(to, self.client)
        before = {placement.client: placement for placement in to.week.previous.placements}
        if one.id not in before:
            raise ChangeError(
                f"{one.id} is not in treatment yet, and has no place to keep", f"write 'discharge {one.id}'"
            )
        nothing = prescription.hours.model_copy(update={"min": 0.0, "target": 0.0})
        own = {service.id for service in to.week.services if service.primary}
        kept = (line for line in prescription.services if line.service in own)
        none_due = tuple(line.model_copy(update={"min_count": 0}) for line in kept)
        changed = replaced(
            to,
            one,
            f"{one.id} pauses this week and keeps the place.",
            absences=(ALWAYS,),
            prescription=prescription.model_copy(update={"hours": nothing, "services": none_due}),
        )
        changed = falling(changed, lambda pin: pin.session is not None and pin.session.client == one.id)
        return _keeping(changed, one.id, before[one.id].cohort)


class Days(Change):
    """On how many days a week a client comes, and on which weekdays."""

    change: Literal["days"] = "days"
    client: ClientId
    days: Annotated[tuple[int, ...], Field(min_length=1, description="tracks allowed: days a week")]
    step_down: Annotated[
        bool | None, Field(description="steps down (needed below 3 days); none: as it was")
    ] = None

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client, "days")

    def apply(self, to: Changed) -> Changed:
        one, prescription = treated(to, self.client)
        said = f"{one.id} comes on {' or '.join(map(str, self.days))} days."
        new = prescription.model_copy(update={"days": self.days})
        down = one.step_down if self.step_down is None else self.step_down
        return replaced(to, one, said, prescription=new, step_down=down)


class OnWeekdays(Change):
    """On which weekdays a client's meetings may be."""

    change: Literal["weekdays"] = "weekdays"
    client: ClientId
    weekdays: Annotated[Weekdays, Field(min_length=1, description="weekdays allowed for meetings")]

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client, "weekdays")

    def apply(self, to: Changed) -> Changed:
        one, prescription = treated(to, self.client)
        said = f"{one.id} may come on {', '.join(day.code for day in self.weekdays)}."
        return replaced(
            to, one, said, prescription=prescription.model_copy(update={"weekdays": self.weekdays})
        )


class PrescribedHours(Change):
    """How many hours a week a client is prescribed; what is not named stays."""

    change: Literal["hours"] = "hours"
    client: ClientId
    min: Annotated[NumberOfHours | None, Field(description="floor, in hours; none: as it was")] = None
    target: Annotated[NumberOfHours | None, Field(description="aim, in hours; none: as it was")] = None
    max: Annotated[NumberOfHours | None, Field(description="ceiling, in hours; none: as it was")] = None

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client, "hours")

    def apply(self, to: Changed) -> Changed:
        one, prescription = treated(to, self.client)
        named = {
            name: value for name, value in self if name in ("min", "target", "max") and value is not None
        }
        if not named:
            raise ChangeError("no hours are named", "name min, target or max")
        hours = prescription.hours.model_copy(update=named)
        said = f"{one.id} is prescribed {hours.min:g} to {hours.max:g} hours, aiming at {hours.target:g}."
        return replaced(to, one, said, prescription=prescription.model_copy(update={"hours": hours}))


class ServiceCount(Change):
    """How often a client has a service this week; 0 takes it out, a new one is added."""

    change: Literal["service"] = "service"
    client: ClientId
    service: Annotated[Id, Field(description="id of the service")]
    count: Annotated[int, Field(ge=0, le=14, description="sessions prescribed; 0: none")]
    most: Annotated[
        int | None, Field(ge=0, le=14, description="sessions allowed; none: as many as prescribed")
    ] = None

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client, "services", self.service)

    def apply(self, to: Changed) -> Changed:
        one, prescription = treated(to, self.client)
        service = found(to.week.services, self.service, "service").id
        had = {entry.service for entry in prescription.services}
        most = self.count if self.most is None else self.most
        if not most and service not in had:
            raise ChangeError(f"{one.id} has no {service} to take out", "name a service of the client")
        new = PrescribedService(service=service, min_count=self.count, max_count=most)
        services = tuple(new if entry.service == service else entry for entry in prescription.services)
        if service not in had:
            services = (*services, new)
        if not most:
            services = tuple(entry for entry in services if entry.service != service)
        said = f"{one.id} has {service} {_times(self.count, most)} this week."
        new_prescription = prescription.model_copy(update={"services": services})
        changed = replaced(to, one, said, prescription=new_prescription)
        return changed if most else falling(changed, lambda pin: _is_session(pin, one.id, service))


class Authorise(Change):
    """What the payer agrees to: hours or days, on the dates it covered before, or else all week."""

    change: Literal["authorise"] = "authorise"
    client: ClientId
    hours: Annotated[NumberOfHours | None, Field(description="hours left; name hours or days")] = None
    days: Annotated[int | None, Field(ge=0, description="days left; name hours or days")] = None
    first: Annotated[date | None, Field(description="first date covered; none: as it was")] = None
    last: Annotated[date | None, Field(description="last date covered; none: as it was")] = None

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client, "authorisation")

    def apply(self, to: Changed) -> Changed:
        one, monday = found(to.week.clients, self.client, "client"), to.week.week_of
        if (self.hours is None) == (self.days is None):
            raise ChangeError("an authorisation is in hours or in days", "name either hours or days")
        had = one.authorisation
        new = Authorisation(
            first=self.first or (had.first if had else monday),
            last=self.last or (had.last if had else monday + timedelta(days=6)),
            hours=self.hours,
            days=self.days,
        )
        amount = f"{self.days} days" if self.hours is None else f"{self.hours:g} hours"
        said = f"{one.id} is authorised for {amount}, {new.first} to {new.last}."
        return replaced(to, one, said, authorisation=new)


class Comes(Hours):
    """When a client can come: at these hours of the week and at no others."""

    change: Literal["available"] = "available"
    client: ClientId
    available: Annotated[
        tuple[Window, ...] | None, Field(description="several windows in place of days, start and end")
    ] = None

    def decides(self) -> Iterator[Key]:
        yield ("client", self.client, "available")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clients, self.client, "client")
        if self.available is not None:
            if self.model_fields_set & {"days", "start", "end"}:
                raise ChangeError("both 'available' and days or hours are named", "name one of the two")
            return replaced(to, one, f"{one.id} has another availability.", available=self.available)
        return replaced(to, one, f"{one.id} can come only {self.when}.", available=(self.window(),))


class ComesToo(Hours):
    """A client who can come at some hours of the week only can come at these as well."""

    change: Literal["comes"] = "comes"
    client: ClientId

    def decides(self) -> Iterator[Key]:
        return self.keys("client", self.client, "available")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clients, self.client, "client")
        hours = {day: at_any_site(one.available, day) for day in self.days}
        if not one.available or all(covers(hours[day], self.span) for day in self.days):
            raise ChangeError(f"{one.id} can come {self.when} anyway", "name hours besides")
        available = (*one.available, self.window())
        return replaced(to, one, f"{one.id} can also come {self.when}.", available=available)


class Busy(Hours):
    """A client has something else to do then, every week: work, school, family."""

    change: Literal["busy"] = "busy"
    client: ClientId
    why: Annotated[str | None, Field(description="a note for the reader")] = None

    def decides(self) -> Iterator[Key]:
        return self.keys("client", self.client, "busy")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clients, self.client, "client")
        busy = (*one.busy, self.window(self.why))
        return replaced(to, one, f"{one.id} is busy {self.when}.", busy=busy)


class Free(Hours):
    """A client's other engagements and absences at these hours fall away."""

    change: Literal["free"] = "free"
    client: ClientId

    def decides(self) -> Iterator[Key]:
        yield from self.keys("client", self.client, "busy")
        yield from self.keys("client", self.client, "absences")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clients, self.client, "client")
        if not touches((*one.busy, *one.absences), self.days, self.span):
            raise ChangeError(f"{one.id} is free {self.when} anyway", "name hours that are busy or absent")
        busy, absences = (tuple(cut(windows, self.days, self.span)) for windows in (one.busy, one.absences))
        return replaced(to, one, f"{one.id} is free {self.when}.", busy=busy, absences=absences)


class Absent(Hours):
    """A client is excused this week only, and keeps the seat."""

    of_one_week: ClassVar[bool] = True
    change: Literal["absent"] = "absent"
    client: ClientId
    why: Annotated[str | None, Field(description="a note for the reader")] = None

    def decides(self) -> Iterator[Key]:
        return self.keys("client", self.client, "absences")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clients, self.client, "client")
        absences = (*one.absences, self.window(self.why))
        return replaced(to, one, f"{one.id} is excused {self.when}.", absences=absences)


def replaced(to: Changed, one: Client, said: str, **fields: Any) -> Changed:
    """The week with some fields of a client's record replaced, and pins as far as they can still be."""
    changed = to.also(said, clients=put(to.week.clients, one.model_copy(update=fields)))
    return fitting(changed, to.week, one.id)


def treated(to: Changed, id_: str) -> tuple[Client, Prescription]:
    """A client with a prescription; raises ``ChangeError`` for one without."""
    one = found(to.week.clients, id_, "client")
    if one.prescription is None:
        raise ChangeError(
            f"{one.id} has no prescription, and wants an assessment alone",
            "name a client in treatment, or write the whole record anew",
        )
    return one, one.prescription


def _keeping(to: Changed, client: str, cohort: str | None) -> Changed:
    """A pin of the client's seat in last week's cohort, unless there is none or a pin says so already."""
    if cohort is None:
        return to
    for pin in to.week.pins:
        if pin.place is None or pin.place.client != client or pin.place.cohort is None:
            continue
        if pin.place.cohort != cohort:
            what = f"pin {pin.id} places {client} in {pin.place.cohort}, which is not the place to keep"
            raise ChangeError(what, "take the pin out, or leave out the pause")
        return to
    pin = Pin(id=free_id(to.week, f"pause-{client}"), place=PlacePin(client=client, cohort=cohort))
    return to.also(pins=(*to.week.pins, pin))


def _is_session(pin: Pin, client: str, service: str) -> bool:
    return pin.session is not None and (pin.session.client, pin.session.service) == (client, service)


def _times(least: int, most: int) -> str:
    if not most:
        return "no more"
    return f"{least} to {most} times" if least != most else "once" if most == 1 else f"{most} times"
