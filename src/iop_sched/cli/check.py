"""``iop-sched check``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import guarded
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
    from iop_sched.report.findings import Check
    from iop_sched.report.words import Labels


@guarded
def check(
    instance: Instance,
    roster: RosterPath,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    redact: Redact = False,
    force: Force = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check a roster against every rule.

    Without the solver, every rule is looked at again, and every figure in the roster is computed again.
    Exit status 0: all well. 1: a line for each violation, with the rule, who, when and by how much.
    2: the roster belongs to another week or policy.

    \b
    Example:
      iop-sched check week.yaml roster.json
    """
    from iop_sched.cli.files import read_labels, read_roster_of_week
    from iop_sched.cli.redacted import redacted, without_names
    from iop_sched.report.findings import check_roster

    without_names(redact, names)
    given = read_roster_of_week(instance, roster, previous, policy, force, scenario, change)
    labels = read_labels(names, given.week)
    if redact:
        (given,), labels, _ = redacted([given])
    found = check_roster(given.week, given.roster, given.policy)
    _print(found, labels, json_)
    raise typer.Exit(ExitCode.OK if found.well else ExitCode.VIOLATIONS)


def _print(found: Check, labels: Labels, as_json: bool) -> None:
    from iop_sched.cli.console import show, show_json, show_text

    if as_json:
        show_json(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    elif found.well:
        show(found.table())
    else:
        show_text("\n".join(found.lines(labels)))
