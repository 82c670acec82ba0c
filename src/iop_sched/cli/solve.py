"""``iop-sched solve``."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import (
    Changes,
    Instance,
    NamesFile,
    ObjectiveChoice,
    PolicyChoice,
    Previous,
    Redact,
    Scenarios,
    StrategyChoice,
    View,
    Views,
)
from iop_sched.cli.outputs import check_output

if TYPE_CHECKING:
    from iop_sched.solve.outcome import Outcome, SolveOptions
    from iop_sched.week.program import ProgramWeek
    from iop_sched.week.result import RosterFile


@guarded
def solve(
    instance: Instance,
    previous: Previous = None,
    policy: PolicyChoice = "standard",
    scenario: Scenarios = None,
    change: Changes = None,
    time_limit: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="Seconds to search; a proof may come sooner.")
    ] = 60.0,
    workers: Annotated[
        int,
        typer.Option(
            min=1,
            max=256,
            metavar="N",
            help="Search threads at most; a search for proofs takes no more than there are cores.",
        ),
    ] = 8,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Another seed, another search.")
    ] = 0,
    deterministic: Annotated[
        bool,
        typer.Option(
            "--deterministic",
            help="Give the same roster each time, byte for byte; --time-limit then counts the solver's own"
            " deterministic seconds, and one worker is used.",
        ),
    ] = False,
    objective: Annotated[
        ObjectiveChoice,
        typer.Option(
            metavar="HOW",
            help="lexicographic: tier after tier, in order of importance; weighted: one sum of all.",
        ),
    ] = ObjectiveChoice.lexicographic,
    strategy: Annotated[
        StrategyChoice,
        typer.Option(
            metavar="HOW",
            help="full: all in CP-SAT; staged: a master beside it, for many clients; auto: by size.",
        ),
    ] = StrategyChoice.auto,
    hint: Annotated[
        Path | None,
        typer.Option(
            metavar="ROSTER.json",
            help="Begin with this roster, of this week or much the same.",
            show_default=False,
        ),
    ] = None,
    params: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Settings of the solver, as 'tune' writes them.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="ROSTER.json", help="Keep the roster in this file.", show_default=False),
    ] = None,
    view: Views = None,
    names: NamesFile = None,
    redact: Redact = False,
    json_: Annotated[
        bool, typer.Option("--json", help="Print the roster file itself in place of a view.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No progress and no messages, results only.")
    ] = False,
) -> None:
    """Find the best roster for a program week.

    A first roster comes soon and better ones follow; Ctrl-C keeps the best so far. Each is checked against
    every rule before it is shown. The roster goes to stdout, progress and messages to stderr.

    \b
    Examples:
      iop-sched solve week.yaml --out roster.json
      iop-sched solve week.yaml --previous last-week.json --policy continuity-first --view week
      iop-sched solve week.yaml --change "out t-ana thu" --change "admit 6 evening"
    """
    from iop_sched.cli.files import changed, read_labels, read_week
    from iop_sched.cli.progress import progress_line
    from iop_sched.cli.redacted import hidden, hidden_ending, without_names
    from iop_sched.cli.results import print_roster
    from iop_sched.report.roster_file import roster_file
    from iop_sched.scenario.saying import condensed
    from iop_sched.solve import run
    from iop_sched.solve.interruption import held_back
    from iop_sched.solve.outcome import SolveOptions
    from iop_sched.solve.settings import SolverSettings, load_settings
    from iop_sched.week.files import read_roster
    from iop_sched.week.loading import load_policy_file

    if json_ and (view or names):
        raise BadInputError(
            "--json prints the roster file, which has no view and no names: leave out --view and --names."
        )
    without_names(redact, names)
    if deterministic and strategy == StrategyChoice.staged:
        raise BadInputError(
            "--strategy staged runs two solvers side by side and does not repeat itself: leave out"
            " --deterministic, or take --strategy full."
        )
    check_output("--out", out, (instance, previous, params, hint, *(scenario or ())), (".json",))
    now = changed(read_week(instance, previous), load_policy_file(policy), scenario, change)
    week, chosen = now.week, now.policy
    labels = read_labels(names, week)
    settings = SolverSettings() if params is None else load_settings(params)
    options = SolveOptions(
        time_limit,
        workers,
        seed,
        deterministic,
        objective.value,
        strategy.value,
        settings,
        read_roster(hint) if hint else None,
    )
    for sentence in condensed(now.sentences):
        # they name whom the changes are about
        say(sentence, quiet=quiet or redact)
    options = replace(options, strategy=run.strategy(week, options))
    why = "as it repeats itself" if deterministic else "chosen by size"
    say(f"Strategy: {options.strategy}, {why}.", quiet=quiet or strategy != StrategyChoice.auto)
    with progress_line(time_limit, quiet) as line:
        outcome = run.solve(week, chosen, options, line)
    if outcome.status not in ("proven", "feasible"):
        if redact:
            week, outcome = hidden_ending(week, outcome)
        explain = None if redact else _explain(instance, previous, policy, scenario, change)
        raise typer.Exit(_no_roster(week, outcome, options, explain))
    with held_back() as interrupted:
        found = roster_file(week, chosen, policy, outcome, options)
        _keep(found, out, quiet)
    if redact:
        week, found, labels = hidden(week, found)
    print_roster(week, chosen, found, None if json_ else view or [View.summary], labels)
    say(_verdict(outcome), quiet=quiet)
    raise typer.Exit(ExitCode.INTERRUPTED if outcome.interrupted or interrupted else ExitCode.OK)


def _keep(found: RosterFile, out: Path | None, quiet: bool) -> None:
    if out is not None:
        from iop_sched.week.files import write_roster

        write_roster(out, found)
        say(f"The roster is kept in {out}.", quiet=quiet)


def _verdict(outcome: Outcome) -> str:
    if outcome.interrupted:
        return f"Interrupted after {outcome.seconds:.1f} s; this is the best roster so far."
    if outcome.status == "proven":
        return f"Proven: no roster is better in any tier ({outcome.seconds:.1f} s)."
    return (
        f"The best roster within the limit ({outcome.seconds:.1f} s); 'How good it is' in the summary says"
        " what could still be gained. A longer --time-limit may find it."
    )


def _explain(
    instance: Path,
    previous: Path | None,
    policy: str,
    scenarios: list[Path] | None,
    changes: list[str] | None,
) -> str:
    """The command that says more about an impossible week."""
    words = ["iop-sched", "explain", str(instance)]
    for option, given in (("--scenario", scenarios), ("--change", changes)):
        words += [word for one in given or () for word in (option, str(one))]
    if previous is not None:
        words += ["--previous", str(previous)]
    if policy != "standard":
        words += ["--policy", policy]
    return shlex.join(words)


def _no_roster(week: ProgramWeek, outcome: Outcome, options: SolveOptions, explain: str | None) -> ExitCode:
    """Say why there is none. These words come even with --quiet: they are the result.

    ``explain`` is the command that says more; none where its words may name somebody.
    """
    if outcome.status == "defect":
        from iop_sched.report.findings import line
        from iop_sched.report.words import Labels

        say("Internal contradiction: the solver's roster broke the rules it was to keep, so it is not shown.")
        for violation in outcome.defects:
            say(f"  {line(violation, Labels())}")
        say("This is a defect of iop-sched, not of your file; please report these lines.")
        return ExitCode.CONTRADICTION
    if outcome.status == "infeasible":
        from iop_sched.report.conflict import conflict_lines

        say("No roster can exist for this week; a second, independent solve confirmed it.")
        if outcome.conflict:
            say("These cannot hold together:")
            for part in conflict_lines(week, outcome.conflict):
                say(f"  - {part}")
            say(
                "Loosen one of them: change or drop a pin, correct the fact behind a rule, let a pin override"
            )
            say("the rule for a client with a reason, or make the rule soft in a policy (--policy FILE).")
        if explain is None:
            say("Which facts of the file are behind it, line by line, 'iop-sched explain' says, with ids.")
        else:
            say(f"Which facts of the file are behind it, line by line: {explain}")
        return ExitCode.INFEASIBLE
    if outcome.interrupted:
        say("Interrupted before the first roster was found; nothing is kept.")
        return ExitCode.INTERRUPTED
    say(f"No roster was found within {options.time_limit:g} s, and none was shown to be impossible.")
    say("Give it longer (--time-limit 300), or find out what is tight: drop a pin, or make a rule soft.")
    return ExitCode.NO_ROSTER
