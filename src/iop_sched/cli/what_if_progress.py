"""How far the cases are, on stderr: a bar on a terminal, a line for each case elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iop_sched.cli.console import say
from iop_sched.week.visible import visible

if TYPE_CHECKING:
    from rich.progress import Progress

    from iop_sched.what_if.case import Case
    from iop_sched.what_if.keep import Folder
    from iop_sched.what_if.result import Baseline, CaseResult
    from iop_sched.what_if.run import Work

ALMOST = 0.95
"""Most of a running job that the bar shows as done."""


@dataclass
class CaseProgress:
    """Tells of a trial on stderr, and keeps what is found in a folder where one is given.

    ``done`` and ``total`` count the baseline where it is sought; ``bar`` is for a terminal.
    """

    total: int
    quiet: bool
    folder: Folder | None
    bar: Progress | None = None
    done: int = 0

    def look(self, work: Work) -> None:
        """Show how far the work is."""
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], **_standing(work, self.done))

    def found_baseline(self, found: Baseline) -> None:
        """Keep it, and count it as done."""
        self.done = 1
        if self.folder is not None:
            self.folder.keep_baseline(found.roster)
        self._say(1, f"baseline: {found.figures.placed} placed, {found.figures.waiting} waiting")

    def found_case(self, case: Case, found: CaseResult, work: Work) -> None:
        """Keep it, and say in a line what came of it."""
        from iop_sched.report.what_if import news

        if found.status == "not-begun":
            return
        if self.folder is not None:
            self.folder.keep(case, found.roster)
        self._say(self.done + len(work.answers), news(found))

    def _say(self, number: int, words: str) -> None:
        line = f"{number} of {self.total}  {words}"
        if self.bar is None:
            say(line, quiet=self.quiet)
        else:
            self.bar.console.print(visible(line), highlight=False, markup=False)


def _standing(work: Work, done: int) -> dict[str, Any]:
    """What the bar shows: how much is done, and which jobs run."""
    now = time.monotonic()
    jobs = [(work.jobs[index], now - work.began[index]) for index in work.running.values()]
    part = sum(min(ALMOST, seconds / job.time_limit) for job, seconds in jobs)
    words = ", ".join(f"{job.name} ({seconds:.0f} of {job.time_limit:g} s)" for job, seconds in jobs)
    return {"completed": done + len(work.answers) + part, "description": words}


@contextmanager
def case_progress(cases: int, baseline: bool, quiet: bool, folder: Folder | None) -> Iterator[CaseProgress]:
    """The progress of so many cases, and of the baseline where it is sought too."""
    total = cases + baseline
    if quiet or not sys.stderr.isatty():
        yield CaseProgress(total, quiet, folder)
        return
    with _bar(total) as bar:
        yield CaseProgress(total, quiet, folder, bar)


def _bar(total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    names = Column(ratio=1, no_wrap=True, overflow="ellipsis")
    bar = Progress(
        TextColumn("{task.description}", table_column=names, markup=False),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TextColumn("Ctrl-C keeps what is found"),
        console=Console(stderr=True),
        transient=True,
        expand=True,
    )
    bar.add_task("", total=total)
    return bar
