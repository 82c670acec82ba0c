"""Changing one thing in a week or a roster."""

from __future__ import annotations

from typing import Any

from iop_sched.week.base import HourBand
from iop_sched.week.people import Prescription, Stay
from iop_sched.week.places import Site, Window
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Placement, Roster
from iop_sched.week.times import DAY_MINUTES, WEEK, Day

ALWAYS = Window(days=WEEK, start="00:00", end="24:00")


def put(item: Any, **changes: Any) -> Any:
    """A copy with some fields changed."""
    return item.model_copy(update=changes)


def edit(whole: Any, lists: str, name: str, **changes: Any) -> Any:
    """A copy with some fields of the list item called ``name`` changed."""
    items = getattr(whole, lists)
    assert any(item.id == name for item in items), f"no {name} in {lists}"
    return put(whole, **{lists: tuple(put(one, **changes) if one.id == name else one for one in items)})


def edit_at(whole: Any, lists: str, number: int, **changes: Any) -> Any:
    """A copy with some fields of the list item number ``number`` changed."""
    items = list(getattr(whole, lists))
    items[number] = put(items[number], **changes)
    return put(whole, **{lists: tuple(items)})


def drop_at(whole: Any, lists: str, number: int) -> Any:
    """A copy without a list item."""
    items = getattr(whole, lists)
    return put(whole, **{lists: (*items[:number], *items[number + 1 :])})


def edit_block(week: ProgramWeek, agenda: str, block: str, **changes: Any) -> ProgramWeek:
    """A copy with a block of an agenda changed."""
    found = next(one for one in week.agendas if one.id == agenda)
    return edit(week, "agendas", agenda, blocks=edit(found, "blocks", block, **changes).blocks)


def edit_placement(roster: Roster, client: str, **changes: Any) -> Roster:
    """A copy with a client's placement changed."""
    return put(
        roster,
        placements=tuple(put(one, **changes) if one.client == client else one for one in roster.placements),
    )


def edit_previous(week: ProgramWeek, clients: set[str], **changes: Any) -> ProgramWeek:
    """A copy with some clients' previous placements changed."""
    placements = tuple(
        put(one, **changes) if one.client in clients else one for one in week.previous.placements
    )
    return put(week, previous=put(week.previous, placements=placements))


def add_word(week: ProgramWeek, words: str, word: str) -> ProgramWeek:
    """A copy whose vocabulary holds one more word."""
    return put(week, vocabulary=put(week.vocabulary, **{words: (*getattr(week.vocabulary, words), word)}))


def add_site(week: ProgramWeek) -> ProgramWeek:
    """A copy with a site, ``elsewhere``, to which no way is known to take any time."""
    return put(week, sites=(*week.sites, Site(id="elsewhere")))


def except_day(day: Day) -> tuple[Window, ...]:
    """All hours of all days but one."""
    return (put(ALWAYS, days=tuple(one for one in WEEK if one != day)),)


def around(day: Day, start: int, end: int) -> tuple[Window, ...]:
    """All hours but some of one day."""
    pieces = [put(ALWAYS, days=(day,), start=0, end=start), put(ALWAYS, days=(day,), start=end)]
    return (*except_day(day), *(piece for piece in pieces if piece.start < piece.end))


def window(day: Day, interval: tuple[int, int]) -> Window:
    """Some hours of one day."""
    assert interval[1] <= DAY_MINUTES
    return put(ALWAYS, days=(day,), start=interval[0], end=interval[1])


def stand_in(week: ProgramWeek, clinician: str, **changes: Any) -> tuple[ProgramWeek, str]:
    """A copy with one more clinician: another's equal, with time at any hour and no limits."""
    name = f"{clinician}-too"
    free = {"available": (ALWAYS,), "away": (), "turnaround": 0, "breaks": (), "admin_hours": 0}
    bounds = ("max_hours_day", "max_hours_week", "max_groups_day", "contract_hours", "caseload")
    model = next(one for one in week.clinicians if one.id == clinician)
    if all(one.id != name for one in week.clinicians):
        equal = put(model, id=name, **{**free, **dict.fromkeys(bounds), **changes})
        week = put(week, clinicians=(*week.clinicians, equal))
    return week, name


def own_level(week: ProgramWeek, client: str, **changes: Any) -> ProgramWeek:
    """A copy in which a client has a level of care alone: equal to the present one but for ``changes``."""
    old = next(one for one in week.clients if one.id == client).level
    level = next(one for one in week.levels if one.id == old)
    return put(
        edit(week, "clients", client, level="alone"),
        levels=(*week.levels, put(level, id="alone", **changes)),
        cohorts=tuple(put(one, levels=(*one.levels, "alone")) for one in week.cohorts),
        agendas=tuple(
            put(
                agenda,
                blocks=tuple(
                    put(block, levels=(*block.levels, "alone")) if old in block.levels else block
                    for block in agenda.blocks
                ),
            )
            for agenda in week.agendas
        ),
    )


def add_twin(
    week: ProgramWeek, roster: Roster, client: str, start: Day, name: str = "twin", **changes: Any
) -> tuple[ProgramWeek, Roster]:
    """Copies with one more client: placed like ``client``, but new, without services, payer or wishes.

    The hours of the prescription are left open; those of the level of care are not.
    """
    model = next(one for one in week.clients if one.id == client)
    place = next(one for one in roster.placements if one.client == client)
    assert model.prescription is not None
    plain = {"payer": None, "intake": None, "stay": Stay(), "authorisation": None, "preferences": {}}
    prescription: Prescription = put(
        model.prescription,
        services=(),
        hours=put(model.prescription.hours, min=0, target=0, max=168),
    )
    plain["preferences"] = type(model.preferences)()
    twin = put(model, id=name, prescription=prescription, **{**plain, **changes})
    seat: Placement = put(place, client=name, start=start, last=Day.SUN, primary=None)
    return (
        put(week, clients=(*week.clients, twin)),
        put(roster, placements=(*roster.placements, seat)),
    )


def hours(least: int, most: int) -> HourBand:
    """A band of hours from minutes."""
    return HourBand(min=least / 60, max=most / 60)
