"""cohort-size: members within the cohort's band; an inherited excess may stay but not grow."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.model import Cost, Literal, Model
from iop_sched.week.care import Cohort

RULE = "cohort-size"


def members(model: Model, cohort: Cohort) -> list[tuple[str, Literal]]:
    """Every placement literal in the cohort, with its client."""
    return [
        (client, lit)
        for client, columns in model.columns.items()
        for column, lit in columns
        if column.cohort == cohort.id
    ]


def post(model: Model) -> Iterator[Cost]:
    """Cap, least size, and how many candidates open."""
    candidates = []
    for cohort in model.facts.week.cohorts:
        placed = members(model, cohort)
        size = sum(lit for _, lit in placed)
        inherited = sum(model.facts.previous[c.id].cohort == cohort.id for c in model.facts.current_treated)
        counted = [lit for client, lit in placed if not model.facts.overridden(RULE, client)]
        cap = max(cohort.members.max, inherited)
        if model.soft(RULE):
            most = max(0, len(model.facts.treated) - cap)
            over = model.excess(sum(counted), cap, most, f"{cohort.id} members above cap")
            yield Cost("cohort-size.above", over, most)
        else:
            model.cp.add(sum(counted) <= cap)
        if cohort.status == "running":
            least = cohort.members.min
            below = model.excess(least - size, 0, least, f"{cohort.id} members below least")
            yield Cost("cohort-size.below", below, least)
        else:
            opened = sum(model.open[cohort.id, o] for o in range(len(cohort.options)))
            candidates.append(opened)
            model.cp.add(size >= cohort.members.min * opened)
    if model.facts.week.max_new_cohorts is not None and candidates:
        model.cp.add(sum(candidates) <= model.facts.week.max_new_cohorts)
