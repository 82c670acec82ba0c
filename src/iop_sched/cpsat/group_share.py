"""group-share: group therapy is the level's share of counted dosage."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.cpsat import dosage
from iop_sched.cpsat.model import Cost, Model

RULE = "group-share"


def post(model: Model) -> Iterator[Cost]:
    """Minutes outside the band, rounded up, cost; or are forbidden when hard."""
    for client in model.facts.treated:
        band = model.facts.levels[client.level].group_share
        if band is None or client.group_optional:
            continue
        hours = dosage.total(model, client)
        group = dosage.block_minutes(model, client, group_only=True)
        group += dosage.session_minutes(model, client, group_only=True)
        if not model.soft(RULE):
            model.cp.add(band.min * hours <= 100 * group)
            model.cp.add(100 * group <= band.max * hours)
            continue
        most = dosage.most(model, client)
        below = model.amount(most, f"{client.id} group minutes below band")
        above = model.amount(most, f"{client.id} group minutes above band")
        model.cp.add(100 * below >= band.min * hours - 100 * group)
        model.cp.add(100 * above >= 100 * group - band.max * hours)
        yield Cost("group-share", below + above, most)
