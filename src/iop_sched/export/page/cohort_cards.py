"""Each open cohort with its members, and who of them comes on which day."""

from __future__ import annotations

from iop_sched.export.page.context import Context
from iop_sched.export.page.model import CohortCard, Member, Seats
from iop_sched.report.cohorts import cohort_remark, remark
from iop_sched.report.words import day_name, day_names
from iop_sched.week.care import Cohort
from iop_sched.week.roster import Placement
from iop_sched.week.times import Day


def cohort_cards(given: Context) -> tuple[CohortCard, ...]:
    """Open cohorts, by slot from early to late, then in the week's order."""
    opened = given.schedule.open_cohorts
    slots = list(given.tones)
    cohorts = [one for one in given.subject.week.cohorts if one.id in opened]
    return tuple(
        _card(given, one) for one in sorted(cohorts, key=lambda one: slots.index(opened[one.id].slot))
    )


def not_opened(given: Context) -> str:
    """Candidates that do not open."""
    opened = given.schedule.open_cohorts
    return given.labels.list((one.id for one in given.subject.week.cohorts if one.id not in opened), none="")


def _card(given: Context, cohort: Cohort) -> CohortCard:
    schedule, labels = given.schedule, given.labels
    opened, members = schedule.open_cohorts[cohort.id], schedule.members[cohort.id]
    meetings = [schedule.meetings[cohort.id, day] for day in schedule.due_days(cohort.id)]
    rooms = dict.fromkeys(one.room for one in meetings if one.room is not None)
    place = schedule.facts.place(cohort.id)
    lines = [("Days", day_names(opened.days)), ("Leader", labels(opened.leader, none="nobody"))]
    if rooms or place is None:
        lines.append(("Room", "online" if place is None else labels.list(rooms)))
    if len(given.subject.week.sites) > 1:
        lines.append(("Site", labels(cohort.site)))
    staff = {entry.clinician for meeting in meetings for entry in meeting.staff} | {opened.leader}
    return CohortCard(
        name=labels(cohort.id),
        slot=opened.slot,
        tone=given.tone(cohort.id),
        lines=tuple(lines),
        size=f"{len(members)} members, {cohort.members.min} to {cohort.members.max} wanted",
        seats=Seats(len(members), cohort.members.max),
        remark=cohort_remark(schedule, cohort),
        days=tuple(day_name(day) for day in opened.days),
        members=tuple(
            _member(given, one, opened.days) for one in sorted(members, key=lambda one: one.client)
        ),
        about=given.marks.about((), sorted(one for one in staff if one), [cohort.id], [cohort.site]),
        changed=cohort.id in given.changed_cohorts,
    )


def _member(given: Context, placement: Placement, days: tuple[Day, ...]) -> Member:
    client = given.schedule.facts.clients[placement.client]
    attended = given.schedule.attended_days(client)
    return Member(
        name=given.labels(client.id),
        days=tuple("in" if day in attended else "out" if day in placement.days else "" for day in days),
        primary=given.labels(placement.primary),
        remark=remark(given.schedule, client, placement),
        about=given.marks.about([client.id], [placement.primary]),
    )
