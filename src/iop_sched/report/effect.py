"""What a change by hand did, what it breaks, rule by rule, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType

from iop_sched.report.alike import lines
from iop_sched.report.sheet import Sheet, bullets, paragraph, section
from iop_sched.report.tiers import MEANING
from iop_sched.report.words import Labels, count
from iop_sched.revise.edits import Edited
from iop_sched.revise.effect import Cost, Effect
from iop_sched.rules import Violation
from iop_sched.week.policy import PENALTIES


def effect_view(edited: Edited, effect: Effect, labels: Labels) -> RenderableType:
    """Done, broken, mended, set aside, costs by tier and by penalty, and a verdict."""
    broken, mended = lines(effect.broken, labels), lines(effect.mended, labels)
    waived = lines(effect.waived, labels)
    costs = [_cost(one, labels) for one in effect.costs]
    tiers = [
        (one.tier, str(one.before), str(one.after), _signed(one.difference), _words(one.tier, one.difference))
        for one in effect.tiers
    ]
    return Group(
        section("What changes", bullets(labels.text(one) for one in edited.said)),
        section("Rules that it breaks", bullets(broken) if broken else paragraph("none", style="dim")),
        *([section("No longer broken", bullets(mended))] if mended else []),
        *([section("Set aside by the override", bullets(waived))] if waived else []),
        *_costs(costs),
        section(
            "Tiers",
            Sheet(("Tier", ">Before", ">After", ">Difference", "In words"), tiers),
            note="lower is better",
        ),
        paragraph(verdict(effect)),
    )


def verdict(effect: Effect) -> str:
    """Whether the rules hold afterwards, and the first tier that differs, as that one decides."""
    number = len(effect.after.violations)
    rules = f"Rules are broken ({count(number, 'violation')})" if number else "Every hard rule holds"
    first = next((one for one in effect.tiers if one.difference), None)
    if first is None:
        return f"{rules}; no tier changes."
    better = "better" if first.difference < 0 else "worse"
    return (
        f"{rules}; {better} than before in {first.tier}, by {abs(first.difference)} ({MEANING[first.tier]})."
    )


def effect_json(edited: Edited, effect: Effect) -> dict[str, Any]:
    """The same for programs."""
    return {
        "change": edited.words,
        "done": list(edited.said),
        "holds": effect.after.holds,
        "broken": _plain(effect.broken),
        "mended": _plain(effect.mended),
        "set_aside": _plain(effect.waived),
        "costs": [{"tier": one.tier, **vars(one)} for one in effect.costs],
        "tiers": [{**vars(one), "difference": one.difference} for one in effect.tiers],
    }


def _plain(violations: Sequence[Violation]) -> list[dict[str, Any]]:
    return [dict(vars(one)) for one in violations]


def _costs(rows: list[tuple[str, ...]]) -> list[RenderableType]:
    if not rows:
        return []
    note = "points; above 0 is dearer than before"
    return [section("What it costs", Sheet(("Tier", "Rule", "For each", "Who", ">Points"), rows), note=note)]


def _cost(cost: Cost, labels: Labels) -> tuple[str, ...]:
    penalty = PENALTIES[cost.penalty]
    who = labels.text(cost.who)
    return (cost.tier, cost.penalty.partition(".")[0], penalty.unit, who, _signed(cost.difference))


def _signed(difference: int) -> str:
    return f"{difference:+d}" if difference else "0"


def _words(tier: str, difference: int) -> str:
    if not difference:
        return "the same"
    return f"{abs(difference)} {'more' if difference > 0 else 'fewer'}: {MEANING[tier]}"
