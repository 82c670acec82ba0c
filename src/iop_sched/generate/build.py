"""From settings to a program week and its planted roster."""

from __future__ import annotations

from dataclasses import dataclass

from iop_sched.generate import (
    clients,
    cohorts,
    hiring,
    meetings,
    open_groups,
    people,
    places,
    planted,
    prescriptions,
    primaries,
    sessions,
    staff,
)
from iop_sched.generate.catalogue import LEVELS, PAYERS, VOCABULARY, WEEK_OF, Raw
from iop_sched.generate.dice import Dice
from iop_sched.generate.draft import Ids, Site, site_id
from iop_sched.generate.last_week import LastWeek
from iop_sched.generate.settings import Settings, Tightness
from iop_sched.generate.will import Will
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster

FRIDAY = frozenset({4})
CLIENTS_PER_FAMILY_ROOM = 60


@dataclass(frozen=True)
class Generated:
    """A week as plain data and as facts, and the roster that was planted in it."""

    settings: Settings
    raw: Raw
    week: ProgramWeek
    roster: Roster
    missing: int


def generate(settings: Settings) -> Generated:
    """Draw a week; the same settings give the same week in any process and version of Python."""
    ids = Ids()
    least, more = divmod(settings.clients, settings.sites)
    sites = []
    for index in range(settings.sites):
        site = Site(site_id(index), index, settings, Dice(settings.seed, index), ids)
        site.closed = _closed(site)
        draw(site, least + (index < more))
        sites.append(site)
    raw = _week(settings, sites)
    missing = sum(site.missing for site in sites)
    return Generated(settings, raw, ProgramWeek.model_validate(raw), planted.decisions(sites), missing)


def _closed(site: Site) -> frozenset[int]:
    """A holiday in every third seed; of several sites, the last is closed on Friday."""
    closes = site.settings.seed % 3 == 0 if site.alone else site.index == site.settings.sites - 1
    return FRIDAY if closes else frozenset()


def draw(site: Site, number: int) -> None:
    """People, cohorts and staff of one site, and its part of the planted roster."""
    site.limits = {"office": 10_000, "neurofeedback-chair": 1 + number // 150}
    kinds = people.count_kinds(site, number)
    cohorts.draw_cohorts(site, kinds["seat"])
    people.draw_people(site, kinds)
    prescriptions.prescribe(site)
    for _ in range(1 + number // CLIENTS_PER_FAMILY_ROOM):
        site.rooms.add(site.ids.next("r"), ["family"])
    meetings.lead(site)
    meetings.found_teams(site)
    meetings.staff_blocks(site)
    meetings.complete_teams(site)
    hiring.hire_for_sessions(site)
    _limit_offices(site)
    sessions.assess(site)
    primaries.assign(site)
    open_groups.gather(site)
    sessions.give_sessions(site)


def _limit_offices(site: Site) -> None:
    """Offices for so many of those who give sessions at once."""
    part = {Tightness.low: 1.0, Tightness.medium: 0.8, Tightness.high: 0.65}[site.settings.rooms]
    people = [one for one in site.staff if one.role not in ("counselor", "body-worker")]
    site.limits["office"] = max(2, round(part * len(people)))


def _week(settings: Settings, sites: list[Site]) -> Raw:
    will, last = Will(), LastWeek()
    for site in sites:
        will.add(site)
        last.add(site)
    opened = sum(not group.running for site in sites for group in site.running())
    low = settings.seats == Tightness.low
    raw: Raw = {
        "format": 1,
        "program": settings.name,
        "week_of": WEEK_OF,
        "grid": settings.grid,
        "vocabulary": VOCABULARY,
        "sites": [places.site_raw(site) for site in sites],
        "closures": places.closures_raw(sites),
        "rooms": [room for site in sites for room in places.rooms_raw(site)],
        "supplies": [supply for site in sites for supply in places.supplies_raw(site)],
        "payers": PAYERS,
        "levels": LEVELS,
        "slots": places.slots_raw(),
        "agendas": places.agendas_raw(sites),
        "cohorts": [places.cohort_raw(site, group) for site in sites for group in site.groups],
        "max_new_cohorts": max(1, opened + low),
        "services": places.services_raw(sites),
        "clinicians": [staff.clinician(site, one) for site in sites for one in site.staff],
        "care_teams": [staff.team(team) for site in sites for team in site.teams],
        "clients": [clients.client(site, one) for site in sites for one in site.people],
        "apart": will.apart,
        "together": will.together,
        "pins": will.pins,
        "previous": last.raw(),
    }
    return {name: value for name, value in raw.items() if value not in ([], {})}
