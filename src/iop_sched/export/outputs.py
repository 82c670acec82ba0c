"""Every output that is asked for, written; the redaction comes before all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iop_sched.report.words import Labels
from iop_sched.rules import Schedule, evaluate
from iop_sched.week.files import write_bytes, write_text
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile


@dataclass(frozen=True)
class Wanted:
    """Where each output goes; none: it is not wanted."""

    xlsx: Path | None = None
    ics: Path | None = None
    calendars: tuple[str, ...] = ()
    timezone: str | None = None
    sheets: Path | None = None
    csv: Path | None = None

    @property
    def anything(self) -> bool:
        """Whether there is anything to write."""
        return any((self.xlsx, self.ics, self.sheets, self.csv))


@dataclass(frozen=True)
class Exported:
    """A file or folder that was written, and what there is to say about it."""

    path: Path
    words: str = ""


def write(
    wanted: Wanted,
    week: ProgramWeek,
    policy: Policy,
    roster: RosterFile,
    labels: Labels,
    before: RosterFile | None = None,
    redacted: bool = False,
) -> Iterator[Exported]:
    """Write what is wanted of a roster of ``week``; ``before`` is an earlier one, for the call sheet.

    Raises ``OSError`` and ``ValueError`` (a file in the way that is no calendar).
    """
    if redacted:
        from iop_sched.export.redact import redact

        hidden = redact(week, [roster] if before is None else [roster, before])
        week, roster, labels = hidden.week, hidden.rosters[0], Labels(dates=False)
        before = None if before is None else hidden.rosters[1]
    schedule = Schedule.of(week, roster)
    if wanted.xlsx is not None:
        from iop_sched.export.workbook import workbook

        evaluation = evaluate(week, roster, policy)
        write_bytes(wanted.xlsx, workbook(schedule, evaluation, roster, policy, labels))
        yield Exported(wanted.xlsx)
    if wanted.ics is not None:
        yield from _calendars(wanted, wanted.ics, schedule, labels)
    if wanted.sheets is not None:
        from iop_sched.export.sheets.write import write_sheets

        yield from map(Exported, write_sheets(schedule, roster, wanted.sheets, labels, before))
    if wanted.csv is not None:
        yield from _tables(wanted.csv, schedule, roster, labels)


def _calendars(wanted: Wanted, folder: Path, schedule: Schedule, labels: Labels) -> Iterator[Exported]:
    from iop_sched.export.appointments import appointments
    from iop_sched.export.calendars import OWNERS, Zone, write_calendars

    found, week = appointments(schedule), schedule.facts.week
    for owners in OWNERS:
        if owners in wanted.calendars:
            here = folder / owners
            written = write_calendars(week, found, owners, here, labels, Zone(wanted.timezone))
            counts = {
                name: sum(getattr(one, name) for one in written)
                for name in ("new", "changed", "cancelled", "same")
            }
            told = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
            yield Exported(here, f"{len(written)} calendars; events: {told or 'none'}")


def _tables(folder: Path, schedule: Schedule, roster: RosterFile, labels: Labels) -> Iterator[Exported]:
    from iop_sched.export.cells import inert
    from iop_sched.export.tables import tables

    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables(schedule, roster, labels).items():
        path = folder / f"{name}.csv"
        safe = table.map(lambda cell: inert(cell) if isinstance(cell, str) else cell)
        write_text(path, safe.to_csv(index=False))
        yield Exported(path)
