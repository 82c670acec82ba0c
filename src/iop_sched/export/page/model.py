"""What stands on the page, as plain values in the order in which it is read.

Times are minutes after midnight. ``tone`` is how something is coloured: ``s0`` … ``s7`` for a slot,
``single`` for a session with one client, ``open`` for an open group, ``team`` for a care team. ``about``
holds the marks (see ``marks``) of everybody and everything that a part is about, for the filter.
"""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.week.times import Interval, clock


def times(start: int, end: int) -> str:
    """``09:00–12:00``."""
    return f"{clock(start)}–{clock(end)}"


@dataclass(frozen=True)
class Choice:
    """One entry of a filter: the id, its mark, and how it is printed."""

    id: str
    mark: str
    label: str


@dataclass(frozen=True)
class Filter:
    """A list to choose one from."""

    name: str
    title: str
    everybody: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class DayHead:
    """A column: ``Mon`` and ``2 March``, and why the day is closed, if it is."""

    name: str
    date: str
    closed: str = ""


@dataclass(frozen=True)
class Tile:
    """A figure at the top of the page."""

    figure: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Seats:
    """Seats of a group, and how many are taken; more may be taken than there are."""

    taken: int
    most: int

    PITCH = 8

    @property
    def width(self) -> int:
        """Width of the drawing, in its own units."""
        return max(self.taken, self.most) * self.PITCH

    def _dots(self, first: int, last: int) -> str:
        return "".join(f"M{place * self.PITCH + 3.5} .5a3 3 0 1 0 .01 0z" for place in range(first, last))

    @property
    def filled(self) -> str:
        """Taken seats, as an SVG path."""
        return self._dots(0, min(self.taken, self.most))

    @property
    def free(self) -> str:
        """Free seats, as an SVG path."""
        return self._dots(self.taken, self.most)

    @property
    def beyond(self) -> str:
        """Taken seats beyond the most, as an SVG path."""
        return self._dots(self.most, self.taken)


@dataclass(frozen=True)
class Card:
    """A gathering in the week's grid. ``seats`` is none where nobody counts them."""

    name: str
    when: str
    people: str
    where: str
    staff: str
    tone: str
    about: str
    seats: Seats | None = None
    held: bool = True


@dataclass(frozen=True)
class GridRow:
    """A row of the week's grid: a slot, the open groups or the care teams; a list of cards a day."""

    name: str
    when: str
    tone: str
    days: tuple[tuple[Card, ...], ...]


@dataclass(frozen=True)
class Member:
    """A client in a cohort; ``days`` says for each column ``in``, ``out`` (of a pattern day) or nothing."""

    name: str
    days: tuple[str, ...]
    primary: str
    remark: str
    about: str


@dataclass(frozen=True)
class CohortCard:
    """An open cohort with its members; the columns of ``days`` are those of the members."""

    name: str
    slot: str
    tone: str
    lines: tuple[tuple[str, str], ...]
    size: str
    seats: Seats
    remark: str
    days: tuple[str, ...]
    members: tuple[Member, ...]
    about: str
    changed: bool


@dataclass(frozen=True)
class Entry:
    """Something at a time of a day, in somebody's lane."""

    start: int
    end: int
    what: str
    more: str
    tone: str
    about: str

    @property
    def when(self) -> str:
        """``09:00–12:00``."""
        return times(self.start, self.end)


@dataclass(frozen=True)
class LaneDay:
    """A day in a lane: what there is, remarks (away, not held), and the hours that could be used."""

    day: str
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    open: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class Meter:
    """A part of a whole, such as minutes scheduled of minutes by contract. ``whole`` 0: of nothing known.

    ``grave``: the part is more than it should be.
    """

    part: int
    whole: int
    words: str
    grave: bool = False

    @property
    def width(self) -> float:
        """Length of the bar, of 100; full when the part is more than the whole."""
        return min(100.0, round(100 * self.part / self.whole, 1)) if self.whole else 0.0


@dataclass(frozen=True)
class Lane:
    """The week of a client, a clinician or a room."""

    name: str
    lines: tuple[str, ...]
    days: tuple[LaneDay, ...]
    meter: Meter
    after: tuple[str, ...]
    about: str
    tone: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Lanes:
    """Lanes under the same days; each day is drawn from ``start`` to ``end``."""

    id: str
    title: str
    noun: str
    caption: str
    head: str
    tail: str
    start: int
    end: int
    ticks: tuple[int, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class Waiting:
    """A client without a place."""

    name: str
    level: str
    waits: str
    priority: int
    reason: str
    about: str


@dataclass(frozen=True)
class Tier:
    """How good one tier is. ``open_part``: what may still be gained, of 100 that are at stake."""

    name: str
    counts: str
    value: str
    bound: str
    status: str
    gap: str
    words: str
    open_part: float


@dataclass(frozen=True)
class Table:
    """Plain rows under titles; the first cell heads its row. A title that begins with ``>`` is of numbers."""

    title: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Notes:
    """A titled list of sentences."""

    title: str
    lines: tuple[str, ...]
    grave: bool = False


@dataclass(frozen=True)
class Change:
    """What changes for one client, clinician or cohort; for a care team ``who`` is part of the words."""

    who: str
    words: str
    about: str


@dataclass(frozen=True)
class ChangeList:
    """All changes for one kind of reader."""

    title: str
    noun: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Changes:
    """What differs from another roster."""

    headline: str
    figures: Table | None
    lists: tuple[ChangeList, ...]


@dataclass(frozen=True)
class Legend:
    """A tone and what it stands for."""

    tone: str
    words: str


@dataclass(frozen=True)
class Page:
    """The whole page."""

    program: str
    week_of: str
    opening: str
    standing: str
    status: str
    tiles: tuple[Tile, ...]
    filters: tuple[Filter, ...]
    days: tuple[DayHead, ...]
    legend: tuple[Legend, ...]
    changes: Changes | None
    grid: tuple[GridRow, ...]
    cohorts: tuple[CohortCard, ...]
    not_opened: str
    lanes: tuple[Lanes, ...]
    waiting: tuple[Waiting, ...]
    notes: tuple[Notes, ...]
    tiers: tuple[Tier, ...]
    tables: tuple[Table, ...]
    made_by: str
