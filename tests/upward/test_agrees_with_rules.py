"""The figures of solved weeks agree with what the rules charge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from iop_sched.compare.figures import figures as compared
from iop_sched.next_week import advance
from iop_sched.rules import Schedule, authorisation, cost, group_share, program_day
from iop_sched.rules.findings import Term, Violation
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.run import solve
from iop_sched.upward.build import week_report
from iop_sched.upward.model import WeekReport
from iop_sched.upward.rows import program_figures, summed
from iop_sched.week.base import Band
from iop_sched.week.loading import load_week
from iop_sched.week.people import Authorisation, Client
from iop_sched.week.policy import Policy
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster

QUICKSTART = Path(__file__).parents[2] / "instances" / "quickstart.yaml"
POLICY = Policy()
Solved = tuple[ProgramWeek, Roster]


def solved(week: ProgramWeek) -> Solved:
    found = solve(week, POLICY, SolveOptions(3, workers=1, deterministic=True, strategy="full"))
    assert found.roster is not None
    return week, found.roster


@pytest.fixture(scope="module")
def weeks() -> list[Solved]:
    """The quickstart and its next week, both solved."""
    first = solved(load_week(QUICKSTART))
    return [first, solved(advance(*first).week)]


def harder(week: ProgramWeek) -> ProgramWeek:
    """The week with higher day floors, a narrow group share, and authorisations of all sorts."""
    levels = [
        level.model_copy(
            update={
                "day_hours": level.day_hours.model_copy(update={"min": level.day_hours.min + 0.75}),
                "group_share": Band(min=85, max=90),
            }
        )
        for level in week.levels
    ]
    clients = [_paid(client, week, number) for number, client in enumerate(week.clients)]
    return week.model_copy(update={"levels": tuple(levels), "clients": tuple(clients)})


def _paid(client: Client, week: ProgramWeek, number: int) -> Client:
    units = {"days": number % 5} if number % 2 else {"hours": float(number % 9)}
    days = timedelta(days=number % 4)
    given = Authorisation(first=week.week_of + days, last=week.week_of + 2 * days, **units)
    return client.model_copy(update={"authorisation": given})


def amounts(found: Sequence[Term | Violation], penalty: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for one in found:
        if isinstance(one, Term) and one.penalty == penalty:
            counted[one.who] += one.amount
    return counted


def test_totals(weeks: list[Solved]) -> None:
    for week, roster in weeks:
        report, told = week_report(week, roster, ""), compared(week, POLICY, roster)
        spent = list(cost.check(Schedule.of(week, roster), POLICY))
        assert sum(one.placed for one in report.levels) == told.placed > 0
        assert report.waitlist.clients == told.waiting
        assert sum(one.held for one in report.cohorts) == told.held
        assert sum(one.due - one.held for one in report.cohorts) == told.not_held
        assert {
            one.clinician: one.scheduled_minutes for one in report.clinicians if one.scheduled_minutes
        } == (amounts(spent, "cost.staff"))
        overtime = {one.clinician: one.overtime_minutes for one in report.clinicians if one.overtime_minutes}
        assert overtime == amounts(spent, "cost.overtime")
        # a solved roster breaks no rule of rooms, so that each is used within its hours
        assert all(one.used_minutes <= one.open_minutes for one in report.rooms)


def test_days_at_risk(weeks: list[Solved]) -> None:
    for solved_week, roster in weeks:
        week = harder(solved_week)
        schedule, report = Schedule.of(week, roster), week_report(week, roster, "")
        broken = [one for one in program_day.check(schedule, POLICY) if isinstance(one, Violation)]
        short = {(one.who, one.when) for one in broken if "on a program day" in one.message}
        assert {(one.client, day.code) for one in report.at_risk for day in one.short} == short
        charged = list(authorisation.check(schedule, POLICY))
        in_days, in_hours = (amounts(charged, f"authorisation.{unit}") for unit in ("days", "hours"))
        beyond = {one.client: len(one.unauthorised) for one in report.at_risk if one.unauthorised}
        assert {name: days for name, days in beyond.items() if name not in in_hours} == in_days
        assert set(beyond) == set(in_days) | set(in_hours)
        assert short
        assert in_days
        assert in_hours


def test_group_share(weeks: list[Solved]) -> None:
    for solved_week, roster in weeks:
        week = harder(solved_week)
        terms = list(group_share.check(Schedule.of(week, roster), POLICY))
        outside = amounts(terms, "group-share")
        assert sum(one.outside_share for one in week_report(week, roster, "").levels) == len(outside) > 0


def test_weeks_add_up(weeks: list[Solved]) -> None:
    reports: list[WeekReport] = [week_report(*one, "", number) for number, one in enumerate(weeks, 1)]
    assert reports[1].week_of == QUICKSTART_NEXT
    both = [summed(same) for same in zip(*map(program_figures, reports), strict=True)]
    found = {one.words: one for one in both}
    total = sum(level.program_days for report in reports for level in report.levels)
    assert found["program days"].value == total
    assert found["billable program days"].of == total
    # the same people may wait in both weeks
    assert found["clients waiting"].value is None


QUICKSTART_NEXT = load_week(QUICKSTART).week_of + timedelta(days=7)
