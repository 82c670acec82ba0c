"""Rows as a test wants them, without running anything."""

from __future__ import annotations

from typing import Any

from bench.conftest import job
from iop_sched.bench.job import Job
from iop_sched.bench.measure import now
from iop_sched.bench.row import Figure, Row
from iop_sched.bench.trace import reached

SCALE = 1000


def figure(values: list[tuple[float, int]], bounds: list[tuple[float, int]], scale: int = SCALE) -> Figure:
    """A figure with these curves."""
    value, bound = values[-1][1], bounds[-1][1] if bounds else None
    return Figure(
        value=value,
        bound=bound,
        status="proven" if value == bound else "open",
        scale=scale,
        gap=None if bound is None else (value - bound) / scale,
        values=tuple(values),
        bounds=tuple(bounds),
        reached=reached(tuple(values), tuple(bounds), scale),
        primal_integral=0.5,
    )


def made(
    contender: str = "full",
    values: list[tuple[float, int]] | None = None,
    bounds: list[tuple[float, int]] | None = None,
    asked: Job | None = None,
    **options: Any,
) -> Row:
    """The row of a run under the weighted objective; without values, of one that found nothing."""
    more = {
        name: options.pop(name)
        for name in ("error", "status", "violations", "calibration")
        if name in options
    }
    asked = asked or job(contender, **{"time_limit": 10.0, **options})
    if not values:
        return asked.row(now(), more.pop("status", "unknown"), seconds=asked.time_limit, **more)
    found = figure(values, bounds or [])
    proven = found.status == "proven"
    return asked.row(
        now(),
        "proven" if proven else "feasible",
        seconds=values[-1][0] if proven else asked.time_limit,
        first_seconds=values[0][0],
        figures={"weighted": found},
        reached=found.reached,
        primal_integral=found.primal_integral,
        memory_mb=100.0,
        **more,
    )
