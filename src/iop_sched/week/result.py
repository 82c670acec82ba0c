"""The roster file: a roster, how good it is, and where it came from.

Nothing in it depends on the clock, so that two deterministic runs write the same bytes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from iop_sched.week.base import Frozen
from iop_sched.week.roster import Roster
from iop_sched.week.times import Id

TierStatus = Literal["proven", "conditional", "open"]
Objective = Literal["lexicographic", "weighted"]


class TierResult(Frozen):
    """How good one tier is. ``proven``: value meets bound; ``conditional``: but an earlier tier is open."""

    name: Annotated[str, Field(description="tier, or 'weighted' for the weighted sum")]
    value: Annotated[int, Field(description="penalty of the roster, recomputed by the specification")]
    bound: Annotated[int, Field(description="no roster is below this (given the earlier tiers' values)")]
    status: Annotated[TierStatus, Field(description="proven, conditional or open")]
    scale: Annotated[int, Field(ge=1, description="all points or minutes at stake in the tier")]
    gap: Annotated[
        float, Field(description="(value - bound) / scale; below 0 only where a changed roster breaks rules")
    ]
    arithmetic: Annotated[
        Literal["exact", "floating-point"], Field(description="what the bound rests on")
    ] = "exact"


class HandEdit(Frozen):
    """A change that was made by hand."""

    words: Annotated[str, Field(description="the change, in a few words")]
    from_sha256: Annotated[str, Field(description="hash of the canonical roster file that was changed")]


class Provenance(Frozen):
    """What the roster was made from, and with; what is optional is only written where it says something."""

    iop_sched: Annotated[str, Field(description="version of this program")]
    ortools: Annotated[str, Field(description="version of the solver")]
    instance_sha256: Annotated[str, Field(description="hash of the canonical program week")]
    instance_parts: Annotated[
        dict[str, str],
        Field(
            description="hashes of the parts of the canonical program week, shortened, to say which changed"
        ),
    ] = {}
    policy: Annotated[str, Field(description="name of the policy, or the path it was read from")]
    policy_sha256: Annotated[str, Field(description="hash of the canonical policy")]
    parameters: Annotated[
        dict[str, str | int | float | bool], Field(description="solver parameters and options of the run")
    ]
    edited: Annotated[
        tuple[HandEdit, ...], Field(description="changes made by hand since, the first one first")
    ] = ()

    @model_serializer(mode="wrap")
    def _only_what_says_something(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = write(self)
        empty = {name for name in ("edited", "instance_parts") if not written[name]}
        return {name: written[name] for name in written if name not in empty}


class Unplaced(Frozen):
    """A client with a prescription and no place, and why."""

    client: Annotated[Id, Field(description="id of the client")]
    reason: Annotated[str, Field(description="what kept the client out")]


class RosterFile(Roster):
    """What ``solve --out`` writes and ``check`` and ``show`` read."""

    program: Annotated[str, Field(description="name of the program")]
    week_of: Annotated[date, Field(description="Monday of the week")]
    objective: Annotated[Objective, Field(description="how the tiers were combined")]
    status: Annotated[
        Literal["proven", "feasible", "broken"],
        Field(
            description="proven: every tier is proven (weighted: the sum is); broken: changed by hand, and"
            " some hard rule does not hold"
        ),
    ]
    tiers: Annotated[tuple[TierResult, ...], Field(description="one entry a tier, in order")]
    weighted: Annotated[TierResult | None, Field(description="the weighted sum, under that objective")] = None
    unplaced: Annotated[tuple[Unplaced, ...], Field(description="clients without a place")] = ()
    provenance: Annotated[Provenance, Field(description="what it was made from, and with")]
