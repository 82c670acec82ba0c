"""Medians with quartiles, and how sure a comparison is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

LEVEL = 0.95
RESAMPLES = 4000


@dataclass(frozen=True)
class Spread:
    """Median and quartiles."""

    median: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """Median and quartiles of at least one value, between the values where they fall there."""
    low, median, high = np.quantile(np.asarray(values, dtype=float), [0.25, 0.5, 0.75])
    return Spread(float(median), float(low), float(high))


@dataclass(frozen=True)
class Interval:
    """An estimate and what it may be, at ``LEVEL``."""

    estimate: float
    low: float
    high: float


def wilson(wins: int, of: int) -> Interval:
    """A share of wins with Wilson's score interval; of nothing, anything may be."""
    if of == 0:
        return Interval(0.5, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share = wins / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def geometric_ratio(pairs: Sequence[tuple[float, float]], groups: Sequence[object] = ()) -> Interval:
    """How many times the first of each pair the second is, in the geometric mean, by the bootstrap.

    Pairs of one group (seeds on one week) are drawn together, as they are not independent; without
    groups each pair is drawn by itself. One group alone is no ground for an interval: its seeds are drawn.
    """
    logs = [math.log(second / first) for first, second in pairs]
    if not logs:
        return Interval(1.0, 0.0, math.inf)
    by_group: dict[object, list[float]] = {}
    for number, one in enumerate(logs):
        by_group.setdefault(groups[number] if groups else number, []).append(one)
    if len(by_group) == 1:
        by_group = {number: [one] for number, one in enumerate(logs)}
    sums = np.array([sum(group) for group in by_group.values()])
    sizes = np.array([len(group) for group in by_group.values()])
    drawn = np.random.default_rng(0).integers(len(sums), size=(RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(math.exp(sum(logs) / len(logs)), math.exp(float(low)), math.exp(float(high)))
