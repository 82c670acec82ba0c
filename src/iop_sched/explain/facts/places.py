"""What is known of closures, rooms, supplies, sites, payers."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.explain.facts.fact import MANY, Draft, Fact, Kind, Relax, put
from iop_sched.explain.facts.words import counted, windows_of
from iop_sched.report.words import day_name
from iop_sched.week.document import Path
from iop_sched.week.program import ProgramWeek

ROOM = Kind("room", ("rooms",), 3)
SUPPLY = Kind("supply", ("supply",), 2)
CENSUS = Kind("census", ("supply",), 5)
TRAVEL = Kind("travel", ("client-time", "clinician-time"), 5)
PAYER = Kind("payer", ("facilitation", "service-staff", "primary"), 5)
CLOSURE = Kind("closure", (), 3)

COPIES = 3
"""More rooms of its like beside each room, when it need not be the only one."""


def facts(week: ProgramWeek) -> Iterator[Fact]:
    """Facts of places and payers."""
    for index, room in enumerate(week.rooms):
        path: Path = ("rooms", index)
        at: Path = (*path, "capacity")
        yield Fact(ROOM, at, f"{room.id} has {counted(room.capacity, 'seat')}", put(at, MANY))
        if room.available:
            at = (*path, "available")
            yield Fact(ROOM, at, f"{room.id} can be used {windows_of(room.available)} only", put(at, []))
        # the last of the three: rooms of its like have what is left of the other two
        yield Fact(ROOM, path, f"{room.id} takes one meeting or session at a time", _more_of_it(path))
    for index, supply in enumerate(week.supplies):
        at = ("supplies", index, "count")
        says = f"{supply.site} has {supply.count} of {supply.kind}"
        yield Fact(SUPPLY, at, says, put(at, MANY))
    for index, site in enumerate(week.sites):
        path = ("sites", index)
        if site.census is not None:
            at = (*path, "census")
            says = f"{site.id} is licensed for {counted(site.census, 'client')} a day"
            yield Fact(CENSUS, at, says, put(at, None))
        for other, minutes in site.travel.items():
            at = (*path, "travel", other)
            says = f"it takes {counted(minutes, 'minute')} from {site.id} to {other}"
            yield Fact(TRAVEL, at, says, put(at, 0))
    for index, payer in enumerate(week.payers):
        if payer.credentialed_only:
            at = ("payers", index, "credentialed_only")
            says = f"{payer.id} wants staff who are credentialed with it"
            yield Fact(PAYER, at, says, put(at, False))


def closures(week: ProgramWeek) -> Iterator[Fact]:
    """Closed days."""
    for index, closure in enumerate(week.closures):
        at: Path = ("closures", index)
        where = ", ".join(closure.sites) or "everything"
        yield Fact(CLOSURE, at, f"{where} is closed on {day_name(closure.day)}", put(at, None))


def _more_of_it(path: Path) -> Relax:
    def relax(draft: Draft) -> None:
        room = draft.week["rooms"][path[1]]
        draft.week["rooms"] += [{**room, "id": f"more.{path[1]}.{number}"} for number in range(COPIES)]

    return relax
