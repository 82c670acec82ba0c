"""Which of two runs is better. 1: the first; -1: the second; 0: neither."""

from __future__ import annotations

from iop_sched.bench.row import Row

EQUAL_SHARE = 1.05
"""Times whose ratio is below this are a tie, and so are"""
EQUAL_SECONDS = 0.1
"""times that differ by less than this."""


def sooner(first: float, second: float) -> int:
    """Compare two times."""
    least, most = sorted((first, second))
    if most <= least * EQUAL_SHARE or most - least <= EQUAL_SECONDS:
        return 0
    return 1 if first < second else -1


def better_roster(first: Row, second: Row) -> int:
    """Compare final rosters: one beats none, then the earlier figures count first."""
    if not (first.ok and second.ok):
        return first.ok - second.ok
    mine, other = values(first), values(second)
    return (mine < other) - (mine > other)


def better_run(first: Row, second: Row) -> int:
    """The better roster, or of equally good ones the one that was settled sooner."""
    found = better_roster(first, second)
    if found or not first.ok:
        return found
    return sooner(settled(first), settled(second))


def values(row: Row) -> tuple[int, ...]:
    """The figures in their order; lower is better."""
    return tuple(figure.value for figure in row.figures.values())


def settled(row: Row) -> float:
    """Seconds to the proof, or else to the last improvement."""
    proof = row.reached.get("proof")
    return proof if proof is not None else max(one.values[-1][0] for one in row.figures.values())
