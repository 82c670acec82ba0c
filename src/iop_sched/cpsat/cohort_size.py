"""cohort-size: members within the cohort's band; an inherited excess may stay but not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from iop_sched.cpsat.model import Cost, Literal, Model
from iop_sched.week.times import Id

RULE = "cohort-size"


def members(model: Model) -> dict[Id | None, list[tuple[Id, Literal]]]:
    """Every placement literal, with its client, by cohort."""
    found: dict[Id | None, list[tuple[Id, Literal]]] = defaultdict(list)
    for client, columns in model.columns.items():
        for column, lit in columns:
            found[column.cohort].append((client, lit))
    return found


def post(model: Model) -> Iterator[Cost]:
    """Cap, least size, and how many candidates open."""
    candidates = []
    by_cohort = members(model)
    for cohort in model.facts.week.cohorts:
        placed = by_cohort[cohort.id]
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
