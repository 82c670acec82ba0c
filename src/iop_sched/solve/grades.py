"""What a roster's tiers are worth: value, bound, status and gap of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from iop_sched.rules.findings import Evaluation
from iop_sched.week.policy import Policy
from iop_sched.week.result import TierResult, TierStatus

Graded = tuple[Literal["proven", "feasible"], tuple[TierResult, ...], TierResult | None]


def graded(
    evaluation: Evaluation,
    policy: Policy,
    weighted: bool,
    bounds: Mapping[str, int],
    floating: Collection[str],
) -> Graded:
    """Status of the solve, its tiers, and the weighted sum where that is the objective.

    Under the weighted objective a tier's own bound is mostly just that penalties are not negative.
    """
    tiers = [result(evaluation, name, bounds, floating) for name in policy.tiers]
    if weighted:
        whole = result(evaluation, "weighted", bounds, floating)
        return "proven" if whole.status == "proven" else "feasible", tuple(tiers), whole
    settled: list[TierResult] = []
    for tier in tiers:
        earlier_open = any(r.status != "proven" for r in settled)
        status: TierStatus = "conditional" if tier.status == "proven" and earlier_open else tier.status
        settled.append(tier.model_copy(update={"status": status}))
    return "proven" if all(r.status == "proven" for r in settled) else "feasible", tuple(settled), None


def result(
    evaluation: Evaluation, name: str, bounds: Mapping[str, int], floating: Collection[str]
) -> TierResult:
    """One tier's value beside its bound; ``floating`` names those whose bound rests on floating point."""
    figure = evaluation.figure(name)
    bound = min(bounds.get(name, 0), figure.value)
    return TierResult(
        name=name,
        value=figure.value,
        bound=bound,
        arithmetic="floating-point" if name in floating else "exact",
        status="proven" if figure.value == bound else "open",
        scale=figure.scale,
        gap=(figure.value - bound) / figure.scale,
    )
