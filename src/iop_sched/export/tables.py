"""Tidy tables for a pivot table: one row a session, an attendance, a client, a clinician, a cohort, a figure.

Times are HH:MM, lengths are hours. Empty cells are unknown or do not apply.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from iop_sched.export.appointments import Appointment, appointments
from iop_sched.report.words import Labels
from iop_sched.rules import Schedule
from iop_sched.week.base import minutes
from iop_sched.week.result import RosterFile, TierResult
from iop_sched.week.times import WEEK, Day, clock

if TYPE_CHECKING:
    import pandas as pd

Rows = list[dict[str, Any]]


def tables(schedule: Schedule, roster: RosterFile, labels: Labels) -> dict[str, pd.DataFrame]:
    """Tables by name, each with its columns even when it has no row."""
    import pandas as pd

    made = {name: make(schedule, roster, labels) for name, (_, make) in TABLES.items()}
    frames = {name: pd.DataFrame(rows, columns=list(TABLES[name][0])) for name, rows in made.items()}
    # whole numbers stay whole beside an empty cell
    return {name: frame.convert_dtypes() for name, frame in frames.items()}


def _when(one: Appointment) -> dict[str, Any]:
    return {
        "day": one.day.code,
        "start": clock(one.start),
        "end": clock(one.end),
        "hours": (one.end - one.start) / 60,
    }


def _where(one: Appointment, labels: Labels) -> dict[str, Any]:
    return {"site": labels(one.site, none="online"), "room": labels(one.room, none="")}


def _sessions(schedule: Schedule, roster: RosterFile, labels: Labels) -> Rows:
    return [
        {
            "kind": one.kind,
            "what": labels(one.what),
            "cohort": labels(one.cohort, none=""),
            **_when(one),
            **_where(one, labels),
            "clinicians": labels.list(one.clinicians, none=""),
            "clients": len(one.clients),
        }
        for one in appointments(schedule)
    ]


def _attendance(schedule: Schedule, roster: RosterFile, labels: Labels) -> Rows:
    facts = schedule.facts
    return [
        {
            "client": labels(client),
            "level": facts.clients[client].level,
            "payer": facts.clients[client].payer or "",
            "kind": one.kind,
            "what": labels(one.what),
            "cohort": labels(one.cohort, none=""),
            **_when(one),
            **_where(one, labels),
            "clinicians": labels.list(one.clinicians, none=""),
        }
        for one in appointments(schedule)
        for client in one.clients
    ]


def _clients(schedule: Schedule, roster: RosterFile, labels: Labels) -> Rows:
    why = {one.client: one.reason for one in roster.unplaced}
    rows = []
    for client in schedule.facts.week.clients:
        placement = schedule.placements.get(client.id)
        prescribed = None if client.prescription is None else client.prescription.hours
        rows.append(
            {
                "client": labels(client.id),
                "level": client.level,
                "payer": client.payer or "",
                "placed": placement is not None,
                "cohort": labels(placement.cohort, none="") if placement else "",
                "days": " ".join(day.code for day in placement.days) if placement else "",
                "first": placement.start.code if placement else "",
                "last": placement.last.code if placement else "",
                "primary": labels(placement.primary, none="") if placement else "",
                "prescribed hours": None if prescribed is None else prescribed.aim / 60,
                "scheduled hours": schedule.dosage(client).total / 60 if placement else None,
                "missing sessions": sum(number for _, number in schedule.missing(client))
                if placement
                else None,
                "why not placed": labels.text(why.get(client.id, "")),
            }
        )
    return rows


def _clinicians(schedule: Schedule, roster: RosterFile, labels: Labels) -> Rows:
    return [
        {
            "clinician": labels(one.id),
            "roles": ", ".join(one.roles),
            "scheduled hours": sum(schedule.loads[one.id]) / 60,
            **{day.code: schedule.loads[one.id][day] / 60 for day in WEEK},
            "contract hours": None if one.contract_hours is None else minutes(one.contract_hours) / 60,
            "primary of": sum(placement.primary == one.id for placement in roster.placements),
            "caseload": one.caseload,
        }
        for one in schedule.facts.week.clinicians
    ]


def _cohorts(schedule: Schedule, roster: RosterFile, labels: Labels) -> Rows:
    rows = []
    for cohort in schedule.facts.week.cohorts:
        opened = schedule.open_cohorts.get(cohort.id)
        due = [] if opened is None else schedule.due_days(cohort.id)
        rows.append(
            {
                "cohort": labels(cohort.id),
                "site": labels(cohort.site),
                "open": opened is not None,
                "slot": opened.slot if opened else "",
                "days": " ".join(day.code for day in opened.days) if opened else "",
                "leader": labels(opened.leader, none="") if opened else "",
                "members": len(schedule.members[cohort.id]) if opened else 0,
                "least": cohort.members.min,
                "most": cohort.members.max,
                "meetings due": len(due),
                "meetings held": sum(schedule.meetings[cohort.id, day].held for day in due),
            }
        )
    return rows


def _figures(schedule: Schedule, roster: RosterFile, labels: Labels) -> Rows:
    return [_figure(one) for one in (*roster.tiers, *((roster.weighted,) if roster.weighted else ()))]


def _figure(one: TierResult) -> dict[str, Any]:
    return {
        "tier": one.name,
        "value": one.value,
        "bound": one.bound,
        "status": one.status,
        "gap": one.gap,
        "scale": one.scale,
        "arithmetic": one.arithmetic,
    }


_WHEN = ("day", "start", "end", "hours", "site", "room", "clinicians")
Make = Callable[[Schedule, RosterFile, Labels], Rows]
TABLES: dict[str, tuple[tuple[str, ...], Make]] = {
    "sessions": (("kind", "what", "cohort", *_WHEN, "clients"), _sessions),
    "attendance": (("client", "level", "payer", "kind", "what", "cohort", *_WHEN), _attendance),
    "clients": (
        (
            "client",
            "level",
            "payer",
            "placed",
            "cohort",
            "days",
            "first",
            "last",
            "primary",
            "prescribed hours",
            "scheduled hours",
            "missing sessions",
            "why not placed",
        ),
        _clients,
    ),
    "clinicians": (
        (
            "clinician",
            "roles",
            "scheduled hours",
            *(Day(day).code for day in WEEK),
            "contract hours",
            "primary of",
            "caseload",
        ),
        _clinicians,
    ),
    "cohorts": (
        (
            "cohort",
            "site",
            "open",
            "slot",
            "days",
            "leader",
            "members",
            "least",
            "most",
            "meetings due",
            "meetings held",
        ),
        _cohorts,
    ),
    "figures": (("tier", "value", "bound", "status", "gap", "scale", "arithmetic"), _figures),
}
"""Columns of each table, and what makes its rows."""
