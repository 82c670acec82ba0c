"""The contenders, by name. Each is imported only when a study names it: some need an extra."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iop_sched.bench.contender import Contender

CONTENDERS: dict[str, str] = {
    "auto": "product:AUTO",
    "staged": "product:STAGED",
    "full": "product:FULL",
    "hand-rule": "hand:HAND_RULE",
    "cpsat-default": "cpsat_default:CPSAT_DEFAULT",
    "highs": "milp:HIGHS",
    "highs-heuristics": "milp:HIGHS_HEURISTICS",
    "scip": "milp:SCIP",
    "scip-feasibility": "milp:SCIP_FEASIBILITY",
    "timefold-late": "timefold:LATE",
    "timefold-tabu": "timefold:TABU",
}
"""Name in a study to ``module:object`` in this folder; the object is a ``Contender``."""


def contender(name: str) -> Contender:
    """A contender by its name; raises ``KeyError`` for an unknown one."""
    module, _, attribute = CONTENDERS[name].partition(":")
    found: Contender = getattr(import_module(f"{__name__}.{module}"), attribute)
    return found
