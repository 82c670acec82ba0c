"""clinician-time: staff work in their hours, in one place at a time, with time to walk, breathe and write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from ortools.sat.python import cp_model

from iop_sched.cpsat.facts import MeetingKey, Place
from iop_sched.cpsat.model import Cost, Model, Occupation
from iop_sched.cpsat.occupations import load
from iop_sched.cpsat.separate import Timed, keep_apart
from iop_sched.cpsat.starts import Starts
from iop_sched.week.base import minutes
from iop_sched.week.people import Clinician
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, Interval, covers

RULE = "clinician-time"


def free(model: Model, clinician: Clinician, day: Day, place: Place) -> list[Interval]:
    """Working minutes of a day at a place."""
    if not model.active(RULE):
        return [(0, DAY_MINUTES)]
    return list(model.facts.clinician_free(clinician.id, day, place))


def starts(model: Model, clinician: Clinician, day: Day, place: Place, length: int) -> Starts:
    """Start cells of ``length`` minutes of work at a place."""
    key = (clinician.id, day, place, length)
    if key not in model.working_starts:
        model.working_starts[key] = model.facts.starts(free(model, clinician, day, place), length)
    return model.working_starts[key]


def admits(model: Model, clinician: Clinician, day: Day, place: Place, interval: Interval) -> bool:
    """Whether an interval lies in the clinician's working hours at a place."""
    return covers(free(model, clinician, day, place), interval)


def post(model: Model) -> Iterator[Cost]:
    """No overlap, turnaround, travel, breaks and administrative time."""
    for clinician in model.facts.week.clinicians:
        working = 0
        for day in WEEK:
            found = model.occupations[clinician.id, day]
            working += model.facts.working_minutes(clinician, day)
            if found:
                _day(model, clinician, day, found)
        model.cp.add(load(model, clinician.id) <= max(0, working - minutes(clinician.admin_hours)))
    yield from ()


def _day(model: Model, clinician: Clinician, day: Day, found: list[Occupation]) -> None:
    tail = model.facts.cells(clinician.turnaround)
    timed = [_timed(clinician, day, index, o) for index, o in enumerate(found)]
    intervals = [t.interval(model, 0 if o.meeting else tail) for t, o in zip(timed, found, strict=True)]
    intervals += [t.interval(model) for t in _tails(model, clinician, day, found, tail)]
    intervals += _breaks(model, clinician, day)
    model.cp.add_no_overlap(intervals)
    _cliques(model, timed)
    _capacity(model, clinician, day, found)
    if len({o.place for o in found if o.place is not None}) > 1:
        for one, other in combinations(timed, 2):
            keep_apart(model, one, other, model.facts.cells(model.facts.travel(one.place, other.place)))


def _timed(clinician: Clinician, day: Day, index: int, o: Occupation) -> Timed:
    return Timed(f"{clinician.id} {day.code} {index}", o.start, o.size, o.place, o.literal)


def _tails(
    model: Model, clinician: Clinician, day: Day, found: list[Occupation], tail: int
) -> Iterator[Timed]:
    """Turnaround after blocks, as far as the clinician does not work in a later block of the same meeting."""
    by_meeting: dict[MeetingKey, list[Occupation]] = defaultdict(list)
    for o in found:
        if o.meeting is not None and tail > 0:
            by_meeting[o.meeting].append(o)
    for key, blocks in by_meeting.items():
        for index, o in enumerate(blocks):
            name = f"{clinician.id} {day.code} after {key.cohort}#{key.option} {index}"
            yield from _tail(model, name, o, blocks[index + 1 :], tail)


def _tail(
    model: Model, name: str, o: Occupation, later_blocks: list[Occupation], tail: int
) -> Iterator[Timed]:
    assert isinstance(o.start, int)
    at, literal = o.start + o.size, o.literal
    end = at + tail
    for later in later_blocks:
        assert isinstance(later.start, int)
        if later.start >= end:
            break
        if at < later.start:
            yield Timed(name, at, later.start - at, o.place, literal)
        at = later.start
        if later.literal is literal:
            return
        # the later block has a tail of its own, so this one goes on only if that block is not worked in
        alone = model.bool(f"{name} alone {later.start}")
        model.cp.add_bool_or(~literal, later.literal, alone)
        literal = alone
    yield Timed(name, at, end - at, o.place, literal)


def _breaks(model: Model, clinician: Clinician, day: Day) -> list[cp_model.IntervalVar]:
    """A free stretch inside each break's window; on a day without work it costs nothing."""
    intervals = []
    for index, pause in enumerate(clinician.breaks):
        first = model.facts.cells(pause.start)
        last = (pause.end - pause.minutes) // model.facts.grid
        if last < first:
            model.cp.add(load(model, clinician.id, day) == 0)
            continue
        start = model.cp.new_int_var(first, last, f"{clinician.id} {day.code} break {index}")
        size = model.facts.cells(pause.minutes)
        intervals.append(model.cp.new_fixed_size_interval_var(start, size, f"{clinician.id} break {index}"))
    return intervals


def _cliques(model: Model, timed: list[Timed]) -> None:
    """At most one of the blocks that share a cell: what the linear relaxation sees of no-overlap."""
    fixed = [t for t in timed if isinstance(t.start, int)]
    seen: set[frozenset[int]] = set()
    for at in sorted({t.start for t in fixed if isinstance(t.start, int)}):
        sharing = {t.literal.index: t.literal for t in fixed if t.start <= at < t.start + t.size}
        if len(sharing) > 1 and frozenset(sharing) not in seen:
            seen.add(frozenset(sharing))
            model.cp.add_at_most_one(list(sharing.values()))


def _capacity(model: Model, clinician: Clinician, day: Day, found: list[Occupation]) -> None:
    """Scheduled cells fit in working hours: implied, and what the linear relaxation needs."""
    cells = sum((end - start) // model.facts.grid for start, end in free(model, clinician, day, None))
    if len(found) > 1:
        model.cp.add(sum(o.size * o.literal for o in found) <= cells)
