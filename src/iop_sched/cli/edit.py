"""``iop-sched move``, ``swap``, ``drop`` and ``seat``: a roster changed by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iop_sched.cli.completion import (
    complete_clinician,
    complete_cohort,
    complete_placed,
    complete_rule,
    complete_service,
    complete_waiting,
)
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import (
    Changes,
    Force,
    Instance,
    NamesFile,
    Previous,
    RecordedPolicy,
    RosterPath,
    Scenarios,
)
from iop_sched.cli.revising import Files, edit_roster, override, parsed, read_days

ClientId = Annotated[
    str,
    typer.Argument(
        metavar="CLIENT", help="Id of the client.", autocompletion=complete_placed, show_default=False
    ),
]
WaitingId = Annotated[
    str,
    typer.Argument(
        metavar="CLIENT", help="Id of the client.", autocompletion=complete_waiting, show_default=False
    ),
]
OtherClientId = Annotated[
    str,
    typer.Argument(
        metavar="OTHER",
        help="Id of the client to change with.",
        autocompletion=complete_placed,
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="EDITED.json",
        help="Keep the changed roster in this file; without it, only say what would happen.",
        show_default=False,
    ),
]
DaysOption = Annotated[
    str | None,
    typer.Option(
        "--days", metavar="DAYS", help="On these days, such as mon,wed,thu.", show_default="best ones"
    ),
]
PrimaryOption = Annotated[
    str | None,
    typer.Option(
        "--primary",
        metavar="ID",
        help="With this primary.",
        autocompletion=complete_clinician,
        show_default=False,
    ),
]
OverrideOption = Annotated[
    list[str] | None,
    typer.Option(
        "--override",
        metavar="RULE",
        help="Set this rule aside for the client, by a pin; may be given several times.",
        autocompletion=complete_rule,
        show_default=False,
    ),
]
Because = Annotated[
    str | None,
    typer.Option("--because", metavar="TEXT", help="Why; printed on every roster.", show_default=False),
]
PinsFile = Annotated[
    Path | None,
    typer.Option(
        "--pins",
        metavar="FILE",
        help="Add the pin to this scenario file (with --out) instead of printing it.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print what changes as JSON.")]


@guarded
def move(
    instance: Instance,
    roster: RosterPath,
    client: ClientId,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="COHORT",
            help="Into this cohort.",
            autocompletion=complete_cohort,
            show_default="stays",
        ),
    ] = None,
    days: DaysOption = None,
    primary: PrimaryOption = None,
    out: Out = None,
    override_: OverrideOption = None,
    because: Because = None,
    pins: PinsFile = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
    json_: Json = False,
) -> None:
    """Give a client another cohort, other days or another primary.

    The client's own sessions stay where they are, unless they collide with the new meetings. What the
    change breaks is shown rule by rule, and what it costs by tier. Exit status 0: every rule holds
    afterwards. 1: some rule is broken; with --out, the roster is written all the same, and says so.

    \b
    Example:
      iop-sched move week.yaml roster.json c12 --to evening-b --days mon,wed,thu --out edited.json
    """
    from iop_sched.revise import edits

    wanted = override(client, override_, because, pins)
    on = read_days(days)
    files = Files(instance, roster, out, previous, policy, names, scenario, change, force, json_)
    raise typer.Exit(
        edit_roster(
            files, lambda schedule, rules: edits.move(schedule, rules, client, to, on, primary), wanted
        )
    )


@guarded
def swap(
    instance: Instance,
    roster: RosterPath,
    client: ClientId,
    other: OtherClientId,
    out: Out = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
    json_: Json = False,
) -> None:
    """Let two clients change cohorts.

    Each comes on the days that break least and then cost least; 'move --days' changes them. Exit status as
    for 'move'.

    \b
    Example:
      iop-sched swap week.yaml roster.json c12 c17 --out edited.json
    """
    from iop_sched.revise import edits

    files = Files(instance, roster, out, previous, policy, names, scenario, change, force, json_)
    raise typer.Exit(edit_roster(files, lambda schedule, rules: edits.swap(schedule, rules, client, other)))


@guarded
def drop(
    instance: Instance,
    roster: RosterPath,
    client: ClientId,
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            metavar="SERVICE",
            help="Only the session of this service.",
            autocompletion=complete_service,
            show_default=False,
        ),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option("--day", metavar="DAY", help="The session on this day.", show_default=False),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="HH:MM", help="The session at this time.", show_default=False),
    ] = None,
    out: Out = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
    json_: Json = False,
) -> None:
    """Take a client out of the roster, or one session of a client.

    Without --session, the place and all sessions but an assessment are gone. Exit status as for 'move'.

    \b
    Examples:
      iop-sched drop week.yaml roster.json c12 --out edited.json
      iop-sched drop week.yaml roster.json c12 --session individual --day tue --out edited.json
    """
    from iop_sched.revise import edits
    from iop_sched.week.times import parse_clock, parse_day

    if session is None and (day is not None or at is not None):
        raise BadInputError("--day and --at say which session is meant; add --session SERVICE.")
    on = None if day is None else parsed("--day", day, parse_day)
    start = None if at is None else parsed("--at", at, parse_clock)
    files = Files(instance, roster, out, previous, policy, names, scenario, change, force, json_)
    raise typer.Exit(
        edit_roster(
            files,
            lambda schedule, _: (
                edits.drop(schedule, client)
                if session is None
                else edits.drop_session(schedule, client, session, on, start)
            ),
        )
    )


@guarded
def seat(
    instance: Instance,
    roster: RosterPath,
    client: WaitingId,
    in_: Annotated[
        str | None,
        typer.Option(
            "--in",
            metavar="COHORT",
            help="In this cohort.",
            autocompletion=complete_cohort,
            show_default="no cohort, for who needs none",
        ),
    ] = None,
    days: DaysOption = None,
    primary: PrimaryOption = None,
    out: Out = None,
    override_: OverrideOption = None,
    because: Because = None,
    pins: PinsFile = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
    json_: Json = False,
) -> None:
    """Give a place to a client who has none.

    No session is arranged; what is still to come is said. Exit status as for 'move'.

    \b
    Example:
      iop-sched seat week.yaml roster.json c12 --in evening-b --days mon,wed,thu --out edited.json
    """
    from iop_sched.revise import edits

    wanted = override(client, override_, because, pins)
    on = read_days(days)
    files = Files(instance, roster, out, previous, policy, names, scenario, change, force, json_)
    raise typer.Exit(
        edit_roster(
            files, lambda schedule, rules: edits.seat(schedule, rules, client, in_, on, primary), wanted
        )
    )
