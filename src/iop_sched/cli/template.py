"""``iop-sched template``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iop_sched.cli.console import say
from iop_sched.cli.guard import guarded


@guarded
def template(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="WEEK.xlsx",
            help="The workbook to write; a name without an ending is a folder of CSV files.",
            show_default=False,
        ),
    ],
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="INSTANCE",
            help="Fill it from a program week, in whichever form that is.",
            show_default=False,
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUT if it exists.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No messages.")] = False,
) -> None:
    """Write a workbook to fill in with a spreadsheet program.

    One sheet per kind of thing, with drop-downs, units in the headers, notes that explain every column, and
    steps on the first sheet. Grey rows that begin with # are examples: they are not read.

    \b
    Examples:
      iop-sched template week.xlsx
      iop-sched template week.xlsx --from instances/quickstart.yaml
    """
    from iop_sched.cli.tables import check_week_out
    from iop_sched.tables.explaining import example_week
    from iop_sched.tables.saving import save_tables
    from iop_sched.tables.writing import filled_sheets
    from iop_sched.week.loading import load_week

    check_week_out(out, from_, texts=False, overwrite=overwrite)
    week = None if from_ is None else load_week(from_)
    save_tables(out, filled_sheets(week, example_week()))
    say(f"{out} is ready. Fill it in, save it, and run: iop-sched validate {out}", quiet=quiet)
