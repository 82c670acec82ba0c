"""``iop-sched export``."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import (
    Changes,
    Force,
    Instance,
    NamesFile,
    Previous,
    RecordedPolicy,
    Redact,
    RosterPath,
    Scenarios,
)

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek
    from iop_sched.compare.comparison import Comparison
    from iop_sched.export.outputs import Wanted
    from iop_sched.week.program import ProgramWeek


class CalendarOf(StrEnum):
    """Whose calendars are written."""

    clinicians = "clinicians"
    clients = "clients"
    rooms = "rooms"


@guarded
def export(
    instance: Instance,
    roster: RosterPath,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="One page for screens, and for the wall.", show_default=False),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option(metavar="FILE.xlsx", help="A workbook, one sheet a view.", show_default=False),
    ] = None,
    ics: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="A calendar for each clinician.", show_default=False),
    ] = None,
    calendars: Annotated[
        list[CalendarOf] | None,
        typer.Option(
            metavar="WHOSE",
            help="With --ics: clinicians (unless you say otherwise), clients or rooms; may be given several"
            " times.",
            show_default=False,
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            metavar="ZONE",
            help="With --ics: where the program is, such as America/Chicago. Without it, times are those of"
            " the place where the calendar is read.",
            show_default=False,
        ),
    ] = None,
    sheets: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="To print: day sheets, sign-in sheets, a page a client, and with --compare a call sheet.",
            show_default=False,
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Tidy tables: sessions, attendance, people, cohorts.", show_default=False
        ),
    ] = None,
    attendance: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A form to mark who missed what, .csv or .xlsx; next-week --attended reads it.",
            show_default=False,
        ),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="OTHER.json",
            help="With --html and --sheets: say what changed since this roster, such as the one on the wall"
            " now.",
            show_default=False,
        ),
    ] = None,
    redact: Redact = False,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
) -> None:
    """Write a roster as page, workbook, calendars, sheets or tables.

    --html: one page that needs no network and nothing beside it; it filters, and prints as wall charts.
    --sheets: what an office prints. Files are about people in treatment: a new one can be read by its owner
    alone, and it has ids unless you give --names.

    \b
    Examples:
      iop-sched export week.yaml roster.json --html week.html --xlsx week.xlsx
      iop-sched export week.yaml tuesday.json --compare monday.json --html week.html --sheets print
      iop-sched export week.yaml roster.json --ics calendars --timezone America/Chicago
      iop-sched export week.yaml roster.json --attendance came.csv
    """
    from iop_sched.cli.console import say
    from iop_sched.cli.files import read_labels, read_roster_of_week
    from iop_sched.cli.redacted import redacted, without_names
    from iop_sched.export.outputs import Wanted, write
    from iop_sched.export.subject import Subject

    wanted = Wanted(
        html=html,
        xlsx=xlsx,
        ics=ics,
        calendars=tuple(one.value for one in calendars or (CalendarOf.clinicians,)),
        timezone=timezone,
        sheets=sheets,
        csv=csv,
        attendance=attendance,
    )
    without_names(redact, names)
    if redact and attendance is not None:
        raise BadInputError(
            "--attendance makes a form that next-week reads back, by ids and dates, and --redact leaves those"
            " out. Make the form in a run of its own, without --redact."
        )
    _check(wanted, compare, (instance, roster, compare, previous, names))
    given = read_roster_of_week(instance, roster, previous, policy, force, scenario, change)
    _refuse_misfits(roster, given)
    _refuse_marks(attendance, given.week)
    labels = read_labels(names, given.week)
    both = [given]
    if compare is not None:
        both.append(_earlier(instance, compare, previous, policy, force, scenario, change))
        _refuse_misfits(compare, both[1])
    if redact:
        both, labels, _ = redacted(both)
    given = both[0]
    found = _compared(both[1], given) if compare is not None else None
    subject = Subject(given.week, given.roster, given.policy, labels, found)
    if subject.evaluation.violations:
        say("Warning: this roster breaks rules. 'iop-sched check' lists them.")
    for one in write(wanted, subject):
        say(f"Wrote {one.path}{f' ({one.words})' if one.words else ''}.")


def _refuse_marks(form: Path | None, week: ProgramWeek) -> None:
    """Raise ``BadInputError`` where a marked form, or a table that is no form, would be lost."""
    from iop_sched.next_week.attended_table import read_attended_table
    from iop_sched.week.problems import InputProblems

    if form is None or not form.exists():
        return
    try:
        marked = read_attended_table(form, week)
    except InputProblems:
        marked = None
    if marked is None or marked.problems or marked.data.get("clients"):
        raise BadInputError(
            f"--attendance {form}: what is there is no empty form; its marks would be lost. Name another"
            " file."
        )


def _check(wanted: Wanted, compare: Path | None, inputs: Sequence[Path | None]) -> None:
    """Raise ``BadInputError`` for options that do not go together, before anything is read."""
    if not wanted.anything:
        options = "--html FILE, --xlsx FILE, --ics FOLDER, --sheets FOLDER, --csv FOLDER or --attendance FILE"
        raise BadInputError(f"There is nothing to write. Name what you want: {options}.")
    if wanted.timezone is not None:
        _known_zone(wanted.timezone)
    if wanted.ics is None and wanted.timezone is not None:
        raise BadInputError("--timezone is for calendars. Add --ics FOLDER.")
    if compare is not None and wanted.sheets is None and wanted.html is None:
        raise BadInputError(
            "--compare is for the page and the call sheet. Add --html FILE or --sheets FOLDER."
        )
    _check_places(wanted, inputs)


def _check_places(wanted: Wanted, inputs: Sequence[Path | None]) -> None:
    """Raise ``BadInputError`` where nothing can be written, or what is there would be lost."""
    from iop_sched.cli.outputs import check_apart, check_folder, check_output, check_tables
    from iop_sched.export.sheets.write import NAMES
    from iop_sched.export.tables import TABLES

    check_output("--html", wanted.html, inputs, (".html", ".htm"))
    check_output("--xlsx", wanted.xlsx, inputs, (".xlsx",))
    check_output("--attendance", wanted.attendance, inputs, (".csv", ".xlsx"))
    for option, folder in (("--ics", wanted.ics), ("--sheets", wanted.sheets), ("--csv", wanted.csv)):
        check_folder(option, folder, inputs)
    tables = [f"{name}.csv" for name in TABLES]
    check_tables("--csv", wanted.csv, tables)
    check_apart(
        {"--html": wanted.html, "--xlsx": wanted.xlsx, "--attendance": wanted.attendance},
        {
            "--ics": (wanted.ics, ()),
            "--sheets": (wanted.sheets, [f"{name}.html" for name in NAMES]),
            "--csv": (wanted.csv, tables),
        },
    )


def _known_zone(name: str) -> None:
    from zoneinfo import available_timezones

    from iop_sched.week.nearest import nearest

    known = available_timezones()
    if name not in known:
        close = nearest(name, sorted(known, key=lambda one: one.rpartition("/")[2] != name))
        right = f"Did you mean {close}?" if close else "Write one such as America/New_York."
        raise BadInputError(f"--timezone {name}: there is no such zone. {right}")


def _refuse_misfits(path: Path, given: RosterOfWeek) -> None:
    """Raise ``BadInputError`` when a (stale) roster has no place in the week at all."""
    from iop_sched.compare.figures import misfits

    wrong = misfits(given.week, given.roster)
    if wrong:
        raise BadInputError("\n".join([*wrong, f"{path} does not belong to this week; it cannot be shown."]))


def _earlier(
    instance: Path,
    path: Path,
    previous: Path | None,
    policy: str | None,
    force: bool,
    scenarios: Sequence[Path] | None,
    changes: Sequence[str] | None,
) -> RosterOfWeek:
    """The other roster, made from the week with the same changes, or before there were any."""
    from iop_sched.cli.files import read_roster_of_week, read_week
    from iop_sched.week.files import canonical_sha256, read_roster

    made_from = read_roster(path).provenance.instance_sha256
    if canonical_sha256(read_week(instance, previous)) == made_from:
        return read_roster_of_week(instance, path, previous, policy, force)
    return read_roster_of_week(instance, path, previous, policy, force, scenarios, changes)


def _compared(earlier: RosterOfWeek, given: RosterOfWeek) -> Comparison:
    from iop_sched.compare.comparison import compare

    return compare(earlier.week, given.policy, earlier.roster, given.roster, given.week)
