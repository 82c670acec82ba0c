"""Last week's roster: mostly the planted one, so that continuity is about something and can be had."""

from __future__ import annotations

from dataclasses import dataclass, field

from iop_sched.generate.catalogue import SERVICES, Raw
from iop_sched.generate.draft import Group, Person, Planned, Site
from iop_sched.generate.raw import day_codes, service_id
from iop_sched.week.times import clock

MOST_MOVES = 2
"""People who change cohort in the planted roster; one more may, under the standard policy."""


@dataclass
class LastWeek:
    """The ``previous`` section of all sites."""

    leaders: list[Raw] = field(default_factory=list)
    placements: list[Raw] = field(default_factory=list)
    sessions: list[Raw] = field(default_factory=list)
    moves: int = 0

    def raw(self) -> Raw:
        """As it stands in a file."""
        return {"leaders": self.leaders, "placements": self.placements, "sessions": self.sessions}

    def add(self, site: Site) -> None:
        """Look back on one site."""
        for group in site.running():
            if group.running and group.leader is not None:
                self.leaders.append({"cohort": group.id, "leader": self._leader(site, group)})
        for person in site.people:
            if person.kind in ("seat", "optional") and not person.new:
                self.placements.append(self._placement(site, person))
                for session in person.sessions:
                    self._session(site, person, session)

    def _leader(self, site: Site, group: Group) -> str:
        others = [one for one in site.staff if one.role == "therapist" and one is not group.leader]
        if others and site.dice.chance((1 - site.settings.same) / 2):
            return site.dice.pick(others).id
        assert group.leader is not None
        return group.leader.id

    def _placement(self, site: Site, person: Person) -> Raw:
        found: Raw = {"client": person.id}
        group = person.home
        if group is not None:
            before = self._before(site, person, group)
            if before is not None:
                found["cohort"] = before.id
            found["slot"] = group.slot if before is None else before.slot
            found["days"] = day_codes(_days(site, person, before or group))
        if person.primary is not None:
            found["primary"] = person.primary.id
            others = [one.id for one in site.staff if one.role == "therapist"]
            if site.dice.chance((1 - site.settings.same) / 3):
                found["primary"] = site.dice.pick(others)
        return found

    def _before(self, site: Site, person: Person, group: Group) -> Group | None:
        """Last week's cohort: none if it has ended, another one for a very few."""
        if person.ended:
            return None
        if self.moves < MOST_MOVES and not person.keeps_days and site.dice.chance(0.03):
            others = [
                one
                for one in site.groups
                if one.running and one is not group and set(person.pattern) <= set(one.days)
            ]
            if others:
                self.moves += 1
                return site.dice.pick(others)
        return group

    def _session(self, site: Site, person: Person, session: Planned) -> None:
        if SERVICES[session.service].group or site.dice.chance(0.08):
            return
        start = session.start
        if not site.dice.chance(site.settings.same):
            start += site.grid * site.dice.pick((-4, -2, -1, 1, 2, 4))
        self.sessions.append(
            {
                "client": person.id,
                "service": service_id(site, session.service),
                "day": day_codes((session.day,))[0],
                "start": clock(start),
            }
        )


def _days(site: Site, person: Person, group: Group) -> tuple[int, ...]:
    """Last week's pattern: the same, one day more when stepping down, or another day."""
    pattern = person.pattern
    free = [day for day in group.days if day not in pattern]
    if person.step_down and free:
        return tuple(sorted((*pattern, free[0])))
    settled = person.keeps_days or person.level == "iop-state" or person.php
    if settled or not free or site.dice.chance(site.settings.same):
        return pattern
    kept = pattern[:-1] if pattern[-1] != 4 else pattern[1:]
    return tuple(sorted((*kept, site.dice.pick(free))))
