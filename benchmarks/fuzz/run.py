"""Spoil files of weeks by the hundred thousand, load each, and count what comes of it.

    python benchmarks/fuzz/run.py --files 100000 --jobs 2

Workbooks (bytes spoilt, or parts before they are packed), folders of CSV files, YAML and JSON. Loading may
end in a week or in ``InputProblems``; anything else, more than 2 s of processor time or 512 MB is a failure,
printed with its kind and seed. Results go to ``results.json`` beside this file. Exit status 1 when anything
failed.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tests"), str(HERE.parents[1] / "src")]

from iop_sched.week.loading import load_week
from iop_sched.week.problems import InputProblems
from tables.spoiling import KINDS, spoilt

SECONDS = 2.0
MEGABYTES = 512
BATCH = 200


@dataclass
class Found:
    """What came of some files of one kind."""

    files: int = 0
    refused: int = 0
    slowest_seconds: float = 0.0
    most_megabytes: float = 0.0
    failures: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Count other files in."""
        self.files += other.files
        self.refused += other.refused
        self.slowest_seconds = max(self.slowest_seconds, other.slowest_seconds)
        self.most_megabytes = max(self.most_megabytes, other.most_megabytes)
        self.failures += other.failures


def batch(kind: str, seeds: range) -> Found:
    """Load the files of some seeds."""
    found = Found()
    with TemporaryDirectory() as folder:
        for seed in seeds:
            path = spoilt(kind, seed, Path(folder))
            begun = time.process_time()
            try:
                load_week(path)
            except InputProblems as error:
                found.refused += 1
                if not error.problems or any("\n" in str(one) for one in error.problems):
                    found.failures.append(f"{kind} {seed}: nothing said, or not in one line")
            except BaseException as error:
                found.failures.append(f"{kind} {seed}: {type(error).__name__}")
            seconds = time.process_time() - begun
            if seconds > SECONDS:
                found.failures.append(f"{kind} {seed}: {seconds:.1f} s")
            found.files += 1
            found.slowest_seconds = max(found.slowest_seconds, seconds)
    found.most_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if found.most_megabytes > MEGABYTES:
        found.failures.append(f"{kind} {seeds}: {found.most_megabytes:.0f} MB")
    return found


def batches(files: int, first: int) -> Iterator[tuple[str, range]]:
    """The same number of files of each kind, in batches."""
    end = first + -(-files // len(KINDS))
    for start in range(first, end, BATCH):
        for kind in KINDS:
            yield kind, range(start, min(end, start + BATCH))


def main() -> int:
    """Run all batches, print and write what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    wanted = parser.parse_args()
    totals = {kind: Found() for kind in KINDS}
    # A process for each batch, so that its memory is its own.
    with ProcessPoolExecutor(wanted.jobs, max_tasks_per_child=1) as pool:
        running = {pool.submit(batch, *one): one for one in batches(wanted.files, wanted.first)}
        for done in as_completed(running):
            kind, seeds = running[done]
            try:
                totals[kind].add(done.result())
            except BrokenProcessPool:
                totals[kind].failures.append(f"{kind} {seeds}: the process died")
    failures = [line for found in totals.values() for line in found.failures]
    for kind, found in totals.items():
        print(
            f"{kind:9} {found.files:7,} files, {found.refused:7,} refused,"
            f" slowest {found.slowest_seconds:.2f} s, most {found.most_megabytes:.0f} MB,"
            f" {len(found.failures)} failures"
        )
    print("\n".join(failures))
    record = {
        "python": platform.python_version(),
        "kinds": {kind: asdict(one) for kind, one in totals.items()},
    }
    wanted.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
