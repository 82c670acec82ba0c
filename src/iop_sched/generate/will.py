"""The director's pins, and who is kept apart or together: all of it as the planted roster has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from iop_sched.generate.catalogue import Raw
from iop_sched.generate.draft import Group, Person, Site
from iop_sched.generate.raw import CODES, day_codes

CLIENTS_PER_PIN = 40
Suits = Callable[[Person, Person], bool]


@dataclass
class Will:
    """The sections ``pins``, ``apart`` and ``together`` of all sites."""

    pins: list[Raw] = field(default_factory=list)
    apart: list[list[str]] = field(default_factory=list)
    together: list[list[str]] = field(default_factory=list)

    def add(self, site: Site) -> None:
        """What is decided about one site."""
        seated = site.dice.shuffled([one for one in site.people if one.kind == "seat"])
        self._promise(site, seated)
        number = 1 + len(site.people) // CLIENTS_PER_PIN
        settled = [one for one in seated if not one.new and not one.ended and one.home is not None]
        for person in settled[:number]:
            self._pin(place={"client": person.id, "cohort": _home(person), "days": day_codes(person.pattern)})
        for person in [one for one in seated if one.sessions_of("individual")][:number]:
            self._session(person)
        self._meetings(site)
        self._pairs(site, seated)

    def _pin(self, **what: object) -> None:
        self.pins.append({"id": f"pin-{len(self.pins) + 1:03d}", **what})

    def _promise(self, site: Site, seated: list[Person]) -> None:
        """One more than the cohort takes: promised, and so not counted."""
        for person in sorted(seated, key=lambda one: not (one.new and _runs(one.home))):
            if person.home is not None:
                person.home.uncounted = [person]
                self._pin(
                    place={"client": person.id, "cohort": _home(person)},
                    overrides=["cohort-size", "meeting-attendance"],
                    reason="The referring hospital was promised this place.",
                )
                return

    def _session(self, person: Person) -> None:
        session = person.sessions_of("individual")[0]
        self._pin(
            session={
                "client": person.id,
                "service": "individual",
                "day": CODES[session.day],
                "clinician": session.staff[0].id,
            }
        )

    def _meetings(self, site: Site) -> None:
        running = [group for group in site.running() if group.running]
        group = site.dice.pick(running)
        if group.leader is not None:
            self._pin(cohort={"cohort": group.id, "leader": group.leader.id})
        group = site.dice.pick([one for one in running if one.rooms])
        day = site.dice.pick(sorted(group.rooms))
        self._pin(meeting={"cohort": group.id, "day": CODES[day], "room": group.rooms[day]})
        team = site.teams[0]
        self._pin(team={"team": team.id, "day": CODES[team.day]})
        shut = [one for one in site.groups if not one.opens]
        if len(shut) > 1:
            self._pin(cohort={"cohort": shut[0].id, "open": False})

    def _pairs(self, site: Site, seated: list[Person]) -> None:
        """Pairs of people who stand in no other pair."""
        waiting = [one for one in site.people if one.kind == "waiting"]
        left = site.dice.shuffled([*seated, *waiting])
        number = 1 + len(site.people) // 30
        for _ in range(number):
            _take(left, self.apart, lambda one, other: not _meet(one, other))
        for _ in range(max(1, number // 2)):
            _take(left, self.together, lambda one, other: one.home is other.home and _both_seated(one, other))


def _take(left: list[Person], pairs: list[list[str]], suits: Suits) -> None:
    for at, one in enumerate(left):
        for other in left[at + 1 :]:
            if suits(one, other):
                pairs.append([one.id, other.id])
                left.remove(one)
                left.remove(other)
                return


def _both_seated(one: Person, other: Person) -> bool:
    return one.kind == other.kind == "seat"


def _meet(one: Person, other: Person) -> bool:
    """Whether two people are in one cohort or one open group of the planted roster."""
    same = one.home is other.home and _both_seated(one, other)
    return same or any(other in session.people for session in one.sessions)


def _runs(group: Group | None) -> bool:
    return group is not None and group.running


def _home(person: Person) -> str:
    return person.home.id if person.home is not None else ""
