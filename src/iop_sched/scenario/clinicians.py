"""Changes about clinicians: out and back, other hours, hired and leaving."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from iop_sched.scenario.change import Change, Changed, ChangeError, Key, drop, found, is_new, put
from iop_sched.scenario.falling import block_hours, falling, loosened, without, without_staff
from iop_sched.scenario.teams import meeting_without
from iop_sched.scenario.windows import WHOLE_DAY, Hours, at_any_site, cut, spoken, touches, window, working
from iop_sched.week.base import Hours as NumberOfHours
from iop_sched.week.people import Client, Clinician
from iop_sched.week.pins import Pin
from iop_sched.week.places import Window
from iop_sched.week.previous import PreviousPlacement
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Clock, Id, Weekdays, covers, overlap

ClinicianId = Annotated[Id, Field(description="id of the clinician")]


class Out(Hours):
    """A clinician is away: all week, on some days, or for some hours of them.

    A care team meets without a clinician who is out whenever it could meet. A pin of a session with the
    clinician at that time falls away, and so does one of a care team's meeting when a member is out; one of a
    meeting's staff fixes only the rest of what it named.
    """

    of_one_week: ClassVar[bool] = True
    change: Literal["out"] = "out"
    clinician: ClinicianId
    why: Annotated[str | None, Field(description="a note for the reader")] = None

    def decides(self) -> Iterator[Key]:
        return self.keys("clinician", self.clinician, "away")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clinicians, self.clinician, "clinician")
        if not touches(working(one.available, one.away), self.days, self.span):
            raise ChangeError(f"{one.id} does not work {self.when} anyway", "name days and hours of work")
        away = (*one.away, self.window(self.why))
        clinicians = put(to.week.clinicians, one.model_copy(update={"away": away}))
        changed = to.also(f"{one.id} is out {self.when}.", clinicians=clinicians)
        changed = meeting_without(changed, to.week, one)
        changed = falling(changed, lambda pin: self._prevents(pin, to.week))
        return loosened(changed, lambda pin: self._not_there(pin, to.week))

    def _not_there(self, pin: Pin, week: ProgramWeek) -> Pin:
        meeting = pin.meeting
        if meeting is None or meeting.day not in self.days:
            return pin

        def during(block: str) -> bool:
            hours = block_hours(week, meeting.cohort, meeting.day, block)
            return any(overlap(self.span, span) for span in hours)

        return without_staff(pin, self.clinician, lambda fixed: during(fixed.block))

    def _prevents(self, pin: Pin, week: ProgramWeek) -> bool:
        if pin.session is not None and pin.session.clinician == self.clinician:
            minutes = next(one.minutes for one in week.services if one.id == pin.session.service)
            return pin.session.day in self.days and self._takes(pin.session.start, minutes)
        if pin.team is not None and pin.team.day in self.days:
            team = next(one for one in week.care_teams if one.id == pin.team.team)
            return self.clinician in team.members and self._takes(pin.team.start, team.minutes)
        return False

    def _takes(self, start: int | None, minutes: int) -> bool:
        """Whether nothing of these minutes could be at ``start``, or at any time of the day."""
        if start is None:
            return self.span == WHOLE_DAY
        return overlap(self.span, (start, start + minutes)) > 0


class Back(Hours):
    """A clinician who was to be away is there after all; working hours stay as they are."""

    of_one_week: ClassVar[bool] = True
    change: Literal["back"] = "back"
    clinician: ClinicianId

    def decides(self) -> Iterator[Key]:
        return self.keys("clinician", self.clinician, "away")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clinicians, self.clinician, "clinician")
        if not touches(one.away, self.days, self.span):
            raise ChangeError(f"{one.id} is not away {self.when}", "name days and hours of absence")
        away = tuple(cut(one.away, self.days, self.span))
        clinicians = put(to.week.clinicians, one.model_copy(update={"away": away}))
        return to.also(f"{one.id} is back {self.when}.", clinicians=clinicians)


class Works(Change):
    """A clinician's working hours on some days are these, at all the clinician's sites, and no others."""

    change: Literal["works"] = "works"
    clinician: ClinicianId
    days: Annotated[Weekdays, Field(min_length=1, description="weekdays with these hours")]
    start: Annotated[Clock, Field(description="from, HH:MM")]
    end: Annotated[Clock, Field(description="until, HH:MM, exclusive")]

    def decides(self) -> Iterator[Key]:
        for day in self.days:
            yield ("clinician", self.clinician, "available", day.code)

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clinicians, self.clinician, "clinician")
        span = (self.start, self.end)
        available = (*cut(one.available, self.days, WHOLE_DAY), window(self.days, span))
        clinicians = put(to.week.clinicians, one.model_copy(update={"available": available}))
        return to.also(f"{one.id} works {spoken(self.days, span)}.", clinicians=clinicians)


class Extra(Hours):
    """A clinician works at these hours too, at any of the clinician's sites."""

    change: Literal["extra"] = "extra"
    clinician: ClinicianId

    def decides(self) -> Iterator[Key]:
        return self.keys("clinician", self.clinician, "available")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clinicians, self.clinician, "clinician")
        if all(covers(at_any_site(one.available, day), self.span) for day in self.days):
            raise ChangeError(f"{one.id} works {self.when} anyway", "name hours besides")
        new = one.model_copy(update={"available": (*one.available, self.window())})
        return to.also(f"{one.id} also works {self.when}.", clinicians=put(to.week.clinicians, new))


