"""``iop-sched explain``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.completion import complete_client
from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import Changes, Instance, NamesFile, Previous, RecordedPolicy, Scenarios

if TYPE_CHECKING:
    from iop_sched.explain.in_turn import Explanation
    from iop_sched.report.explanation import Sources
    from iop_sched.report.words import Labels
    from iop_sched.scenario.change import Changed


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
        typer.Option(
            metavar="ID",
            help="Of a roster: about this client.",
            autocompletion=complete_client,
            show_default=False,
        ),
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    time_limit: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="Of a week: seconds for all solves together.")
    ] = 120.0,
    repairs: Annotated[
        bool | None,
        typer.Option(
            "--repairs/--no-repairs",
            help="What would it take: of a week, and with --client, unless you say otherwise.",
            show_default=False,
        ),
    ] = None,
    repair_time: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="Seconds for all trials of repairs together.")
    ] = 60.0,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Annotated[
        bool, typer.Option("--force", help="Of a roster: go on although the week or the policy has changed.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No progress and no messages, results only.")
    ] = False,
) -> None:
    """Say why no roster can exist, or why a client has no place.

    Of a week alone: a conflict is a set of pins, facts and rules that cannot hold together, none of which
    could be left out; each comes with its line in the file, and with what solving it again has shown. Then
    one of it is lifted, and the next conflict is looked for, until the week is possible.

    Of a roster: for a client without a place, what is in the way in each cohort; for one with a place, what
    any other would cost; for a missing session, why nobody gives it. Without --client, of everybody who has
    no place or misses a session.

    --scenario and --change are made first: of a week alone it is the changed week that is explained, and
    what of a conflict comes from a change is said to. A roster that was solved with them is explained with
    the same.

    What would it take: changes from a catalogue (an hour more of somebody, a seat more, a pin lifted …),
    each tried by solving the changed week, the cheapest first, with what it changes for others. They are
    written as --change of 'solve' takes them. Ctrl-C prints those found so far.

    Exit status 0: explained, or the week is possible. 4: not within the limit.

    \b
    Examples:
      iop-sched explain week.yaml
      iop-sched explain week.yaml --change "out t-ana thu"
      iop-sched explain week.yaml roster.json --client c14
    """
    if roster is not None:
        from iop_sched.cli.explain_roster import explain_roster

        wanted = repairs if repairs is not None else client is not None
        explain_roster(
            *(instance, roster, client, previous, policy, names, force, json_, quiet),
            repair_seconds=repair_time if wanted else None,
            scenarios=scenario,
            changes=change,
        )
        return
    if client is not None or force:
        raise BadInputError("--client and --force are about a roster: name its file after the instance.")
    seconds = None if repairs is False else repair_time
    given = _Given(instance, previous, policy or "standard", scenario or (), change or ())
    _explain_week(given, time_limit, names, json_, quiet, seconds)


@dataclass(frozen=True)
class _Given:
    """A week as it is asked about: its file, what takes the place of a section, and changes."""

    instance: Path
    previous: Path | None
    policy: str
    scenarios: Sequence[Path]
    changes: Sequence[str]


def _explain_week(
    given: _Given,
    time_limit: float,
    names: Path | None,
    as_json: bool,
    quiet: bool,
    repair_seconds: float | None,
) -> None:
    from iop_sched.cli.console import show, show_json
    from iop_sched.cli.explain_repairs import answers
    from iop_sched.cli.files import read_labels
    from iop_sched.cli.step_line import step_line
    from iop_sched.explain.in_turn import explain_week
    from iop_sched.repairs.question import to_be_possible
    from iop_sched.report.explanation import explanation_json
    from iop_sched.report.repairs import repairs_json, repairs_view

    now, sources = _read(given)
    week, chosen = now.week, now.policy
    labels = read_labels(names, week)
    for sentence in now.sentences:
        say(sentence, quiet=quiet)
    with step_line(quiet) as line:
        found = explain_week(
            week,
            chosen,
            time_limit,
            lambda conflicts, solve: line(f"Looking for conflict {conflicts + 1}, solve {solve}"),
        )
    if not as_json:
        _print(found, sources, labels)
    repaired = None
    if repair_seconds is not None and found.verdict == "infeasible" and not found.interrupted:
        with step_line(quiet) as line:
            question = to_be_possible(week, chosen, _named(found))
            (repaired,) = answers([question], repair_seconds, line)
        if not as_json:
            show("")
            show(repairs_view(repaired, labels, sources.trace.scenarios))
    if as_json:
        data = explanation_json(found, sources)
        data["what_would_it_take"] = None if repaired is None else repairs_json(repaired)
        show_json(json.dumps(data, indent=2, ensure_ascii=False))
    if found.interrupted:
        say(_so_far(found))
        raise typer.Exit(ExitCode.INTERRUPTED)
    if repaired is not None and repaired.interrupted:
        say("Interrupted: not every change was tried.")
        raise typer.Exit(ExitCode.INTERRUPTED)
    if found.verdict == "unknown" and not as_json:
        say(f"Whether a roster exists was not found out within {time_limit:g} s (--time-limit 600).")
    raise typer.Exit(ExitCode.OK if found.explained else ExitCode.NO_ROSTER)


def _read(given: _Given) -> tuple[Changed, Sources]:
    """The week and policy after all changes, and where each part of them was written."""
    from iop_sched.cli.files import read_week
    from iop_sched.report.explanation import Sources
    from iop_sched.scenario.apply import apply
    from iop_sched.scenario.load import load_scenarios
    from iop_sched.scenario.trace import Trace
    from iop_sched.week.loading import load_policy_file, read_week_document

    week, policy = read_week(given.instance, given.previous), load_policy_file(given.policy)
    scenarios = load_scenarios(given.scenarios, given.changes)
    now = apply(week, policy, scenarios)
    before = None if given.previous is None else str(given.previous)
    trace = Trace(week, policy, scenarios)
    return now, Sources(now.week, read_week_document(given.instance), given.policy, trace, before)


def _so_far(found: Explanation) -> str:
    if found.conflicts:
        return "Interrupted; this is what was found so far."
    if found.verdict == "infeasible":
        return "Interrupted: the solver says that no roster can exist; no conflict was found yet."
    return "Interrupted before it was found out whether a roster exists."


def _print(found: Explanation, sources: Sources, labels: Labels) -> None:
    from iop_sched.cli.console import show, show_text
    from iop_sched.report.explanation import explanation_view

    if found.verdict == "feasible":
        show_text(f"{sources.given} is possible: a roster exists, and 'iop-sched solve' finds the best.")
    elif found.conflicts:
        show(explanation_view(found, sources, labels))


def _named(found: Explanation) -> frozenset[str]:
    """Ids of pins, and the words of facts, in the conflicts."""
    from iop_sched.week.pins import Pin

    members = [member for lifted in found.conflicts for member in lifted.conflict.members]
    said = (member.id if isinstance(member, Pin) else getattr(member, "says", "") for member in members)
    return frozenset(word for words in said for word in words.split())
