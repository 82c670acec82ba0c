"""Two contenders on the same weeks with the same seeds: who wins how often, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from iop_sched.bench.comparing import better_roster, sooner
from iop_sched.bench.report.results import Problem, Results, Who, arrived, counted
from iop_sched.bench.report.statistics import Interval, geometric_ratio, wilson
from iop_sched.bench.row import Row

MOST_PAIRS = 15


@dataclass(frozen=True)
class Duel:
    """Wins, losses and ties of ``first``; ``speed``: how many times sooner it came within 1 %."""

    first: Who
    second: Who
    wins: int
    losses: int
    ties: int
    share: Interval
    speed: Interval


def duels(results: Results) -> list[Duel]:
    """Every pair; of many contenders, each against the first."""
    pairs = list(combinations(results.contenders, 2))
    if len(pairs) > MOST_PAIRS:
        pairs = [pair for pair in pairs if pair[0] == results.contenders[0]]
    found = [duel(results, first, second) for first, second in pairs]
    return [one for one in found if one.wins + one.losses + one.ties]


def duel(results: Results, first: Who, second: Who) -> Duel:
    """Two contenders over all problems that both were set."""
    matched = [(where, *pair) for where in results.problems for pair in results.matched(where, first, second)]
    outcomes = [winner(results, where, left, right) for where, left, right in matched]
    wins, losses = outcomes.count(1), outcomes.count(-1)
    times = [(_time(results, left), _time(results, right)) for _, left, right in matched]
    return Duel(
        first,
        second,
        wins,
        losses,
        outcomes.count(0),
        wilson(wins, wins + losses),
        geometric_ratio(times, [where for where, _, _ in matched]),
    )


def _time(results: Results, row: Row) -> float:
    return counted(row, results.near(row))


def winner(results: Results, where: Problem, left: Row, right: Row) -> int:
    """1 when ``left`` wins, -1 when ``right`` does, 0 for a tie.

    A roster within the limit beats none. Then who came within 1 % sooner wins; if neither did, the better
    roster.
    """
    if not (arrived(left) and arrived(right)):
        return arrived(left) - arrived(right)
    if results.near(left) is None and results.near(right) is None:
        return better_roster(left, right)
    return sooner(_time(results, left), _time(results, right))