class WorkingHours(Change):
    """All working hours of a clinician, in place of those before."""

    change: Literal["working-hours"] = "working-hours"
    clinician: ClinicianId
    available: Annotated[tuple[Window, ...], Field(min_length=1, description="working hours")]

    def decides(self) -> Iterator[Key]:
        yield ("clinician", self.clinician, "available")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clinicians, self.clinician, "clinician")
        new = one.model_copy(update={"available": self.available})
        return to.also(f"{one.id} has other working hours.", clinicians=put(to.week.clinicians, new))


class Load(Change):
    """How much a clinician may take on; fields not named stay, ``null`` means no limit."""

    change: Literal["load"] = "load"
    clinician: ClinicianId
    max_hours_day: Annotated[NumberOfHours | None, Field(description="most scheduled hours a day")] = None
    max_hours_week: Annotated[NumberOfHours | None, Field(description="most scheduled hours a week")] = None
    max_groups_day: Annotated[int | None, Field(ge=0, description="most meetings and open groups a day")] = (
        None
    )
    contract_hours: Annotated[
        NumberOfHours | None, Field(description="hours a week beyond which is overtime")
    ] = None
    caseload: Annotated[int | None, Field(ge=0, description="most clients as their primary")] = None

    def decides(self) -> Iterator[Key]:
        for name in self._limits():
            yield ("clinician", self.clinician, name)

    def apply(self, to: Changed) -> Changed:
        one, limits = found(to.week.clinicians, self.clinician, "clinician"), self._limits()
        if not limits:
            raise ChangeError("no limit is named", "name one, such as 'caseload: 10'")
        said = ", ".join(_limit(name, value) for name, value in limits.items())
        new = one.model_copy(update=limits)
        return to.also(f"{one.id} has {said}.", clinicians=put(to.week.clinicians, new))

    def _limits(self) -> dict[str, float | None]:
        named = self.model_fields_set - {"change", "clinician"}
        return {name: getattr(self, name) for name in type(self).model_fields if name in named}


class Hire(Change):
    """A clinician joins, with a whole record."""

    change: Literal["hire"] = "hire"
    clinician: Clinician

    def decides(self) -> Iterator[Key]:
        yield ("clinician", self.clinician.id, "new")

    def apply(self, to: Changed) -> Changed:
        is_new(to.week.clinicians, self.clinician.id, "clinician")
        clinicians = (*to.week.clinicians, self.clinician)
        return to.also(f"{self.clinician.id} is hired.", clinicians=clinicians)


class HireLike(Change):
    """A clinician joins who is like another one in all but this week's absences."""

    change: Literal["hire-like"] = "hire-like"
    clinician: ClinicianId
    like: Annotated[Id, Field(description="id of the clinician to copy")]

    def decides(self) -> Iterator[Key]:
        yield ("clinician", self.clinician, "new")

    def apply(self, to: Changed) -> Changed:
        other = found(to.week.clinicians, self.like, "clinician")
        is_new(to.week.clinicians, self.clinician, "clinician")
        new = other.model_copy(update={"id": self.clinician, "away": ()})
        said = f"{new.id} is hired, like {other.id}."
        return to.also(said, clinicians=(*to.week.clinicians, new))


class Leave(Change):
    """A clinician is not there any more.

    The clinician leaves the care teams (and their quorum, when nobody else could fill it), clients' wishes
    and exclusions, and last week's roster (who led, who was whose primary); pins fix only the rest of what
    they named.
    """

    change: Literal["leave"] = "leave"
    clinician: ClinicianId

    def decides(self) -> Iterator[Key]:
        yield ("clinician", self.clinician)

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.clinicians, self.clinician, "clinician")
        week, before, gone = to.week, to.week.previous, one.id
        previous = before.model_copy(
            update={
                "placements": tuple(_without_primary(one, gone) for one in before.placements),
                "leaders": tuple(one for one in before.leaders if one.leader != gone),
            }
        )
        changed = to.also(
            f"{gone} leaves.",
            clinicians=drop(week.clinicians, gone),
            clients=tuple(_not_naming(client, gone) for client in week.clients),
            previous=previous,
        )
        changed = meeting_without(changed, week, one)
        return loosened(changed, lambda pin: _pin_without(pin, gone))


def _limit(name: str, value: float | None) -> str:
    amount = "any number of" if value is None else f"{value:g}"
    return f"{amount} {_LIMITS[name].removesuffix(' at most') if value is None else _LIMITS[name]}"


_LIMITS = {
    "max_hours_day": "hours a day at most",
    "max_hours_week": "hours a week at most",
    "max_groups_day": "groups a day at most",
    "contract_hours": "hours in the contract",
    "caseload": "clients at most",
}


def _without_primary(placement: PreviousPlacement, gone: str) -> PreviousPlacement:
    return placement.model_copy(update={"primary": None}) if placement.primary == gone else placement


def _not_naming(client: Client, gone: str) -> Client:
    wishes = client.preferences
    if gone not in (*wishes.clinicians, *client.excludes):
        return client
    liked = tuple(one for one in wishes.clinicians if one != gone)
    return client.model_copy(
        update={
            "preferences": wishes.model_copy(update={"clinicians": liked}),
            "excludes": tuple(one for one in client.excludes if one != gone),
        }
    )


def _pin_without(pin: Pin, gone: str) -> Pin:
    if pin.place is not None and pin.place.primary == gone:
        return without(pin, "place", "primary")
    if pin.session is not None and pin.session.clinician == gone:
        return without(pin, "session", "clinician")
    if pin.cohort is not None and pin.cohort.leader == gone:
        return without(pin, "cohort", "leader")
    return without_staff(pin, gone)
