"""What a study measures: contenders, which are the product's own strategies and its peers.

A contender is given a week, a policy and the options of ``solve``, and hands back a roster. It measures
nothing itself: the runner keeps the time, verifies every roster by ``iop_sched.rules`` and counts its value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from iop_sched.rules.findings import Evaluation, Violation
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Roster

Status = Literal["proven", "feasible", "infeasible", "unknown", "failed"]


@dataclass(frozen=True)
class Event:
    """News from a run under way. Leave out what is not news.

    ``roster``: better to give than ``values``: it is verified after the run, and counts from this moment.
    ``values``: what a roster found now is worth, by tier or ``weighted``, if the roster itself cannot be had.
    ``bounds``: values that no roster can be below, by tier or ``weighted``.
    ``phase``: what begins now (``solve`` when a model has been built).
    ``seconds``: since the run began; None means now. Only a peer in another process has to say it.
    """

    roster: Roster | None = None
    values: Mapping[str, int] = field(default_factory=dict)
    bounds: Mapping[str, int] = field(default_factory=dict)
    phase: str | None = None
    seconds: float | None = None


OnEvent = Callable[[Event], None]


@dataclass(frozen=True)
class Finished:
    """What came of a run.

    ``bound``: on the weighted sum; ``bounds``: by tier, from who solves lexicographically. ``proven`` means
    that the contender itself says so. ``unknown``: no roster within the limit. ``failed``: the contender
    contradicted itself, ``note`` says how; an exception does as well. ``defects``: what it found itself.
    """

    roster: Roster | None
    bound: int | None
    status: Status
    note: str = ""
    bounds: Mapping[str, int] = field(default_factory=dict)
    defects: tuple[Violation, ...] = ()
    parameters: Mapping[str, str | int | float | bool] = field(default_factory=dict)


def every_value(evaluation: Evaluation) -> dict[str, int]:
    """Each tier's value and the weighted sum's, as ``Event.values`` has them."""
    found: dict[str, int] = {tier: figure.value for tier, figure in evaluation.tiers.items()}
    return {**found, "weighted": evaluation.weighted.value}


class Contender(Protocol):
    """One way to make a roster.

    A run counts ``options.time_limit`` from the call of ``run``, building included, and stops by itself; one
    that overstays for long is ended. It uses ``options.workers`` threads or fewer, and may raise anything.
    """

    @property
    def name(self) -> str:
        """The name in a study."""

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """What it can minimise; a study that asks for another is refused."""

    @property
    def takes_settings(self) -> bool:
        """Whether ``options.settings`` mean anything to it; if not, it runs once, whatever they are."""

    @property
    def repeats(self) -> bool:
        """Whether seeds, workers and limits are all one to it; it then runs once a week and policy."""

    def missing(self) -> str:
        """What has to be installed before it can run, as an instruction; empty when nothing."""

    def run(self, week: ProgramWeek, policy: Policy, options: SolveOptions, on_event: OnEvent) -> Finished:
        """Make a roster."""
