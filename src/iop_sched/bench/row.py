"""A row of a study's results: one run, whatever came of it. Times are in seconds since the run began."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iop_sched.week.base import Frozen
from iop_sched.week.result import Objective, TierStatus

RowStatus = Literal["proven", "feasible", "infeasible", "unknown", "failed", "crashed", "lost"]
Curve = tuple[tuple[float, int], ...]
Plain = str | int | float | bool

GAPS: dict[str, float] = {"5%": 0.05, "1%": 0.01, "0.1%": 0.001, "proof": 0.0}
"""The gaps whose times are taken, by their name in a row."""


class Figure(Frozen):
    """What was minimised: a tier, or the weighted sum. Lower is better."""

    value: Annotated[int, Field(description="of the final roster, recomputed by the specification")]
    bound: Annotated[int | None, Field(description="no roster is below this; none: nothing was claimed")]
    status: Annotated[TierStatus, Field(description="proven, conditional (on earlier tiers) or open")]
    scale: Annotated[int, Field(ge=1, description="all that is at stake")]
    gap: Annotated[float | None, Field(description="(value - bound) / scale")]
    values: Annotated[Curve, Field(description="value over time, changes only")]
    bounds: Annotated[Curve, Field(description="bound over time, changes only")]
    reached: Annotated[
        dict[str, float | None], Field(description="seconds from which the gap stayed within; none: never")
    ]
    primal_integral: Annotated[
        float, Field(description="integral over time of (value - best bound) / scale, 1 before a roster")
    ]


class Versions(Frozen):
    """What ran."""

    iop_sched: str
    source: Annotated[str, Field(description="hash of the package's Python files, in short")]
    ortools: str
    python: str


class Machine(Frozen):
    """What it ran on."""

    cpu: str
    cores: Annotated[int, Field(description="cores this process may use")]
    memory_mb: int
    load_before: Annotated[float, Field(description="load average of the last minute")]
    load_after: Annotated[float, Field(description="load average of the last minute, after the run")]


class Run(Frozen):
    """What was asked: all that tells a run from another."""

    instance: Annotated[str, Field(description="name of the week in the study")]
    instance_sha256: str
    clients: int
    policy: str
    policy_sha256: str
    contender: str
    settings_name: str
    settings: Annotated[dict[str, Plain], Field(description="settings that are not as usual")]
    objective: Objective
    workers: int
    seed: int
    time_limit: float
    deterministic: bool


class Row(Run):
    """A run and what came of it."""

    key: Annotated[str, Field(description="hash of what was asked and of the versions that matter")]
    study: str
    started: Annotated[str, Field(description="date and time, UTC")]
    versions: Versions
    machine: Machine | None = None
    calibration: Annotated[
        float | None, Field(description="seconds of the calibration solve on the same machine")
    ] = None
    status: RowStatus
    error: Annotated[str, Field(description="what went wrong; empty when nothing")] = ""
    violations: Annotated[tuple[str, ...], Field(description="rules that the final roster breaks")] = ()
    rejected: Annotated[int, Field(description="rosters on the way that broke a rule, not counted")] = 0
    note: str = ""
    parameters: dict[str, Plain] = {}
    seconds: Annotated[float, Field(description="from the beginning of the run to its end")] = 0.0
    phases: Annotated[dict[str, float], Field(description="seconds of load, build, solve, check")] = {}
    rosters: Annotated[int, Field(description="verified rosters")] = 0
    first_seconds: Annotated[float | None, Field(description="to the first verified roster")] = None
    figures: Annotated[dict[str, Figure], Field(description="what was minimised, in order")] = {}
    tier_values: Annotated[
        dict[str, int],
        Field(description="every tier and the weighted sum; of a roster that broke a rule too"),
    ] = {}
    reached: Annotated[dict[str, float | None], Field(description="as in figures, when all of them had")] = {}
    primal_integral: Annotated[float | None, Field(description="mean over the figures")] = None
    memory_mb: Annotated[float | None, Field(description="peak of the run's own process, resident")] = None
    memory_children_mb: Annotated[float, Field(description="peak of its largest child process")] = 0.0

    @property
    def ok(self) -> bool:
        """Whether there is a verified roster."""
        return bool(self.figures)

    @property
    def main(self) -> Figure | None:
        """The weighted sum, or the first tier that is still open (the last one when all are proven)."""
        shown = list(self.figures.values())
        return next((one for one in shown if one.status != "proven"), shown[-1] if shown else None)

    @property
    def who(self) -> str:
        """The contender with what varies, as reports call it."""
        settings = "" if self.settings_name == "usual" else f" {self.settings_name}"
        return f"{self.contender}{settings}"
