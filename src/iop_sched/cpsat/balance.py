"""balance: cohorts of like size, work shared fairly."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.cohort_size import members
from iop_sched.cpsat.model import Cost, Model
from iop_sched.cpsat.occupations import load, most_load
from iop_sched.week.base import minutes

RULE = "balance"


def post(model: Model) -> Iterator[Cost]:
    """Spread of cohort sizes, and the busiest clinician's load above ``busy_at``."""
    yield from _cohorts(model)
    yield from workload(model)


def _cohorts(model: Model) -> Iterator[Cost]:
    if len(model.facts.week.cohorts) < 2:
        return
    most = len(model.facts.treated)
    largest = model.amount(most, "largest cohort")
    smallest = model.amount(most, "smallest cohort")
    spread = model.amount(most, "spread of cohort sizes")
    by_cohort = members(model)
    for cohort in model.facts.week.cohorts:
        size = sum(lit for _, lit in by_cohort[cohort.id])
        opened = sum(model.open[cohort.id, o] for o in range(len(cohort.options)))
        model.cp.add(largest >= size)
        model.cp.add(smallest <= size + most * (1 - opened))
    model.cp.add(spread >= largest - smallest)
    yield Cost("balance.cohorts", spread, most)


def workload(model: Model, least: int = 0) -> Iterator[Cost]:
    """The busiest clinician's load; ``least`` is, in percent, that of the busiest who is not in the week."""
    contracted = [c for c in model.facts.week.clinicians if c.contract_hours]
    if not contracted:
        return
    upper = max(-(-100 * most_load(model, c.id) // minutes(c.contract_hours or 0)) for c in contracted)
    upper = max(upper, least)
    busiest = model.amount(upper, "busiest clinician, percent of contract")
    if least:
        model.cp.add(busiest >= least)
    for clinician in contracted:
        hours = minutes(clinician.contract_hours or 0)
        model.cp.add(hours * busiest >= 100 * load(model, clinician.id))
    over = model.excess(busiest, model.policy.limits.busy_at, upper, "busiest above busy_at")
    yield Cost("balance.workload", over, upper)
