"""``iop-sched what-if``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.completion import complete_change
from iop_sched.cli.console import say
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import (
    Force,
    Instance,
    NamesFile,
    ObjectiveChoice,
    Previous,
    RecordedPolicy,
    print_changes,
)
from iop_sched.cli.what_if_ending import explain_words, no_baseline, say_more, say_unproven, status

if TYPE_CHECKING:
    from iop_sched.what_if.case import Case
    from iop_sched.what_if.job import Settings
    from iop_sched.what_if.keep import Folder
    from iop_sched.what_if.result import WhatIf
    from iop_sched.what_if.trial import Asked


@guarded
def what_if(
    instance: Instance,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="ROSTER.json",
            help="The week's roster as it stands; without it, the unchanged week is solved first.",
            show_default=False,
        ),
    ] = None,
    scenario: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Try this scenario; each file is a case of its own.", show_default=False
        ),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help="Try a change in short words, such as 'out t-ana thu'; several together are one case."
            " 'help' lists all.",
            callback=print_changes,
            is_eager=True,
            autocompletion=complete_change,
            show_default=False,
        ),
    ] = None,
    sweep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help="Try a change with several values, such as 'cohort-size.max=8..14': a case for each, all"
            " with the changes of --change.",
            show_default=False,
        ),
    ] = None,
    stay_close: Annotated[
        bool,
        typer.Option(
            "--stay-close/--from-scratch",
            help="Change as little as the case forces, or look for the best roster.",
        ),
    ] = True,
    additions: Annotated[
        bool,
        typer.Option(
            "--additions",
            help="Staying close, also look for all places and sessions that can be added without changing"
            " more. Where a case forces no change, this is done anyway.",
        ),
    ] = False,
    prove: Annotated[
        bool,
        typer.Option(
            "--prove",
            help="Staying close, search to the limit for a roster that changes less, or for the proof that"
            " there is none, where a moment's search finds neither.",
        ),
    ] = False,
    time_limit: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="Seconds for each case; a proof may come sooner.")
    ] = 60.0,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=64,
            metavar="N",
            help="Cases at a time. They share the cores, so that each is found later: unless you say"
            " otherwise, one for every two cores.",
            show_default=False,
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Run on a Dask cluster (pip install 'iop-sched[cluster]'), one case a worker.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            min=1,
            max=256,
            metavar="N",
            help="Search threads of each case at most; staying close takes no more than there are cores.",
        ),
    ] = 8,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Another seed, another search.")
    ] = 0,
    objective: Annotated[
        ObjectiveChoice,
        typer.Option(
            metavar="HOW",
            help="lexicographic: tier after tier, in order of importance; weighted: one sum of all.",
        ),
    ] = ObjectiveChoice.lexicographic,
    out_dir: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep each case's roster and changed week here, as each is found.",
            show_default=False,
        ),
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    all_: Annotated[bool, typer.Option("--all", help="Print every line about who is affected.")] = False,
    force: Force = False,
    json_: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No progress and no messages, results only.")
    ] = False,
) -> None:
    """Try changes of a week, and see what would become of its roster.

    Each case is the week with some changes, solved in a process of its own, beginning with the baseline
    roster; every roster is checked against every rule. Staying close, a case is done when a moment's search
    finds nothing that changes less; --prove searches on. One table sets the cases beside the baseline, and
    then it is said for each who is affected, and how. Ctrl-C keeps what is found.

    Exit status 0: a roster for every case. 3: a case is impossible. 4: no roster for a case within the limit.
    5: a case went wrong. 130: interrupted.

    \b
    Examples:
      iop-sched what-if week.yaml --baseline roster.json --change "out t-ana thu"
      iop-sched what-if week.yaml --scenario snow-day.yaml --scenario evening-calls.yaml --out-dir tried
      iop-sched what-if week.yaml --sweep "cohort-size.max=8..14" --from-scratch --time-limit 20
    """
    from iop_sched.cli.console import show, show_json
    from iop_sched.cli.files import read_labels
    from iop_sched.report.what_if import what_if_view
    from iop_sched.what_if.case import load_cases
    from iop_sched.what_if.job import Settings

    if not (scenario or change or sweep):
        raise BadInputError(
            "Nothing is changed: name a --scenario FILE, a --change such as 'out t-ana thu', or a --sweep"
            " such as 'cohort-size.max=8..14'. '--change help' lists all changes."
        )
    if additions and not stay_close:
        raise BadInputError("--additions is for --stay-close: from scratch, all is looked for in any case.")
    if prove and not stay_close:
        raise BadInputError("--prove is for --stay-close: from scratch, a proof is looked for in any case.")
    if cluster is not None and jobs is not None:
        raise BadInputError("--jobs is for this machine: a cluster runs one case on each of its workers.")
    asked = _read(instance, baseline, previous, policy, force)
    labels = read_labels(names, asked.week)
    cases = load_cases(asked.week, asked.policy, scenario or (), change or (), sweep or ())
    folder = _folder(out_dir, cases, (instance, previous, names, *(scenario or ())), baseline)
    settings = Settings(stay_close, additions, prove, time_limit, workers, seed, objective.value)
    explain = explain_words(str(instance), asked.policy_name, previous)
    found = _tried(asked, cases, settings, (cluster, jobs), folder, explain, quiet)
    if json_:
        show_json(found.model_dump_json(indent=1))
    else:
        show(what_if_view(found, asked.policy, labels, all_))
    say_more(cases, found, folder, explain, quiet)
    if stay_close and not (prove or additions):
        say_unproven(found, quiet)
    raise typer.Exit(status(found))


def _read(
    instance: Path, baseline: Path | None, previous: Path | None, policy: str | None, force: bool
) -> Asked:
    """The week with its policy, and the baseline where it is given."""
    from iop_sched.cli.files import read_roster_of_week, read_week
    from iop_sched.rules import evaluate
    from iop_sched.week.loading import load_policy_file
    from iop_sched.what_if.trial import Asked

    if baseline is None:
        name = policy or "standard"
        return Asked(read_week(instance, previous), load_policy_file(name), name)
    try:
        given = read_roster_of_week(instance, baseline, previous, policy, force)
    except BadInputError as error:
        # --scenario and --change are what is tried here, not what the baseline was solved with
        raise BadInputError(
            f"{error}\nIf the baseline was solved with changes, write that week down first:"
            f' iop-sched convert {instance} changed.yaml --change "…"; then name changed.yaml here.'
        ) from None
    broken = evaluate(given.week, given.roster, given.policy).violations
    wrong = [one.message for one in broken if one.rule == "structure"]
    if wrong:
        raise BadInputError("\n".join([*wrong, f"{baseline} does not belong to this week."]))
    if broken:
        rules = ", ".join(sorted({one.rule for one in broken}))
        say(f"Warning: {baseline} breaks hard rules ({rules}). 'iop-sched check' lists them.")
    name = policy or given.roster.provenance.policy
    return Asked(given.week, given.policy, name, given.roster, str(baseline))


def _folder(
    out_dir: Path | None, cases: Iterable[Case], inputs: Iterable[Path | None], baseline: Path | None
) -> Folder | None:
    """Find out before the search, not after it, that nothing could be kept."""
    from iop_sched.cli.outputs import one_place
    from iop_sched.what_if.keep import Folder

    if out_dir is None:
        return None
    if not (out_dir.is_dir() if out_dir.exists() else out_dir.parent.is_dir()):
        raise BadInputError(f"--out-dir {out_dir}: this is no folder, and none can be made here.")
    folder = Folder(out_dir)
    given = [path for path in (*inputs, baseline) if path is not None]
    for path in folder.files(cases, baseline is None):
        if any(one_place(path, one) for one in given):
            raise BadInputError(f"--out-dir {out_dir}: {path} is read here. Name another folder.")
    return folder


def _tried(
    asked: Asked,
    cases: Sequence[Case],
    settings: Settings,
    where: tuple[str | None, int | None],
    folder: Folder | None,
    explain: str,
    quiet: bool,
) -> WhatIf:
    """Every case's result, or the end of the command; ``explain`` tells why the week has no roster."""
    from iop_sched.cli.what_if_progress import case_progress
    from iop_sched.fanout.fleet import FleetError, cores, fleet
    from iop_sched.what_if.trial import NoBaselineError, try_cases

    address, jobs = where
    if asked.roster is None:
        say("No --baseline is given: the unchanged week is solved first.", quiet=quiet)
    try:
        with (
            fleet(address, jobs or max(1, cores() // 2)) as ready,
            case_progress(len(cases), asked.roster is None, quiet, folder) as progress,
        ):
            return try_cases(asked, cases, settings, ready, progress)
    except FleetError as error:
        raise BadInputError(str(error)) from None
    except NoBaselineError as error:
        raise typer.Exit(no_baseline(error.answer, explain, settings.time_limit)) from None
