"""Every output that is asked for, written from one subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iop_sched.export.subject import Subject
from iop_sched.week.files import make_folder, write_bytes, write_text


@dataclass(frozen=True)
class Wanted:
    """Where each output goes; none: it is not wanted."""

    html: Path | None = None
    xlsx: Path | None = None
    ics: Path | None = None
    calendars: tuple[str, ...] = ()
    timezone: str | None = None
    sheets: Path | None = None
    csv: Path | None = None
    attendance: Path | None = None

    @property
    def anything(self) -> bool:
        """Whether there is anything to write."""
        return any((self.html, self.xlsx, self.ics, self.sheets, self.csv, self.attendance))


@dataclass(frozen=True)
class Exported:
    """A file or folder that was written, and what there is to say about it."""

    path: Path
    words: str = ""


def write(wanted: Wanted, subject: Subject) -> Iterator[Exported]:
    """Write what is wanted; raises ``OSError``, and ``InputProblems`` for a file in the way of a calendar."""
    if wanted.html is not None:
        from iop_sched.export.page.build import page
        from iop_sched.export.page.render import html

        write_text(wanted.html, html(page(subject)))
        yield Exported(wanted.html)
    if wanted.xlsx is not None:
        from iop_sched.export.workbook import workbook

        write_bytes(wanted.xlsx, workbook(subject))
        yield Exported(wanted.xlsx)
    if wanted.ics is not None:
        yield from _calendars(wanted, wanted.ics, subject)
    if wanted.sheets is not None:
        from iop_sched.export.sheets.write import write_sheets

        yield from map(Exported, write_sheets(subject, wanted.sheets))
    if wanted.csv is not None:
        yield from _tables(wanted.csv, subject)
    if wanted.attendance is not None:
        yield _attendance(wanted.attendance, subject)


def _attendance(path: Path, subject: Subject) -> Exported:
    from iop_sched.export.attendance_form import form_csv, form_rows, form_workbook

    rows = form_rows(subject.schedule, subject.labels)
    if path.suffix.lower() == ".xlsx":
        write_bytes(path, form_workbook(rows))
    else:
        write_text(path, form_csv(rows))
    return Exported(path, f"{len(rows)} rows; mark those missed, for next-week --attended")


def _calendars(wanted: Wanted, folder: Path, subject: Subject) -> Iterator[Exported]:
    from iop_sched.export.appointments import appointments
    from iop_sched.export.calendars import OWNERS, Zone, write_calendars

    found, zone = appointments(subject.schedule), Zone(wanted.timezone)
    for owners in OWNERS:
        if owners in wanted.calendars:
            here = folder / owners
            written = write_calendars(subject.week, found, owners, here, subject.labels, zone)
            counts = {
                name: sum(getattr(one, name) for one in written)
                for name in ("new", "changed", "cancelled", "same")
            }
            told = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
            yield Exported(here, f"{len(written)} calendars; events: {told or 'none'}")


def _tables(folder: Path, subject: Subject) -> Iterator[Exported]:
    from iop_sched.export.cells import inert
    from iop_sched.export.tables import tables

    make_folder(folder)
    for name, table in tables(subject.schedule, subject.roster, subject.labels).items():
        path = folder / f"{name}.csv"
        safe = table.map(lambda cell: inert(cell) if isinstance(cell, str) else cell)
        write_text(path, safe.to_csv(index=False))
        yield Exported(path)
