"""Solver against oracle on one generated tiny week: status, every tier's optimum, and single rosters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accepts import accepts
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.solve.run import solve
from iop_sched.week.result import Objective
from iop_sched.week.roster import Roster
from strategies import TinyWeek, tiny_week

SECONDS = 300.0
WEIGHTED_EVERY = 5
"""One seed in so many is solved by the weighted objective too."""


@dataclass(frozen=True)
class Report:
    """What came of a seed; ``changes`` are rules without which the optimum is another."""

    seed: int
    theme: str
    status: str
    rosters: int
    changes: tuple[str, ...]
    accepted: int
    rejected: tuple[str, ...]
    problems: tuple[str, ...]


def compare(seed: int) -> Report:
    """Everything that is compared for a seed."""
    tiny = tiny_week(seed)
    tally = tiny.tally
    problems = [*_lexicographic(tiny), *_rosters(tiny)]
    if seed % WEIGHTED_EVERY == 0:
        problems += _weighted(tiny)
    return Report(
        seed=seed,
        theme=tiny.theme,
        status="infeasible" if tally.best is None else "feasible",
        rosters=tally.rosters,
        changes=tuple(sorted(tally.changes())),
        accepted=len(tally.accepted),
        rejected=tuple(sorted(tally.rejected)),
        problems=tuple(f"seed {seed} ({tiny.theme}): {problem}" for problem in problems),
    )


def _lexicographic(tiny: TinyWeek) -> Iterator[str]:
    found = _solve(tiny, "lexicographic")
    yield from _status(tiny, found)
    if found.status == "proven":
        values = tuple(result.value for result in found.tiers)
        if values != tiny.tally.best:
            yield f"the solver finds {values}, the oracle {tiny.tally.best}"


def _weighted(tiny: TinyWeek) -> Iterator[str]:
    found = _solve(tiny, "weighted")
    yield from _status(tiny, found)
    if found.weighted is not None and found.weighted.value != tiny.tally.best_weighted:
        yield f"weighted, the solver finds {found.weighted.value}, the oracle {tiny.tally.best_weighted}"


def _solve(tiny: TinyWeek, objective: Objective) -> Outcome:
    return solve(tiny.week, tiny.policy, SolveOptions(time_limit=SECONDS, workers=1, objective=objective))


def _status(tiny: TinyWeek, found: Outcome) -> Iterator[str]:
    expected = "infeasible" if tiny.tally.best is None else "proven"
    if found.status != expected:
        why = "; ".join(violation.message for violation in found.defects)
        yield f"the solver says {found.status}, not {expected} {why}"


def _rosters(tiny: TinyWeek) -> Iterator[str]:
    """The model accepts what the specification accepts, and rejects what breaks a single rule."""
    planted = [*tiny.tally.accepted, *([tiny.tally.best_roster] if tiny.tally.best_roster else [])]
    for roster in planted:
        if not evaluate(tiny.week, roster, tiny.policy).holds:
            yield f"the oracle and the specification differ on {_text(roster)}"
        if not accepts(tiny.week, tiny.policy, roster):
            yield f"the model rejects a legal roster: {_text(roster)}"
    for rule, rosters in tiny.tally.rejected.items():
        for roster in rosters:
            broken = evaluate(tiny.week, roster, tiny.policy).violations
            if [violation.rule for violation in broken] != [rule]:
                yield f"the oracle says {rule} alone is broken by {_text(roster)}"
            if accepts(tiny.week, tiny.policy, roster):
                yield f"the model accepts a roster that breaks {rule}: {_text(roster)}"


def _text(roster: Roster) -> str:
    return roster.model_dump_json(exclude_defaults=True)
