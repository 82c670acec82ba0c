"""A re-solve that stays close to a roster, against solving the changed week from scratch.

    python benchmarks/what_if/run.py --clients 48 --seed 1

generates a week, solves it once, and makes about ten changes to it, one at a time. For each it prints, and
writes to ``results.json`` beside this file, when staying close (``solve_close``) came upon its first roster
and upon its last one and when it returned, what each is worth, and two solves that do not know the roster
before. *From scratch* is the solve of the changed week, by the weighted sum alone, until it is worth as much.
*As close* is the full model under the objective of staying close, until it disturbs as little and is worth as
much. Whichever never does counts with its whole limit, which flatters it. Exit status 1 when a re-solve finds
no roster.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

from iop_sched.bench import machine
from iop_sched.cpsat import tiers
from iop_sched.cpsat.build import build
from iop_sched.cpsat.disruption import NAME, objective
from iop_sched.fanout.fleet import cores
from iop_sched.generate.build import generate
from iop_sched.generate.settings import Settings
from iop_sched.rules.findings import Evaluation
from iop_sched.scenario.apply import apply
from iop_sched.scenario.change import Changed
from iop_sched.scenario.grammar import parse_change
from iop_sched.scenario.scenario import Scenario
from iop_sched.solve.blocks import Block
from iop_sched.solve.close import solve_close
from iop_sched.solve.full import solve_full
from iop_sched.solve.nearness import NearestRoster, Nearness
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.solve.state import State
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id

HERE = Path(__file__).resolve().parent
POLICY = Policy()
WANTED = 0.20
"""What part of the time from scratch a re-solve may take."""


@dataclass(frozen=True)
class Row:
    """One change.

    ``first_seconds``: to the first roster, and ``cold_first_seconds`` from scratch to one worth as much.
    ``close_seconds``: to the last roster that was better; ``ended_seconds``: to the proof, or to the end of
    the time. ``cold_seconds``: to a roster worth as much, or the limit where none came (``cold_reached``).
    ``same_seconds``: without the roster before, to one that disturbs as little and is worth as much, or the
    limit (``same_reached``).
    """

    change: str
    status: str
    disruption: int | None = None
    bound: int | None = None
    first_seconds: float | None = None
    first_weighted: int | None = None
    cold_first_seconds: float | None = None
    close_seconds: float | None = None
    ended_seconds: float | None = None
    tiers: tuple[int, ...] = ()
    weighted: int | None = None
    cold_seconds: float | None = None
    cold_weighted: int | None = None
    cold_reached: bool = False
    same_seconds: float | None = None
    same_reached: bool = False

    @property
    def ratio(self) -> float | None:
        """Time of the re-solve over that of the solve from scratch."""
        if self.close_seconds is None or self.cold_seconds is None:
            return None
        return self.close_seconds / self.cold_seconds

    @property
    def first_ratio(self) -> float | None:
        """The same of the first roster."""
        if self.first_seconds is None or self.cold_first_seconds is None:
            return None
        return self.first_seconds / self.cold_first_seconds

    @property
    def returned_ratio(self) -> float | None:
        """From the call to its return, over the time to the same disruption and worth without a roster."""
        if self.ended_seconds is None or self.same_seconds is None:
            return None
        return self.ended_seconds / self.same_seconds


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, default=48, help="how many clients (default 48)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the week (default 1)")
    parser.add_argument("--limit", type=float, default=60, help="seconds for each solve (default 60)")
    parser.add_argument("--baseline-limit", type=float, default=60, help="seconds for the first (default 60)")
    parser.add_argument("--change", action="append", help="only this change (may be repeated)")
    parser.add_argument("--out", type=Path, default=HERE / "results.json", help="where the results go")
    asked = parser.parse_args()
    options = SolveOptions(time_limit=asked.limit, objective="weighted")
    week = generate(Settings(clients=asked.clients, seed=asked.seed)).week
    before = solve(week, POLICY, replace(options, time_limit=asked.baseline_limit)).roster
    if before is None:
        print("no roster to begin with within the limit", file=sys.stderr)
        return 1
    rows = []
    for text in asked.change or changes(week, before):
        rows.append(measured(text, week, before, options))
        print(line(rows[-1]), flush=True)
    command = f"python benchmarks/what_if/run.py --clients {asked.clients} --seed {asked.seed}"
    command += f" --limit {asked.limit:g} --baseline-limit {asked.baseline_limit:g}"
    command += "".join(f' --change "{text}"' for text in asked.change or ())
    asked.out.write_text(json.dumps(results(command, rows), indent=2) + "\n", encoding="utf-8")
    show(rows)
    return 1 if any(row.close_seconds is None for row in rows) else 0


def changes(week: ProgramWeek, before: Roster) -> list[str]:
    """What a director asks most: absences, closures, admissions, clients who change or go."""
    leader, other = [one.leader for one in before.cohorts if one.leader][:2]
    current = {one.client for one in week.previous.placements}
    settled = [one.client for one in before.placements if one.client in current]
    session = next(one for one in before.sessions if one.clients[0] in settled)
    return [
        f"out {leader} thu",
        f"out {other} mon 08:00-13:00",
        f"out {session.staff[0].clinician}",
        "close fri",
        f"close room {week.rooms[0].id} wed",
        f"admit 1 {week.slots[0].id}",
        f"admit 2 {week.slots[-1].id}",
        f"pause {settled[0]}",
        f"discharge {settled[1]}",
        f"busy {session.clients[0]} {session.day.code}",
    ]


def measured(text: str, week: ProgramWeek, before: Roster, options: SolveOptions) -> Row:
    """Both solves of one change."""
    changed = apply(week, POLICY, [Scenario(text, "", (parse_change(text),))])
    known = {client.id for client in week.clients}
    newcomers: list[Id] = [client.id for client in changed.week.treated if client.id not in known]
    watch = Watch()
    found = solve_close(changed.week, changed.policy, before, newcomers, options, on_roster=watch.see)
    roster, changes = found.outcome.roster, found.changes
    if roster is None or changes is None or found.outcome.weighted is None:
        return Row(text, found.outcome.status)
    # without a search the roster before is the first and the last one
    seen = watch.seen or [(found.outcome.seconds, changes.value, found.outcome.weighted.value)]
    row = Row(
        text,
        found.outcome.status,
        disruption=changes.value,
        bound=changes.bound,
        first_seconds=seen[0][0],
        first_weighted=seen[0][2],
        close_seconds=seen[-1][0],
        ended_seconds=found.outcome.seconds,
        tiers=tuple(tier.value for tier in found.outcome.tiers),
        weighted=found.outcome.weighted.value,
    )
    return as_close(from_scratch(row, changed, options), changed, before, newcomers, options)


def as_close(
    row: Row, changed: Changed, before: Roster, newcomers: Sequence[Id], options: SolveOptions
) -> Row:
    """The row with a solve under the same objective that begins with nothing and ends when it is as good."""
    assert row.disruption is not None
    assert row.weighted is not None
    watch, started = Watch(row.disruption, row.weighted), time.monotonic()
    model, costs = build(changed.week, changed.policy)
    model.costs = costs
    nearness = Nearness(changed.week, before, newcomers)
    incumbent = NearestRoster(
        changed.week,
        changed.policy,
        model,
        options,
        lambda: time.monotonic() - started,
        nearness=nearness,
        on_roster=watch.see,
    )
    wanted = [Block((objective(model, before, newcomers),)), Block((tiers.weighted(changed.policy, costs),))]
    state = State(model, wanted, options, incumbent, started, on_progress=None)
    with suppress(KeyboardInterrupt):
        solve_full(state)
    seconds = watch.until(row.disruption, row.weighted)
    return replace(
        row,
        same_seconds=options.time_limit if seconds is None else seconds,
        same_reached=seconds is not None,
    )


def from_scratch(row: Row, changed: Changed, options: SolveOptions) -> Row:
    """The row with a solve that ends when it is as good."""
    assert row.weighted is not None
    assert row.first_weighted is not None
    watch = Watch(weighted=min(row.weighted, row.first_weighted))
    found = solve(changed.week, changed.policy, options, on_roster=watch.see)
    last, first = watch.until(weighted=row.weighted), watch.until(weighted=row.first_weighted)
    return replace(
        row,
        cold_first_seconds=options.time_limit if first is None else first,
        cold_seconds=options.time_limit if last is None else last,
        cold_weighted=found.weighted.value if found.weighted else None,
        cold_reached=last is not None,
    )


class Watch:
    """Notes when rosters come, and stops the solve when one is good enough."""

    def __init__(self, disruption: float = math.inf, weighted: float | None = None) -> None:
        self._enough = (disruption, weighted)
        self.seen: list[tuple[float, int, int]] = []
        self._best: tuple[int, int] | None = None
        self._started = time.monotonic()

    def see(self, _: Roster, evaluation: Evaluation) -> None:
        """Take note of the best roster so far; raises ``KeyboardInterrupt``, which ends a solve in order."""
        disruption, weighted = self._enough
        # one that is as good is handed on, too; a solve from scratch has no changes to count
        values = (evaluation.figure(NAME).value, evaluation.weighted.value)
        if values == self._best or (weighted is not None and self.until(disruption, weighted) is not None):
            return
        self._best = values
        self.seen.append((time.monotonic() - self._started, *values))
        if weighted is not None and self.until(disruption, weighted) is not None:
            raise KeyboardInterrupt

    def until(self, disruption: float = math.inf, weighted: float = math.inf) -> float | None:
        """Seconds to the first roster that disturbs as little and is worth as much; None where none came."""
        return next((at for at, less, sum_ in self.seen if less <= disruption and sum_ <= weighted), None)


def results(command: str, rows: list[Row]) -> dict[str, object]:
    """What is written."""
    return {
        "command": command,
        "versions": machine.versions().model_dump(),
        "cores": cores(),
        "load": machine.load(),
        "wanted": WANTED,
        **summary(rows),
        "changes": [
            asdict(row)
            | {"ratio": row.ratio, "first_ratio": row.first_ratio, "returned_ratio": row.returned_ratio}
            for row in rows
        ],
    }


def summary(rows: list[Row]) -> dict[str, object]:
    """Medians over the changes for which there is a roster."""
    return {
        "median_close_seconds": _median(row.close_seconds for row in rows),
        "median_cold_seconds": _median(row.cold_seconds for row in rows),
        "median_ratio": _median(row.ratio for row in rows),
        "median_first_ratio": _median(row.first_ratio for row in rows),
        "first_within_wanted": sum(row.first_ratio is not None and row.first_ratio <= WANTED for row in rows),
        "within_wanted": sum(row.ratio is not None and row.ratio <= WANTED for row in rows),
        "median_returned_ratio": _median(row.returned_ratio for row in rows),
        "returned_within_wanted": sum(
            row.returned_ratio is not None and row.returned_ratio <= WANTED for row in rows
        ),
        "cold_never_as_good": sum(row.cold_seconds is not None and not row.cold_reached for row in rows),
    }


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def line(row: Row) -> str:
    """A row of the table."""
    if row.ratio is None:
        return f"{row.change:<28} {row.status}"
    cold = f"{'' if row.cold_reached else '>'}{row.cold_seconds:.1f} s"
    same = f"{'' if row.same_reached else '>'}{row.same_seconds:.1f} s"
    bound = "proven" if row.bound == row.disruption else f"at least {row.bound}"
    return (
        f"{row.change:<28} disruption {row.disruption} ({bound}), weighted {row.weighted}:"
        f" close {row.close_seconds:.1f} s, from scratch {cold}, ratio {row.ratio:.2f};"
        f" first {row.first_seconds:.1f} s, from scratch {row.cold_first_seconds:.1f} s,"
        f" ratio {row.first_ratio:.2f}; returned {row.ended_seconds:.1f} s, as close {same},"
        f" ratio {row.returned_ratio:.2f}"
    )


def show(rows: list[Row]) -> None:
    """The medians."""
    for name, value in summary(rows).items():
        shown = f"{value:.2f}" if isinstance(value, float) else "none" if value is None else value
        print(f"{name.replace('_', ' '):<24} {shown}")


if __name__ == "__main__":
    sys.exit(main())
