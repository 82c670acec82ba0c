"""How good a roster is: each tier's value and bound, and what the gap means in words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from iop_sched.report.sheet import Sheet, section
from iop_sched.week.result import TierResult

MEANING = {
    "kept": "current clients who lose their place",
    "placed": "points of clients without a place",
    "dose": "minutes of care not delivered",
    "continuity": "points for what changed",
    "preference": "points for wishes not met",
    "cost": "points for meetings, hours, balance",
    "weighted": "all tiers in one weighted sum",
}


def absolute(tier: TierResult) -> str:
    """What is still possible at best, in the tier's own unit: ``at most 90 more minutes``."""
    left = tier.value - tier.bound
    if tier.status == "proven":
        return "proven"
    if tier.status == "conditional":
        return "proven, if the tiers above stay"
    if tier.name == "dose":
        return f"at most {left} more minute{'s' * (left != 1)}"
    if tier.name == "kept":
        # A meeting not held counts as scale + 1 clients, so a gap that large is about meetings first.
        meetings, clients = divmod(left, tier.scale + 1)
        if meetings:
            return (
                f"at most {meetings + bool(clients)} more meeting{'s' * (meetings + bool(clients) != 1)} held"
            )
        return f"at most {clients} more client{'s' * (clients != 1)}"
    return f"at most {left} point{'s' * (left != 1)} better"


def gap(tier: TierResult) -> str:
    """The gap in percent of all that is at stake."""
    return f"{100 * tier.gap:.2f} %" if tier.gap else "0 %"


def tiers_table(tiers: Sequence[TierResult], weighted: TierResult | None = None) -> RenderableType:
    """One row a tier, in the order in which they were solved."""
    rows = [
        (tier.name, MEANING.get(tier.name, ""), str(tier.value), str(tier.bound), tier.status, gap(tier))
        + (absolute(tier),)
        for tier in (*tiers, *((weighted,) if weighted else ()))
    ]
    titles = ("Tier", "Counts", ">Value", ">Bound", "Status", ">Gap", "In words")
    return section(
        "How good it is", Sheet(titles, rows), note="lower is better; no roster is below the bound"
    )
