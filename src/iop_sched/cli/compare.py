"""``iop-sched compare``."""

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
    Scenarios,
)

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek
    from iop_sched.compare.comparison import Comparison


class Part(StrEnum):
    """What of a comparison is shown."""

    figures = "figures"
    clients = "clients"
    clinicians = "clinicians"
    cohorts = "cohorts"


@guarded
def compare(
    instance: Instance,
    before: Annotated[
        Path, typer.Argument(metavar="A.json", help="A roster of the week.", show_default=False)
    ],
    after: Annotated[
        Path, typer.Argument(metavar="B.json", help="Another roster of it.", show_default=False)
    ],
    view: Annotated[
        list[Part] | None,
        typer.Option(
            "--view",
            metavar="VIEW",
            help="figures, clients, clinicians or cohorts (all unless you say otherwise); may be given"
            " several times.",
            show_default=False,
        ),
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    redact: Redact = False,
    force: Force = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the whole comparison as JSON.")] = False,
) -> None:
    """Compare two rosters of a week.

    First in a sentence; then the figures that differ, and which way is better; then the clients, clinicians
    and cohorts for whom something changes from A to B, and what. Nothing is listed that did not change. Both
    are measured under the policy that A was made under, and belong to the week as --scenario and --change
    make it.

    \b
    Examples:
      iop-sched compare week.yaml monday.json tuesday.json
      iop-sched compare week.yaml monday.json tuesday.json --view clinicians
    """
    from iop_sched.cli.console import say, show, show_json
    from iop_sched.cli.files import read_labels, read_rosters_of_week
    from iop_sched.cli.redacted import redacted, without_names
    from iop_sched.report.difference import PARTS, render

    without_names(redact, names)
    first, second = read_rosters_of_week(instance, (before, after), previous, policy, force, scenario, change)
    labels = read_labels(names, first.week)
    if first.policy != second.policy:
        say(
            f"{after} was made under another policy ({second.roster.provenance.policy}); both are measured"
            f" under that of {before} ({first.roster.provenance.policy})."
        )
    if redact:
        (first, second), labels, _ = redacted([first, second])
    found = _compared(first, second, (before, after))
    for path, figures in ((before, found.before), (after, found.after)):
        if figures.broken:
            say(f"Warning: {path} breaks hard rules. 'iop-sched check' lists them.")
    if json_:
        show_json(found.model_dump_json(indent=1))
        return
    parts = [part for part in PARTS if view is None or part in view]
    show(render(found.difference, found.before, found.after, labels, parts, found.disruption))


def _compared(first: RosterOfWeek, second: RosterOfWeek, paths: tuple[Path, Path]) -> Comparison:
    """The comparison; raises ``BadInputError`` when a (stale) roster has no place in the week at all."""
    from iop_sched.compare.comparison import compare as compared
    from iop_sched.compare.figures import misfits

    wrong = [
        f"{path}: {reason}"
        for path, given in zip(paths, (first, second), strict=True)
        for reason in misfits(given.week, given.roster)
    ]
    if wrong:
        raise BadInputError(
            "\n".join([*wrong, "It does not belong to this week; there is nothing to compare."])
        )
    return compared(first.week, first.policy, first.roster, second.roster)
