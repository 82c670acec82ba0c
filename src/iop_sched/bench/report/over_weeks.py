"""Medians over weeks that only the generator's seed tells apart: one line a size, policy and contender."""

from __future__ import annotations

import re
from typing import NamedTuple

from iop_sched.bench.report.results import Problem, Results, Who
from iop_sched.bench.row import Row


class Series(NamedTuple):
    """Weeks of one kind, and what is asked of them."""

    name: str
    policy: str
    objective: str
    time_limit: float
    deterministic: bool

    @property
    def limit(self) -> str:
        """The limit with its unit, which is written where it is not seconds of a clock."""
        return f"{self.time_limit:g} det." if self.deterministic else f"{self.time_limit:g}"


def over_weeks(results: Results) -> dict[tuple[Series, Who], list[Row]]:
    """The rows of each contender on each series of several weeks."""
    weeks: dict[Series, list[Problem]] = {}
    for where in results.problems:
        weeks.setdefault(_series(where), []).append(where)
    several = {series: found for series, found in weeks.items() if len({one.sha256 for one in found}) > 1}
    pairs = ((series, contender) for series in several for contender in results.contenders)
    rows = {
        (series, contender): [row for where in several[series] for row in results.of(where, contender)]
        for series, contender in pairs
    }
    return {key: found for key, found in rows.items() if found}


def _series(where: Problem) -> Series:
    # generated weeks end with their seed
    name = re.sub(r"-\d+$", "", where.instance)
    return Series(name, where.policy, where.objective, where.time_limit, where.deterministic)
