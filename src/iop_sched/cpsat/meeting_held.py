"""meeting-held: the group meets; a meeting that cannot be held is dearer than any place."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat.model import Cost, Model

RULE = "meeting-held"


def post(model: Model) -> Iterator[Cost]:
    """A due meeting of an open cohort is held, or costs more than every current client's place."""
    each = len(model.facts.current_treated) + 1
    for key in model.facts.meetings:
        if model.soft(RULE):
            yield Cost("meeting-held", each * (model.open[key.cohort, key.option] - model.held[key]), each)
        else:
            model.cp.add(model.held[key] == model.open[key.cohort, key.option])
