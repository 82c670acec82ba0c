"""``iop-sched bench`` and ``iop-sched bench report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.outputs import check_output

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from iop_sched.bench.job import Job
    from iop_sched.fanout.fleet import Fleet


class StudyFirst(TyperGroup):
    """``bench STUDY.toml`` means ``bench run STUDY.toml``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``run`` before whatever is neither a command nor a call for help."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    name="bench",
    cls=StudyFirst,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def bench() -> None:
    """Compare strategies, settings and peers in a study.

    'bench STUDY.toml' runs a study (the same as 'bench run'), and 'bench report' makes its tables.

    \b
    Example:
      iop-sched bench benchmarks/studies/workers.toml --out workers.jsonl
      iop-sched bench report workers.jsonl --html workers.html
    """


@app.command()
@guarded
def run(
    study: Annotated[
        Path, typer.Argument(metavar="STUDY.toml", help="What is compared.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="ROWS.jsonl",
            help="Where rows are added; the study's name in this folder, unless you say otherwise.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="Runs at a time; they then share the cores.")
    ] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Run on a Dask cluster (pip install 'iop-sched[cluster]'), one run a worker.",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no messages.")] = False,
) -> None:
    """Run a study, or go on with one.

    Each run is a process of its own; its row is added to a JSON Lines file as it finishes, a failed run's
    with its error. Interrupt it when you like: the same command goes on where it stopped.

    \b
    Examples:
      iop-sched bench study.toml --out rows.jsonl
      iop-sched bench study.toml --out rows.jsonl --cluster tcp://scheduler:8786
    """
    from iop_sched.bench.plan import calibration
    from iop_sched.bench.plan import jobs as jobs_of
    from iop_sched.bench.study import load_study, require_contenders
    from iop_sched.fanout.fleet import FleetError, fleet

    if cluster is not None and jobs > 1:
        raise BadInputError("--jobs is for this machine: a cluster runs one job on each of its workers.")
    asked = load_study(study)
    require_contenders(asked, study)
    path = Path(f"{study.stem}.jsonl") if out is None else out
    check_output("--out", path, (study,))
    planned = jobs_of(asked, study.parent, path.with_suffix(".weeks"))
    if jobs > 1:
        say(f"Warning: {jobs} runs at a time share the cores; their times cannot be compared.", quiet=quiet)
    try:
        _run(planned, calibration(), path, fleet(cluster, jobs), quiet)
    except FleetError as error:
        raise BadInputError(str(error)) from None


def _run(
    jobs: list[Job], calibration: Job | None, path: Path, fleet: AbstractContextManager[Fleet], quiet: bool
) -> None:
    from iop_sched.bench.rows import open_rows
    from iop_sched.bench.runner import run_study
    from iop_sched.cli.bench_progress import study_progress

    with open_rows(path) as rows:
        before = len(rows.finished & {job.key for job in jobs})
        if before:
            say(f"{before} of {len(jobs)} runs are in {path} already.", quiet=quiet)
        try:
            with fleet as ready, study_progress(quiet) as on_state:
                state = run_study(jobs, calibration, rows, ready, on_state)
        except KeyboardInterrupt:
            kept = len(rows.finished & {job.key for job in jobs})
            say(f"Interrupted: {kept} of {len(jobs)} rows are in {path}; the same command goes on.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
    say(f"All {state.total} runs are in {path}, {state.failures} without a roster.", quiet=quiet)
    say(f"Next: iop-sched bench report {path}", quiet=quiet)


@app.command()
@guarded
def report(
    rows: Annotated[
        list[Path], typer.Argument(metavar="ROWS.jsonl...", help="What studies wrote.", show_default=False)
    ],
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Also write one HTML page with plots (pip install 'iop-sched[bench]').",
            show_default=False,
        ),
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the tables as Markdown, to keep them in a document.")
    ] = False,
) -> None:
    """Make the tables of one or more studies.

    Medians and quartiles for each week and contender, failures and time-outs counted, wins in pairs with
    how sure they are; with --html also value and bound over time and performance profiles.

    \b
    Example:
      iop-sched bench report rows.jsonl --html report.html
    """
    from iop_sched.bench.report.page import MissingExtraError, page
    from iop_sched.bench.report.results import Results
    from iop_sched.bench.report.tables import tables
    from iop_sched.bench.rows import read_rows
    from iop_sched.cli.console import show, show_text
    from iop_sched.report.sheet import Sheet, WhereItFits, section
    from iop_sched.week.files import write_text

    check_output("--html", html, rows)
    found = read_rows(rows)
    if not found:
        raise BadInputError("There is no row yet in these files. 'iop-sched bench STUDY.toml' writes them.")
    results = Results(tuple(found))
    for table in tables(results):
        if markdown:
            show_text(f"{table.markdown}\n")
            continue
        sheet = WhereItFits(Sheet(table.titles, table.rows), Sheet(table.titles, table.medians))
        show(section(table.title, sheet, note=table.note))
    if html is None:
        return
    try:
        write_text(html, page(results))
    except MissingExtraError as error:
        raise BadInputError(str(error)) from None
    say(f"The page is {html}.")
