"""View ``clinicians``: who carries how much."""

from __future__ import annotations

from collections import Counter

from rich.console import Group, RenderableType

from iop_sched.report.sheet import Sheet, WhereItFits, section
from iop_sched.report.words import Labels, day_name, hours, percent
from iop_sched.rules import Schedule
from iop_sched.week.base import minutes
from iop_sched.week.people import Clinician
from iop_sched.week.times import WEEK, Day


def clinicians_view(schedule: Schedule, labels: Labels) -> RenderableType:
    """Groups, sessions, hours and caseload of each clinician, and the hours of each day."""
    clinicians = schedule.facts.week.clinicians
    caseloads = Counter(one.primary for one in schedule.roster.placements)
    load = [_load(schedule, one, caseloads[one.id], labels) for one in clinicians]
    titles = ("Clinician", "Roles", ">Groups", ">Sessions", ">Hours", ">Contract", ">Of it", "Caseload")
    return Group(
        section(
            "Clinicians", Sheet(titles, load, none="nobody"), note="scheduled hours, in whole grid cells"
        ),
        section("Hours by day", _by_day(schedule, labels), note="(most allowed a day)"),
    )


def _load(schedule: Schedule, one: Clinician, carried: int, labels: Labels) -> tuple[str, ...]:
    groups, sessions = work(schedule, one.id)
    worked = sum(schedule.loads[one.id])
    contract = None if one.contract_hours is None else minutes(one.contract_hours)
    return (
        labels(one.id),
        ", ".join(one.roles),
        str(groups),
        str(sessions),
        hours(worked),
        "-" if contract is None else hours(contract),
        "-" if contract is None else percent(worked, contract),
        caseload(one, carried),
    )


def work(schedule: Schedule, clinician: str) -> tuple[int, int]:
    """How many groups (meetings and open groups) a clinician runs, and how many sessions they give."""
    mine = schedule.occupations_of(clinician)
    groups = {(item.meeting, item.group) for item in mine if item.meeting or item.group}
    given = [one for one in schedule.roster.sessions if clinician in {entry.clinician for entry in one.staff}]
    return len(groups), len(given)


def caseload(one: Clinician, carried: int) -> str:
    """``4 of 6``: clients as their primary, and the most."""
    if one.caseload is None:
        return str(carried) if carried else "-"
    return f"{carried} of {one.caseload}"


def _by_day(schedule: Schedule, labels: Labels) -> RenderableType:
    wide, narrow = [], []
    for one in schedule.facts.week.clinicians:
        days = schedule.loads[one.id]
        most = "" if one.max_hours_day is None else hours(minutes(one.max_hours_day))
        wide.append([labels(one.id), *(hours(load) if load else "." for load in days), most])
        worked = ", ".join(f"{day_name(Day(day))} {hours(days[day])}" for day in WEEK if days[day])
        narrow.append((labels(one.id), worked or "nothing scheduled", most))
    return WhereItFits(
        Sheet(("Clinician", *(f">{day_name(day)}" for day in WEEK), ">Most"), wide, none="nobody"),
        Sheet(("Clinician", "Days", "Most"), narrow, none="nobody"),
    )
