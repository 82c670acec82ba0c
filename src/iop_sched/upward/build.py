"""The figures of a roster, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from statistics import median

from iop_sched.compare.kept import kept
from iop_sched.rules import Schedule
from iop_sched.rules.group_share import outside
from iop_sched.upward.billing import billable, endings, risks
from iop_sched.upward.hours import authorised, prescribed
from iop_sched.upward.model import AtRisk, Continuity, LevelCare, Share, Waitlist, WeekReport
from iop_sched.upward.use import clinician_use, cohort_fill, room_use
from iop_sched.week.care import LevelOfCare
from iop_sched.week.people import Client
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster


def week_report(
    week: ProgramWeek, roster: Roster, label: str, number: int = 1, dates: bool = True
) -> WeekReport:
    """The figures of a well-formed roster (see ``rules.structure``).

    ``label`` and ``number`` tell it from others of the same report; ``dates``: whether dates may be told.
    """
    schedule = Schedule.of(week, roster)
    at_risk = {client.id: risks(schedule, client) for client, _ in schedule.placed}
    ending = endings(schedule)
    return WeekReport(
        program=week.program,
        week_of=week.week_of if dates else None,
        number=number,
        label=label,
        sessions=len(roster.sessions),
        rooms=tuple(room_use(schedule)),
        clinicians=tuple(clinician_use(schedule)),
        cohorts=tuple(cohort_fill(schedule)),
        waitlist=_waitlist(schedule, schedule.facts.treated),
        levels=tuple(
            _care(schedule, level, clients, at_risk)
            for level in week.levels
            if (clients := [one for one in schedule.facts.treated if one.level == level.id])
        ),
        continuity=_continuity(schedule),
        at_risk=tuple(one for one in at_risk.values() if one.short or one.unauthorised or one.lost),
        endings=tuple(ending if dates else [one.model_copy(update={"last": None}) for one in ending]),
    )


def _waitlist(schedule: Schedule, clients: Sequence[Client]) -> Waitlist:
    days = [client.waiting_days for client in clients if client.id not in schedule.placements]
    return Waitlist(
        clients=len(days),
        median_days=float(median(days)) if days else None,
        longest_days=max(days, default=None),
    )


def _care(
    schedule: Schedule, level: LevelOfCare, clients: Sequence[Client], at_risk: dict[str, AtRisk]
) -> LevelCare:
    placed = [client for client in clients if client.id in schedule.placements]
    in_minutes, in_days = authorised(schedule, placed)
    shared = [schedule.dosage(client) for client in placed if not client.group_optional]
    found = [at_risk[client.id] for client in placed]
    band = level.group_share
    return LevelCare(
        level=level.id,
        clients=len(clients),
        placed=len(placed),
        waitlist=_waitlist(schedule, clients),
        prescribed_minutes=prescribed(clients),
        prescribed_to_placed_minutes=prescribed(placed),
        authorised_minutes=in_minutes,
        authorised_days=in_days,
        scheduled_minutes=sum(schedule.dosage(client).total for client in placed),
        counted_minutes=sum(one.total for one in shared),
        group_minutes=sum(one.group for one in shared),
        group_share=band,
        outside_share=0 if band is None else sum(outside(band, one.total, one.group) > 0 for one in shared),
        pattern_days=sum(len(schedule.placements[client.id].days) for client in placed),
        program_days=sum(len(schedule.attended_days(client)) for client in placed),
        billable_days=sum(len(billable(schedule, client, at_risk[client.id])) for client in placed),
        short_days=sum(len(one.short) for one in found),
        unauthorised_days=sum(len(one.unauthorised) for one in found),
        lost_days=sum(len(one.lost) for one in found),
    )


def _continuity(schedule: Schedule) -> Continuity:
    parts = asdict(kept(schedule)).items()
    return Continuity(**{name: Share(part=part, of=of) for name, (part, of) in parts})
