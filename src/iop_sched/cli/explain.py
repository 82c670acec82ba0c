"""``iop-sched explain``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import guarded
from iop_sched.cli.options import Instance, NamesFile, PolicyChoice, Previous

if TYPE_CHECKING:
    from iop_sched.explain.in_turn import Explanation
    from iop_sched.report.explanation import Sources
    from iop_sched.report.words import Labels


@guarded
def explain(
    instance: Instance,
    previous: Previous = None,
    policy: PolicyChoice = "standard",
    time_limit: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="Seconds for all solves together.")
    ] = 120.0,
    names: NamesFile = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the conflicts as JSON.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No progress and no messages, results only.")
    ] = False,
) -> None:
    """Say why no roster can exist for a program week.

    A conflict is a set of pins, facts and rules that cannot hold together, none of which could be left out;
    each comes with its line in the file, and with what solving it again has shown. Then one of it is lifted,
    and the next conflict is looked for, until the week is possible.

    Exit status 0: the week is explained, or possible. 4: not within the limit.

    \b
    Example:
      iop-sched explain week.yaml
    """
    from iop_sched.cli.files import read_labels, read_week
    from iop_sched.cli.step_line import step_line
    from iop_sched.explain.in_turn import explain_week
    from iop_sched.report.explanation import Sources
    from iop_sched.week.loading import load_policy_file
    from iop_sched.week.reading import read_document

    week = read_week(instance, previous)
    chosen = load_policy_file(policy)
    labels = read_labels(names, week)
    with step_line(quiet) as line:
        found = explain_week(
            week,
            chosen,
            time_limit,
            lambda conflicts, solve: line(f"Looking for conflict {conflicts + 1}, solve {solve}"),
        )
    before = None if previous is None else str(previous)
    _print(found, Sources(week, read_document(instance), policy, before), labels, json_)
    if found.verdict == "unknown" and not json_:
        say(f"Whether a roster exists was not found out within {time_limit:g} s (--time-limit 600).")
    raise typer.Exit(ExitCode.OK if found.explained else ExitCode.NO_ROSTER)


def _print(found: Explanation, sources: Sources, labels: Labels, as_json: bool) -> None:
    from iop_sched.cli.console import show, show_text
    from iop_sched.report.explanation import explanation_json, explanation_view

    if as_json:
        show_text(json.dumps(explanation_json(found, sources), indent=2, ensure_ascii=False))
    elif found.verdict == "feasible":
        show_text(
            f"{sources.document.file} is possible: a roster exists, and 'iop-sched solve' finds the best."
        )
    elif found.conflicts:
        show(explanation_view(found, sources, labels))
