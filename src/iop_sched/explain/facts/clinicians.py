"""What is known of clinicians and care teams: hours, limits, sites, languages, who must meet when."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.explain.facts.fact import ANY_TIME, MANY, Fact, Kind, put
from iop_sched.explain.facts.inherited import inherited_clients, or_inherited
from iop_sched.explain.facts.words import counted, windows_of
from iop_sched.report.words import span
from iop_sched.week.document import Path
from iop_sched.week.people import Clinician
from iop_sched.week.program import ProgramWeek

HOURS = Kind("clinician's hours", ("clinician-time",), 2)
LOAD = Kind("clinician's most", ("clinician-load",), 2)
CASELOAD = Kind("caseload", ("primary",), 2)
SITES = Kind("clinician's sites", ("facilitation", "service-staff", "care-team"), 3)
LANGUAGES = Kind("clinician's languages", ("facilitation", "service-staff", "primary"), 5)
TEAM = Kind("care team", ("care-team",), 1)


def facts(week: ProgramWeek) -> Iterator[Fact]:
    """Facts of all clinicians, then of the care teams."""
    inherited = inherited_clients(week)
    for index, clinician in enumerate(week.clinicians):
        path: Path = ("clinicians", index)
        yield from _hours(clinician, path)
        yield from _most(clinician, path, inherited[clinician.id])
        yield from _person(week, clinician, path)
    yield from _teams(week)


def _hours(clinician: Clinician, path: Path) -> Iterator[Fact]:
    at: Path = (*path, "available")
    yield Fact(HOURS, at, f"{clinician.id} works {windows_of(clinician.available)}", put(at, ANY_TIME))
    for number, window in enumerate(clinician.away):
        at = (*path, "away", number)
        yield Fact(HOURS, at, f"{clinician.id} is away {windows_of([window])}", put(at, None))
    if clinician.turnaround:
        at = (*path, "turnaround")
        says = f"{clinician.id} has {clinician.turnaround} minutes free after each meeting or session"
        yield Fact(HOURS, at, says, put(at, 0))
    for number, pause in enumerate(clinician.breaks):
        at = (*path, "breaks", number)
        says = f"{clinician.id} has a break of {pause.minutes} minutes within {span(pause.start, pause.end)}"
        yield Fact(HOURS, at, says, put(at, None))
    if clinician.admin_hours:
        at = (*path, "admin_hours")
        says = f"{clinician.id} keeps {clinician.admin_hours:g} hours a week unscheduled"
        yield Fact(HOURS, at, says, put(at, 0))


def _most(clinician: Clinician, path: Path, inherited: int) -> Iterator[Fact]:
    for name, most, unit in (
        ("max_hours_day", clinician.max_hours_day, "scheduled hours a day"),
        ("max_hours_week", clinician.max_hours_week, "scheduled hours a week"),
        ("max_groups_day", clinician.max_groups_day, "groups a day"),
    ):
        if most is not None:
            at: Path = (*path, name)
            yield Fact(LOAD, at, f"{clinician.id} has {most:g} {unit} at most", put(at, None))
    if clinician.caseload is not None:
        at = (*path, "caseload")
        more = or_inherited(clinician.caseload, inherited)
        says = f"{clinician.id} is the primary of {counted(clinician.caseload, 'client')} at most{more}"
        yield Fact(CASELOAD, at, says, put(at, MANY))


def _person(week: ProgramWeek, clinician: Clinician, path: Path) -> Iterator[Fact]:
    everywhere = [site.id for site in week.sites]
    if set(everywhere) - set(clinician.sites):
        at: Path = (*path, "sites")
        yield Fact(
            SITES, at, f"{clinician.id} works at {', '.join(clinician.sites)} only", put(at, everywhere)
        )
    if clinician.languages:
        at = (*path, "languages")
        yield Fact(LANGUAGES, at, f"{clinician.id} speaks {', '.join(clinician.languages)}", put(at, []))


def _teams(week: ProgramWeek) -> Iterator[Fact]:
    for index, team in enumerate(week.care_teams):
        path: Path = ("care_teams", index)
        at: Path = (*path, "windows")
        yield Fact(TEAM, at, f"{team.id} may meet {windows_of(team.windows)}", put(at, ANY_TIME))
        if team.minutes > week.grid:
            at = (*path, "minutes")
            yield Fact(TEAM, at, f"the meeting of {team.id} takes {team.minutes} minutes", put(at, week.grid))
        for number, member in enumerate(team.members):
            at = (*path, "members", number)
            yield Fact(TEAM, at, f"{member} must be there when {team.id} meets", put(at, None))
        for number, quorum in enumerate(team.quorum):
            at = (*path, "quorum", number)
            says = f"{counted(quorum.count, quorum.role)} must be there when {team.id} meets"
            yield Fact(TEAM, at, says, put(at, None))
