"""Changes about places: a day closed or open again, a room closed or changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from iop_sched.scenario.change import Change, Changed, ChangeError, Key, drop, found, is_new, put
from iop_sched.scenario.falling import block_hours, falling, loosened, without
from iop_sched.scenario.teams import not_meeting
from iop_sched.scenario.windows import ALWAYS, WHOLE_DAY, Hours, cut, touches
from iop_sched.week.pins import Pin
from iop_sched.week.places import Closure, Window
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Day, Id, Weekdays, overlap

RoomId = Annotated[Id, Field(description="id of the room")]
Sites = Annotated[tuple[Id, ...], Field(description="sites; none named: everywhere, online too")]


class CloseDays(Change):
    """Nothing takes place on these days, everywhere or at some sites.

    A care team that can meet on no other day does not meet. Pins of what was to be on such a day fall away; a
    client's start pinned to it becomes open.
    """

    of_one_week: ClassVar[bool] = True
    change: Literal["close"] = "close"
    days: Annotated[Weekdays, Field(min_length=1, description="weekdays to close")]
    sites: Sites = ()
    why: Annotated[str | None, Field(description="a note for the reader")] = None

    def decides(self) -> Iterator[Key]:
        return _closed_keys(self.days, self.sites)

    def apply(self, to: Changed) -> Changed:
        for site in self.sites:
            found(to.week.sites, site, "site")
        for closure in to.week.closures:
            if closure.day in self.days and (
                not closure.sites or (self.sites and set(self.sites) <= set(closure.sites))
            ):
                raise ChangeError(f"{closure.day.code} is closed already", "name another day")
        closures = tuple(Closure(day=day, sites=self.sites, why=self.why) for day in self.days)
        said = f"{_days(self.days)} closed{_at(self.sites)}."
        changed = not_meeting(to.also(said, closures=(*to.week.closures, *closures)))
        changed = falling(changed, lambda pin: self._prevents(pin, to.week))
        return changed if self.sites else loosened(changed, self._start_open)

    def _prevents(self, pin: Pin, week: ProgramWeek) -> bool:
        if pin.session is not None:
            return not self.sites and pin.session.day in self.days
        if pin.meeting is not None and pin.meeting.day in self.days:
            cohort = next(one for one in week.cohorts if one.id == pin.meeting.cohort)
            return not self.sites or (cohort.format == "in-person" and cohort.site in self.sites)
        if pin.team is not None and pin.team.day in self.days:
            team = next(one for one in week.care_teams if one.id == pin.team.team)
            return not self.sites or team.site in self.sites
        return False

    def _start_open(self, pin: Pin) -> Pin:
        starts = pin.place is not None and pin.place.start in self.days
        return without(pin, "place", "start") if starts else pin


class ReopenDays(Change):
    """Days that were to be closed are open after all, everywhere or at some sites."""

    of_one_week: ClassVar[bool] = True
    change: Literal["reopen"] = "reopen"
    days: Annotated[Weekdays, Field(min_length=1, description="weekdays to open again")]
    sites: Sites = ()

    def decides(self) -> Iterator[Key]:
        return _closed_keys(self.days, self.sites)

    def apply(self, to: Changed) -> Changed:
        for site in self.sites:
            found(to.week.sites, site, "site")
        closures = tuple(left for one in to.week.closures for left in self._left(one, to.week))
        if closures == to.week.closures:
            raise ChangeError(f"{_days(self.days)} not closed{_at(self.sites)}", "name a day that is closed")
        return to.also(f"{_days(self.days)} open{_at(self.sites)}.", closures=closures)

    def _left(self, closure: Closure, week: ProgramWeek) -> Iterator[Closure]:
        if closure.day not in self.days:
            yield closure
        elif self.sites:
            closed = closure.sites or tuple(site.id for site in week.sites)
            left = tuple(site for site in closed if site not in self.sites)
            if left == closed:
                yield closure
            elif left:
                yield closure.model_copy(update={"sites": left})


class CloseRoom(Hours):
    """A room cannot be used: all week, on some days, or for some hours of them.

    A room that cannot be used at all is taken out. Pins of a meeting in the room fall away.
    """

    of_one_week: ClassVar[bool] = True
    change: Literal["close-room"] = "close-room"
    room: RoomId

    def decides(self) -> Iterator[Key]:
        if set(self.days) == set(Day) and self.span == WHOLE_DAY:
            yield ("room", self.room)
        else:
            yield from self.keys("room", self.room, "available")

    def apply(self, to: Changed) -> Changed:
        room = found(to.week.rooms, self.room, "room")
        before = room.available or (ALWAYS,)
        if not touches(before, self.days, self.span):
            raise ChangeError(f"{room.id} cannot be used {self.when} anyway", "name days and hours of use")
        available = tuple(cut(before, self.days, self.span))
        rooms = drop(to.week.rooms, room.id)
        if available:
            rooms = put(to.week.rooms, room.model_copy(update={"available": available}))
        changed = to.also(f"{room.id} is closed {self.when}.", rooms=rooms)
        return falling(changed, lambda pin: self._prevents(pin, to.week, gone=not available))

    def _prevents(self, pin: Pin, week: ProgramWeek, gone: bool) -> bool:
        if pin.meeting is None or pin.meeting.room != self.room:
            return False
        if gone:
            return True
        hours = block_hours(week, pin.meeting.cohort, pin.meeting.day)
        return pin.meeting.day in self.days and any(overlap(self.span, span) for span in hours)


class ChangeRoom(Change):
    """Another capacity, other kinds or other hours of a room; fields not named stay."""

    change: Literal["room"] = "room"
    room: RoomId
    capacity: Annotated[int | None, Field(ge=1, description="seats; none: as it was")] = None
    kinds: Annotated[
        tuple[Id, ...] | None, Field(min_length=1, description="what it serves as; none: as it was")
    ] = None
    available: Annotated[
        tuple[Window, ...] | None, Field(description="when it can be used; none: as it was")
    ] = None

    def decides(self) -> Iterator[Key]:
        for name in self._fields():
            yield ("room", self.room, name)

    def apply(self, to: Changed) -> Changed:
        room, fields = found(to.week.rooms, self.room, "room"), self._fields()
        if not fields:
            raise ChangeError("nothing to change is named", "name capacity, kinds or available")
        words = {
            "capacity": f"{self.capacity} seats",
            "kinds": f"the kinds {', '.join(self.kinds or ())}",
            "available": "other hours",
        }
        said = f"{room.id} has {', '.join(words[name] for name in fields)}."
        return to.also(said, rooms=put(to.week.rooms, room.model_copy(update=fields)))

    def _fields(self) -> dict[str, object]:
        named = {"capacity": self.capacity, "kinds": self.kinds, "available": self.available}
        return {name: value for name, value in named.items() if value is not None}


class RoomLike(Change):
    """One more room, like another one in all but its id."""

    change: Literal["room-like"] = "room-like"
    room: Annotated[Id, Field(description="id of the new room")]
    like: Annotated[Id, Field(description="id of the room to copy")]

    def apply(self, to: Changed) -> Changed:
        other = found(to.week.rooms, self.like, "room")
        is_new(to.week.rooms, self.room, "room")
        new = other.model_copy(update={"id": self.room})
        return to.also(f"{new.id} can be used too, like {other.id}.", rooms=(*to.week.rooms, new))


def _closed_keys(days: tuple[Day, ...], sites: tuple[str, ...]) -> Iterator[Key]:
    for day in days:
        for site in sites or ("everywhere",):
            yield ("closure", day.code, site)


def _days(days: tuple[Day, ...]) -> str:
    return f"{', '.join(day.code for day in days)} {'is' if len(days) == 1 else 'are'}"


def _at(sites: tuple[str, ...]) -> str:
    return f" at {', '.join(sites)}" if sites else ""
