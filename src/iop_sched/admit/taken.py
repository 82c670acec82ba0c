"""The roster file of an offer that is taken."""

from __future__ import annotations

from importlib.metadata import version

from iop_sched import __version__
from iop_sched.admit.offers import Offer
from iop_sched.explain.unplaced import reasons_unplaced
from iop_sched.rules import evaluate
from iop_sched.rules.findings import TierFigure
from iop_sched.week.files import canonical_sha256, part_hashes
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Provenance, RosterFile, TierResult, TierStatus, Unplaced
from iop_sched.week.times import Id


def taken(week: ProgramWeek, policy: Policy, before: RosterFile, client: Id, offer: Offer) -> RosterFile:
    """``before`` with the client's place. ``week`` has the client.

    No search stands behind it, so that no bound is known but 0; where a tier costs nothing, that is proof.
    """
    found = evaluate(week, offer.roster, policy)
    tiers: list[TierResult] = []
    for name in policy.tiers:
        proven = all(tier.status == "proven" for tier in tiers)
        tiers.append(_tier(name, found.tiers[name], proven))
    weighted = _tier("weighted", found.weighted, True) if before.objective == "weighted" else None
    all_proven = all(tier.status == "proven" for tier in ([weighted] if weighted else tiers))
    unplaced = reasons_unplaced(week, offer.roster, policy)
    return RosterFile(
        cohorts=offer.roster.cohorts,
        placements=offer.roster.placements,
        facilitation=offer.roster.facilitation,
        sessions=offer.roster.sessions,
        team_meeting=offer.roster.team_meeting,
        program=week.program,
        week_of=week.week_of,
        objective=before.objective,
        status="proven" if all_proven else "feasible",
        tiers=tuple(tiers),
        weighted=weighted,
        unplaced=tuple(Unplaced(client=one, reason=reason) for one, reason in unplaced.items()),
        provenance=Provenance(
            iop_sched=__version__,
            ortools=version("ortools"),
            instance_sha256=canonical_sha256(week),
            instance_parts=part_hashes(week),
            policy=before.provenance.policy,
            policy_sha256=canonical_sha256(policy),
            parameters={
                "admitted": client,
                **({} if offer.moved is None else {"moved": offer.moved.view.client}),
                "roster_before_sha256": canonical_sha256(before),
            },
        ),
    )


def _tier(name: str, figure: TierFigure, earlier_proven: bool) -> TierResult:
    status: TierStatus = "open"
    if figure.value == 0:
        status = "proven" if earlier_proven else "conditional"
    return TierResult(
        name=name,
        value=figure.value,
        bound=0,
        status=status,
        scale=figure.scale,
        gap=figure.value / figure.scale,
    )
