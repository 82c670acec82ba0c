"""What is asked of a solve, what it tells on the way, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from iop_sched.rules.findings import Violation
from iop_sched.solve.settings import SolverSettings
from iop_sched.week.result import Objective, TierResult
from iop_sched.week.roster import Roster

Strategy = Literal["auto", "staged", "full"]
OutcomeStatus = Literal["proven", "feasible", "infeasible", "unknown", "defect"]


@dataclass(frozen=True)
class SolveOptions:
    """Settings of a solve. Under ``deterministic`` the time limit is in deterministic seconds.

    ``hint`` is a roster to begin with: the first one, when it keeps the rules, and a hint in any case.
    """

    time_limit: float = 60.0
    workers: int = 8
    seed: int = 0
    deterministic: bool = False
    objective: Objective = "lexicographic"
    strategy: Strategy = "auto"
    settings: SolverSettings = field(default_factory=SolverSettings)
    hint: Roster | None = None


@dataclass(frozen=True)
class Progress:
    """The state of a running solve; ``value`` is None before the first roster."""

    tier: str
    value: int | None
    bound: int
    scale: int
    seconds: float
    rosters: int


@dataclass(frozen=True)
class Outcome:
    """What came of a solve.

    ``proven`` and ``feasible`` have a verified roster and tiers. ``infeasible`` was confirmed by a second
    solve, and ``conflict`` names rules and pins that cannot hold together. ``unknown``: no roster within
    the limit.
    ``defect``: the solver's roster broke the specification, and ``defects`` says how.
    """

    status: OutcomeStatus
    roster: Roster | None = None
    tiers: tuple[TierResult, ...] = ()
    weighted: TierResult | None = None
    seconds: float = 0.0
    first_roster_seconds: float | None = None
    interrupted: bool = False
    conflict: tuple[str, ...] = ()
    defects: tuple[Violation, ...] = ()
    parameters: dict[str, str | int | float | bool] = field(default_factory=dict)
