"""What the timetable's rules leave of each day: rows that no-overlap implies, without starts.

Whatever must lie inside a set of cells cannot fill more of them than there are. The sets are those in which
one item can lie, and all between an item's earliest start and an item's latest end (Hall conditions; energy
reasoning in the literature of scheduling). An item whose start is fixed counts with what it takes of the set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from iop_sched.cpsat.model import Model, SessionVars
from iop_sched.cpsat.starts import Starts, common
from iop_sched.master.linear import Linear
from iop_sched.master.packing import Cells, lifted, units
from iop_sched.master.snapshot import kind_of, pairs
from iop_sched.week.times import WEEK, Day, Id


class Item:
    """``size`` cells from one of ``starts`` if the column is 1; always, when it is None.

    ``cells`` is every cell that it could take; ``fixed`` whether it can start in one cell only.
    """

    __slots__ = ("cells", "column", "fixed", "size", "starts")

    def __init__(self, column: int | None, size: int, starts: Starts) -> None:
        self.column = column
        self.size = size
        self.starts = starts
        self.fixed = len(starts) == 1 and starts[0][0] == starts[0][1]
        self.cells = 0
        for first, last in starts:
            self.cells |= ((1 << (last - first + size)) - 1) << first

    def within(self, cells: Cells) -> int:
        """Cells of a set that it takes for certain."""
        if self.fixed:
            return (self.cells & cells).bit_count()
        return 0 if self.cells & ~cells else self.size


class Windows:
    """Adds the rows of every clinician, client and room, day by day."""

    def __init__(self, model: Model, proto: Any, linear: Linear) -> None:
        """``proto`` is the model's ``snapshot``."""
        self.model = model
        self.linear = linear
        self._narrowed: dict[tuple[int, int], list[Starts]] = defaultdict(list)
        self._variables = proto.variables
        for constraint in proto.constraints:
            if kind_of(constraint) == "linear" and len(constraint.enforcement_literal) == 1:
                body = constraint.linear
                if list(body.coeffs) == [1]:
                    literal, start = constraint.enforcement_literal[0], body.vars[0]
                    self._narrowed[literal, start].append(pairs(list(body.domain)))
        # windows, meetings and moves each ask for every day
        self.clinician = cache(self._clinician)
        self.client = cache(self._client)

    def add(self) -> None:
        """All rows."""
        for (clinician, day), found in self.model.occupations.items():
            if found and self.model.active("clinician-time"):
                self._post(self.clinician(clinician, day))
        if self.model.active("client-time"):
            for client in self.model.facts.week.clients:
                for day in WEEK:
                    self._post(self.client(client.id, day))
        if self.model.active("rooms"):
            for items in self._rooms().values():
                self._post(items)

    def starts(self, literal: int, start: int) -> Starts:
        """Cells in which ``start`` can be when the literal holds."""
        found = pairs(list(self._variables[start].domain))
        for narrowed in self._narrowed.get((literal, start), []):
            found = common(found, narrowed)
        return found

    def _clinician(self, clinician: Id, day: Day) -> tuple[Item, ...]:
        """What may keep a clinician on a day."""
        facts, found = self.model.facts, self.model.occupations[clinician, day]
        person = facts.clinicians[clinician]
        tail = facts.cells(person.turnaround)
        items = []
        for o in found:
            if isinstance(o.start, int):
                # turnaround, but for what a later block of the same meeting may take of it
                later = [b.start for b in found if b.meeting == o.meeting and isinstance(b.start, int)]
                end = min([at for at in later if at > o.start], default=o.start + o.size + tail)
                size = max(o.size, min(end - o.start, o.size + tail))
                items.append(Item(o.literal.index, size, [(o.start, o.start)]))
            else:
                starts = self.starts(o.literal.index, o.start.index)
                items.append(Item(o.literal.index, o.size + tail, starts))
        for pause in person.breaks:
            first, last = facts.cells(pause.start), (pause.end - pause.minutes) // facts.grid
            if first <= last:
                items.append(Item(None, facts.cells(pause.minutes), [(first, last)]))
        return tuple(items)

    def _client(self, client: Id, day: Day) -> tuple[Item, ...]:
        """Sessions of a client on a day, and the blocks that they cannot lie in; nothing without sessions."""
        facts = self.model.facts
        sessions = [s for s in self.model.sessions_of(client) if s.joins_on.get((client, day))]
        items = [item for session in sessions for item in self._session(session, client, day)]
        if not items:
            return ()
        for key, seat in self.model.seats_of(client, day):
            for timed in facts.owned(facts.clients[client], key):
                if not timed.block.may_leave:
                    start = timed.start // facts.grid
                    items.append(Item(seat.index, (timed.end - timed.start) // facts.grid, [(start, start)]))
        return tuple(items)

    def _session(self, session: SessionVars, client: Id, day: Day) -> Iterator[Item]:
        """A client's session, told apart by who gives it where one person does."""
        start, size = session.start[day].index, self.model.facts.cells(session.service.minutes)
        literals = [lit for (d, *_), lit in session.staff.items() if d == day] if session.alone else []
        for literal in literals or session.joins_on[client, day].values():
            yield Item(literal.index, size, self.starts(literal.index, start))

    def _rooms(self) -> dict[tuple[Id, Day], list[Item]]:
        facts = self.model.facts
        uses: dict[tuple[Id, Day], list[Item]] = defaultdict(list)
        for (key, room), literal in self.model.room.items():
            start, end = (minute // facts.grid for minute in facts.span(key))
            uses[room, key.day].append(Item(literal.index, end - start, [(start, start)]))
        for session in self.model.sessions:
            size = facts.cells(session.service.minutes)
            for (day, _, room), literal in session.room.items():
                starts = self.starts(literal.index, session.start[day].index)
                uses[room, day].append(Item(literal.index, size, starts))
        return uses

    def _post(self, items: Iterable[Item]) -> None:
        """One row a set of cells, unless it holds whatever is chosen; of equal sums the tightest."""
        least: dict[tuple[tuple[int, int], ...], int] = {}
        items = [item for item in items if item.cells]
        sizes = {item.size for item in items if not item.fixed and item.size > 1}
        for cells in sets(items):
            for terms, room in (energy(items, cells), *(packing(items, cells, size) for size in sizes)):
                if sum(terms.values()) > room:
                    key = tuple(sorted(terms.items()))
                    least[key] = min(room, least.get(key, room))
        for terms_of, room in least.items():
            self.linear.add(terms_of, upper=room)


def energy(items: list[Item], cells: Cells) -> tuple[dict[int, int], int]:
    """What items take of a set of cells, and how many there are."""
    room = cells.bit_count()
    terms: dict[int, int] = defaultdict(int)
    for item in items:
        taken = item.within(cells) if item.cells & cells else 0
        if item.column is None:
            room -= taken
        elif taken:
            terms[item.column] += taken
    return terms, room


def packing(items: list[Item], cells: Cells, unit: int) -> tuple[dict[int, int], int]:
    """The same in units of several cells in a row; nothing, where counting cells says as much."""
    terms: dict[int, int] = defaultdict(int)
    taken = 0
    even = True
    for item in items:
        if not item.fixed and not item.cells & ~cells:
            even = even and item.size % unit == 0
            if item.column is None:
                taken += item.size // unit
            elif item.size >= unit:
                terms[item.column] += item.size // unit
    if not terms:
        return {}, 0
    fixed: dict[int, Cells] = defaultdict(int)
    for item in items:
        if item.fixed and item.column is None:
            cells &= ~item.cells
        elif item.fixed and item.column is not None and item.cells & cells:
            fixed[item.column] |= item.cells
    lost = cells.bit_count() - unit * units(cells, unit)
    of_fixed = lifted(cells, fixed, unit)
    splits = any(unit * more > (fixed[column] & cells).bit_count() for column, more in of_fixed.items())
    if not (lost or splits or not even):
        return {}, 0
    for column, more in of_fixed.items():
        terms[column] += more
    return terms, units(cells, unit) - taken


def sets(items: list[Item]) -> set[Cells]:
    """The cell sets worth a row."""
    free = {item.cells for item in items if not item.fixed}
    everything = 0
    for item in items:
        everything |= item.cells
    earliest = {(cells & -cells).bit_length() - 1 for cells in free}
    latest = {cells.bit_length() for cells in free}
    spans = {
        everything & ((1 << last) - 1) >> first << first
        for first in earliest
        for last in latest
        if first < last
    }
    # items that lie fast share a cell that one of them begins in
    begins = {item.cells & -item.cells for item in items if item.fixed}
    return (free | spans | begins | {everything}) - {0}
