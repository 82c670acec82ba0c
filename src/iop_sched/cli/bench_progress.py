"""How far a study is, on stderr: a bar on a terminal, a line a run elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from iop_sched.cli.console import say

if TYPE_CHECKING:
    from iop_sched.bench.row import Row
    from iop_sched.bench.runner import State


@contextmanager
def study_progress(quiet: bool) -> Iterator[Callable[[State, Row | None], None]]:
    """To give to ``run_study`` as ``on_state``."""
    if quiet:
        yield lambda state, row: None
    elif not sys.stderr.isatty():
        yield lambda state, row: None if row is None else say(f"{_count(state)}  {outcome(row)}")
    else:
        with _bar() as on_state:
            yield on_state


@contextmanager
def _bar() -> Iterator[Callable[[State, Row | None], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=Console(stderr=True), expand=True) as progress:
        task = progress.add_task("", total=None, left="")

        def on_state(state: State, row: Row | None) -> None:
            if row is not None:
                progress.console.print(outcome(row), highlight=False, markup=False)
            job = next(iter(state.running.values()), None)
            words = f"{job.instance} {job.contender} seed {job.seed}" if job else "done"
            left = f"about {duration(state.seconds_left())} left"
            progress.update(task, description=words, total=state.total, completed=state.done, left=left)

        yield on_state


@contextmanager
def budget_progress(budget: float, quiet: bool) -> Iterator[Callable[[Row], None]]:
    """To be told of each run of a tuning that ends with its budget of seconds."""
    if quiet:
        yield lambda row: None
    elif not sys.stderr.isatty():
        yield lambda row: say(outcome(row))
    else:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("Tuning"), BarColumn(bar_width=None), TimeElapsedColumn())
        ending = TextColumn(f"of about {duration(budget)} (Ctrl-C stops)")
        with Progress(*columns, ending, console=Console(stderr=True), expand=True) as progress:
            task = progress.add_task("", total=budget)

            def on_row(row: Row) -> None:
                progress.console.print(outcome(row), highlight=False, markup=False)
                progress.update(task, completed=min(budget, progress.tasks[0].elapsed or 0.0))

            yield on_row


def _count(state: State) -> str:
    return f"{state.done} of {state.total}, about {duration(state.seconds_left())} left:"


def outcome(row: Row) -> str:
    """A run and what came of it, on one line."""
    what = (
        f"{row.instance} {row.who} workers {row.workers} seed {row.seed}, {row.time_limit:g} s: {row.status}"
    )
    if row.error:
        return f"{what}: {row.error.splitlines()[0]}"
    figures = [
        f"{name} {one.value}" + ("" if not one.gap else f" gap {one.gap:.2%}")
        for name, one in row.figures.items()
    ]
    return f"{what} in {row.seconds:.1f} s; {', '.join(figures)}" if figures else what


def duration(seconds: float) -> str:
    """Seconds as a person says them."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
