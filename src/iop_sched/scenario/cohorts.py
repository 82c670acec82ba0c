"""Changes about cohorts: opened, added, closed, moved, another size; slots; how many may open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from iop_sched.scenario.change import ALL, Change, Changed, ChangeError, Key, drop, found, is_new, put
from iop_sched.scenario.falling import falling, loosened, without
from iop_sched.scenario.pinning import free_id
from iop_sched.week.base import Band
from iop_sched.week.care import Agenda, Block, Cohort, MeetingOption, Slot
from iop_sched.week.pins import CohortPin, Pin
from iop_sched.week.previous import PreviousPlacement
from iop_sched.week.times import Clock, Day, Id, Weekday, Weekdays, clock

CohortId = Annotated[Id, Field(description="id of the cohort")]
Least = Annotated[int | None, Field(ge=0, description="least; none: as it was")]
Most = Annotated[int | None, Field(ge=0, description="most; none: as it was")]


class OpenCohort(Change):
    """A candidate must open, in one of its slots and on its days, or in those named."""

    change: Literal["open"] = "open"
    cohort: CohortId
    slot: Annotated[Id | None, Field(description="in this slot; none: any of its own")] = None
    days: Annotated[Weekdays, Field(description="on these weekdays; none: any of its own")] = ()

    def decides(self) -> Iterator[Key]:
        yield ("cohort", self.cohort, "open")
        if self.slot is not None or self.days:
            yield ("cohort", self.cohort, "options")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.cohorts, self.cohort, "cohort")
        if one.status == "running":
            raise ChangeError(f"{one.id} is running already", "name a candidate")
        for pin in to.week.pins:
            if pin.cohort is not None and pin.cohort.cohort == one.id:
                does = "opens already" if pin.cohort.open else "does not open"
                raise ChangeError(f"pin {pin.id} says that {one.id} {does}", f"write 'unpin {pin.id}' first")
        if self.slot is not None:
            found(to.week.slots, self.slot, "slot")
        if not any(self._suits(option) for option in one.options):
            own = "; ".join(f"{option.slot} on {_days(option.days)}" for option in one.options)
            raise ChangeError(
                f"{one.id} has no such slot and days", f"name its own ({own}), or offer it these"
            )
        fixed = CohortPin(cohort=one.id, slot=self.slot, days=self.days)
        pin = Pin(id=free_id(to.week, f"open-{one.id}"), cohort=fixed)
        return to.also(f"{one.id} opens{self._where}.", pins=(*to.week.pins, pin))

    def _suits(self, option: MeetingOption) -> bool:
        return self.slot in (None, option.slot) and self.days in ((), option.days)

    @property
    def _where(self) -> str:
        slot = f" in {self.slot}" if self.slot else ""
        return f"{slot} on {_days(self.days)}" if self.days else slot


class AddCohort(Change):
    """Another cohort, running or a candidate, with a whole record."""

    change: Literal["cohort"] = "cohort"
    cohort: Cohort

    def decides(self) -> Iterator[Key]:
        yield ("cohort", self.cohort.id, "new")

    def apply(self, to: Changed) -> Changed:
        is_new(to.week.cohorts, self.cohort.id, "cohort")
        does = "runs as well" if self.cohort.status == "running" else "may open as well"
        return to.also(f"{self.cohort.id} {does}.", cohorts=(*to.week.cohorts, self.cohort))


class CloseCohort(Change):
    """A cohort does not meet any more, or cannot open.

    Its members stay in treatment and need another place; of last week's roster they keep slot, days and
    primary. Pins of the cohort, of its meetings and of places in it fall away.
    """

    change: Literal["close-cohort"] = "close-cohort"
    cohort: CohortId

    def decides(self) -> Iterator[Key]:
        yield ("cohort", self.cohort)

    def apply(self, to: Changed) -> Changed:
        one, before = found(to.week.cohorts, self.cohort, "cohort"), to.week.previous
        gone, does = one.id, "closes" if one.status == "running" else "cannot open"
        previous = before.model_copy(
            update={
                "placements": tuple(_without_cohort(one, gone) for one in before.placements),
                "leaders": tuple(one for one in before.leaders if one.cohort != gone),
            }
        )
        cohorts = drop(to.week.cohorts, gone)
        changed = to.also(f"{gone} {does}.", cohorts=cohorts, previous=previous)
        return falling(changed, lambda pin: _cohort_of(pin) == gone)


class MoveCohort(Change):
    """A cohort meets in another slot, on its own days or others; a candidate only there.

    Pins of its slot, and of days on which it no longer meets, fall away.
    """

    change: Literal["move"] = "move"
    cohort: CohortId
    slot: Annotated[Id, Field(description="id of the slot")]
    days: Annotated[Weekdays, Field(description="weekdays; none named: those it had")] = ()

    def decides(self) -> Iterator[Key]:
        yield ("cohort", self.cohort, "options")

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.cohorts, self.cohort, "cohort")
        slot = found(to.week.slots, self.slot, "slot").id
        option = _option(slot, self.days or one.options[0].days)
        if one.options == (option,):
            raise ChangeError(f"{one.id} meets then already", "name another slot or other days")
        moved = one.model_copy(update={"options": (option,)})
        said = f"{one.id} meets in {slot} on {_days(option.days)}."
        changed = to.also(said, cohorts=put(to.week.cohorts, moved))
        changed = falling(changed, lambda pin: _meets_no_more(pin, one.id, option.days))
        return loosened(changed, lambda pin: _without_times(pin, one.id, option))


class CohortSize(Change):
    """How many members one cohort, or each, has at least and at most; what is not named stays.

    Bounds on the attendance of a block and the seats of a room hold besides.
    """

    change: Literal["cohort-size"] = "cohort-size"
    cohort: Annotated[Id | None, Field(description="id of the cohort; none: all")] = None
    min: Least = None
    max: Most = None

    def decides(self) -> Iterator[Key]:
        return _bound_keys(self, "cohort", self.cohort, "members")

    def apply(self, to: Changed) -> Changed:
        if self.cohort is not None:
            found(to.week.cohorts, self.cohort, "cohort")
        cohorts = tuple(
            one.model_copy(update={"members": _bounded(one.members, self.min, self.max)})
            if self.cohort in (None, one.id)
            else one
            for one in to.week.cohorts
        )
        who = f"{self.cohort} has" if self.cohort else "Every cohort has"
        return to.also(f"{who} {_bounds(self.min, self.max)} members.", cohorts=cohorts)


class Attendance(Change):
    """How many attend each block with such bounds, of one agenda or of all; what is not named stays."""

    change: Literal["attendance"] = "attendance"
    agenda: Annotated[Id | None, Field(description="id of the agenda; none: all")] = None
    min: Least = None
    max: Most = None

    def decides(self) -> Iterator[Key]:
        return _bound_keys(self, "agenda", self.agenda, "attendance")

    def apply(self, to: Changed) -> Changed:
        if self.agenda is not None:
            found(to.week.agendas, self.agenda, "agenda")
        if self.max == 0:
            raise ChangeError("nobody could attend", "write 1 or more for the most")
        agendas = tuple(
            self._agenda(one) if self.agenda in (None, one.id) else one for one in to.week.agendas
        )
        if agendas == to.week.agendas:
            raise ChangeError("no block has other bounds on attendance", "name other bounds")
        which = f" of {self.agenda}" if self.agenda else ""
        return to.also(f"Every block{which} has {_bounds(self.min, self.max)} clients.", agendas=agendas)

    def _agenda(self, agenda: Agenda) -> Agenda:
        return agenda.model_copy(update={"blocks": tuple(self._block(block) for block in agenda.blocks)})

    def _block(self, block: Block) -> Block:
        if block.attendance is None:
            return block
        return block.model_copy(update={"attendance": _bounded(block.attendance, self.min, self.max)})


class NewSlot(Change):
    """Another slot, in which candidates may open: those named, or all, on the days named or their first."""

    change: Literal["slot"] = "slot"
    slot: Annotated[Id, Field(description="id of the new slot")]
    start: Annotated[Clock, Field(description="start of meetings, HH:MM")]
    by_day: Annotated[dict[Weekday, Clock], Field(description="other starts on some weekdays")] = {}
    days: Annotated[
        Weekdays, Field(description="weekdays; none: those of each candidate's first option")
    ] = ()
    cohorts: Annotated[tuple[Id, ...] | None, Field(description="candidates; none: all")] = None

    def apply(self, to: Changed) -> Changed:
        is_new(to.week.slots, self.slot, "slot")
        slot = Slot.model_construct(id=self.slot, start=self.start, by_day=self.by_day)
        said = f"Slot {slot.id} begins at {clock(self.start)}."
        changed = to.also(said, slots=(*to.week.slots, slot))
        named = self.cohorts
        if named is None:
            named = tuple(one.id for one in to.week.cohorts if one.status == "candidate")
        for cohort in named:
            changed = Offer(cohort=cohort, slot=slot.id, days=self.days).apply(changed)
        return changed


class Offer(Change):
    """A candidate may open in one more slot, on the days named or those of its first option."""

    change: Literal["offer"] = "offer"
    cohort: CohortId
    slot: Annotated[Id, Field(description="id of the slot")]
    days: Annotated[Weekdays, Field(description="weekdays; none: those of its first option")] = ()

    def apply(self, to: Changed) -> Changed:
        one = found(to.week.cohorts, self.cohort, "cohort")
        slot = found(to.week.slots, self.slot, "slot").id
        if one.status == "running":
            raise ChangeError(f"{one.id} is running", f"write 'move {one.id} {slot}', or name a candidate")
        option = _option(slot, self.days or one.options[0].days)
        if option in one.options:
            raise ChangeError(f"{one.id} may open then already", "name another slot or other days")
        cohorts = put(to.week.cohorts, one.model_copy(update={"options": (*one.options, option)}))
        return to.also(f"{one.id} may open in {slot} on {_days(option.days)}.", cohorts=cohorts)


class MaxNewCohorts(Change):
    """How many candidates may open."""

    change: Literal["max-new-cohorts"] = "max-new-cohorts"
    most: Annotated[int | None, Field(ge=0, description="most candidates that open; null: no limit")]

    def decides(self) -> Iterator[Key]:
        yield ("max-new-cohorts",)

    def apply(self, to: Changed) -> Changed:
        most = "Any number" if self.most is None else f"At most {self.most}"
        return to.also(f"{most} of the candidates may open.", max_new_cohorts=self.most)


def _option(slot: str, days: tuple[Day, ...]) -> MeetingOption:
    return MeetingOption(slot=slot, days=days)


def _without_cohort(placement: PreviousPlacement, gone: str) -> PreviousPlacement:
    return placement.model_copy(update={"cohort": None}) if placement.cohort == gone else placement


def _cohort_of(pin: Pin) -> str | None:
    subject = pin.place or pin.cohort or pin.meeting
    return subject.cohort if subject is not None else None


def _meets_no_more(pin: Pin, cohort: str, days: tuple[Day, ...]) -> bool:
    return pin.meeting is not None and pin.meeting.cohort == cohort and pin.meeting.day not in days


def _without_times(pin: Pin, cohort: str, option: MeetingOption) -> Pin:
    if pin.cohort is not None and pin.cohort.cohort == cohort:
        fixed = pin.cohort
        if (fixed.slot and fixed.slot != option.slot) or (fixed.days and fixed.days != option.days):
            return without(pin, "cohort", "slot", "days")
    if pin.place is not None and pin.place.cohort == cohort and not set(pin.place.days) <= set(option.days):
        return without(pin, "place", "days")
    return pin


def _bound_keys(change: CohortSize | Attendance, kind: str, id_: str | None, field: str) -> Iterator[Key]:
    for bound in ("min", "max"):
        if getattr(change, bound) is not None:
            yield (kind, id_ or ALL, field, bound)


def _bounded(band: Band, least: int | None, most: int | None) -> Band:
    return Band(min=band.min if least is None else least, max=band.max if most is None else most)


def _bounds(least: int | None, most: int | None) -> str:
    if least is None and most is None:
        raise ChangeError("neither least nor most is named", "name min, max or both")
    if least is None or most is None:
        return f"at most {most}" if least is None else f"at least {least}"
    return f"{least} to {most}"


def _days(days: tuple[Day, ...]) -> str:
    return ", ".join(day.code for day in days)
