"""What ``check`` says: violations line by line, and recorded figures that are not the recomputed ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType

from iop_sched.report.sheet import Sheet, paragraph
from iop_sched.report.words import Labels, count
from iop_sched.rules import Evaluation, Violation, evaluate
from iop_sched.week.policy import TIERS, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile

RECORD = "record"


@dataclass(frozen=True)
class Figure:
    """A tier as recorded in the roster file and as recomputed; recorded is None when it is missing."""

    tier: str
    recorded: int | None
    recomputed: int


@dataclass(frozen=True)
class Check:
    """The result of checking a roster."""

    violations: tuple[Violation, ...]
    figures: tuple[Figure, ...]

    @property
    def well(self) -> bool:
        """Whether every hard rule holds and every recorded figure is right."""
        return not self.violations

    def lines(self, labels: Labels) -> list[str]:
        """One line a violation, then how many."""
        lines = [line(violation, labels) for violation in self.violations]
        return [*lines, f"{count(len(lines), 'violation')}."]

    def table(self) -> RenderableType:
        """The recomputed tiers, when all is well."""
        rows = [(one.tier, str(one.recorded), str(one.recomputed)) for one in self.figures]
        titles = ("Tier", ">Recorded", ">Recomputed")
        return Group(
            paragraph("Every hard rule holds, and the recorded values are right."), Sheet(titles, rows)
        )

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "holds": self.well,
            "violations": [vars(violation) for violation in self.violations],
            "tiers": [vars(figure) for figure in self.figures],
        }


def line(violation: Violation, labels: Labels) -> str:
    """Rule, who, when, by how much, and in words."""
    who = " ".join(part for part in (labels.text(violation.who), violation.when) if part)
    return f"{violation.rule}: {who}: {labels.text(violation.message)} (by {violation.amount})"


def check_roster(week: ProgramWeek, roster: RosterFile, policy: Policy) -> Check:
    """Recompute everything that a roster file claims."""
    evaluation = evaluate(week, roster, policy)
    recorded = {tier.name: tier for tier in roster.tiers}
    figures = [
        Figure(tier, recorded[tier].value if tier in recorded else None, evaluation.tiers[tier].value)
        for tier in policy.tiers
    ]
    if roster.weighted is not None:
        figures.append(Figure("weighted", roster.weighted.value, evaluation.weighted.value))
    broken = list(evaluation.violations)
    if not any(one.rule == "structure" for one in broken):
        broken += [_differs(figure) for figure in figures if figure.recorded != figure.recomputed]
        broken += _claims(roster, evaluation)
        broken += _unplaced(week, roster)
    return Check(tuple(broken), tuple(figures))


def _differs(figure: Figure) -> Violation:
    if figure.recorded is None:
        return Violation(RECORD, figure.tier, "", "the roster records no value for this tier")
    message = f"recorded value {figure.recorded}, recomputed {figure.recomputed}"
    return Violation(RECORD, figure.tier, "", message, abs(figure.recorded - figure.recomputed))


def _claims(roster: RosterFile, evaluation: Evaluation) -> list[Violation]:
    """Scales, bounds and gaps that contradict the value they belong to."""
    found = []
    if roster.status == "broken" and evaluation.holds:
        found.append(Violation(RECORD, "status", "", "recorded as broken, and every hard rule holds"))
    scales = {tier: evaluation.tiers[tier].scale for tier in TIERS} | {"weighted": evaluation.weighted.scale}
    for tier in (*roster.tiers, *((roster.weighted,) if roster.weighted is not None else ())):
        if tier.name not in scales:
            found.append(Violation(RECORD, tier.name, "", "there is no such tier"))
            continue
        if tier.scale != scales[tier.name]:
            message = f"recorded scale {tier.scale}, recomputed {scales[tier.name]}"
            found.append(Violation(RECORD, tier.name, "", message, abs(tier.scale - scales[tier.name])))
        # A bound is about rosters that keep the rules; one that was changed by hand may be below it.
        if tier.bound > tier.value and (evaluation.holds or roster.status != "broken"):
            message = f"recorded bound {tier.bound} is above the value {tier.value}"
            found.append(Violation(RECORD, tier.name, "", message, tier.bound - tier.value))
        if abs(tier.gap - (tier.value - tier.bound) / tier.scale) > 1e-6:
            found.append(Violation(RECORD, tier.name, "", "recorded gap is not (value - bound) / scale"))
        if tier.status != "open" and tier.bound != tier.value:
            message = f"recorded as {tier.status}, but value and bound differ"
            found.append(Violation(RECORD, tier.name, "", message, abs(tier.value - tier.bound)))
    return found


def _unplaced(week: ProgramWeek, roster: RosterFile) -> list[Violation]:
    placed = {placement.client for placement in roster.placements}
    wanted = {one.id for one in week.treated} - placed
    recorded = {one.client for one in roster.unplaced}
    return [
        Violation(RECORD, client, "", "listed as unplaced and is not, or missing from that list")
        for client in sorted(wanted ^ recorded)
    ]
