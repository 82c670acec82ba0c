"""Whole records of a week put in or taken out: what any other change does can be written so, and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field

from iop_sched.scenario.change import Change, Changed, ChangeError, Key, drop, found, put
from iop_sched.week.base import Frozen
from iop_sched.week.care import Agenda, CareTeam, Cohort, LevelOfCare, Payer, Service, Slot
from iop_sched.week.people import Client, Clinician
from iop_sched.week.pins import Pin
from iop_sched.week.places import Closure, Room, Site, Supply
from iop_sched.week.previous import PreviousLeader, PreviousPlacement, PreviousSession
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import Id
from iop_sched.week.validating import validated

T = TypeVar("T")
Pair = tuple[Id, Id]


class Put(Frozen, Generic[T]):
    """A whole record, and where it is to stand in its list."""

    at: Annotated[int | None, Field(ge=0, description="place in the list, from 0; none: at the end")] = None
    record: Annotated[T, Field(description="the record, as in a program week")]


class Called(Frozen, Generic[T]):
    """Records with an id: one put in takes the place of the one with its id, or is new."""

    put: Annotated[tuple[Put[T], ...], Field(description="records to put in")] = ()
    take_out: Annotated[tuple[Id, ...], Field(description="ids to take out first")] = ()


class Plain(Frozen, Generic[T]):
    """Records without an id."""

    put: Annotated[tuple[Put[T], ...], Field(description="records to put in")] = ()
    take_out: Annotated[tuple[T, ...], Field(description="records to take out first")] = ()


class Records(Change):
    """Whole records of the week, list by list: first some are taken out, then others put in."""

    change: Literal["records"] = "records"
    sites: Called[Site] | None = None
    closures: Plain[Closure] | None = None
    rooms: Called[Room] | None = None
    supplies: Plain[Supply] | None = None
    payers: Called[Payer] | None = None
    levels: Called[LevelOfCare] | None = None
    slots: Called[Slot] | None = None
    agendas: Called[Agenda] | None = None
    cohorts: Called[Cohort] | None = None
    services: Called[Service] | None = None
    clinicians: Called[Clinician] | None = None
    care_teams: Called[CareTeam] | None = None
    clients: Called[Client] | None = None
    apart: Plain[Pair] | None = None
    together: Plain[Pair] | None = None
    pins: Called[Pin] | None = None
    placements: Annotated[Plain[PreviousPlacement] | None, Field(description="of last week")] = None
    leaders: Annotated[Plain[PreviousLeader] | None, Field(description="of last week")] = None
    sessions: Annotated[Plain[PreviousSession] | None, Field(description="of last week")] = None

    def decides(self) -> Iterator[Key]:
        for name, part in self._parts():
            if isinstance(part, Called):
                for id_ in dict.fromkeys((*part.take_out, *(one.record.id for one in part.put))):
                    yield (_word(name), id_)

    def apply(self, to: Changed) -> Changed:
        changed = to
        for name, part in self._parts():
            items = _list_of(changed.week, name)
            new = _called(items, part, _word(name)) if isinstance(part, Called) else _plain(items, part)
            changed = _with_list(changed, name, new, _said(name, part))
        if changed is to:
            raise ChangeError("no record is named", "name a list, with 'put' or 'take_out'")
        return changed

    def _parts(self) -> Iterator[tuple[str, Called[Any] | Plain[Any]]]:
        for name in LISTS:
            part = getattr(self, name)
            if part is not None:
                yield name, part


LISTS = tuple(name for name in Records.model_fields if name != "change")
_PREVIOUS = ("placements", "leaders", "sessions")
_PLAIN = ("closures", "supplies", "apart", "together", *_PREVIOUS)


def difference(now: ProgramWeek, then: ProgramWeek) -> Records | None:
    """The records that make ``then`` of ``now``, order and all; none when their lists are the same."""
    parts = {
        name: (_plain_difference if name in _PLAIN else _called_difference)(old, new)
        for name in LISTS
        if (old := _list_of(now, name)) != (new := _list_of(then, name))
    }
    if not parts:
        return None
    found, faults = validated(Records, parts)
    if found is None:
        raise ValueError(f"records of a week that are none: {faults[0].path}")
    return found


def _called_difference(old: Sequence[Any], new: Sequence[Any]) -> dict[str, Any]:
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    if [id_ for id_ in before if id_ in after] != [id_ for id_ in after if id_ in before]:
        before = {}  # Another order: everything is taken out and put in again.
    return {
        "take_out": [one.id for one in old if one.id not in after or not before],
        "put": [
            {"at": None if one.id in before else at, "record": one.model_dump(mode="json")}
            for at, one in enumerate(new)
            if before.get(one.id) != one
        ],
    }


def _plain_difference(old: Sequence[Any], new: Sequence[Any]) -> dict[str, Any]:
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    left = _taken_out(old, list(gone.elements()))
    if left != _taken_out(new, list(come.elements())):
        gone, come = Counter(old), Counter(new)
    put = []
    for at, one in enumerate(new):
        if come[one]:
            come[one] -= 1
            put.append({"at": at, "record": _as_data(one)})
    return {"take_out": [_as_data(one) for one in gone.elements()], "put": put}


def _as_data(one: Any) -> Any:
    return one.model_dump(mode="json") if isinstance(one, Frozen) else list(one)


def _called(items: tuple[Any, ...], part: Called[Any], what: str) -> tuple[Any, ...]:
    for id_ in part.take_out:
        items = drop(items, found(items, id_, what).id)
    known = {one.id for one in items}
    for one in part.put:
        if one.record.id in known:
            items = put(items, one.record)
    return _inserted(items, [one for one in part.put if one.record.id not in known])


def _plain(items: tuple[Any, ...], part: Plain[Any]) -> tuple[Any, ...]:
    left = _taken_out(items, part.take_out)
    if len(left) + len(part.take_out) != len(items):
        raise ChangeError("a record to take out does not stand in the week", "write it as it stands there")
    return _inserted(left, part.put)


def _taken_out(items: Sequence[Any], gone: Sequence[Any]) -> tuple[Any, ...]:
    """The items without the first of each that is gone."""
    still, left = Counter(gone), []
    for one in items:
        if still[one]:
            still[one] -= 1
        else:
            left.append(one)
    return tuple(left)


def _inserted(items: tuple[Any, ...], new: Sequence[Put[Any]]) -> tuple[Any, ...]:
    left = list(items)
    for one in new:
        left.insert(len(left) if one.at is None else one.at, one.record)
    return tuple(left)


def _list_of(week: ProgramWeek, name: str) -> tuple[Any, ...]:
    items: tuple[Any, ...] = getattr(week.previous if name in _PREVIOUS else week, name)
    return items


def _with_list(to: Changed, name: str, items: tuple[Any, ...], said: str) -> Changed:
    if name in _PREVIOUS:
        return to.also(said, previous=to.week.previous.model_copy(update={name: items}))
    return to.also(said, **{name: items})


def _word(name: str) -> str:
    return name.removesuffix("s").replace("_", " ")


def _said(name: str, part: Called[Any] | Plain[Any]) -> str:
    """``clients: c12 put in; c13, c14 taken out.``"""
    if isinstance(part, Plain):
        said = (
            f"{len(part.put)} put in" * bool(part.put),
            f"{len(part.take_out)} taken out" * bool(part.take_out),
        )
    else:
        come = [one.record.id for one in part.put]
        gone = [id_ for id_ in part.take_out if id_ not in come]
        said = (f"{', '.join(come)} put in" * bool(come), f"{', '.join(gone)} taken out" * bool(gone))
    last = " of last week" if name in _PREVIOUS else ""
    return f"{name.replace('_', ' ').capitalize()}{last}: {'; '.join(filter(None, said))}."
