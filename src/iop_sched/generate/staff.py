"""Clinicians and care teams as a file has them: their limits lie just above what the planted roster asks."""

from __future__ import annotations

from iop_sched.generate.catalogue import Raw
from iop_sched.generate.clinicians import Clinician
from iop_sched.generate.draft import Site, Team
from iop_sched.generate.meetings import QUORUM, TEAM_MINUTES
from iop_sched.generate.raw import day_codes, hours_of, up, window, without_empty
from iop_sched.generate.settings import WORK, Tightness
from iop_sched.week.times import clock

SPARE_DAY = {Tightness.low: 120, Tightness.medium: 60, Tightness.high: 30}
SPARE_CASELOAD = {Tightness.low: 4, Tightness.medium: 1, Tightness.high: 0}


def clinician(site: Site, person: Clinician) -> Raw:
    """One clinician."""
    dice, tight = site.dice, site.settings.staff
    most = max(60, up(person.load / WORK[tight]))
    found: Raw = {
        "id": person.id,
        "roles": [person.role, person.also] if person.also else [person.role],
        "credentials": person.credentials,
        "modalities": person.modalities,
        "languages": person.languages,
        "payers": person.payers,
        "sites": [site.id],
        "available": _available(person),
    }
    if person.away:
        day, start, end = person.away
        found["away"] = [window([day], start, end, "training")]
    if person.turnaround:
        found["turnaround"] = person.turnaround
    if person.pause:
        minutes, start, end = person.pause
        found["breaks"] = [{"minutes": minutes, "start": clock(start), "end": clock(end)}]
    if person.role == "counselor" or dice.chance(0.3):
        found["admin_hours"] = hours_of(max(0, (_working(site, person) - most) // 15 * 15))
    if dice.chance(0.5):
        found["max_hours_day"] = hours_of(max(map(person.load_on, range(7))) + SPARE_DAY[tight])
    found["max_hours_week"] = hours_of(most)
    groups = max(len(today) for today in person.groups)
    if groups and dice.chance(0.5):
        found["max_groups_day"] = groups + dice.below(2)
    found["contract_hours"] = hours_of(up(most * dice.pick((0.98, 1.1, 1.25))))
    if person.role == "therapist":
        found["caseload"] = person.clients + SPARE_CASELOAD[tight]
    return without_empty(found)


def _available(person: Clinician) -> list[Raw]:
    days: dict[tuple[int, int], list[int]] = {}
    for day in range(7):
        hours = person.window(day)
        if hours is not None:
            days.setdefault(hours, []).append(day)
    return [window(found, *hours) for hours, found in days.items()]


def _working(site: Site, person: Clinician) -> int:
    found = 0
    for day in range(7):
        hours = person.window(day)
        if hours is not None and not (site.alone and day in site.closed):
            found += hours[1] - hours[0]
    return found - (person.away[2] - person.away[1] if person.away else 0)


def team(team: Team) -> Raw:
    """One care team."""
    return {
        "id": team.id,
        "site": team.site,
        "minutes": TEAM_MINUTES,
        "windows": [{"days": day_codes([team.day]), "start": "12:00", "end": "15:00"}],
        "members": [one.id for one in team.members],
        "quorum": [{"role": role} for role in QUORUM],
    }
