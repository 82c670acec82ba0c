"""``iop-sched export``."""

from __future__ import annotations

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
    from iop_sched.export.outputs import Exported, Wanted


class CalendarOf(StrEnum):
    """Whose calendars are written."""

    clinicians = "clinicians"
    clients = "clients"
    rooms = "rooms"


@guarded
def export(
    instance: Instance,
    roster: RosterPath,
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
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="OTHER.json",
            help="The earlier roster of the week, for the call sheet.",
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
    """Write a roster as workbook, calendars, printed sheets, tables.

    \b
    Examples:
      iop-sched export week.yaml roster.json --xlsx roster.xlsx --ics calendars --timezone America/Chicago
      iop-sched export week.yaml roster.json --sheets print --compare last.json
    """
    from iop_sched.cli.console import say
    from iop_sched.cli.files import read_labels, read_rosters_of_week
    from iop_sched.export.outputs import Wanted, write

    wanted = Wanted(
        xlsx=xlsx,
        ics=ics,
        calendars=tuple(one.value for one in calendars or (CalendarOf.clinicians,)),
        timezone=timezone,
        sheets=sheets,
        csv=csv,
    )
    _check(wanted, redact, names, instance, roster, compare)
    paths = [roster] if compare is None else [roster, compare]
    given, *earlier = read_rosters_of_week(instance, paths, previous, policy, force, scenario, change)
    labels = read_labels(names, given.week)
    before = earlier[0].roster if earlier else None
    for one in write(wanted, given.week, given.policy, given.roster, labels, before, redact):
        say(_words(one))


def _words(one: Exported) -> str:
    return f"Wrote {one.path}{f' ({one.words})' if one.words else ''}."


def _check(
    wanted: Wanted, redact: bool, names: Path | None, instance: Path, roster: Path, compare: Path | None
) -> None:
    """Raise ``BadInputError`` for options that do not go together, before anything is read."""
    from iop_sched.cli.outputs import check_folder, check_output
    from iop_sched.cli.redacted import without_names

    if not wanted.anything:
        raise BadInputError(
            "Nothing to write. Add --xlsx FILE, --ics FOLDER, --sheets FOLDER or --csv FOLDER."
        )
    without_names(redact, names)
    if wanted.timezone is not None:
        _known_zone(wanted.timezone)
    if wanted.ics is None and wanted.timezone is not None:
        raise BadInputError("--timezone is for calendars. Add --ics FOLDER.")
    if compare is not None and wanted.sheets is None:
        raise BadInputError("--compare is for the call sheet. Add --sheets FOLDER.")
    check_output("--xlsx", wanted.xlsx, (instance, roster, compare), (".xlsx",))
    for option, folder in (("--ics", wanted.ics), ("--sheets", wanted.sheets), ("--csv", wanted.csv)):
        check_folder(option, folder)


def _known_zone(name: str) -> None:
    from zoneinfo import available_timezones

    from iop_sched.week.nearest import nearest

    known = available_timezones()
    if name not in known:
        close = nearest(name, sorted(known, key=lambda one: one.rpartition("/")[2] != name))
        right = f"Did you mean {close}?" if close else "Write one such as America/New_York."
        raise BadInputError(f"--timezone {name}: there is no such zone. {right}")
