"""Solver against oracle on one generated tiny week: status, every tier's optimum, and single rosters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from accepts import accepts
from iop_sched.rules import evaluate
from iop_sched.solve.outcome import Outcome, SolveOptions, Strategy
from iop_sched.solve.run import solve
from iop_sched.solve.settings import SolverSettings, StagedSettings
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Objective
from iop_sched.week.roster import Roster
from master.points import master, point_of
from strategies import TinyWeek, draft, tiny_week

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


def compare(seed: int, strategy: Strategy = "full") -> Report:
    """Everything that is compared for a seed."""
    tiny = tiny_week(seed)
    tally = tiny.tally
    problems = [*_lexicographic(tiny, strategy), *_rosters(tiny)]
    if seed % WEIGHTED_EVERY == 0:
        problems += _weighted(tiny, strategy)
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


def _lexicographic(tiny: TinyWeek, strategy: Strategy) -> Iterator[str]:
    found = _solve(tiny.week, tiny.policy, strategy, "lexicographic")
    yield from _status(tiny, found)
    if found.status == "proven":
        values = tuple(result.value for result in found.tiers)
        if values != tiny.tally.best:
            yield f"the solver finds {values}, the oracle {tiny.tally.best}"


def _weighted(tiny: TinyWeek, strategy: Strategy) -> Iterator[str]:
    found = _solve(tiny.week, tiny.policy, strategy, "weighted")
    yield from _status(tiny, found)
    if found.weighted is not None and found.weighted.value != tiny.tally.best_weighted:
        yield f"weighted, the solver finds {found.weighted.value}, the oracle {tiny.tally.best_weighted}"


def _solve(week: ProgramWeek, policy: Policy, strategy: Strategy, objective: Objective) -> Outcome:
    options = SolveOptions(time_limit=SECONDS, workers=1, objective=objective, strategy=strategy)
    return solve(week, policy, options)


def _staged(week: ProgramWeek, policy: Policy, objective: Objective) -> Iterator[tuple[str, Outcome]]:
    """The staged strategy with its master to the end, handed over, and as so small a week has it."""
    options = SolveOptions(time_limit=SECONDS, workers=1, objective=objective, strategy="staged")
    to_the_end = SolverSettings(staged=StagedSettings(without=("alone", "destructive", "hand-over")))
    yield "staged", solve(week, policy, replace(options, settings=to_the_end))
    master = SolverSettings(staged=StagedSettings(without=("alone", "destructive")))
    yield "staged, handed over", solve(week, policy, replace(options, settings=master))
    yield "staged, small", solve(week, policy, replace(options, workers=2))


def _status(tiny: TinyWeek, found: Outcome) -> Iterator[str]:
    expected = "infeasible" if tiny.tally.best is None else "proven"
    if found.status != expected:
        why = "; ".join(violation.message for violation in found.defects)
        yield f"the solver says {found.status}, not {expected} {why}"


def _rosters(tiny: TinyWeek) -> Iterator[str]:
    """The model accepts what the specification accepts, and rejects what breaks a single rule.

    What the model accepts obeys every row of the master.
    """
    found = master(tiny.week, tiny.policy)
    planted = [*tiny.tally.accepted, *([tiny.tally.best_roster] if tiny.tally.best_roster else [])]
    for roster in planted:
        if not evaluate(tiny.week, roster, tiny.policy).holds:
            yield f"the oracle and the specification differ on {_text(roster)}"
        point = point_of(tiny.week, tiny.policy, roster)
        if point is None:
            yield f"the model rejects a legal roster: {_text(roster)}"
        elif not found.accepts(point):
            yield f"the master rejects a legal roster: {_text(roster)}"
    for rule, rosters in tiny.tally.rejected.items():
        for roster in rosters:
            broken = evaluate(tiny.week, roster, tiny.policy).violations
            if [violation.rule for violation in broken] != [rule]:
                yield f"the oracle says {rule} alone is broken by {_text(roster)}"
            if accepts(tiny.week, tiny.policy, roster):
                yield f"the model accepts a roster that breaks {rule}: {_text(roster)}"


def strategies_differ(seed: int, objective: Objective) -> list[str]:
    """What the staged strategy finds other than the full model does; the week needs no oracle."""
    theme, found = draft(seed, 0)
    week, policy = found.finish()
    full = _solve(week, policy, "full", objective)
    problems = []
    for name, found in _staged(week, policy, objective):
        if found.status != full.status or full.status not in ("proven", "infeasible"):
            problems.append(f"the full model says {full.status}, {name} {found.status}")
        if _values(found) != _values(full):
            problems.append(f"the full model finds {_values(full)}, {name} {_values(found)}")
        if found.roster is not None and not accepts(week, policy, found.roster):
            problems.append(f"the model rejects a roster of {name}: {_text(found.roster)}")
    return [f"seed {seed} ({theme}), {objective}: {problem}" for problem in problems]


def _values(found: Outcome) -> list[int]:
    """What is proven: the weighted sum, whose tiers may differ, or each tier."""
    return [found.weighted.value] if found.weighted else [tier.value for tier in found.tiers]


def _text(roster: Roster) -> str:
    return roster.model_dump_json(exclude_defaults=True)
