"""How good a roster is: each tier's value and bound, and what the gap means in words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from iop_sched.report.sheet import Sheet, WhereItFits, section
from iop_sched.week.policy import Policy
from iop_sched.week.result import TierResult

MEANING = {
    "kept": "current clients who lose their place, meetings not held",
    "placed": "points of clients without a place",
    "dose": "minutes of care not delivered",
    "continuity": "points for what changed",
    "preference": "points for wishes not met",
    "cost": "points for meetings, hours, balance",
    "weighted": "all tiers in one weighted sum",
}


FLOATING = "~"
"""Marks a bound that is not computed in whole numbers throughout."""


def absolute(tier: TierResult, policy: Policy) -> str:
    """What is still possible at best, in the tier's own unit: ``at most 90 more minutes``."""
    left = tier.value - tier.bound
    if left < 0:
        return "below the bound, as rules are broken"
    if tier.status == "proven":
        return "proven"
    if tier.status == "conditional":
        return "proven, if the tiers above stay"
    if not left:
        return "at the bound"
    clients = policy.weight("kept") and left // policy.weight("kept")
    if tier.name == "kept" and 0 < clients <= tier.scale:
        return f"at most {clients} more client{'s' * (clients != 1)}"
    lightest = min(policy.weight("weekly-hours.short"), policy.weight("service-delivery.missing"))
    if tier.name == "dose" and lightest:
        return f"at most {left // lightest} more minute{'s' * (left // lightest != 1)}"
    return f"at most {left} point{'s' * (left != 1)} better"


def gap(tier: TierResult) -> str:
    """The gap in percent of all that is at stake."""
    return f"{100 * tier.gap:.2f}%" if tier.gap else "0%"


def _bound(tier: TierResult) -> str:
    """The bound, marked where floating-point arithmetic stands behind it."""
    return f"{FLOATING}{tier.bound}" if tier.arithmetic == "floating-point" else str(tier.bound)


def tiers_section(tiers: Sequence[TierResult], weighted: TierResult | None, policy: Policy) -> RenderableType:
    """One row a tier, in the order in which they were solved."""
    shown = (*tiers, *((weighted,) if weighted is not None else ()))
    rows: list[tuple[str, ...]] = [
        (
            tier.name,
            str(tier.value),
            _bound(tier),
            tier.status,
            gap(tier),
            absolute(tier, policy),
            MEANING.get(tier.name, ""),
        )
        for tier in shown
    ]
    titles = ("Tier", ">Value", ">Bound", "Status", ">Gap", "In words", "Counts")
    table = WhereItFits(Sheet(titles, rows), Sheet(titles[:-1], [row[:-1] for row in rows]))
    note = "lower is better; no roster is below the bound"
    if any(tier.arithmetic == "floating-point" for tier in shown):
        note += f" ({FLOATING}: by floating-point arithmetic)"
    return section("How good it is", table, note=note)
