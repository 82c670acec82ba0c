"""Compare the solver with the brute-force oracle on many generated tiny weeks.

    python benchmarks/agreement/run.py --weeks 5000

prints, and writes to ``results.json`` beside this file, how many weeks agree, and for each rule in how many
weeks status or optimum is another when the rule is left out. Exit status 1 when a week disagrees.

``--strategy staged`` compares the staged strategy with the oracle instead; write its results elsewhere with
``--out``.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tests"), str(HERE.parents[1] / "src")]

import ortools

import iop_sched
from agreement import Report, compare
from iop_sched.week.policy import RULES

LEAST = 50
"""Weeks whose optimum changes without a rule, at least, for the comparison to tell of the rule."""


@dataclass
class Totals:
    """What all seeds came to."""

    weeks: int = 0
    rosters: int = 0
    accepted: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def add(self, report: Report) -> None:
        """Count one seed."""
        self.weeks += 1
        self.rosters += report.rosters
        self.accepted += report.accepted
        self.statuses[report.status] += 1
        self.themes[report.theme] += 1
        self.changes.update(report.changes)
        self.rejected.update(report.rejected)
        self.problems += report.problems


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weeks", type=int, default=5000, help="how many weeks (default 5000)")
    parser.add_argument("--first", type=int, default=0, help="first seed (default 0)")
    parser.add_argument("--processes", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--strategy", choices=("full", "staged"), default="full", help="who solves (default full)"
    )
    parser.add_argument("--out", type=Path, default=HERE / "results.json", help="where the results go")
    asked = parser.parse_args()
    started, totals = time.monotonic(), Totals()
    seeds = range(asked.first, asked.first + asked.weeks)
    with ProcessPoolExecutor(asked.processes) as pool:
        for report in pool.map(partial(compare, strategy=asked.strategy), seeds, chunksize=5):
            totals.add(report)
            for problem in report.problems:
                print(problem, file=sys.stderr, flush=True)
            if totals.weeks % 100 == 0:
                seconds = time.monotonic() - started
                print(
                    f"{totals.weeks} weeks, {len(totals.problems)} problems, {seconds:.0f} s", file=sys.stderr
                )
    asked.out.write_text(
        json.dumps(results(totals, seeds, asked.strategy), indent=2) + "\n", encoding="utf-8"
    )
    show(totals)
    return 1 if totals.problems else 0


def results(totals: Totals, seeds: range, strategy: str) -> dict[str, object]:
    """What is written."""
    option = "" if strategy == "full" else f" --strategy {strategy}"
    return {
        "command": f"python benchmarks/agreement/run.py --weeks {len(seeds)} --first {seeds.start}{option}",
        "seeds": [seeds.start, seeds.stop - 1],
        "weeks": totals.weeks,
        "disagreements": len(totals.problems),
        "feasible": totals.statuses["feasible"],
        "infeasible": totals.statuses["infeasible"],
        "rosters_enumerated": totals.rosters,
        "legal_rosters_accepted_by_the_model": totals.accepted,
        "changes_without_rule": {rule: totals.changes[rule] for rule in RULES},
        "single_violations_rejected_by_the_model": {rule: totals.rejected[rule] for rule in RULES},
        "themes": dict(sorted(totals.themes.items())),
        "versions": {
            "iop_sched": iop_sched.__version__,
            "ortools": ortools.__version__,
            "python": platform.python_version(),
        },
        "problems": totals.problems[:50],
    }


def show(totals: Totals) -> None:
    """The table."""
    print(f"{totals.weeks} weeks, {totals.rosters} rosters, {len(totals.problems)} disagreements")
    print(f"{'rule':<20}{'other optimum without it':>26}{'rejected when broken alone':>28}")
    for rule in RULES:
        few = "  too few" if totals.changes[rule] < LEAST else ""
        print(f"{rule:<20}{totals.changes[rule]:>26}{totals.rejected[rule]:>28}{few}")


if __name__ == "__main__":
    sys.exit(main())
