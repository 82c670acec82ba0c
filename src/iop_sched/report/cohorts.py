"""View ``cohorts``: how each cohort stands, and who is in it."""

from __future__ import annotations

from rich.console import Group, RenderableType

from iop_sched.report.sheet import Sheet, section
from iop_sched.report.words import Labels, day_name, day_names, percent
from iop_sched.rules import Schedule
from iop_sched.week.care import Cohort
from iop_sched.week.people import Client
from iop_sched.week.roster import Placement
from iop_sched.week.times import Day


def cohorts_view(schedule: Schedule, labels: Labels) -> RenderableType:
    """A table of cohorts, then one of members for each that is open."""
    cohorts = schedule.facts.week.cohorts
    rows = [_row(schedule, cohort, labels) for cohort in cohorts]
    titles = ("Cohort", "Slot", "Days", "Leader", "Rooms", "Members", ">Fill", "Remark")
    members = [
        section(f"{labels(cohort.id)}: members", _members(schedule, cohort, labels))
        for cohort in cohorts
        if cohort.id in schedule.open_cohorts
    ]
    note = "members (least-most); fill: part of the most" if cohorts else ""
    return Group(section("Cohorts", Sheet(titles, rows, none="the week has no cohort"), note=note), *members)


def _row(schedule: Schedule, cohort: Cohort, labels: Labels) -> tuple[str, ...]:
    band = f"{cohort.members.min}-{cohort.members.max}"
    opened = schedule.open_cohorts.get(cohort.id)
    if opened is None:
        return (labels(cohort.id), "-", "-", "-", "-", f"- ({band})", "-", "candidate, not opened")
    meetings = [schedule.meetings[cohort.id, day] for day in schedule.due_days(cohort.id)]
    rooms = labels.list(dict.fromkeys(meeting.room for meeting in meetings if meeting.room is not None))
    size = len(schedule.members[cohort.id])
    return (
        labels(cohort.id),
        opened.slot,
        day_names(opened.days),
        labels(opened.leader),
        "online" if schedule.facts.place(cohort.id) is None else rooms,
        f"{size} ({band})",
        percent(size, cohort.members.max),
        cohort_remark(schedule, cohort),
    )


def cohort_remark(schedule: Schedule, cohort: Cohort) -> str:
    """What stands out about an open cohort: new, too few or too many, days on which it does not meet."""
    remarks: list[str] = []
    size = len(schedule.members[cohort.id])
    if cohort.status == "candidate":
        remarks.append("opens this week")
    if size < cohort.members.min:
        remarks.append(f"{cohort.members.min - size} below its least")
    if size > cohort.members.max:
        remarks.append(f"{size - cohort.members.max} above its most")
    due = schedule.due_days(cohort.id)
    closed = [day for day in schedule.open_cohorts[cohort.id].days if day not in due]
    remarks += [f"closed {day_name(day)}" for day in closed]
    lost = [day for day in due if not schedule.meetings[cohort.id, day].held]
    remarks += [f"not held {day_name(day)}" for day in lost]
    return ", ".join(remarks)


def _members(schedule: Schedule, cohort: Cohort, labels: Labels) -> Sheet:
    clients = schedule.facts.clients
    placements = sorted(schedule.members[cohort.id], key=lambda one: one.client)
    rows = [
        (
            labels(placement.client),
            clients[placement.client].level,
            day_names(placement.days),
            labels(placement.primary),
            remark(schedule, clients[placement.client], placement),
        )
        for placement in placements
    ]
    return Sheet(("Client", "Level", "Days", "Primary", "Remark"), rows, none="nobody")


def remark(schedule: Schedule, client: Client, placement: Placement) -> str:
    """What is new for a client: a start, a move, fewer days, a last day."""
    remarks = []
    previous = schedule.facts.previous.get(client.id)
    if previous is None:
        remarks.append(f"new, starts {day_name(placement.start)}")
    elif previous.cohort != placement.cohort:
        remarks.append(f"was in {previous.cohort or 'no cohort'}")
    elif previous.days != placement.days:
        remarks.append(f"was {day_names(previous.days)}")
    if client.step_down:
        remarks.append("steps down")
    if placement.last != Day.SUN:
        remarks.append(f"last day {day_name(placement.last)}")
    return ", ".join(remarks)
