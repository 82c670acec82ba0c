"""From a run's events to curves of value and bound, and to the times at which gaps were reached."""

from __future__ import annotations

import bisect
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from iop_sched.bench.contender import Event
from iop_sched.bench.row import GAPS, Curve
from iop_sched.week.roster import Roster

Clock = Callable[[], float]


class Recorder:
    """Takes note of events from any thread, with their seconds since it was made."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._lock = threading.Lock()
        self.rosters: list[tuple[float, Roster]] = []
        self.claims: list[tuple[float, dict[str, int]]] = []
        self.phases: dict[str, float] = {}
        self._bounds: dict[str, list[tuple[float, int]]] = defaultdict(list)

    def seconds(self) -> float:
        """Seconds since the run began."""
        return self._clock() - self._began

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        at = self.seconds() if event.seconds is None else event.seconds
        with self._lock:
            if event.roster is not None:
                self.rosters.append((at, event.roster))
            elif event.values:
                self.claims.append((at, dict(event.values)))
            if event.phase is not None:
                self.phases.setdefault(event.phase, at)
            for name, bound in event.bounds.items():
                curve = self._bounds[name]
                if not curve or bound > curve[-1][1]:
                    curve.append((at, bound))

    def bounds(self, name: str) -> Curve:
        """The bound over time, rising."""
        return rounded(sorted(self._bounds.get(name, ())))


def changes(points: Iterable[tuple[float, int]]) -> Curve:
    """A curve without points that change nothing."""
    kept: list[tuple[float, int]] = []
    for at, value in points:
        if not kept or kept[-1][1] != value:
            kept.append((at, value))
    return rounded(kept)


def rounded(points: Iterable[tuple[float, int]]) -> Curve:
    """Times to the millisecond."""
    return tuple((round(at, 3), value) for at, value in points)


def at(curve: Curve, seconds: float) -> int | None:
    """The value of a curve at a time; none before its first point."""
    number = bisect.bisect_right(curve, seconds, key=lambda point: point[0])
    return curve[number - 1][1] if number else None


def reached(values: Curve, bounds: Curve, scale: int) -> dict[str, float | None]:
    """For each gap, the time from which (value - bound) / scale stayed within it; none when it did not.

    A value may rise in a later tier while an earlier one falls, so the first time is not enough.
    """
    times = sorted({point[0] for point in (*values, *bounds)})
    since: dict[str, float | None] = dict.fromkeys(GAPS)
    for moment in times:
        value, bound = at(values, moment), at(bounds, moment)
        for name, limit in GAPS.items():
            if value is None or bound is None or (value - bound) / scale > limit:
                since[name] = None
            elif since[name] is None:
                since[name] = moment
    return since


def all_reached(each: Iterable[Mapping[str, float | None]]) -> dict[str, float | None]:
    """When all of several figures had reached their gaps."""
    found: dict[str, float | None] = {}
    every = list(each)
    for name in GAPS:
        times = [one.get(name) for one in every]
        known = [moment for moment in times if moment is not None]
        found[name] = max(known) if known and len(known) == len(times) else None
    return found


def primal_integral(values: Curve, reference: int, scale: int, end: float) -> float:
    """Integral of (value - reference) / scale from 0 to ``end``; 1 before the first value, and at most 1."""
    total, since, height = 0.0, 0.0, 1.0
    for moment, value in values:
        moment = min(moment, end)
        total += height * (moment - since)
        since, height = moment, min(1.0, max(0.0, (value - reference) / scale))
    return total + height * max(0.0, end - since)
