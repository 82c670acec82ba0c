"""Arguments and options that several commands share. Nothing heavy is imported: ``--help`` stays quick."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from iop_sched.cli.completion import complete_change, complete_policy


class View(StrEnum):
    """What of a roster is shown."""

    summary = "summary"
    week = "week"
    cohorts = "cohorts"
    clients = "clients"
    clinicians = "clinicians"
    rooms = "rooms"


class StrategyChoice(StrEnum):
    """How a solve goes about it."""

    auto = "auto"
    staged = "staged"
    full = "full"


class ObjectiveChoice(StrEnum):
    """How the tiers are combined."""

    lexicographic = "lexicographic"
    weighted = "weighted"


def print_changes(texts: list[str] | None) -> list[str] | None:
    if texts and "help" in texts:
        from iop_sched.scenario.forms import help_text

        typer.echo(help_text())
        raise typer.Exit
    return texts


Instance = Annotated[
    Path,
    typer.Argument(
        metavar="INSTANCE",
        help="The program week: a .yaml, .json or .xlsx file, or a folder of CSV files.",
        show_default=False,
    ),
]
RosterPath = Annotated[
    Path,
    typer.Argument(metavar="ROSTER.json", help="A roster that 'solve --out' wrote.", show_default=False),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        metavar="ROSTER.json",
        help="Last week's roster, in place of the 'previous' section of the program week.",
        show_default=False,
    ),
]
PolicyChoice = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help="What matters most: standard, continuity-first, short-staffed, or your own .toml file.",
        autocompletion=complete_policy,
    ),
]
RecordedPolicy = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help="The policy of the roster, if it is not found under the name recorded in it.",
        autocompletion=complete_policy,
        show_default=False,
    ),
]
NamesFile = Annotated[
    Path | None,
    typer.Option(
        "--names",
        metavar="FILE",
        help="Print display names beside ids, from this .yaml, .json, .xlsx or .csv file.",
        show_default=False,
    ),
]
Views = Annotated[
    list[View] | None,
    typer.Option(
        "--view",
        metavar="VIEW",
        help="summary (unless you say otherwise), week, cohorts, clients, clinicians or rooms; may be given"
        " several times.",
        show_default=False,
    ),
]
Scenarios = Annotated[
    list[Path] | None,
    typer.Option(
        "--scenario",
        metavar="FILE",
        help="Change the week as this scenario says; may be given several times.",
        show_default=False,
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--change",
        metavar="TEXT",
        help="Change the week in short words, such as 'out t-ana thu' or 'admit 6 evening'; 'help' lists all."
        " May be given several times, and comes after scenarios.",
        callback=print_changes,
        is_eager=True,
        autocompletion=complete_change,
        show_default=False,
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Go on even if the roster was made from another program week or policy (a stale roster).",
    ),
]
Redact = Annotated[
    bool,
    typer.Option("--redact", help="Codes in place of people's ids, weekdays without dates, no notes."),
]
