"""``iop-sched next-week``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.console import say
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
from iop_sched.cli.outputs import check_output

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek
    from iop_sched.week.program import ProgramWeek


@guarded
def next_week(
    instance: Instance,
    roster: RosterPath,
    out: Annotated[
        Path,
        typer.Option(
            metavar="NEXT.yaml", help="Write next week here, .yaml, .json or .xlsx.", show_default=False
        ),
    ],
    attended: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Who missed what, a .yaml, .json, .csv or .xlsx file; without it, everybody came.",
            show_default=False,
        ),
    ] = None,
    changes: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="What is known of next week besides, a scenario file; may be given several times.",
            show_default=False,
        ),
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
    json_: Annotated[bool, typer.Option("--json", help="Print who is concerned as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No messages, results only.")] = False,
) -> None:
    """Write down next week, and say whom it concerns.

    Dates move by seven days, the roster becomes last week's, what was attended uses up authorised units,
    those who wait have waited longer, prescriptions step down, and who has reached the last day leaves.
    Closures, absences, time away and pins are of one week: the new file has none. Nor has it the comments
    of the old one. --changes then makes the changes of a scenario file in the new week: referrals,
    discharges, absences known by now. --scenario and --change are those that the roster was solved with;
    of them, a pause, a closed room and what an absence makes of a care team end with the week as well.

    A table for --attended has columns Client, Day, What (meeting, a service, or nothing: all of the day)
    and Missed. 'iop-sched export --attendance' writes one to be marked.

    \b
    Examples:
      iop-sched next-week week.yaml roster.json --out next.yaml
      iop-sched next-week week.yaml roster.json --attended came.csv --changes known.yaml --out next.yaml
    """
    from iop_sched.cli.console import show, show_json
    from iop_sched.cli.files import read_labels, read_roster_of_week, read_week
    from iop_sched.next_week import advance, load_attended
    from iop_sched.report.next_week import as_json, next_week_view
    from iop_sched.rules import Schedule
    from iop_sched.scenario.apply import lasting
    from iop_sched.scenario.load import load_scenarios

    inputs = (instance, roster, attended, previous, names, *(changes or ()), *(scenario or ()))
    check_output("--out", out, inputs, (".yaml", ".yml", ".json", ".xlsx"))
    given = read_roster_of_week(instance, roster, previous, policy, force, scenario, change)
    labels = read_labels(names, given.week)
    _check_roster(given)
    came = None if attended is None else load_attended(attended, Schedule.of(given.week, given.roster))
    records = lasting(
        read_week(instance, previous), given.policy, load_scenarios(scenario or (), change or ())
    )
    found = advance(given.week, given.roster, came, load_scenarios(changes or (), ()), records)
    _write(out, found.week, f"The week after that of {given.week.week_of}, written by iop-sched next-week.")
    if json_:
        show_json(json.dumps(as_json(found), indent=2, ensure_ascii=False))
    else:
        show(next_week_view(found, labels))
    say(f"Next week is in {out}.", quiet=quiet)


def _write(out: Path, week: ProgramWeek, remark: str) -> None:
    from iop_sched.tables.saving import WORKBOOK, save_week
    from iop_sched.week.files import write_text
    from iop_sched.week.week_text import week_text

    if out.suffix.lower() == WORKBOOK:
        save_week(out, week)
    else:
        write_text(out, week_text(week, out.suffix.lower() == ".json", remark))


def _check_roster(given: RosterOfWeek) -> None:
    """Only a roster of this very week says what happened in it; one that breaks rules may still do so."""
    from iop_sched.rules import evaluate

    if given.roster.week_of != given.week.week_of:
        raise BadInputError(
            f"The roster is of the week of {given.roster.week_of}, the program week of {given.week.week_of}."
            " Name the two files of one week."
        )
    broken = evaluate(given.week, given.roster, given.policy).violations
    wrong = [one.message for one in broken if one.rule == "structure"]
    if wrong:
        raise BadInputError("\n".join([*wrong, "The roster does not belong to this week."]))
    if broken:
        say("Warning: this roster breaks rules. 'iop-sched check' lists them.")
