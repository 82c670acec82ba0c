"""How time and memory grow with the number of clients: the slope on two logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from iop_sched.bench.report.results import Results, Who, counted
from iop_sched.bench.row import Row

LEAST_SIZES = 3


@dataclass(frozen=True)
class Growth:
    """Slopes of one contender: twice the clients take 2 to the power of ``time`` as long."""

    contender: Who
    sizes: tuple[int, ...]
    time: float | None
    memory: float | None
    time_outs: int
    runs: int


def growths(results: Results) -> list[Growth]:
    """One entry for each contender that was run on enough sizes."""
    every = [
        _growth(
            results, contender, [row for where in results.problems for row in results.of(where, contender)]
        )
        for contender in results.contenders
    ]
    return [one for one in every if len(one.sizes) >= LEAST_SIZES]


def _growth(results: Results, contender: Who, rows: list[Row]) -> Growth:
    sizes = tuple(sorted({row.clients for row in rows}))
    near = [results.near(row) for row in rows]
    times = [(row.clients, counted(row, one)) for row, one in zip(rows, near, strict=True)]
    memory = [(row.clients, row.memory_mb) for row in rows if row.memory_mb is not None]
    return Growth(
        contender, sizes, _slope(times), _slope(memory) if memory else None, near.count(None), len(rows)
    )


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Least squares through the logarithms; 0 where there is one size only."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    if len({x for x, _ in logs}) < 2:
        return 0.0
    return float(np.polyfit([x for x, _ in logs], [y for _, y in logs], 1)[0])
