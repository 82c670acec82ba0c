"""A large site as several: the same week with a site of its own for each section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from iop_sched.sites.sections import Sections
from iop_sched.sites.shares import shared_out
from iop_sched.week.care import Service
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id


@dataclass(frozen=True)
class Split:
    """A week some of whose sites are cut, and the site that each section is of."""

    week: ProgramWeek
    site_of: dict[Id, Id]

    def rejoin(self, roster: Roster) -> Roster:
        """The roster of the uncut week: sections lend their names to nothing but sessions."""
        sessions = tuple(
            one.model_copy(update={"site": self.site_of[one.site]}) if one.site in self.site_of else one
            for one in roster.sessions
        )
        return roster.model_copy(update={"sessions": sessions})


def split(before: Split, site: Id, cut: Sections) -> Split:
    """The week with a site for each section in place of ``site``; other sites may be cut already.

    Clients reach all sections, services are given in all of them; counts of the whole site (supplies, the
    census) are shared out by clinicians and by seats.
    """
    week = before.week
    taken = {one.id for one in week.sites}
    names = []
    for number in range(cut.count):
        name = f"{site}.{number + 1}"
        while name in taken:
            name += "x"
        names.append(name)
    cutter = _Cutter(week, site, cut, names)
    uncut = before.site_of.get(site, site)
    return Split(cutter.week_of_sections(), before.site_of | dict.fromkeys(names, uncut))


class _Cutter:
    def __init__(self, week: ProgramWeek, site: Id, cut: Sections, names: Sequence[Id]) -> None:
        self.week, self.site, self.cut, self.names = week, site, cut, names

    def week_of_sections(self) -> ProgramWeek:
        week, cut = self.week, self.cut
        return week.model_copy(
            update={
                "sites": self._sites(),
                "closures": self._all(week.closures),
                "rooms": tuple(self._one(room, cut.rooms.get(room.id)) for room in week.rooms),
                "supplies": self._supplies(),
                "cohorts": tuple(self._one(cohort, cut.cohorts.get(cohort.id)) for cohort in week.cohorts),
                "services": tuple(self._service(service) for service in self._all(week.services)),
                "clinicians": tuple(self._clinician(number) for number in range(len(week.clinicians))),
                "care_teams": tuple(self._one(team, cut.teams.get(team.id)) for team in week.care_teams),
                "clients": self._all(week.clients),
            }
        )

    def _sites(self) -> tuple[Any, ...]:
        seats = [
            sum(c.members.max for c in self.week.cohorts if self.cut.cohorts.get(c.id) == number)
            for number in range(self.cut.count)
        ]
        found: list[Any] = []
        for one in self.week.sites:
            travel = {to: time for to, time in one.travel.items() if to != self.site}
            if self.site in one.travel:
                travel |= dict.fromkeys(self.names, one.travel[self.site])
            if one.id != self.site:
                found.append(one.model_copy(update={"travel": travel}))
                continue
            census = [None] * len(seats) if one.census is None else shared_out(one.census, seats)
            found += [
                one.model_copy(update={"id": name, "travel": dict(one.travel), "census": most})
                for name, most in zip(self.names, census, strict=True)
            ]
        return tuple(found)

    def _supplies(self) -> tuple[Any, ...]:
        people = [list(self.cut.clinicians.values()).count(number) for number in range(self.cut.count)]
        found: list[Any] = []
        for supply in self.week.supplies:
            if supply.site != self.site:
                found.append(supply)
                continue
            counts = shared_out(supply.count, people)
            found += [
                supply.model_copy(update={"site": name, "count": count})
                for name, count in zip(self.names, counts, strict=True)
            ]
        return tuple(found)

    def _all(self, things: Iterable[Any]) -> tuple[Any, ...]:
        """Things with a list of sites: all sections in place of the site."""
        return tuple(thing.model_copy(update={"sites": self._in_place(thing.sites)}) for thing in things)

    def _in_place(self, sites: Sequence[Id]) -> tuple[Id, ...]:
        return tuple(name for site in sites for name in (self.names if site == self.site else (site,)))

    def _one(self, thing: Any, section: int | None) -> Any:
        return thing if section is None else thing.model_copy(update={"site": self.names[section]})

    def _service(self, service: Service) -> Service:
        offerings = tuple(
            self._one(offering, self.cut.offerings.get((service.id, offering.id)))
            for offering in service.offerings
        )
        return service.model_copy(update={"offerings": offerings})

    def _clinician(self, number: int) -> Any:
        person = self.week.clinicians[number]
        section = self.cut.clinicians.get(person.id)
        if section is None:
            return person
        name = self.names[section]
        return person.model_copy(
            update={
                "sites": tuple(name if site == self.site else site for site in person.sites),
                "available": tuple(self._window(window, name) for window in person.available),
                "away": tuple(self._window(window, name) for window in person.away),
            }
        )

    def _window(self, window: Any, name: Id) -> Any:
        return window.model_copy(update={"site": name}) if window.site == self.site else window
