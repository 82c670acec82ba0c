"""Keeping what cases come to: for each its changed week, and its roster, as files of one folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from iop_sched.scenario.saying import condensed
from iop_sched.week.files import make_folder, write_roster, write_text
from iop_sched.week.result import RosterFile
from iop_sched.week.week_text import week_text
from iop_sched.what_if.case import Case

BASELINE = "baseline.json"


@dataclass(frozen=True)
class Folder:
    """Where files are kept: ``NAME.json`` the roster of a case, ``NAME.week.yaml`` the week it belongs to."""

    path: Path

    def roster(self, case: Case) -> Path:
        """The roster file of a case."""
        # the baseline's name is taken
        return self.path / f"{case.file}{'-case' if case.file == 'baseline' else ''}.json"

    def week(self, case: Case) -> Path:
        """The changed week of a case."""
        return self.path / f"{case.file}.week.yaml"

    def files(self, cases: Iterable[Case], baseline: bool) -> Iterator[Path]:
        """Every file that may be written; the ``baseline`` is, when it is solved first."""
        if baseline:
            yield self.path / BASELINE
        for case in cases:
            yield self.roster(case)
            yield self.week(case)

    def keep_baseline(self, roster: RosterFile) -> None:
        """Write the baseline's roster; raises ``OSError``."""
        make_folder(self.path)
        write_roster(self.path / BASELINE, roster)

    def keep(self, case: Case, roster: RosterFile | None) -> None:
        """Write a case's week, and its roster if there is one; raises ``OSError``."""
        make_folder(self.path)
        remark = f"What if: {case.name}. " + " ".join(condensed(case.changed.sentences))
        write_text(self.week(case), week_text(case.changed.week, remark=remark))
        if roster is not None:
            write_roster(self.roster(case), roster)
