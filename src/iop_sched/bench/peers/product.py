"""The product's own strategies, by the same ``solve`` that the command line calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from iop_sched.bench.contender import Event, Finished, OnEvent, every_value
from iop_sched.rules.findings import Evaluation
from iop_sched.solve.outcome import Outcome, Progress, SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Roster


@dataclass(frozen=True)
class Product:
    """``solve`` with one strategy."""

    name: str
    objectives: tuple[Objective, ...] = ("lexicographic", "weighted")
    takes_settings: bool = True
    repeats: bool = False

    def missing(self) -> str:
        """Nothing."""
        return ""

    def run(self, week: ProgramWeek, policy: Policy, options: SolveOptions, on_event: OnEvent) -> Finished:
        """Solve; the search begins with the first word of progress."""
        begun: list[bool] = []

        def on_progress(news: Progress) -> None:
            if not begun:
                # no tier costs less than nothing: that needs no search
                names = ("weighted",) if options.objective == "weighted" else policy.tiers
                on_event(Event(bounds=dict.fromkeys(names, 0), phase="solve"))
                begun.append(True)
            on_event(Event(bounds={news.tier: news.bound}))

        def on_roster(roster: Roster, evaluation: Evaluation) -> None:
            # verified already: every roster that solve hands on has been
            on_event(Event(values=every_value(evaluation)))

        # auto is whatever solve does unless told otherwise
        chosen: dict[str, Any] = {} if self.name == "auto" else {"strategy": self.name}
        outcome = solve(week, policy, replace(options, **chosen), on_progress, on_roster)
        return _finished(outcome)


def _finished(outcome: Outcome) -> Finished:
    settled = (outcome.weighted,) if outcome.weighted is not None else outcome.tiers
    bounds = {tier.name: tier.bound for tier in settled}
    return Finished(
        outcome.roster,
        bounds.get("weighted"),
        "failed" if outcome.status == "defect" else outcome.status,
        "the program contradicted itself" if outcome.status == "defect" else "",
        bounds,
        outcome.defects,
        outcome.parameters,
    )


AUTO = Product("auto")
STAGED = Product("staged")
FULL = Product("full")
