"""``iop-sched explain``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import Instance, NamesFile, Previous, RecordedPolicy

if TYPE_CHECKING:
    from iop_sched.explain.in_turn import Explanation
    from iop_sched.report.explanation import Sources
    from iop_sched.report.words import Labels


@guarded
def explain(
    instance: Instance,
    roster: Annotated[
        Path | None,
        typer.Argument(
            metavar="[ROSTER.json]", help="A roster, to ask why it is as it is.", show_default=False
        ),
    ] = None,
    client: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Of a roster: about this client.", show_default=False),
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    time_limit: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="Of a week: seconds for all solves together.")
    ] = 120.0,
    names: NamesFile = None,
    force: Annotated[
        bool, typer.Option("--force", help="Of a roster: go on although the week or the policy has changed.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No progress and no messages, results only.")
    ] = False,
) -> None:
    """Say why no roster can exist for a program week, or why a roster places clients as it does.

    Of a week alone: a conflict is a set of pins, facts and rules that cannot hold together, none of which
    could be left out; each comes with its line in the file, and with what solving it again has shown. Then
    one of it is lifted, and the next conflict is looked for, until the week is possible.

    Of a roster: for a client without a place, what is in the way in each cohort; for one with a place, what
    any other would cost; for a missing session, why nobody gives it. Without --client, of everybody who has
    no place or misses a session.

    Exit status 0: explained, or the week is possible. 4: not within the limit.

    \b
    Examples:
      iop-sched explain week.yaml
      iop-sched explain week.yaml roster.json --client c14
    """
    if roster is not None:
        from iop_sched.cli.explain_roster import explain_roster

        explain_roster(instance, roster, client, previous, policy, names, force, json_)
        return
    if client is not None or force:
        raise BadInputError("--client and --force are about a roster: name its file after the instance.")
    _explain_week(instance, previous, policy or "standard", time_limit, names, json_, quiet)


def _explain_week(
    instance: Path,
    previous: Path | None,
    policy: str,
    time_limit: float,
    names: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    from iop_sched.cli.files import read_labels, read_week
    from iop_sched.cli.step_line import step_line
    from iop_sched.explain.in_turn import explain_week
    from iop_sched.report.explanation import Sources
    from iop_sched.week.loading import load_policy_file, read_week_document

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
    _print(found, Sources(week, read_week_document(instance), policy, before), labels, as_json)
    if found.verdict == "unknown" and not as_json:
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
