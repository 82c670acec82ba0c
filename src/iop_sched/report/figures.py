"""Figures of a summary that only count decisions: hours, seats, what was kept, wishes met."""

from __future__ import annotations

from iop_sched.compare.kept import kept
from iop_sched.report.words import Labels, count, day_name, day_names, hours, percent, share
from iop_sched.rules import Evaluation, Schedule
from iop_sched.rules.qualification import qualified_for, suits
from iop_sched.upward.hours import authorised, prescribed
from iop_sched.week.people import Client
from iop_sched.week.roster import Meeting, Placement

Row = tuple[str, ...]


def hour_rows(schedule: Schedule) -> list[Row]:
    """By level of care, then in all: clients placed, hours prescribed, authorised this week, scheduled."""
    levels = [level.id for level in schedule.facts.week.levels]
    groups = [(level, [one for one in schedule.facts.treated if one.level == level]) for level in levels]
    groups = [(level, clients) for level, clients in groups if clients]
    if len(groups) != 1:
        groups.append(("in all", list(schedule.facts.treated)))
    return [(level, *_hours(schedule, clients)) for level, clients in groups]


def _hours(schedule: Schedule, clients: list[Client]) -> Row:
    placed = [client for client in clients if client.id in schedule.placements]
    return (
        share(len(placed), len(clients)),
        hours(prescribed(clients)),
        hours(prescribed(placed)),
        authorised_words(*authorised(schedule, placed)),
        hours(sum(schedule.dosage(client).total for client in placed)),
    )


def authorised_words(in_minutes: int, in_days: int) -> str:
    """``20h and 3 days``, or a dash for nothing."""
    parts = [hours(in_minutes)] * bool(in_minutes) + [count(in_days, "day")] * bool(in_days)
    return " and ".join(parts) or "-"


def beyond_authorisation(evaluation: Evaluation, labels: Labels) -> list[str]:
    """Clients scheduled beyond what the payer agreed to."""
    lines = []
    for term in evaluation.terms:
        if term.penalty in ("authorisation.hours", "authorisation.days"):
            amount = hours(term.amount) if term.penalty.endswith("hours") else count(term.amount, "day")
            lines.append(f"{labels(term.who)}: {amount} beyond the authorisation")
    return lines


def shortened(schedule: Schedule, labels: Labels) -> list[str]:
    """Clients whose floors are prorated, as they attend fewer days than their pattern has."""
    found = []
    for client, placement in schedule.placed:
        attended = len(schedule.attended_days(client))
        if attended < len(placement.days):
            of = f"{attended} of {count(len(placement.days), 'day')} ({day_names(placement.days)})"
            found.append(f"{labels(client.id)}: attends {of}, hours prorated")
    return found


def fill_rows(schedule: Schedule, labels: Labels) -> list[Row]:
    """Members against the least and the most of each open cohort, then in all."""
    rows: list[Row] = []
    taken = least = seats = 0
    for opened in schedule.roster.cohorts:
        size = len(schedule.members[opened.cohort])
        band = schedule.facts.cohorts[opened.cohort].members
        rows.append((labels(opened.cohort), str(size), str(band.min), str(band.max), percent(size, band.max)))
        taken, least, seats = taken + size, least + band.min, seats + band.max
    if len(rows) > 1:
        rows.append(("in all", str(taken), str(least), str(seats), percent(taken, seats)))
    return rows


def below_least(schedule: Schedule, labels: Labels) -> str:
    """Which open cohorts have fewer members than their least; nothing when none has."""
    cohorts = schedule.facts.cohorts
    few = [one for one, size in schedule.members.items() if len(size) < cohorts[one].members.min]
    return f"below the least: {labels.list(few)}" if few else ""


KEPT = {
    "places": "current clients who keep a place",
    "cohorts": "same cohort",
    "slots": "same slot",
    "primaries": "same primary",
    "days": "same weekdays (stepping down loses none)",
    "leaders": "cohorts with the same leader",
}
"""Parts of what is kept, with their words."""


def kept_rows(schedule: Schedule) -> list[Row]:
    """How much of last week stayed, among current clients who are placed."""
    found = kept(schedule)
    return [(words, share(*getattr(found, part))) for part, words in KEPT.items()]


def wish_rows(schedule: Schedule) -> list[Row]:
    """How many wishes of placed clients are met."""
    slots, days, sessions, compact = [], [], [], []
    for client, placement in schedule.placed:
        wish = client.preferences
        if wish.slots and placement.cohort is not None:
            slots.append(schedule.open_cohorts[placement.cohort].slot in wish.slots)
        if wish.days:
            days += [day in wish.days for day in placement.days]
        if wish.clinicians:
            sessions += _with_preferred(schedule, client)
        if wish.compact:
            in_person = {one.day for one in schedule.sessions_of(client) if one.site is not None}
            compact.append(in_person <= set(schedule.attended_days(client)))
    return [
        ("clients in a slot they prefer", share(sum(slots), len(slots))),
        ("weekdays that are preferred", share(sum(days), len(days))),
        ("sessions with a preferred clinician", share(sum(sessions), len(sessions))),
        ("clients who come for no session alone", share(sum(compact), len(compact))),
    ]


def _with_preferred(schedule: Schedule, client: Client) -> list[bool]:
    facts = schedule.facts
    preferred = [facts.clinicians[one] for one in client.preferences.clinicians]
    suiting = [one for one in preferred if suits(facts, one, client)]
    return [
        bool({entry.clinician for entry in session.staff} & set(client.preferences.clinicians))
        for session in schedule.sessions_of(client)
        if not schedule.service(session).is_open_group
        and any(qualified_for(one, schedule.service(session)) for one in suiting)
    ]


def not_held(schedule: Schedule, labels: Labels) -> list[str]:
    """Due meetings that are not held, with the clients who miss them."""
    lines = []
    for meeting in schedule.roster.facilitation:
        if not meeting.held:
            members = schedule.members[meeting.cohort]
            missing = [one.client for one in members if _expected(schedule, one, meeting)]
            who = f": missed by {labels.list(missing)}" if missing else ""
            lines.append(f"{labels(meeting.cohort)} on {day_name(meeting.day)}{who}")
    return lines


def _expected(schedule: Schedule, placement: Placement, meeting: Meeting) -> bool:
    client = schedule.facts.clients[placement.client]
    in_treatment = placement.start <= meeting.day <= placement.last
    excused = schedule.attendance.excused(client, meeting.cohort, meeting.day)
    return meeting.day in placement.days and in_treatment and not excused


def missing_services(schedule: Schedule, labels: Labels) -> list[str]:
    """Prescribed services that placed clients do not get."""
    return [
        f"{labels(client.id)}: {number} x {service.id}"
        for client, _ in schedule.placed
        for service, number in schedule.missing(client)
    ]


def overrides(schedule: Schedule, labels: Labels, client: str | None = None) -> list[str]:
    """Rules set aside for clients, or for one of them, and the director's reason."""
    lines = []
    for pin in schedule.facts.week.pins:
        target = pin.place or pin.session
        if pin.overrides and target is not None and client in (None, target.client):
            rules = ", ".join(pin.overrides)
            lines.append(f"{labels(target.client)}: {rules} set aside ({pin.id}), because: {pin.reason}")
    return lines
