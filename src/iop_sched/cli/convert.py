"""``iop-sched convert``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iop_sched.cli.console import say
from iop_sched.cli.guard import guarded
from iop_sched.cli.options import Changes, Instance, Scenarios


@guarded
def convert(
    instance: Instance,
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help="Where to write the week: .yaml, .json, .xlsx, or a name without an ending, for a folder of"
            " CSV files.",
            show_default=False,
        ),
    ],
    scenario: Scenarios = None,
    change: Changes = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUT if it exists.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No messages.")] = False,
) -> None:
    """Write a program week in another form: YAML, workbook or CSV.

    Between YAML, JSON, a workbook and a folder of CSV files, without loss.

    The week stays the same, and so does its fingerprint: a roster made from one form belongs to all of them.
    Comments of a YAML file are not carried over. With --scenario or --change the changed week is written;
    changes of the policy are none of the week.

    \b
    Examples:
      iop-sched convert week.yaml week.xlsx
      iop-sched convert week.xlsx week.yaml
      iop-sched convert week.xlsx week-csv
    """
    from iop_sched.cli.files import changed
    from iop_sched.cli.tables import check_week_out
    from iop_sched.tables.saving import save_week
    from iop_sched.week.files import canonical_sha256
    from iop_sched.week.loading import load_policy_file, load_week

    check_week_out(out, instance, texts=True, overwrite=overwrite)
    week = load_week(instance)
    now = changed(week, load_policy_file("standard"), scenario, change).week
    save_week(out, now)
    which = "The same week" if now == week else "The changed week"
    say(f"{which} is in {out} (fingerprint {canonical_sha256(now)[:12]}).", quiet=quiet)
