"""Rows about a clinician's day that take the clients' own meetings into account.

A session ξ can lie in more cells than its client has left beside the meetings ζ₁ … ζₙ of that day. Of one
who attends them it takes cells of what is left: of those, ξ + Σ ζ − n counts. Such rows are made for last
week's meetings, which most clients keep, and for those of a solution of the master that has no timetable:
its cut excludes some sessions, and the next solution would give another client of the cohort that hour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from iop_sched.cpsat.facts import TimedBlock
from iop_sched.cpsat.model import Literal, Model
from iop_sched.master.conflicts import Conflict
from iop_sched.master.linear import INFINITY, Linear, Row
from iop_sched.master.packing import Cells
from iop_sched.master.windows import Item, Windows, energy, packing, sets
from iop_sched.week.times import Day, Id


@dataclass(frozen=True)
class _Attending:
    """A session of the day with the meetings that its client attends then, by column, and what they leave."""

    item: Item
    session: str
    meetings: tuple[int, ...]
    left: Item


class Lifting:
    """Rows about clinicians' days, by what clients attend then."""

    def __init__(self, model: Model, windows: Windows) -> None:
        self.model = model
        self.windows = windows
        self.day_of: dict[int, tuple[Id, Day]] = {}
        for (clinician, day), found in model.occupations.items():
            self.day_of.update((o.literal.index, (clinician, day)) for o in found)
        self.likely = {literal.index for literal in _like_last_week(model)}
        self.session_of = {
            literal.index: session
            for session in model.sessions
            if not session.service.is_open_group
            for literal in session.staff.values()
        }

    def add(self, linear: Linear) -> None:
        """Add rows for meetings like last week's."""
        if not self.model.active("clinician-time"):
            return
        for (clinician, day), found in self.model.occupations.items():
            attending = self._day(clinician, day, self.likely) if found else []
            if not any(one.meetings for one in attending):
                continue
            least: dict[tuple[tuple[int, int], ...], float] = {}
            for cells in sets([one.left for one in attending if one.left.cells]):
                for row in self._of_cells(attending, cells):
                    key = tuple(sorted(row.terms.items()))
                    least[key] = min(row.upper, least.get(key, INFINITY))
            for terms, upper in least.items():
                linear.add(terms, upper=upper)

    def broken(self, conflict: Conflict, values: list[int]) -> list[Row]:
        """Rows about the day of a conflict of one clinician that ``values`` break; often none."""
        days = {self.day_of[column] for column in conflict if column in self.day_of}
        if len(days) != 1 or not self.model.active("clinician-time"):
            return []
        attended = {seat.index for seat in self.model.seat.values() if values[seat.index]}
        attending = self._day(*next(iter(days)), attended)
        cells: Cells = 0
        for one in attending:
            if one.item.column in conflict and not one.item.fixed:
                cells |= one.left.cells
        return [row for row in self._of_cells(attending, cells) if _breaks(row, values)]

    def _day(self, clinician: Id, day: Day, attended: set[int]) -> list[_Attending]:
        person = self.model.facts.clinicians[clinician]
        tail = self.model.facts.cells(person.turnaround)
        items = self.windows.clinician(person, day)
        return [self._attending(item, tail, day, attended) for item in items if item.cells]

    def _attending(self, item: Item, tail: int, day: Day, attended: set[int]) -> _Attending:
        session = self.session_of.get(item.column if item.column is not None else -1)
        if session is None or item.fixed:
            return _Attending(item, session.key if session else f"{item.column}", (), item)
        facts, client = self.model.facts, session.clients[0]
        seats = [(k, seat.index) for k, seat in self.model.seats_of(client, day) if seat.index in attended]
        blocks = [timed for key, _ in seats for timed in facts.owned(facts.clients[client], key)]
        size = item.size - tail
        starts = [
            (at, at)
            for first, last in item.starts
            for at in range(first, last + 1)
            if all(_beside(at * facts.grid, size * facts.grid, session.service.minutes, b) for b in blocks)
        ]
        left = Item(item.column, item.size, starts)
        return _Attending(item, session.key, tuple(seat for _, seat in seats), left)

    def _of_cells(self, attending: list[_Attending], cells: Cells) -> Iterator[Row]:
        """Rows about what lies in ``cells`` for certain, because of meetings at least in part."""
        certain = {
            one.item.column: one
            for one in attending
            if one.meetings and one.left.cells and not one.left.cells & ~cells and one.item.cells & ~cells
        }
        if not certain:
            return
        items = [one.left if one.item.column in certain else one.item for one in attending]
        sizes = {item.size for item in items if not item.fixed and item.size > 1}
        for terms, room in (energy(items, cells), *(packing(items, cells, size) for size in sizes)):
            # a session is given once, wherever that is, so its meetings count once
            most: dict[tuple[str, tuple[int, ...]], int] = defaultdict(int)
            for one in attending:
                if one.item.column in terms:
                    key = one.session, one.meetings if one.item.column in certain else ()
                    most[key] = max(most[key], terms[one.item.column])
            if sum(most.values()) <= room or not any(meetings for _, meetings in most):
                continue
            row = defaultdict(int, terms)
            for (_, meetings), coefficient in most.items():
                room += coefficient * len(meetings)
                for meeting in meetings:
                    row[meeting] += coefficient
            yield Row(dict(row), -INFINITY, room)


def _like_last_week(model: Model) -> Iterator[Literal]:
    """Seats in the meetings of last week's cohort, on last week's days."""
    for client, before in model.facts.previous.items():
        for key, seat in model.seats_of(client):
            if key.cohort == before.cohort and key.day in before.days:
                yield seat


def _beside(start: int, length: int, nominal: int, timed: TimedBlock) -> bool:
    """Whether a session that takes ``length`` minutes may stand there: not across an attended block."""
    if start + length <= timed.start or timed.end <= start:
        return True
    inside = timed.start <= start and start + length <= timed.end
    return timed.block.may_leave and inside and nominal <= timed.block.minutes


def _breaks(row: Row, values: list[int]) -> bool:
    return sum(coefficient * values[column] for column, coefficient in row.terms.items()) > row.upper
