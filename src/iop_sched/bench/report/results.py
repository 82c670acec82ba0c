"""Rows by problem and contender, and what can only be told from all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from iop_sched.bench.row import Figure, Row
from iop_sched.bench.trace import primal_integral

NEAR = 0.01
"""Within this share of the stake of the best bound: the common finishing line."""

LEAST_SECONDS = 0.001
SLACK_SECONDS = 0.5
"""A search that is told to stop needs a moment to do so."""


class Problem(NamedTuple):
    """What contenders compete on."""

    instance: str
    sha256: str
    policy: str
    policy_sha256: str
    objective: str
    time_limit: float
    deterministic: bool


class Who(NamedTuple):
    """A contender as it was set."""

    contender: str
    settings: str
    workers: int


@dataclass(frozen=True)
class Results:
    """All rows of a report."""

    rows: tuple[Row, ...]

    @cached_property
    def problems(self) -> dict[Problem, list[Row]]:
        """Rows by problem, in their order."""
        found: dict[Problem, list[Row]] = {}
        for row in self.rows:
            found.setdefault(problem(row), []).append(row)
        return found

    @cached_property
    def contenders(self) -> list[Who]:
        """Contenders in their order."""
        return list(dict.fromkeys(who(row) for row in self.rows))

    def of(self, where: Problem, contender: Who) -> list[Row]:
        """The rows of a contender on a problem."""
        return [row for row in self.problems[where] if who(row) == contender]

    def label(self, contender: Who) -> str:
        """What a contender is called: workers only where they differ."""
        settings = "" if contender.settings == "usual" else f" {contender.settings}"
        differ = len({row.workers for row in self.rows if row.contender == contender.contender}) > 1
        workers = f" ×{contender.workers}" if differ else ""
        return f"{contender.contender}{settings}{workers}"

    def matched(self, where: Problem, first: Who, second: Who) -> list[tuple[Row, Row]]:
        """Runs of two contenders with the same seed; one that is the same each time meets every seed."""
        left, right = ({row.seed: row for row in self.of(where, one)} for one in (first, second))
        if left.keys() == {0} and right:
            return [(left[0], row) for _, row in sorted(right.items())]
        if right.keys() == {0}:
            return [(row, right[0]) for _, row in sorted(left.items())]
        return [(left[seed], right[seed]) for seed in sorted(left.keys() & right.keys())]

    def title(self, where: Problem) -> str:
        """What a problem is called: only what differs, the instance and the limit."""
        every = list(self.problems)
        parts = [where.instance]
        for name in ("policy", "objective"):
            if len({getattr(one, name) for one in every}) > 1:
                parts.append(getattr(where, name))
        unit = "deterministic seconds" if where.deterministic else "s"
        return f"{', '.join(parts)}, {where.time_limit:g} {unit}"

    def best_bound(self, where: Problem) -> int | None:
        """The best bound of any run on the week, whatever its limit; for the weighted sum alone."""
        bounds = [one.bound for row in self._same_week(where) for one in _weighted(row)]
        return max((bound for bound in bounds if bound is not None), default=None)

    def _same_week(self, where: Problem) -> Iterator[Row]:
        same = (where.sha256, where.policy_sha256, where.objective)
        for other, rows in self.problems.items():
            if (other.sha256, other.policy_sha256, other.objective) == same:
                yield from rows

    def near(self, row: Row) -> float | None:
        """Seconds to a roster within 1 %: of the best bound of any run, or, tier by tier, of its own."""
        if row.objective != "weighted":
            return in_time(row, row.reached.get("1%"))
        best = self.best_bound(problem(row))
        for figure in _weighted(row):
            for moment, value in figure.values:
                if best is not None and value - best <= NEAR * figure.scale:
                    return in_time(row, moment)
        return None

    def integral(self, row: Row) -> float:
        """The primal integral; of the weighted sum against the best bound of any run."""
        best = self.best_bound(problem(row))
        for figure in _weighted(row):
            if best is not None:
                end = row.seconds if figure.value == best or row.deterministic else row.time_limit
                return primal_integral(figure.values, best, figure.scale, end)
        return row.primal_integral if row.primal_integral is not None else penalty(row)

    def contradictions(self) -> list[str]:
        """Bounds of one run above the verified roster of another: one of them is wrong."""
        found = []
        for where, rows in self.problems.items():
            # a bound on the first figure depends on no other one
            figures = [(row, next(iter(row.figures.values()))) for row in rows if row.figures]
            if not figures:
                continue
            lowest = min(figures, key=lambda one: one[1].value)
            for row, figure in figures:
                if figure.bound is not None and figure.bound > lowest[1].value:
                    found.append(
                        f"{self.title(where)}: {row.who} says that no roster is below {figure.bound},"
                        f" and {lowest[0].who} has one of {lowest[1].value}"
                    )
        return list(dict.fromkeys(found))


def _weighted(row: Row) -> list[Figure]:
    return [row.figures["weighted"]] if "weighted" in row.figures else []


def problem(row: Row) -> Problem:
    """What a row was about."""
    return Problem(
        row.instance,
        row.instance_sha256,
        row.policy,
        row.policy_sha256,
        row.objective,
        row.time_limit,
        row.deterministic,
    )


def who(row: Row) -> Who:
    """Who made a row."""
    return Who(row.contender, row.settings_name, row.workers)


def penalty(row: Row) -> float:
    """What a time that was not reached counts as: the limit."""
    return row.seconds if row.deterministic and row.seconds else row.time_limit


def in_time(row: Row, seconds: float | None) -> float | None:
    """A time, unless it lies beyond the limit: a contender that overstays did not make it."""
    late = seconds is None or (not row.deterministic and seconds > row.time_limit + SLACK_SECONDS)
    return None if late else seconds


def arrived(row: Row) -> bool:
    """Whether there was a verified roster within the limit."""
    return row.ok and in_time(row, row.first_seconds) is not None


def counted(row: Row, seconds: float | None) -> float:
    """A time, or the limit where it was not reached; none counts as more than the limit."""
    known = in_time(row, seconds)
    return max(LEAST_SECONDS, penalty(row) if known is None else min(known, penalty(row)))


def by_status(rows: list[Row]) -> dict[str, int]:
    """How many rows ended how."""
    names = sorted(row.status for row in rows)
    return {name: len(list(group)) for name, group in groupby(names)}
