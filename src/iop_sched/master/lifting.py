"""Rows about a clinician's day that take other people's meetings into account.

A session ξ can lie in more cells than its client has left beside the meetings ζ₁ … ζₙ of that day. Of one
who attends them it takes cells of what is left: of those, ξ + Σ ζ − n counts. A care team's meeting is left
fewer cells by what its other members lead that day. Such rows are made for last week's meetings, which most
people keep, and for those of a solution of the master that has no timetable: its cut excludes some sessions,
and the next solution would give another client of the cohort that hour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from iop_sched.cpsat.facts import TimedBlock
from iop_sched.cpsat.model import Literal, Model, SessionVars
from iop_sched.master.conflicts import Conflict
from iop_sched.master.linear import INFINITY, Linear, Row
from iop_sched.master.packing import Cells
from iop_sched.master.windows import Item, Windows, energy, packing, sets
from iop_sched.week.times import Day, Id


@dataclass(frozen=True)
class _Attending:
    """An item of the day with the meetings that take some of its cells, by column, and what they leave.

    Items of one ``key`` are ways to have the same thing, of which at most one is chosen.
    """

    item: Item
    key: str
    meetings: tuple[int, ...]
    left: Item


class Lifting:
    """Rows about clinicians' days, by what others attend then."""

    def __init__(self, model: Model, windows: Windows) -> None:
        self.model = model
        self.windows = windows
        self.day_of: dict[int, tuple[Id, Day]] = {}
        for (clinician, day), found in model.occupations.items():
            self.day_of.update((o.literal.index, (clinician, day)) for o in found)
        self.likely = {literal.index for literal in _like_last_week(model)}
        self.team_of = {
            literal.index: (team, clinician)
            for team in model.teams.values()
            for (clinician, _), literal in team.attends_on.items()
        }
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
        """Rows about the clinicians' days of a conflict that ``values`` break; often none."""
        if not self.model.active("clinician-time"):
            return []
        ones = {column for column, value in enumerate(values) if value}
        found: dict[tuple[tuple[int, int], ...], Row] = {}
        for clinician, day in {self.day_of[column]: None for column in conflict if column in self.day_of}:
            attending = self._day(clinician, day, ones)
            own = [one.left for one in attending if one.item.column in conflict and one.left.cells]
            together: Cells = 0
            for left in own:
                together |= left.cells
            for cells in {together, *sets(own)}:
                rows = (row for row in self._of_cells(attending, cells) if _breaks(row, values))
                found.update((tuple(sorted(row.terms.items())), row) for row in rows)
        return list(found.values())

    def _day(self, clinician: Id, day: Day, ones: set[int]) -> list[_Attending]:
        """The items of a day, when the columns of ``ones`` are 1."""
        tail = self.model.facts.cells(self.model.facts.clinicians[clinician].turnaround)
        found = []
        for item in self.windows.clinician(clinician, day):
            column = -1 if item.column is None else item.column
            if item.cells and column in self.session_of and not item.fixed:
                found.append(self._session(item, self.session_of[column], tail, day, ones))
            elif item.cells and column in self.team_of and not item.fixed:
                found.append(self._team(item, tail, day, ones))
            elif item.cells:
                session = self.session_of.get(column)
                found.append(_Attending(item, session.key if session else f"{column}", (), item))
        return found

    def _session(self, item: Item, session: SessionVars, tail: int, day: Day, ones: set[int]) -> _Attending:
        """A session beside its client's meetings."""
        facts, client = self.model.facts, session.clients[0]
        # without the rule a client may be in a session and a meeting at once
        attended = self.model.seats_of(client, day) if self.model.active("client-time") else []
        seats = [(key, seat.index) for key, seat in attended if seat.index in ones]
        blocks = [timed for key, _ in seats for timed in facts.owned(facts.clients[client], key)]
        if not blocks:
            # all its starts are left
            return _Attending(item, session.key, tuple(seat for _, seat in seats), item)
        size, grid = (item.size - tail) * facts.grid, facts.grid
        nominal = session.service.minutes
        starts = [at for at in _starts(item) if all(_beside(at * grid, size, nominal, b) for b in blocks)]
        return _Attending(item, session.key, tuple(seat for _, seat in seats), _only(item, starts))

    def _team(self, item: Item, tail: int, day: Day, ones: set[int]) -> _Attending:
        """A care team's meeting beside what its other members lead or staff."""
        assert item.column is not None
        team, clinician = self.team_of[item.column]
        starts, meetings, size = _starts(item), set[int](), item.size - tail
        for (other, d), attends in team.attends_on.items():
            if d != day or other == clinician or attends.index not in ones:
                continue
            for o in self.model.occupations[other, day]:
                if isinstance(o.start, int) and o.literal.index in ones:
                    beside = [at for at in starts if at + size <= o.start or o.start + o.size <= at]
                    if len(beside) < len(starts):
                        meetings |= {attends.index, o.literal.index}
                    starts = beside
        return _Attending(
            item, f"{item.column}", tuple(sorted(meetings - {item.column})), _only(item, starts)
        )

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
                    key = one.key, one.meetings if one.item.column in certain else ()
                    most[key] = max(most[key], terms[one.item.column])
            if sum(most.values()) <= room or not any(meetings for _, meetings in most):
                continue
            row = defaultdict(int, terms)
            for (_, meetings), coefficient in most.items():
                room += coefficient * len(meetings)
                for meeting in meetings:
                    row[meeting] += coefficient
            yield Row(dict(row), -INFINITY, room)


def _starts(item: Item) -> list[int]:
    return [at for first, last in item.starts for at in range(first, last + 1)]


def _only(item: Item, starts: list[int]) -> Item:
    return Item(item.column, item.size, [(at, at) for at in starts])


def _like_last_week(model: Model) -> Iterator[Literal]:
    """Seats in the meetings of last week's cohort, on last week's days; its leader; who must be in a team."""
    for leader in model.facts.week.previous.leaders:
        yield from (
            literal
            for (key, who), literal in model.leads.items()
            if (key.cohort, who) == (leader.cohort, leader.leader)
        )
    for team in model.facts.week.care_teams:
        if team.id in model.teams:
            attends = model.teams[team.id].attends_on
            yield from (literal for (who, _), literal in attends.items() if who in team.members)
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
