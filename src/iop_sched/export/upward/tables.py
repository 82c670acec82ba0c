"""The report as tidy tables: one row a week and figure, an authorisation, a client with days at risk.

Lengths are hours. Empty cells are unknown or do not apply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from iop_sched.export.cells import inert
from iop_sched.report.words import Labels
from iop_sched.upward.model import WeekReport
from iop_sched.upward.rows import figures
from iop_sched.week.files import make_folder, write_text

COLUMNS = {
    "figures": ("about", "id", "figure", "unit", "value", "of", "adds up"),
    "authorisations": ("client", "what", "last date", "days to it", "unit", "agreed", "used", "left"),
    "days-at-risk": ("client", "day", "risk"),
}
"""Columns of each table, after those of the roster."""
OF_ROSTER = ("program", "week of", "report")


def write_tables(reports: Sequence[WeekReport], labels: Labels, folder: Path) -> list[Path]:
    """Write each table as a CSV file, with its columns even when it has no row; raises ``OSError``."""
    import pandas as pd

    make_folder(folder)
    made = {"figures": _figures, "authorisations": _authorisations, "days-at-risk": _days_at_risk}
    written = []
    for name, columns in COLUMNS.items():
        rows = [
            {**_of(report), **dict(zip(columns, row, strict=True))}
            for report in reports
            for row in made[name](report, labels)
        ]
        frame = pd.DataFrame(rows, columns=[*OF_ROSTER, *columns])
        safe = frame.map(lambda cell: inert(cell) if isinstance(cell, str) else cell)
        path = folder / f"{name}.csv"
        write_text(path, safe.to_csv(index=False))
        written.append(path)
    return written


def _of(report: WeekReport) -> dict[str, Any]:
    when = None if report.week_of is None else report.week_of.isoformat()
    return dict(zip(OF_ROSTER, (report.program, when, report.label), strict=True))


def _figures(report: WeekReport, labels: Labels) -> Iterator[tuple[Any, ...]]:
    for one in figures(report):
        in_hours = one.unit == "minutes"
        numbers = (
            None if number is None else number / (60 if in_hours else 1) for number in (one.value, one.of)
        )
        unit = "hours" if in_hours else one.unit
        yield (one.about, labels(one.id), one.words, unit, *numbers, one.adds)


def _authorisations(report: WeekReport, labels: Labels) -> Iterator[tuple[Any, ...]]:
    for one in report.endings:
        last = None if one.last is None else one.last.isoformat()
        yield (
            labels(one.client),
            one.why,
            last,
            one.last_in_days,
            one.unit,
            one.agreed,
            one.used,
            one.left,
        )


def _days_at_risk(report: WeekReport, labels: Labels) -> Iterator[tuple[Any, ...]]:
    kinds = {"short": "below the floor", "unauthorised": "unauthorised", "lost": "lost"}
    for one in report.at_risk:
        for field, risk in kinds.items():
            for day in getattr(one, field):
                yield (labels(one.client), day.code, risk)
