"""Rooms while a roster is planted: a use takes the first room that is free, or a new one."""

from __future__ import annotations

from dataclasses import dataclass, field

from iop_sched.week.times import Interval, overlap


@dataclass
class RoomPlan:
    """A room, when it is used, and by how many people at most."""

    id: str
    kinds: list[str]
    people: int = 0
    used: list[list[Interval]] = field(default_factory=lambda: [[] for _ in range(7)])

    def free(self, day: int, when: Interval) -> bool:
        """Whether nobody is in it."""
        return not any(overlap(one, when) for one in self.used[day])


@dataclass
class Rooms:
    """The rooms of a site."""

    all: list[RoomPlan] = field(default_factory=list)

    def add(self, name: str, kinds: list[str]) -> RoomPlan:
        """A new room."""
        self.all.append(RoomPlan(name, kinds))
        return self.all[-1]

    def find(self, kind: str, days: list[int], when: Interval) -> RoomPlan | None:
        """The first room of a kind that is free on all of the days."""
        for room in self.all:
            if kind in room.kinds and all(room.free(day, when) for day in days):
                return room
        return None

    def take(self, room: RoomPlan, day: int, when: Interval, people: int) -> str:
        """Use a room that is free."""
        room.used[day].append(when)
        room.people = max(room.people, people)
        return room.id
