"""cost: meetings, hours, overtime."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.model import Cost, Model
from iop_sched.cpsat.occupations import load, most_load
from iop_sched.week.base import minutes

RULE = "cost"


def post(model: Model) -> Iterator[Cost]:
    """Held meetings, scheduled staff minutes, and minutes beyond contracts."""
    yield Cost("cost.meeting", sum(model.held.values()), len(model.held))
    for clinician in model.facts.week.clinicians:
        scheduled = load(model, clinician.id)
        upper = most_load(model, clinician.id)
        yield Cost("cost.staff", scheduled, upper)
        if clinician.contract_hours is not None:
            contract = minutes(clinician.contract_hours)
            if upper > contract:
                name = f"{clinician.id} minutes beyond contract"
                yield Cost("cost.overtime", model.excess(scheduled, contract, upper - contract, name), upper)
