"""Cells of a report's tables: medians with quartiles, times that may not have been reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from iop_sched.bench.report.results import counted, in_time
from iop_sched.bench.report.statistics import spread
from iop_sched.bench.row import Figure, Row

DASH = "–"


def spread_cell(values: Sequence[float], form: str, unit: str = "") -> str:
    """Median [quartiles] of at least one value."""
    found = spread(values)
    middle = f"{found.median:{form}}{unit}"
    low, high = f"{found.low:{form}}", f"{found.high:{form}}"
    return middle if low == high else f"{middle} [{low}{DASH}{high}]"


def times_cell(rows: list[Row], seconds: Callable[[Row], float | None]) -> str:
    """Median [quartiles] of a time, the limit where it was not reached, and how many reached it."""
    reached = [in_time(row, seconds(row)) for row in rows]
    number = sum(one is not None for one in reached)
    text = spread_cell([counted(row, one) for row, one in zip(rows, reached, strict=True)], ".1f")
    return text if number == len(rows) else f"{text} ({number}/{len(rows)})"


def memory_cell(rows: list[Row]) -> str:
    """Median of the megabytes of the run and its largest child."""
    memory = [row.memory_mb + row.memory_children_mb for row in rows if row.memory_mb is not None]
    return f"{median(memory):.0f}" if memory else DASH


def tier_cell(found: list[Figure]) -> str:
    """A tier's median value, and in brackets its gap, or that it is proven in every run."""
    if not found:
        return DASH
    value = f"{median(one.value for one in found):.0f}"
    gaps = [one.gap for one in found if one.gap is not None]
    if not gaps:
        return value
    proven = all(one.status == "proven" for one in found)
    return f"{value} (proven)" if proven else f"{value} ({median(gaps):.2%})"


def gap_cell(found: list[Figure]) -> str:
    """The median gap with its quartiles, or that all are proven; a gap that is not known counts as 100 %."""
    if not found:
        return DASH
    if all(one.status == "proven" for one in found):
        return "proven"
    if all(one.gap is None for one in found):
        return DASH  # a contender that has no bounds
    gaps = [100.0 if one.gap is None else 100 * one.gap for one in found]
    number = sum(one.status == "proven" for one in found)
    text = spread_cell(gaps, ".2f", "%")
    return f"{text} ({number}/{len(found)})" if number else text
