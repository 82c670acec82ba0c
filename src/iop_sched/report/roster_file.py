"""From a finished solve to the roster file."""

from __future__ import annotations

from importlib.metadata import version

from iop_sched import __version__
from iop_sched.explain.unplaced import reasons_unplaced
from iop_sched.solve.outcome import Outcome, SolveOptions
from iop_sched.week.files import canonical_sha256, part_hashes
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Provenance, RosterFile, Unplaced


def roster_file(
    week: ProgramWeek, policy: Policy, policy_name: str, outcome: Outcome, options: SolveOptions
) -> RosterFile:
    """The file for an outcome with a verified roster; nothing in it depends on the clock.

    Raises ``ValueError`` when the outcome has no roster that may be shown.
    """
    roster = outcome.roster
    if roster is None or outcome.status not in ("proven", "feasible"):
        raise ValueError(f"an outcome that is {outcome.status} has no roster to write")
    reasons = reasons_unplaced(week, roster, policy)
    return RosterFile(
        cohorts=roster.cohorts,
        placements=roster.placements,
        facilitation=roster.facilitation,
        sessions=roster.sessions,
        team_meeting=roster.team_meeting,
        program=week.program,
        week_of=week.week_of,
        objective=options.objective,
        status="proven" if outcome.status == "proven" else "feasible",
        tiers=outcome.tiers,
        weighted=outcome.weighted,
        unplaced=tuple(Unplaced(client=client, reason=reason) for client, reason in reasons.items()),
        provenance=Provenance(
            iop_sched=__version__,
            ortools=version("ortools"),
            instance_sha256=canonical_sha256(week),
            instance_parts=part_hashes(week),
            policy=policy_name,
            policy_sha256=canonical_sha256(policy),
            parameters=outcome.parameters,
        ),
    )
