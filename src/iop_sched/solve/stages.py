"""The stages of the master on a block, in order."""

from __future__ import annotations

from collections.abc import Container, Set
from typing import Literal, get_args

from iop_sched.solve.settings import Idea

Stage = Literal["relaxed", "rounded", "branched", "restricted", "whole", "exhausted"]
"""What the master is asked: its linear relaxation; what that relaxation uses, with what it is sure of in the
week's frame held; the relaxation with every cohort open or not; what that one uses; or all."""

ORDER: tuple[Stage, ...] = get_args(Stage)

NEEDS: dict[Stage, tuple[Idea, ...]] = {
    "rounded": ("support", "rounding"),
    "branched": ("branching",),
    "restricted": ("support",),
}
"""Ideas without any one of which a stage is left out."""


def unused(without: Container[Idea], settled: bool, hands_over: bool) -> set[Stage]:
    """Stages that are left out: for want of an idea, or as there is nothing in them to do.

    ``settled``: the relaxation itself has every cohort open or not. ``hands_over``: CP-SAT ends the block.
    """
    found = {stage for stage, ideas in NEEDS.items() if any(idea in without for idea in ideas)}
    if settled:
        found.add("branched")
    if hands_over:
        found.add("whole")
    return found


def following(stage: Stage, cut_off: bool, left_out: Set[Stage]) -> Stage:
    """The stage after one; the whole program again as long as cuts come of it (``cut_off``)."""
    if stage in ("whole", "exhausted"):
        return "whole" if cut_off else "exhausted"
    return next(later for later in ORDER[ORDER.index(stage) + 1 :] if later not in left_out)
