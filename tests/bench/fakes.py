"""Contenders that do one thing each, and a child process that knows them."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, replace

from iop_sched.bench.contender import Event, Finished, OnEvent, every_value
from iop_sched.bench.peers import CONTENDERS
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Roster
from report.harbour import EVALUATION, ROSTER

VALUE = EVALUATION.weighted.value
SCALE = EVALUATION.weighted.scale
BROKEN = ROSTER.model_copy(update={"facilitation": ROSTER.facilitation[:-1]})
WRONG_ROOM = Roster.model_validate_json(ROSTER.model_dump_json().replace('"group-b"', '"office-1"'))


@dataclass(frozen=True)
class Fake:
    """Does what its name says, with the roster of Harbour House."""

    name: str
    objectives: tuple[Objective, ...] = ("weighted",)
    takes_settings: bool = True
    repeats: bool = False

    def missing(self) -> str:
        return "install nothing: it never runs" if self.name == "absent" else ""

    def run(self, week: ProgramWeek, policy: Policy, options: SolveOptions, on_event: OnEvent) -> Finished:
        finished: Finished = getattr(self, self.name.replace("-", "_"))(week, policy, options, on_event)
        return finished

    def good(self, week: ProgramWeek, policy: Policy, options: SolveOptions, on_event: OnEvent) -> Finished:
        """Half a second to build, a worse value, then the roster; the bound rises twice."""
        on_event(Event(phase="solve", seconds=0.5, bounds={"weighted": 0}))
        on_event(Event(values={**every_value(EVALUATION), "weighted": VALUE + SCALE // 10}, seconds=1.0))
        on_event(Event(roster=BROKEN, seconds=1.5))
        on_event(Event(roster=ROSTER, bounds={"weighted": VALUE // 2}, seconds=2.0))
        on_event(Event(bounds={"weighted": VALUE // 2 - 1}, seconds=2.5))
        return Finished(ROSTER, VALUE - 1, "feasible", parameters={"seed": options.seed})

    def sure(self, *_: object) -> Finished:
        return Finished(ROSTER, None, "proven")

    def crash(self, *_: object) -> Finished:
        print("F0000 the solver gives up", file=sys.stderr, flush=True)
        os.abort()

    def raises(self, *_: object) -> Finished:
        raise ValueError("no luck")

    def broken(self, *_: object) -> Finished:
        return Finished(BROKEN, 0, "feasible")

    def elsewhere(self, *_: object) -> Finished:
        return Finished(WRONG_ROOM, None, "feasible")

    def liar(self, *_: object) -> Finished:
        return Finished(ROSTER, VALUE + 1, "feasible")

    def empty(self, *_: object) -> Finished:
        return Finished(None, None, "feasible")

    def nothing(self, *_: object) -> Finished:
        return Finished(None, 5, "unknown")

    def hangs(self, *_: object) -> Finished:
        time.sleep(600)
        raise AssertionError

    def noisy(self, *_: object) -> Finished:
        print("solver says hello", flush=True)
        os.write(1, b"and again\n")
        return Finished(ROSTER, 0, "feasible")


NAMES = (
    "good",
    "sure",
    "crash",
    "raises",
    "broken",
    "elsewhere",
    "liar",
    "empty",
    "nothing",
    "hangs",
    "noisy",
    "absent",
)
FAKES = {f"fake-{name}": Fake(name) for name in NAMES}


def register() -> None:
    """Let studies name the fakes: ``fake-good`` and so on."""
    sys.modules["iop_sched.bench.peers.fakes"] = sys.modules[__name__]
    for name, fake in FAKES.items():
        attribute = name.replace("-", "_").upper()
        globals()[attribute] = replace(fake)
        CONTENDERS[name] = f"fakes:{attribute}"


def unregister() -> None:
    """Forget them again."""
    for name in FAKES:
        CONTENDERS.pop(name, None)
