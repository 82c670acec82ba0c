"""Sites, closures, rooms, supplies and the windows of time they are open."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.times import Clock, Id, Interval, Minutes, Weekday, Weekdays


class Window(Frozen):
    """The same hours on each of some weekdays."""

    days: Annotated[Weekdays, Field(min_length=1, description="weekdays, or daily, weekdays, weekend")]
    start: Annotated[Clock, Field(description="from, HH:MM")]
    end: Annotated[Clock, Field(description="until, HH:MM, exclusive")]
    site: Annotated[Id | None, Field(description="a clinician's window: only at this site")] = None
    why: Annotated[str | None, Field(description="a note for the reader (job, school, dentist)")] = None

    @property
    def interval(self) -> Interval:
        """Minutes after midnight, half-open."""
        return (self.start, self.end)


class Site(Frozen):
    """A location with its own rooms, staff and licence."""

    id: Annotated[Id, Field(description="id of the site")]
    travel: Annotated[
        dict[Id, Minutes], Field(description="minutes to other sites; one direction is enough")
    ] = {}
    census: Annotated[int | None, Field(ge=0, description="clients licensed on site in one day")] = None


class Closure(Frozen):
    """A day on which nothing takes place, at some sites or everywhere."""

    day: Annotated[Weekday, Field(description="the closed weekday")]
    sites: Annotated[
        tuple[Id, ...], Field(description="closed sites; none named: everywhere, online too")
    ] = ()
    why: Annotated[str | None, Field(description="a note for the reader (holiday, training)")] = None


class Room(Frozen):
    """A room that one meeting or session uses at a time."""

    id: Annotated[Id, Field(description="id of the room")]
    site: Annotated[Id, Field(description="the site it belongs to")]
    kinds: Annotated[
        tuple[Id, ...], Field(min_length=1, description="what it serves as, one or several kinds")
    ]
    capacity: Annotated[int, Field(ge=1, description="seats for clients and loved ones")]
    available: Annotated[
        tuple[Window, ...], Field(description="when it can be used; none named: always")
    ] = ()


class Supply(Frozen):
    """Interchangeable offices or equipment of one kind at one site."""

    kind: Annotated[Id, Field(description="kind of office or equipment")]
    site: Annotated[Id, Field(description="the site it belongs to")]
    count: Annotated[int, Field(ge=0, description="how many can be in use at once")]
