"""``iop-sched tune``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.console import say, show_text
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import Instance, ObjectiveChoice, PolicyChoice
from iop_sched.cli.outputs import check_output

if TYPE_CHECKING:
    from iop_sched.bench.tune import Asked, Tuning


@guarded
def tune(
    instance: Instance,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where the settings are written.", show_default=False)
    ],
    policy: PolicyChoice = "standard",
    time_limit: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="Seconds a run may search, as you would give solve.")
    ] = 20.0,
    budget: Annotated[
        float, typer.Option(min=1.0, metavar="S", help="Seconds for all of it, about.")
    ] = 900.0,
    workers: Annotated[
        int, typer.Option(min=1, max=256, metavar="N", help="Search threads of each run.")
    ] = 8,
    objective: Annotated[
        ObjectiveChoice, typer.Option(metavar="HOW", help="lexicographic or weighted, as in solve.")
    ] = ObjectiveChoice.lexicographic,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, results only.")] = False,
) -> None:
    """Find out which solver settings are best for your own week.

    Half of the time selects among promising settings, the other half compares the best one with the usual
    settings on other seeds. What is clearly better goes into a settings file for 'solve --params'; if
    nothing is, the file keeps the usual settings. Interrupt it when you like: the same command goes on.

    \b
    Example:
      iop-sched tune week.yaml --budget 900 --out week.settings.toml
      iop-sched solve week.yaml --params week.settings.toml
    """
    from iop_sched.bench.plan import Instance as Week
    from iop_sched.bench.tune import Asked, least_budget
    from iop_sched.solve.outcome import SolveOptions
    from iop_sched.week.loading import load_policy_file

    _check(out, instance)
    if budget < least_budget(time_limit):
        raise BadInputError(
            f"--budget {budget:g} is too short to tell anything from runs of {time_limit:g} s: give it at"
            f" least {least_budget(time_limit):.0f}, or make the runs shorter with --time-limit."
        )
    week = Week.of(instance, instance.name)
    options = SolveOptions(time_limit, workers, objective=objective.value)
    asked = Asked(week, policy, load_policy_file(policy), options)
    _write(_tuned(asked, out, budget, quiet), instance, out, quiet)


def _rows(out: Path) -> Path:
    return out.with_suffix(".jsonl")


def _check(out: Path, instance: Path) -> None:
    for path in (out, _rows(out)):
        check_output("--out", path, (instance,))
    if _rows(out) == out:
        raise BadInputError(f"--out {out}: a settings file ends in .toml; rows are kept beside it.")


def _tuned(asked: Asked, out: Path, budget: float, quiet: bool) -> Tuning:
    from iop_sched.bench import spawn
    from iop_sched.bench.rows import open_rows
    from iop_sched.bench.tune import Tuning
    from iop_sched.cli.bench_progress import budget_progress

    with open_rows(_rows(out)) as rows, budget_progress(budget, quiet) as on_row:
        tuning = Tuning(asked, rows, budget, on_row, spawn.run_in_child)
        try:
            tuning.run()
        except KeyboardInterrupt:
            say(f"Interrupted: what was measured is in {_rows(out)}; the same command goes on.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
    return tuning


def _write(tuning: Tuning, instance: Path, out: Path, quiet: bool) -> None:
    from iop_sched.bench.tune_words import chosen, comment, next_step, verdict
    from iop_sched.solve.settings import write_settings

    if not any(row.ok for pair in tuning.pairs for row in pair):
        raise BadInputError(
            f"No run found a roster within {tuning.asked.options.time_limit:g} s, so nothing was learnt:"
            " give the runs longer with --time-limit."
        )
    write_settings(out, chosen(tuning), comment(tuning))
    show_text(verdict(tuning))
    say(f"The settings are in {out}, the runs in {_rows(out)}.", quiet=quiet)
    say(next_step(instance, out, tuning), quiet=quiet)
