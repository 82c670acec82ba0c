"""Figures of a roster for a table in which rosters stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from iop_sched.compare.kept import Part, kept
from iop_sched.rules import Evaluation, Schedule, evaluate
from iop_sched.rules.cost import overtime
from iop_sched.rules.facts import Facts
from iop_sched.rules.structure import check_structure
from iop_sched.week.base import Frozen
from iop_sched.week.policy import TIERS, Policy, Tier
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster

Unit = Literal["number", "minutes", "points"]
Verdict = Literal["better", "worse", "more", "less"]
Number = Annotated[int, Field(ge=0)]


class Figures(Frozen):
    """What a director compares rosters by. Fields called minutes are minutes of the week."""

    broken: Annotated[Number, Field(description="breaches of hard rules; 0 for a roster that holds")]
    placed: Annotated[Number, Field(description="clients with a place")]
    waiting: Annotated[Number, Field(description="clients with a prescription and no place")]
    short_minutes: Annotated[
        Number, Field(description="minutes of dose below the target, over all clients with a prescription")
    ]
    missing: Annotated[Number, Field(description="prescribed sessions that placed clients do not get")]
    moved: Annotated[Number, Field(description="clients in another cohort than last week")]
    days_lost: Annotated[Number, Field(description="weekdays of last week's patterns lost")]
    times_changed: Annotated[Number, Field(description="sessions at another time than last week")]
    held: Annotated[Number, Field(description="meetings held")]
    not_held: Annotated[Number, Field(description="meetings due and not held")]
    scheduled_minutes: Annotated[Number, Field(description="minutes that clinicians are scheduled")]
    overtime_minutes: Annotated[Number, Field(description="minutes scheduled beyond contracts")]
    tiers: Annotated[
        dict[Tier, int], Field(description="each tier's value; continuity is the broken continuity")
    ]
    weighted: Annotated[int, Field(description="the weighted sum of the tiers")]


@dataclass(frozen=True)
class Row:
    """How a figure is said: its words, its unit, and which way is better (none: neither)."""

    words: str
    unit: Unit = "number"
    better: Literal["more", "less"] | None = "less"


ROWS: dict[str, Row] = {
    "broken": Row("breaches of hard rules"),
    "placed": Row("clients placed", better="more"),
    "waiting": Row("clients waiting"),
    "short_minutes": Row("hours below target", "minutes"),
    "missing": Row("sessions missing"),
    "moved": Row("clients in another cohort than last week"),
    "days_lost": Row("weekdays lost since last week"),
    "times_changed": Row("sessions at another time than last week"),
    "held": Row("meetings held", better=None),
    "not_held": Row("meetings not held"),
    "scheduled_minutes": Row("clinician hours", "minutes", better=None),
    "overtime_minutes": Row("overtime", "minutes"),
    "tier kept": Row("kept: places lost, meetings not held", "points"),
    "tier placed": Row("placed: clients without a place", "points"),
    "tier dose": Row("dose: care not delivered", "points"),
    "tier continuity": Row("broken continuity", "points"),
    "tier preference": Row("preference: wishes not met", "points"),
    "tier cost": Row("cost: meetings, hours, balance", "points"),
    "weighted": Row("weighted sum of the tiers", "points"),
}
"""The rows of a comparison, in their order."""


class FigureChange(Frozen):
    """A figure that differs. ``verdict`` judges it, or says which way it went where neither is better."""

    name: Annotated[str, Field(description="name of the row, a key of ROWS")]
    before: Annotated[int, Field(description="value before, in the unit")]
    after: Annotated[int, Field(description="value after, in the unit")]
    unit: Annotated[Unit, Field(description="number, minutes or points")]
    verdict: Annotated[Verdict, Field(description="better, worse, or more or less where neither is better")]


def figures(week: ProgramWeek, policy: Policy, roster: Roster) -> Figures:
    """The figures of a roster, all recomputed from it.

    Raises ``ValueError`` when the roster is not one of this week, with a line for each reason.
    """
    wrong = misfits(week, roster)
    if wrong:
        raise ValueError("\n".join(wrong))
    evaluation = evaluate(week, roster, policy)
    schedule = Schedule.of(week, roster)
    stayed = kept(schedule)
    placed = sum(client.id in schedule.placements for client in week.treated)
    clinicians = week.clinicians
    return Figures(
        broken=len(evaluation.violations),
        placed=placed,
        waiting=len(week.treated) - placed,
        short_minutes=_amount(evaluation, "weekly-hours.short"),
        missing=sum(number for client, _ in schedule.placed for _, number in schedule.missing(client)),
        moved=_lost(stayed.cohorts),
        days_lost=_lost(stayed.days),
        times_changed=_lost(stayed.sessions),
        held=len(schedule.held),
        not_held=len(roster.facilitation) - len(schedule.held),
        scheduled_minutes=sum(sum(schedule.loads[one.id]) for one in clinicians),
        overtime_minutes=sum(overtime(schedule, one) for one in clinicians),
        tiers={tier: evaluation.tiers[tier].value for tier in TIERS},
        weighted=evaluation.weighted.value,
    )


def misfits(week: ProgramWeek, roster: Roster) -> list[str]:
    """Why a roster is not one of this week; figures are computed only of one that is."""
    return [one.message for one in check_structure(Facts(week), roster)]


def _amount(evaluation: Evaluation, penalty: str) -> int:
    return sum(term.amount for term in evaluation.terms if term.penalty == penalty)


def _lost(part: Part) -> int:
    stayed, of = part
    return of - stayed


def changed(before: Figures, after: Figures) -> tuple[FigureChange, ...]:
    """The figures that differ, in the order of ``ROWS``."""
    return tuple(
        FigureChange(
            name=name,
            before=_value(before, name),
            after=_value(after, name),
            unit=row.unit,
            verdict=_verdict(row, _value(after, name) - _value(before, name)),
        )
        for name, row in ROWS.items()
        if _value(before, name) != _value(after, name)
    )


def _value(of: Figures, name: str) -> int:
    by_name: dict[str, int] = {f"tier {tier}": value for tier, value in of.tiers.items()}
    return by_name[name] if name in by_name else int(getattr(of, name))


def _verdict(row: Row, change: int) -> Verdict:
    way: Literal["more", "less"] = "more" if change > 0 else "less"
    if row.better is None:
        return way
    return "better" if way == row.better else "worse"
