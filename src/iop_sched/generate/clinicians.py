"""Clinicians while a roster is planted: their hours, what they are booked for, and what still fits."""

from __future__ import annotations

from dataclasses import dataclass, field

from iop_sched.generate.catalogue import Raw
from iop_sched.week.times import Interval, overlap, round_up

Hours = tuple[Interval | None, ...]
"""Working hours from Monday to Sunday."""


def hours(text: str, days: str) -> Hours:
    """``"08:30-16:30"`` on the days whose numbers (Monday 0) stand in ``days``."""
    first, last = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    return tuple((first, last) if str(day) in days else None for day in range(7))


SHIFTS: dict[str, Hours] = {
    "morning": hours("08:30-16:30", "01234"),
    "afternoon": hours("10:00-18:00", "01234"),
    "evening": hours("12:30-21:00", "01234"),
    "first-days": hours("11:30-18:30", "0123"),
    "last-days": hours("11:00-18:30", "1234"),
    "office": hours("09:30-18:00", "01234"),
    "midday": hours("12:00-18:30", "01234"),
}

PAUSES: dict[str, tuple[int, int, int]] = {
    "morning": (30, 10 * 60 + 30, 15 * 60),
    "afternoon": (30, 11 * 60, 17 * 60 + 30),
    "evening": (30, 14 * 60, 17 * 60 + 30),
}
"""Breaks by shift: minutes, not before, over by."""

MOST_HOURS = {
    "therapist": 24,
    "counselor": 24,
    "psychiatrist": 16,
    "psychiatric-nurse": 16,
    "case-manager": 20,
    "body-worker": 18,
}
MOST_GROUPS = 3


@dataclass(frozen=True)
class Booking:
    """One occupation; ``meeting`` tells meetings apart, none is a session or a care team."""

    start: int
    end: int
    meeting: str | None = None


@dataclass
class Clinician:
    """Somebody who works at a site, and what the planted roster asks of them.

    ``also`` is a second role, of which the planted roster makes no use.
    """

    id: str
    role: str
    site: str
    shift: str
    grid: int
    credentials: list[str] = field(default_factory=list)
    modalities: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    payers: list[str] = field(default_factory=list)
    also: str | None = None
    turnaround: int = 0
    away: tuple[int, int, int] | None = None
    leads: bool = False
    clients: int = 0
    booked: list[list[Booking]] = field(default_factory=lambda: [[] for _ in range(7)])
    load: int = 0
    groups: list[set[str]] = field(default_factory=lambda: [set() for _ in range(7)])

    def window(self, day: int) -> Interval | None:
        """Hours of a weekday, or none."""
        return SHIFTS[self.shift][day]

    @property
    def pause(self) -> tuple[int, int, int] | None:
        """The break kept on every working day: minutes, not before, over by."""
        return PAUSES.get(self.shift)

    def load_on(self, day: int) -> int:
        """Minutes booked on a day."""
        return sum(one.end - one.start for one in self.booked[day])

    def qualified(self, need: Raw) -> bool:
        """Whether the clinician may fill a staff need."""
        return (
            self.role in need["roles"]
            and all(one in self.credentials for one in need.get("credentials", ()))
            and all(one in self.modalities for one in need.get("modalities", ()))
        )

    def fits(self, day: int, start: int, end: int, meeting: str | None = None) -> bool:
        """Whether one more occupation can be had, break and most hours included."""
        window = self.window(day)
        if window is None or start < window[0] or window[1] < end:
            return False
        if self.away is not None and self.away[0] == day and overlap(self.away[1:], (start, end)):
            return False
        if self.load + end - start > MOST_HOURS[self.role] * 60:
            return False
        if meeting is not None and meeting not in self.groups[day] and len(self.groups[day]) >= MOST_GROUPS:
            return False
        for one in self.booked[day]:
            gap = 0 if meeting is not None and one.meeting == meeting else self.turnaround
            if start < one.end + gap and one.start < end + gap:
                return False
        return self._breathes(day, start, end)

    def _breathes(self, day: int, start: int, end: int) -> bool:
        if self.pause is None:
            return True
        minutes, first, last = self.pause
        taken = [(one.start, one.end + self.turnaround) for one in self.booked[day]]
        taken.append((start, end + self.turnaround))
        return any(
            all(not overlap(one, (at, at + minutes)) for one in taken)
            for at in range(round_up(first, self.grid), last - minutes + 1, self.grid)
        )

    def book(self, day: int, start: int, end: int, meeting: str | None = None) -> None:
        """Take an occupation that fits."""
        self.booked[day].append(Booking(start, end, meeting))
        self.load += end - start
        if meeting is not None:
            self.groups[day].add(meeting)

    def release(self, day: int, start: int, end: int) -> None:
        """Give a session back."""
        self.booked[day].remove(Booking(start, end))
        self.load -= end - start
