"""From a roster that was changed by hand to its file."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched import __version__
from iop_sched.explain.unplaced import reasons_unplaced
from iop_sched.rules import Evaluation
from iop_sched.week.files import canonical_sha256, part_hashes
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import HandEdit, RosterFile, TierResult, TierStatus, Unplaced
from iop_sched.week.roster import Roster

BY_HAND = "taken out by hand"


def edited_file(
    base: RosterFile, week: ProgramWeek, policy: Policy, roster: Roster, words: str, evaluation: Evaluation
) -> RosterFile:
    """The file of ``roster``, made from the file ``base`` by a change that ``words`` name.

    ``week`` is the one that the new file belongs to, and ``evaluation`` measures the roster against it.
    Bounds are kept as far as they are still true: see ``_tiers``.
    """
    provenance = base.provenance
    same = canonical_sha256(week) == provenance.instance_sha256
    same = same and canonical_sha256(policy) == provenance.policy_sha256
    tiers = tuple(_tiers(base.tiers, evaluation, same))
    weighted = None if base.weighted is None else next(_tiers((base.weighted,), evaluation, same))
    judged = tiers if weighted is None else (weighted,)
    proven = all(tier.status == "proven" for tier in judged)
    return RosterFile(
        **{name: getattr(roster, name) for name in Roster.model_fields},
        program=week.program,
        week_of=week.week_of,
        objective=base.objective,
        status=("proven" if proven else "feasible") if evaluation.holds else "broken",
        tiers=tiers,
        weighted=weighted,
        unplaced=tuple(_unplaced(base, week, policy, roster)),
        provenance=provenance.model_copy(
            update={
                "iop_sched": __version__,
                "instance_sha256": canonical_sha256(week),
                "instance_parts": part_hashes(week),
                "policy_sha256": canonical_sha256(policy),
                "edited": (*provenance.edited, HandEdit(words=words, from_sha256=canonical_sha256(base))),
            }
        ),
    )


def _tiers(base: tuple[TierResult, ...], evaluation: Evaluation, same: bool) -> Iterator[TierResult]:
    """The tiers of the changed roster.

    A tier's bound says that no roster which keeps all rules is below it, given the values of the tiers
    before it. So it is kept while week and policy are the ``same`` and no earlier tier is worse than it was;
    otherwise only that penalties are not negative is known. A roster that breaks rules may be below a bound,
    and is shown so.
    """
    all_proven = True
    for old in base:
        figure = evaluation.figure(old.name)
        bound = old.bound if same and (old.bound <= figure.value or not evaluation.holds) else 0
        status: TierStatus = "open"
        if evaluation.holds and bound == figure.value:
            status = "proven" if all_proven else "conditional"
        yield TierResult(
            name=old.name,
            value=figure.value,
            bound=bound,
            status=status,
            scale=figure.scale,
            gap=(figure.value - bound) / figure.scale,
            arithmetic=old.arithmetic if bound else "exact",
        )
        all_proven = all_proven and status == "proven"
        same = same and figure.value <= old.value


def _unplaced(base: RosterFile, week: ProgramWeek, policy: Policy, roster: Roster) -> Iterator[Unplaced]:
    placed_before = {placement.client for placement in base.placements}
    dropped_before = {one.client for one in base.unplaced if one.reason.startswith(BY_HAND)}
    for client, reason in reasons_unplaced(week, roster, policy).items():
        if client in placed_before or client in dropped_before:
            reason = f"{BY_HAND}; {reason}"
        yield Unplaced(client=client, reason=reason)
