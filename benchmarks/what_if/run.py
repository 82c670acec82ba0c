"""A re-solve that stays close to a roster, against solving the changed week from nothing.

    python benchmarks/what_if/run.py --clients 48 --seed 1 --seed 2 --seed 3

generates weeks, solves each once, and makes about ten changes to it, one at a time. For each change it
prints, and writes to ``results.json`` beside this file, when staying close (``solve_close``, what ``what-if``
does) came upon its first roster and when it returned, what its roster is worth, and three solves that do not
know the roster before. *Solve* is what ``solve`` does with the changed week, by the weighted sum, until it is
worth as much, whomever it disturbs. *As close* is the full model under the objective of staying close, with
CP-SAT's usual workers, until it disturbs as little and is worth as much. *Own workers* is the same with the
two workers of ``what-if``. Whichever never does counts with its whole limit, which flatters it. Exit status 1
when a re-solve finds no roster.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median

from iop_sched.bench import machine
from iop_sched.cpsat import tiers
from iop_sched.cpsat.build import build
from iop_sched.cpsat.disruption import NAME, objective
from iop_sched.fanout.fleet import cores
from iop_sched.generate.build import generate
from iop_sched.generate.settings import Settings
from iop_sched.rules import Specification
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
from iop_sched.week.times import Day, Id

HERE = Path(__file__).resolve().parent
POLICY = Policy()
WANTED = 0.20
"""What part of the time from scratch a re-solve may take."""


COLD: dict[str, str] = {"solve": "solve", "as close": "no", "own workers": "proof"}
"""The solves that do not know the roster before; of the full model, how they hurry."""


@dataclass(frozen=True)
class Cold:
    """``seconds`` until a solve from nothing was as good, or its limit where it never was (``reached``)."""

    seconds: float
    reached: bool


@dataclass(frozen=True)
class Row:
    """One change of the week of a seed, with the solves from nothing by name.

    ``first_seconds``: to the first roster; ``seconds``: from the call to its return.
    """

    seed: int
    change: str
    status: str
    disruption: int | None = None
    bound: int | None = None
    first_seconds: float | None = None
    seconds: float | None = None
    tiers: tuple[int, ...] = ()
    weighted: int | None = None
    cold: dict[str, Cold] = field(default_factory=dict)

    def ratio(self, name: str) -> float | None:
        """Time from call to return over that of a solve from nothing."""
        if self.seconds is None or name not in self.cold:
            return None
        return self.seconds / self.cold[name].seconds


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, default=48, help="how many clients (default 48)")
    parser.add_argument("--seed", type=int, action="append", help="seed of a week (default 1, 2 and 3)")
    parser.add_argument("--limit", type=float, default=60, help="seconds for each solve (default 60)")
    parser.add_argument("--baseline-limit", type=float, default=30, help="seconds for the first (default 30)")
    parser.add_argument("--change", action="append", help="only this change (may be repeated)")
    parser.add_argument("--out", type=Path, default=HERE / "results.json", help="where the results go")
    asked = parser.parse_args()
    options = SolveOptions(time_limit=asked.limit, objective="weighted")
    rows = []
    for seed in asked.seed or (1, 2, 3):
        week = generate(Settings(clients=asked.clients, seed=seed)).week
        before = solve(week, POLICY, replace(options, time_limit=asked.baseline_limit)).roster
        if before is None:
            print(f"seed {seed}: no roster to begin with within the limit", file=sys.stderr)
            return 1
        for text in asked.change or changes(week, before):
            rows.append(measured(seed, text, week, before, options))
            print(line(rows[-1]), flush=True)
            asked.out.write_text(json.dumps(results(command(asked), rows), indent=2) + "\n", encoding="utf-8")
    show(rows)
    return 1 if any(row.seconds is None for row in rows) else 0


def command(asked: argparse.Namespace) -> str:
    """The command that was given, but for the file."""
    words = [f"python benchmarks/what_if/run.py --clients {asked.clients}"]
    words += [f"--seed {seed}" for seed in asked.seed or ()]
    words += [f"--limit {asked.limit:g} --baseline-limit {asked.baseline_limit:g}"]
    return " ".join([*words, *(f'--change "{text}"' for text in asked.change or ())])


def changes(week: ProgramWeek, before: Roster) -> list[str]:
    """What a director asks most: absences, closures, admissions, clients who change or go."""
    leader, other = [one.leader for one in before.cohorts if one.leader][:2]
    current = {one.client for one in week.previous.placements}
    settled = [one.client for one in before.placements if one.client in current]
    session = next(one for one in before.sessions if one.clients[0] in settled)
    last = max(one.day for one in before.facilitation if one.held)
    used = next(one for one in before.facilitation if one.room and one.day == Day.WED)
    return [
        f"out {leader} thu",
        f"out {other} mon 08:00-13:00",
        f"out {session.staff[0].clinician}",
        f"close {last.code}",
        f"close room {used.room} {used.day.code}",
        f"admit 1 {week.slots[0].id}",
        f"admit 2 {week.slots[-1].id}",
        f"pause {settled[0]}",
        f"discharge {settled[1]}",
        f"busy {session.clients[0]} {session.day.code}",
    ]


def measured(seed: int, text: str, week: ProgramWeek, before: Roster, options: SolveOptions) -> Row:
    """All solves of one change."""
    changed = apply(week, POLICY, [Scenario(text, "", (parse_change(text),))])
    known = {client.id for client in week.clients}
    newcomers: list[Id] = [client.id for client in changed.week.treated if client.id not in known]
    found = solve_close(changed.week, changed.policy, before, newcomers, options, base=week)
    outcome, changes = found.outcome, found.changes
    if outcome.roster is None or changes is None or outcome.weighted is None:
        return Row(seed, text, outcome.status)
    row = Row(
        seed,
        text,
        outcome.status,
        disruption=changes.value,
        bound=changes.bound,
        # without a search the roster before is the first one
        first_seconds=outcome.first_roster_seconds or outcome.seconds,
        seconds=outcome.seconds,
        tiers=tuple(tier.value for tier in outcome.tiers),
        weighted=outcome.weighted.value,
    )
    cold = {name: from_nothing(name, row, changed, before, newcomers, options) for name in COLD}
    return replace(row, cold=cold)


def from_nothing(
    name: str, row: Row, changed: Changed, before: Roster, newcomers: Sequence[Id], options: SolveOptions
) -> Cold:
    """A solve that begins with nothing and ends when it is as good as the row."""
    assert row.disruption is not None
    assert row.weighted is not None
    watch = Watch(math.inf if name == "solve" else row.disruption, row.weighted)
    if name == "solve":
        solve(changed.week, changed.policy, options, on_roster=watch.see)
    else:
        as_close(watch, COLD[name], changed, before, newcomers, options)
    seconds = watch.seconds()
    return Cold(options.time_limit if seconds is None else seconds, seconds is not None)


def as_close(
    watch: Watch, hurry: str, changed: Changed, before: Roster, newcomers: Sequence[Id], options: SolveOptions
) -> None:
    """The full model under the objective of staying close, then the weighted sum."""
    started = time.monotonic()
    model, costs = build(changed.week, changed.policy)
    model.costs = costs
    nearness = Nearness(changed.week, before, newcomers)
    incumbent = NearestRoster(
        Specification(changed.week, changed.policy),
        model,
        options,
        lambda: time.monotonic() - started,
        nearness=nearness,
        on_roster=watch.see,
    )
    wanted = [Block((objective(model, before, newcomers),)), Block((tiers.weighted(changed.policy, costs),))]
    state = State(model, wanted, options, incumbent, started, on_progress=None)
    with suppress(KeyboardInterrupt):
        solve_full(state, "proof" if hurry == "proof" else "no")


class Watch:
    """Notes when rosters come, and stops the solve when one is good enough."""

    def __init__(self, disruption: float, weighted: int) -> None:
        self._enough = (disruption, weighted)
        self._seen: list[tuple[float, int, int]] = []
        self._started = time.monotonic()

    def see(self, _: Roster, evaluation: Evaluation) -> None:
        """Take note of the best roster so far; raises ``KeyboardInterrupt``, which ends a solve in order."""
        if self.seconds() is None:
            # a solve of the changed week alone has no changes to count
            values = (evaluation.figure(NAME).value, evaluation.weighted.value)
            self._seen.append((time.monotonic() - self._started, *values))
            if self.seconds() is not None:
                raise KeyboardInterrupt

    def seconds(self) -> float | None:
        """Seconds to the first roster that disturbs as little and is worth as much; None where none came."""
        most, enough = self._enough
        return next((at for at, less, sum_ in self._seen if less <= most and sum_ <= enough), None)


def results(command: str, rows: list[Row]) -> dict[str, object]:
    """What is written."""
    return {
        "command": command,
        "versions": machine.versions().model_dump(),
        "cores": cores(),
        "load": machine.load(),
        "wanted": WANTED,
        **summary(rows),
        "changes": [asdict(row) | {"ratios": {name: row.ratio(name) for name in COLD}} for row in rows],
    }


def summary(rows: list[Row]) -> dict[str, object]:
    """Over the changes for which there is a roster: medians, and the ratios to each solve from nothing."""
    found: dict[str, object] = {
        "median_first_seconds": _median(row.first_seconds for row in rows),
        "median_seconds": _median(row.seconds for row in rows),
        "proven_least": sum(row.seconds is not None and row.bound == row.disruption for row in rows),
        "with_roster": sum(row.seconds is not None for row in rows),
        "changes_tried": len(rows),
    }
    for name in COLD:
        ratios = [ratio for row in rows if (ratio := row.ratio(name)) is not None]
        found[name] = {
            "median_ratio": _median(ratios),
            "least": min(ratios, default=None),
            "most": max(ratios, default=None),
            "within_wanted": sum(ratio <= WANTED for ratio in ratios),
            "never_as_good": sum(not row.cold[name].reached for row in rows if name in row.cold),
        }
    return found


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def line(row: Row) -> str:
    """A row of the table."""
    if row.seconds is None:
        return f"{row.seed} {row.change:<26} {row.status}"
    bound = "proven" if row.bound == row.disruption else f"at least {row.bound}"
    words = [
        f"{row.seed} {row.change:<26} disruption {row.disruption} ({bound}), weighted {row.weighted}",
        f"first {row.first_seconds:.1f} s, returned {row.seconds:.1f} s",
    ]
    for name, cold in row.cold.items():
        over = "" if cold.reached else "> "
        words.append(f"{name} {over}{cold.seconds:.1f} s ({row.ratio(name):.2f})")
    return "; ".join(words)


def show(rows: list[Row]) -> None:
    """The medians."""
    for name, value in summary(rows).items():
        print(f"{name.replace('_', ' '):<22} {_shown(value)}")


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_shown(one)}" for name, one in value.items())
    return f"{value:.2f}" if isinstance(value, float) else "none" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main())
