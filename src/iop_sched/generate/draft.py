"""People, cohorts and sites while a week is drawn. Days are 0 (Monday) to 6, times minutes after midnight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from iop_sched.generate.catalogue import AGENDAS, SLOTS, BlockPlan, Raw
from iop_sched.generate.clinicians import Clinician
from iop_sched.generate.dice import Dice
from iop_sched.generate.rooms import Rooms
from iop_sched.generate.settings import Settings
from iop_sched.week.times import Interval, round_up

Kind = Literal["seat", "optional", "waiting", "assessment", "pending"]
"""What the planted roster has for somebody: a seat, a place without a group, or none (for three reasons)."""

Busy = tuple[int, int, int, str]
"""Day, start, end, why."""


@dataclass
class Planned:
    """A session of the planted roster."""

    service: str
    people: list[Person]
    staff: list[Clinician]
    day: int
    start: int
    site: str | None
    room: str | None = None
    offering: str | None = None


@dataclass
class Person:
    """A client. ``home`` is the cohort that the client's facts suit, and the one joined by who has a seat."""

    kind: Kind
    home: Group | None = None
    id: str = ""
    level: str = "iop"
    new: bool = False
    ended: bool = False
    formats: list[str] = field(default_factory=lambda: ["in-person"])
    languages: list[str] = field(default_factory=lambda: ["english"])
    needs: list[str] = field(default_factory=list)
    population: str = "adults"
    payer: str = "blue"
    sites: list[str] = field(default_factory=list)
    busy: list[Busy] = field(default_factory=list)
    absences: list[Busy] = field(default_factory=list)
    hours: tuple[int, int] | None = None
    step_down: bool = False
    family: int = 0
    family_hours: tuple[int, int] | None = None
    services: list[tuple[str, int, int]] = field(default_factory=list)
    pattern: tuple[int, ...] = ()
    start: int = 0
    last: int = 6
    length: tuple[int, int] | None = None
    assessed: bool = False
    deadline: int = 6
    lag: int = 0
    verified: int | None = None
    window: tuple[int, int] = (0, 6)
    primary: Clinician | None = None
    keeps_days: bool = False
    sessions: list[Planned] = field(default_factory=list)

    @property
    def php(self) -> bool:
        """Whether the client stays for the blocks of PHP."""
        return self.level == "php"

    @property
    def treated(self) -> bool:
        """Whether the client has a prescription."""
        return self.kind != "assessment"

    def blocks(self, day: int) -> list[tuple[BlockPlan, Interval]]:
        """Own blocks of a day's meeting of the home cohort."""
        return [] if self.home is None else [one for one in self.home.timed() if self.php or not one[0].php]

    def attends(self, day: int, closed: frozenset[int]) -> bool:
        """Whether the client is at the meeting of a day in the planted roster."""
        if self.kind != "seat" or day not in self.pattern or day in closed:
            return False
        return self.start <= day <= self.last and not self.excused(day)

    def excused(self, day: int) -> bool:
        """Whether an absence takes some of the day's meeting."""
        return any(
            day == away[0] and away[1] < end and start < away[2]
            for away in self.absences
            for _, (start, end) in self.blocks(day)
        )

    def sessions_of(self, service: str) -> list[Planned]:
        """Planted sessions of a service."""
        return [one for one in self.sessions if one.service == service]


@dataclass
class Group:
    """A cohort. ``opens``: the planted roster runs it (all but some candidates)."""

    id: str
    site: str
    theme: str
    slot: str
    days: tuple[int, ...]
    agenda: str
    running: bool = True
    opens: bool = True
    grid: int = 30
    options: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    levels: list[str] = field(default_factory=lambda: ["iop", "iop-state"])
    populations: list[str] = field(default_factory=list)
    serves: list[str] = field(default_factory=lambda: ["trauma"])
    requires: list[str] = field(default_factory=list)
    language: str | None = None
    online: bool = False
    spare: int = 0
    most: int = 12
    uncounted: list[Person] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    leader: Clinician | None = None
    rooms: dict[int, str | None] = field(default_factory=dict)
    staff: dict[int, list[tuple[str, Clinician]]] = field(default_factory=dict)

    def plans(self) -> tuple[BlockPlan, ...]:
        """The blocks of a meeting."""
        return AGENDAS[self.agenda]

    def timed(self) -> list[tuple[BlockPlan, Interval]]:
        """The blocks of a meeting with the minutes of the day they occupy."""
        start = SLOTS[self.slot]
        return [
            (plan, (start + plan.after, start + plan.after + round_up(plan.minutes, self.grid)))
            for plan in self.plans()
        ]

    def span(self) -> Interval:
        """From the first block's start to the last block's end."""
        timed = self.timed()
        return timed[0][1][0], max(end for _, (_, end) in timed)

    def present(self, day: int, closed: frozenset[int], php: bool = False) -> list[Person]:
        """Members at the meeting of a day (``php``: those of PHP alone)."""
        return [one for one in self.members if one.attends(day, closed) and (one.php or not php)]


@dataclass
class Team:
    """A care team and its meeting."""

    id: str
    site: str
    day: int
    start: int
    members: list[Clinician]
    others: list[Clinician] = field(default_factory=list)


@dataclass
class Site:
    """A site and everything that is drawn for it."""

    id: str
    index: int
    settings: Settings
    dice: Dice
    ids: Ids
    closed: frozenset[int] = frozenset()
    people: list[Person] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    staff: list[Clinician] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    sessions: list[Planned] = field(default_factory=list)
    offerings: dict[str, list[Raw]] = field(default_factory=dict)
    movable: int = 0
    missing: int = 0
    rooms: Rooms = field(default_factory=Rooms)
    in_use: dict[str, list[dict[int, int]]] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)

    @property
    def grid(self) -> int:
        """Minutes between possible starts."""
        return self.settings.grid

    @property
    def alone(self) -> bool:
        """Whether the program has one site."""
        return self.settings.sites == 1

    def running(self) -> list[Group]:
        """Cohorts that meet in the planted roster."""
        return [group for group in self.groups if group.opens]

    def sessions_of(self, service: str) -> list[Planned]:
        """Planned sessions of a service."""
        return [one for one in self.sessions if one.service == service]

    def due(self, group: Group) -> list[int]:
        """Days on which a cohort's meeting is due."""
        return [day for day in group.days if day not in self.closed]


def site_id(index: int) -> str:
    """``s01``, ``s02`` …"""
    return f"s{index + 1:02d}"


@dataclass
class Ids:
    """Short ids that go on from site to site: ``c0001``, ``g001``."""

    used: dict[str, int] = field(default_factory=dict)

    def next(self, letter: str, width: int = 3) -> str:
        """The next id with a letter."""
        self.used[letter] = self.used.get(letter, 0) + 1
        return f"{letter}{self.used[letter]:0{width}d}"
