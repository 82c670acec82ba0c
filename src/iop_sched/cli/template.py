"""``iop-sched template``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iop_sched.cli.console import say
from iop_sched.cli.guard import BadInputError, guarded


@guarded
def template(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="WEEK.xlsx",
            help="The workbook to write; a name without an ending is a folder of CSV files. With --names:"
            " .xlsx or .csv.",
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
    names: Annotated[
        bool,
        typer.Option(
            "--names", help="Write a list for display names instead, with every id of --from to be named."
        ),
    ] = False,
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
      iop-sched template names.xlsx --names --from week.xlsx
    """
    from iop_sched.cli.tables import check_week_out
    from iop_sched.tables.explaining import example_week
    from iop_sched.tables.saving import save_tables
    from iop_sched.tables.writing import filled_sheets
    from iop_sched.week.loading import load_week

    if names:
        _names(out, from_, overwrite, quiet)
        return
    check_week_out(out, from_, texts=False, overwrite=overwrite)
    week = None if from_ is None else load_week(from_)
    save_tables(out, filled_sheets(week, example_week()))
    say(f"{out} is ready. Fill it in, save it, and run: iop-sched validate {out}", quiet=quiet)


def _names(out: Path, from_: Path | None, overwrite: bool, quiet: bool) -> None:
    from iop_sched.cli.outputs import check_output
    from iop_sched.tables.names_table import ENDINGS, save_names_table
    from iop_sched.week.loading import load_week

    check_output("template", out, (from_,), ENDINGS)
    if out.exists() and not overwrite:
        raise BadInputError(f"{out} exists. Name another one, or add --overwrite to replace it.")
    save_names_table(out, None if from_ is None else load_week(from_))
    say(
        f"{out} is ready. Write names beside the codes, save it, and add --names {out} to a command.",
        quiet=quiet,
    )
