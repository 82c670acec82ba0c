"""The ``iop-sched`` command. Commands import what they need when they run, so that help is instant."""

from __future__ import annotations

import atexit
import gc
from typing import Annotated

import typer

from iop_sched import __version__
from iop_sched.cli import (
    admit,
    bench,
    check,
    compare,
    convert,
    edit,
    explain,
    export,
    generate,
    next_week,
    pin,
    report,
    schema,
    show,
    solve,
    template,
    tune,
    validate,
    what_if,
)
from iop_sched.cli.help_groups import Grouped

app = typer.Typer(
    name="iop-sched",
    cls=Grouped,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 a roster, or all well; 1 violations; 2 bad input or usage; 3 impossible,"
    " and confirmed; 4 no roster within the limit; 5 an internal contradiction; 130 interrupted, the best"
    " roster kept.",
)
STUDIES = "Study solvers"
COMMANDS = {
    "Plan a week": (
        validate.validate,
        solve.solve,
        show.show,
        check.check,
        export.export,
        next_week.next_week,
    ),
    "Ask and compare": (
        what_if.what_if,
        explain.explain,
        admit.admit,
        compare.compare,
        report.report,
    ),
    "Change by hand": (edit.move, edit.swap, edit.drop, edit.seat, pin.pin),
    "Files": (template.template, convert.convert, schema.schema, generate.generate),
    STUDIES: (tune.tune,),
}
for group, commands in COMMANDS.items():
    for command in commands:
        app.command(rich_help_panel=group)(command)
app.add_typer(bench.app, rich_help_panel=STUDIES)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"iop-sched {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Weekly rosters for intensive outpatient programs.

    Write down the program week (clients, staff, rooms, cohorts) in a file, and get a roster for it: who is in
    which cohort on which days, who leads, in which room, when every session is, who could not be placed and
    why, and how good all that is.

    \b
    iop-sched validate week.yaml                  is the file in order?
    iop-sched solve week.yaml --out roster.json   find the roster and keep it
    iop-sched show week.yaml roster.json --view week
    iop-sched check week.yaml roster.json         does it hold, rule by rule?
    iop-sched explain week.yaml roster.json       who has no place, and why?
    """


def main() -> None:
    """Entry point of the ``iop-sched`` script."""
    # Weeks and models are many objects that stay. Looking through them for garbage every few hundred new
    # ones, as Python does, takes a good part of the time of a quick command.
    gc.set_threshold(100_000)
    # Nor is there anything to gain when the process ends, where it took a quarter of a second.
    atexit.register(gc.freeze)
    app()
