"""``iop-sched pin``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.completion import complete_clinician, complete_cohort, complete_placed
from iop_sched.cli.console import say, show_text
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import Changes, Force, Instance, Previous, RecordedPolicy, RosterPath, Scenarios

if TYPE_CHECKING:
    from iop_sched.revise.hold import Wanted
    from iop_sched.week.times import Day


@guarded
def pin(
    instance: Instance,
    roster: RosterPath,
    client: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="This client's place and sessions.",
            autocompletion=complete_placed,
            show_default=False,
        ),
    ] = None,
    cohort: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="This cohort's slot, days, leader, rooms and staff, and its members' places.",
            autocompletion=complete_cohort,
            show_default=False,
        ),
    ] = None,
    clinician: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Sessions this clinician gives, cohorts led, meetings worked in, care teams attended.",
            autocompletion=complete_clinician,
            show_default=False,
        ),
    ] = None,
    before: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="All that comes before this day, such as wed.", show_default=False),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="The whole roster.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PINS.yaml", help="Write a scenario file; without it, print it.", show_default=False
        ),
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
) -> None:
    """Hold decisions of a roster as pins for the next solve.

    So that, when somebody calls in sick on Wednesday, only the rest of the week is planned again. What the
    pins cannot hold is said on stderr. --client, --cohort and --clinician may be given several times.

    \b
    Examples:
      iop-sched pin week.yaml roster.json --before wed --out held.yaml
      iop-sched pin week.yaml roster.json --cohort evening-b --client c12 --out held.yaml
    """
    from iop_sched.cli.files import read_roster_of_week
    from iop_sched.cli.outputs import check_output
    from iop_sched.cli.revising import well_formed
    from iop_sched.revise.asking import CannotReviseError
    from iop_sched.revise.hold import Wanted, hold
    from iop_sched.revise.scenario_file import scenario_text
    from iop_sched.rules import evaluate
    from iop_sched.week.files import canonical_sha256, write_text

    check_output("--out", out, (instance, roster, previous, *(scenario or ())), (".yaml", ".yml"))
    wanted = Wanted(tuple(client or ()), tuple(cohort or ()), tuple(clinician or ()), _day(before), all_)
    given = read_roster_of_week(instance, roster, previous, policy, force, scenario, change)
    reason = f"held from {roster.name[:80]} ({canonical_sha256(given.roster)[:12]})"
    try:
        held = hold(well_formed(given), wanted, reason)
    except CannotReviseError as error:
        raise BadInputError(str(error)) from None
    for words in held.not_held:
        say(f"Not held: {words}")
    if not evaluate(given.week, given.roster, given.policy).holds:
        say("Warning: this roster breaks rules; where they are held, the next solve may be impossible.")
    name = "held" if out is None else out.stem
    text = scenario_text(name, _description(wanted, reason), held.pins)
    if out is None:
        show_text(text)
    else:
        write_text(out, text)
        number = len(held.pins)
        say(f"{number} pin{'s' * (number != 1)} in {out}.")


def _day(before: str | None) -> Day | None:
    from iop_sched.cli.revising import parsed
    from iop_sched.week.times import parse_day

    return None if before is None else parsed("--before", before, parse_day)


def _description(wanted: Wanted, reason: str) -> str:
    parts = [
        *(f"client {one}" for one in wanted.clients),
        *(f"cohort {one}" for one in wanted.cohorts),
        *(f"clinician {one}" for one in wanted.clinicians),
        *([f"all before {wanted.before.code}"] if wanted.before is not None else []),
        *(["the whole roster"] if wanted.everything else []),
    ]
    return f"{', '.join(parts)[:300]}; {reason}"
