"""The parts of a week under way: processes at work on some of them, a few at a time.

First each part to a first roster, so that there is soon one of the whole week; then bounds; then each part to
a better roster.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from iop_sched.fanout.fleet import cores
from iop_sched.rules.findings import Violation
from iop_sched.sites.bound import Weights, seating
from iop_sched.sites.groups import Group
from iop_sched.solve.incumbent import DefectError
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.part_process import (
    BoundJob,
    Ended,
    FoundBounds,
    FoundRoster,
    Job,
    PartJob,
    PartProcess,
)
from iop_sched.solve.whole import Whole
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster

FIRST_SHARE = 0.5
"""Part of the time left in which every part is to have its first roster."""

AGAIN_SECONDS = 60.0
"""What another cut and its first rosters need; with less time, the parts go on looking."""

BOUND_SHARE = 0.1
"""Part of the time that the bounds may take, in all."""

BOUND_START_SECONDS = 1.0
"""What of a bound's time the start of its process takes."""

STOPPING_SECONDS = 4.0
"""How long the parts may take to hand in what they have, when time is up."""


@dataclass
class Part:
    """A group's week, and what is known of it."""

    week: ProgramWeek
    policy: Policy
    group: Group
    roster: Roster | None = None
    rank: tuple[int, ...] | None = None


@dataclass
class _Running:
    process: PartProcess
    part: Part
    until: float
    told: bool = False


class CannotDecompose(Exception):  # noqa: N818  # nothing is wrong: the week has to be solved otherwise
    """A part has no roster, which says nothing about the whole week."""


@dataclass
class Parts:
    """The parts, and the processes that are at work on some of them."""

    whole: Whole
    parts: list[Part]
    bounded: list[Part]
    running: list[_Running] = field(default_factory=list)
    interrupted: bool = False

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self.running:
            one.process.close()

    @property
    def processes(self) -> int:
        """How many parts are solved at once."""
        return max(1, min(len(self.parts), cores(), self.whole.options.workers))

    def solve(self, others: bool) -> None:
        """Spend the time limit: first rosters, any rosters of those without one, bounds, better rosters.

        Raises ``CannotDecompose`` when a part cannot have a roster, or has none in time and there are
        ``others`` to try, with time enough.
        """
        limit = self.whole.options.time_limit
        end = self.whole.started + limit - STOPPING_SECONDS
        self._all(self._first, time.monotonic() + self.whole.left() * FIRST_SHARE)
        if late := self._late():
            if others and self.whole.left() > AGAIN_SECONDS:
                raise CannotDecompose
            # while one part has no roster, the week has none, whatever the others gain
            self._all(self._any, end, late)
        self._all(self._bound, min(end, time.monotonic() + limit * BOUND_SHARE), self.bounded)
        self._all(self._best, end)

    def _late(self) -> list[Part]:
        return [part for part in self.parts if part.roster is None]

    def collect(self) -> None:
        """Ask for the end of all jobs, take what they have, and put the last roster together.

        Whoever interrupts again gets the best so far at once.
        """
        for one in self.running:
            one.process.stop()
        until = time.monotonic() + STOPPING_SECONDS
        try:
            while self.running and time.monotonic() < until:
                self._listen()
            self.whole.merge([part.roster for part in self.parts], at_once=True)
        except KeyboardInterrupt:
            self.interrupted = True
        except CannotDecompose:
            return  # too late for anything else than what there is

    # -- jobs ------------------------------------------------------------------------------------

    def _first(self, part: Part, seconds: float) -> Job:
        return PartJob(part.week, part.policy, self._options(part, seconds), "first")

    def _any(self, part: Part, seconds: float) -> Job:
        return PartJob(part.week, part.policy, self._options(part, seconds), "any")

    def _best(self, part: Part, seconds: float) -> Job:
        return PartJob(part.week, part.policy, self._options(part, seconds), "best")

    def _bound(self, part: Part, seconds: float) -> Job:
        found = seating(part.week, part.policy, part.group)
        return BoundJob(found, self._weights(), max(1.0, seconds - BOUND_START_SECONDS))

    def _options(self, part: Part, seconds: float) -> SolveOptions:
        each = max(1, self.whole.options.workers // self.processes)
        # of the roster that a solve begins with, each part takes what it knows
        hint = part.roster or self.whole.options.hint
        return replace(self.whole.options, time_limit=seconds, workers=each, hint=hint)

    def _weights(self) -> dict[str, Weights]:
        """What is bounded: the weighted sum, or the two tiers about places, each by itself."""
        weights = self.whole.specification.policy.tier_weights
        if self.whole.options.objective == "weighted":
            return {"weighted": {"kept": weights["kept"], "placed": weights["placed"]}}
        return {"kept": {"kept": 1}, "placed": {"placed": 1}}

    # -- processes -------------------------------------------------------------------------------

    def _all(
        self, job: Callable[[Part, float], Job], until: float, parts: Sequence[Part] | None = None
    ) -> None:
        """A job for every part, a few at a time; what one leaves of its time goes to the later ones."""
        waiting = deque(sorted(self.parts if parts is None else parts, key=_turn))
        while waiting or self.running:
            while waiting and len(self.running) < self.processes:
                seconds = self._share(waiting, until)
                if seconds < 1.0:
                    waiting.clear()
                    break
                one = waiting.popleft()
                process = PartProcess(job(one, seconds))
                self.running.append(_Running(process, one, time.monotonic() + seconds))
            self._listen()
            self.whole.merge([part.roster for part in self.parts])
            self.whole.tell()

    def _share(self, waiting: Sequence[Part], until: float) -> float:
        """Of the time that all processes have until then, the part of the first who waits: by clients."""
        now = time.monotonic()
        busy = sum(max(0.0, one.until - now) for one in self.running)
        free = (until - now) * self.processes - busy
        return min(until - now, free * _size(waiting[0]) / sum(map(_size, waiting)))

    def _listen(self) -> None:
        """Take in what the processes tell, and end those whose time is over."""
        PartProcess.wait_for([one.process for one in self.running], 0.1)
        for one in list(self.running):
            for news in one.process.news():
                if isinstance(news, FoundRoster) and (one.part.rank is None or news.rank < one.part.rank):
                    one.part.roster, one.part.rank = news.roster, news.rank
                elif isinstance(news, FoundBounds):
                    for name, value in news.bounds.items():
                        self.whole.bounds[name] = self.whole.bounds.get(name, 0) + value
                elif isinstance(news, Ended):
                    self._end(one, news)
            if one in self.running:
                self._hurry(one)

    def _hurry(self, one: _Running) -> None:
        """Stop a process whose time is over, and end it when it does not listen."""
        late = time.monotonic() - one.until
        if late > 0 and not one.told:
            one.process.stop()
            one.told = True
        if late > STOPPING_SECONDS:
            self._end(one, Ended("died"))

    def _end(self, one: _Running, news: Ended) -> None:
        self.running.remove(one)
        one.process.close(patience=0.5 if news.status != "died" else 0.0)
        if news.status == "defect":
            raise DefectError(news.defects or (Violation("solver", "", "", "a part's solve went wrong"),))
        if news.status == "infeasible":
            raise CannotDecompose


def _size(part: Part) -> int:
    return max(1, len(part.week.treated))


def _turn(part: Part) -> tuple[bool, int]:
    """What has no roster comes first, the small before the large, which get the time that those leave.

    Of what has one the large come first: two small ones fit beside a large one, and not after it.
    """
    return (True, -_size(part)) if part.roster is not None else (False, _size(part))
