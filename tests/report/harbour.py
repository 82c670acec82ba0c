"""Harbour House: a small week with one of everything, and a roster for it that breaks no hard rule.

``harbour.yaml`` and ``harbour.json`` hold them. Three clients have no place: ``c10``'s insurance is pending,
``c12`` fits only ``eve-1``, which is full (2 of 2), and ``c13`` is in court on mondays when ``mor-1`` meets.
"""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from ruamel.yaml import YAML

from iop_sched.report.roster_file import roster_file
from iop_sched.rules import Evaluation, Schedule, evaluate
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.week.policy import TIERS, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile, TierResult
from iop_sched.week.roster import Roster

HERE = Path(__file__).parent
WEEK_FILE = HERE / "harbour.yaml"
POLICY = Policy()


def raw_week() -> dict[str, Any]:
    """The week as plain data, to be changed."""
    return dict(YAML(typ="safe", pure=True).load(WEEK_FILE))


WEEK = ProgramWeek.model_validate(raw_week())
ROSTER = Roster.model_validate(json.loads((HERE / "harbour.json").read_text(encoding="utf-8")))
SCHEDULE = Schedule.of(WEEK, ROSTER)
EVALUATION = evaluate(WEEK, ROSTER, POLICY)

# Dose is open by 90 minutes, kept by one client; continuity is proven only given those above.
_LEFT = {"kept": 1, "dose": 90, "preference": 25}
_STATUS = {"placed": "conditional", "continuity": "conditional", "cost": "conditional"}


def tier_results(evaluation: Evaluation = EVALUATION) -> tuple[TierResult, ...]:
    """Recomputed values, with made-up bounds."""
    return tuple(
        TierResult(
            name=tier,
            value=evaluation.tiers[tier].value,
            bound=evaluation.tiers[tier].value - _LEFT.get(tier, 0),
            status=_STATUS.get(tier, "open"),  # type: ignore[arg-type]
            scale=evaluation.tiers[tier].scale,
            gap=_LEFT.get(tier, 0) / evaluation.tiers[tier].scale,
        )
        for tier in TIERS
    )


def outcome(**more: Any) -> Outcome:
    """What a solve that found the roster would have yielded."""
    found: dict[str, Any] = {
        "status": "feasible",
        "roster": ROSTER,
        "tiers": tier_results(),
        "parameters": {"seed": 0},
    }
    return Outcome(**{**found, **more})


def found_file() -> RosterFile:
    """The roster file of that solve."""
    return roster_file(WEEK, POLICY, "standard", outcome(), SolveOptions())


def printed(view: RenderableType, width: int) -> str:
    """A view as text, as a pipe would get it."""
    stream = StringIO()
    Console(file=stream, width=width, highlight=False, markup=False, emoji=False).print(view)
    return stream.getvalue()
