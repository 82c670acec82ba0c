"""The planted roster: as decisions, and as the roster file that ``check`` reads."""

from __future__ import annotations

from importlib.metadata import version

from iop_sched import __version__
from iop_sched.generate.catalogue import Raw
from iop_sched.generate.draft import Group, Person, Planned, Site
from iop_sched.generate.raw import CODES, day_codes, service_id
from iop_sched.rules import Evaluation, evaluate
from iop_sched.week.files import canonical_sha256, part_hashes
from iop_sched.week.policy import TIERS, Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import Provenance, RosterFile, TierResult, Unplaced
from iop_sched.week.roster import Roster
from iop_sched.week.times import clock


def decisions(sites: list[Site]) -> Roster:
    """The planted roster of all sites."""
    return Roster.model_validate(
        {
            "cohorts": [_opened(group) for site in sites for group in site.running()],
            "placements": [
                _placement(site, person) for site in sites for person in site.people if _is_placed(person)
            ],
            "facilitation": [
                _meeting(group, day) for site in sites for group in site.running() for day in site.due(group)
            ],
            "sessions": [_session(site, session) for site in sites for session in site.sessions],
            "team_meeting": [
                {
                    "team": team.id,
                    "day": CODES[team.day],
                    "start": clock(team.start),
                    "attendees": [one.id for one in (*team.members, *team.others)],
                }
                for site in sites
                for team in site.teams
            ],
        }
    )


def _is_placed(person: Person) -> bool:
    return person.kind in ("seat", "optional")


def _opened(group: Group) -> Raw:
    leader = group.leader.id if group.leader is not None else None
    return {"cohort": group.id, "slot": group.slot, "days": day_codes(group.days), "leader": leader}


def _placement(site: Site, person: Person) -> Raw:
    return {
        "client": person.id,
        "cohort": person.home.id if person.home is not None else None,
        "days": day_codes(person.pattern),
        "start": CODES[person.start],
        "last": CODES[person.last],
        "primary": person.primary.id if person.primary is not None else None,
    }


def _meeting(group: Group, day: int) -> Raw:
    staff = [{"block": block, "need": 0, "clinician": one.id} for block, one in group.staff[day]]
    return {"cohort": group.id, "day": CODES[day], "room": group.rooms.get(day), "staff": staff}


def _session(site: Site, session: Planned) -> Raw:
    return {
        "service": service_id(site, session.service),
        "clients": [one.id for one in session.people],
        "staff": [{"need": need, "clinician": one.id} for need, one in enumerate(session.staff)],
        "day": CODES[session.day],
        "start": clock(session.start),
        "site": session.site,
        "room": session.room,
        "offering": session.offering,
    }


class BrokenPlantError(Exception):
    """The planted roster breaks a rule: a defect of the generator."""


def verified(week: ProgramWeek, roster: Roster, policy: Policy) -> Evaluation:
    """The figures of a planted roster that obeys every hard rule; raises ``BrokenPlantError`` otherwise."""
    found = evaluate(week, roster, policy)
    if not found.holds:
        lines = [f"{one.rule}: {one.who} {one.when}: {one.message}" for one in found.violations[:20]]
        raise BrokenPlantError("\n".join(lines))
    return found


def roster_file(week: ProgramWeek, roster: Roster, policy: Policy, seed: int) -> RosterFile:
    """The file that ``check`` reads; its bounds say only that no tier is below nought."""
    found = verified(week, roster, policy)
    placed = {placement.client for placement in roster.placements}
    tiers = tuple(
        TierResult(
            name=tier,
            value=figure.value,
            bound=0,
            status="open",
            scale=figure.scale,
            gap=round(figure.value / figure.scale, 6),
        )
        for tier in TIERS
        for figure in (found.tiers[tier],)
    )
    waiting = [one.id for one in week.treated if one.id not in placed]
    return RosterFile(
        **{name: getattr(roster, name) for name in Roster.model_fields},
        program=week.program,
        week_of=week.week_of,
        objective="lexicographic",
        status="feasible",
        tiers=tiers,
        unplaced=tuple(Unplaced(client=name, reason="waits in the planted roster") for name in waiting),
        provenance=Provenance(
            iop_sched=__version__,
            ortools=version("ortools"),
            instance_sha256=canonical_sha256(week),
            instance_parts=part_hashes(week),
            policy=policy.name,
            policy_sha256=canonical_sha256(policy),
            parameters={"planted": True, "seed": seed},
        ),
    )
