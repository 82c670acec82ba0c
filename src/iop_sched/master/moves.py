"""Columns for a session near its old time, so that the master knows what keeping it would take.

The master's own columns say on which day a session is and who gives it, and a session may then lie in any gap
of that day. What it costs to move one is counted in minutes, so the master would move none. For each start on
the old day that costs less than the cap, one more column per giver, 1 if the session begins there with that
person: in each cell, client and giver can be at one thing only. All other starts cost the cap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from iop_sched.cpsat.model import Literal, Model, Move
from iop_sched.master.linear import Linear
from iop_sched.master.windows import Item, Windows
from iop_sched.week.times import Day, Id


@dataclass(frozen=True)
class _Near:
    """A session at one start with one giver: its column, the giver's, the start's variable and cell."""

    column: int
    giver: int
    variable: int
    cell: int


class Moves:
    """The columns and rows of sessions that had a time last week."""

    def __init__(self, model: Model, windows: Windows, linear: Linear) -> None:
        self.model = model
        self.windows = windows
        self.linear = linear
        self.near: list[_Near] = []
        self._first = len(linear.lower)
        self._of_client: dict[tuple[Id, Day], list[Item]] = defaultdict(list)
        self._of_clinician: dict[tuple[Id, Day], list[Item]] = defaultdict(list)

    def add(self) -> None:
        """Add them all to the program, if the model says who gives a session: the columns are a giver's."""
        if not self.model.active("service-staff"):
            return
        for move in self.model.moves:
            if move.old.day in move.session.on and move.session.alone:
                self._columns(move)
        own = {one.giver for one in self.near}
        if self.model.active("client-time"):
            for (client, day), items in self._of_client.items():
                self._cells(items, self.windows.client(client, day), own)
        if self.model.active("clinician-time"):
            for (clinician, day), items in self._of_clinician.items():
                self._cells(items, self.windows.clinician(clinician, day), own)

    def extended(self, values: list[int]) -> list[int]:
        """A solution of the full model with the columns of these rows, read anew where it has them."""
        near = (int(values[n.giver] == 1 and values[n.variable] == n.cell) for n in self.near)
        return [*values[: self._first], *near]

    def _columns(self, move: Move) -> None:
        facts, session, day = self.model.facts, move.session, move.old.day
        cap, variable = self.model.policy.limits.session_move_cap, session.start[day].index
        size = facts.cells(session.service.minutes)
        terms = [(move.minutes.index, 1), (session.on[day].index, -cap)]
        terms += [(literal.index, -cap) for literal in move.other]
        for (on, _, _, clinician), giver in session.staff.items():
            if on != day:
                continue
            tail = facts.cells(facts.clinicians[clinician].turnaround)
            columns = []
            for cell, minutes in self._near(giver, variable, move.old.start, cap):
                column = self.linear.column(0, 1)
                columns.append((column, 1))
                terms.append((column, cap - minutes))
                self.near.append(_Near(column, giver.index, variable, cell))
                self._of_client[session.clients[0], day].append(Item(column, size, [(cell, cell)]))
                self._of_clinician[clinician, day].append(Item(column, size + tail, [(cell, cell)]))
            if columns:
                self.linear.add([*columns, (giver.index, -1)], upper=0)
        self.linear.add(terms, lower=-cap * len(move.other))

    def _near(self, giver: Literal, variable: int, old: int, cap: int) -> list[tuple[int, int]]:
        """Starts, in cells, that cost less than the cap, each with its minutes."""
        grid, found = self.model.facts.grid, []
        for first, last in self.windows.starts(giver.index, variable):
            cells = range(max(first, (old - cap) // grid), min(last, (old + cap) // grid + 1) + 1)
            found += [(cell, abs(grid * cell - old)) for cell in cells if abs(grid * cell - old) < cap]
        return found

    def _cells(self, near: list[Item], others: Iterable[Item], own: set[int]) -> None:
        """At most one thing in each cell that a session near its old time takes.

        ``own`` are the columns of such sessions by giver: one with a single start is fixed itself, and no
        other thing than itself near its old time.
        """
        beside = [item for item in others if item.fixed and item.column not in own]
        in_cell: dict[int, set[int]] = defaultdict(set)
        for item in [*near, *beside]:
            if item.column is not None:
                for cell in _taken(item):
                    in_cell[cell].add(item.column)
        rows = {frozenset(in_cell[cell]) for item in near for cell in _taken(item)}
        for columns in sorted(rows, key=sorted):
            if len(columns) > 1 and not any(columns < other for other in rows):
                self.linear.add([(column, 1) for column in sorted(columns)], upper=1)


def _taken(item: Item) -> range:
    """The cells of an item that has one start only."""
    first = item.starts[0][0]
    return range(first, first + item.size)
