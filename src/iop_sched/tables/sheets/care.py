"""Sheets about what is offered: levels of care, slots, agendas, cohorts and services."""

from __future__ import annotations

from iop_sched.tables.layout import Column, Sheet
from iop_sched.tables.sheets.columns import band, of, staff

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

CARE = (
    Sheet(
        "Levels of care",
        "Profiles of hours and days: IOP adult, IOP adolescent, PHP, aftercare.",
        {"": "levels"},
        (
            Column("Level of care", "id"),
            *band("Dose", "hours", "hours/week"),
            *band("Program day", "day_hours", "hours/day"),
            *band("Days", "days", "days/week"),
            *band("Services a day", "services_per_day", "blocks and sessions"),
            Column("Gap between two days of a pattern, most (days)", "max_days_between"),
            Column("Days with sessions alone, most (days/week)", "service_only_days"),
            *band("Group share", "group_share", "percent of dose"),
        ),
    ),
    Sheet(
        "Slots",
        "When meetings start: morning, afternoon, evening.",
        {"": "slots"},
        (
            Column("Slot", "id"),
            Column("Start (HH:MM)", "start"),
            *(Column(f"Start on {day} (HH:MM, if another)", f"by_day.{day.lower()}") for day in _WEEKDAYS),
        ),
    ),
    Sheet(
        "Blocks",
        "The parts of a meeting. Rows with the same agenda make one agenda, which cohorts name.",
        {"": "agendas[].blocks"},
        (
            of("Agenda"),
            Column("Block", "id"),
            Column("Kind of block", "kind"),
            Column("Begins (minutes after the meeting's start)", "after"),
            Column("Length (minutes)", "minutes"),
            Column("Weekdays (empty: every meeting)", "days"),
            Column("Levels of care (empty: all)", "levels"),
            *band("Attendance", "attendance", "clients"),
            Column("Clients for each staff member, most", "ratio"),
            Column("Group therapy (yes/no)", "group_therapy"),
            Column("Counts as dose (yes/no)", "counts"),
            Column("May be left for a session (yes/no)", "may_leave"),
            Column("Supplies", "supplies"),
        ),
    ),
    Sheet(
        "Block staff",
        "Who runs a block, a row for each need.",
        {"": "agendas[].blocks[].staff"},
        (of("Agenda"), of("Block"), *staff(Column("Leader of the cohort (yes/no)", "lead"))),
    ),
    Sheet(
        "Cohorts",
        "Groups that run, and candidates that may open.",
        {"": "cohorts"},
        (
            Column("Cohort", "id"),
            Column("Status", "status", shown=True),
            Column("Site", "site"),
            Column("Format", "format", shown=True),
            Column("Levels of care", "levels"),
            *band("Members", "members", "clients"),
            Column("Agenda", "agenda"),
            Column("Kind of room (empty: none)", "room_kind"),
            Column("Populations (empty: all)", "populations"),
            Column("Needs it serves", "serves"),
            Column("Needs it requires", "requires"),
            Column("Language (empty: any)", "language"),
        ),
    ),
    Sheet(
        "Cohort meetings",
        "Slot and weekdays of a cohort: one row when it runs, a row for each choice of a candidate.",
        {"": "cohorts[].options"},
        (of("Cohort"), Column("Slot", "slot"), Column("Weekdays", "days")),
    ),
    Sheet(
        "Services",
        "Whatever is prescribed beside the groups: individual, psychiatric, family, open group, intake.",
        {"": "services"},
        (
            Column("Service", "id"),
            Column("Length (minutes)", "minutes"),
            *band("Participants", "participants", "clients; above 1: an open group"),
            Column("Kind of room (empty: none)", "room_kind"),
            Column("Supplies", "supplies"),
            Column("Telehealth", "telehealth", shown=True),
            Column("Sites (empty: all)", "sites"),
            Column("Counts as dose (yes/no)", "counts"),
            Column("Group therapy (yes/no)", "group_therapy"),
            Column("By the client's primary (yes/no)", "primary"),
            Column("With loved ones (yes/no)", "family"),
            Column("Open group: times the solver may place, most", "max_offerings"),
            Column("From one session to the next, least (days)", "spacing_days"),
            Column("In a run of days, most (sessions)", "at_most.count"),
            Column("Run of days (days)", "at_most.days"),
            Column("Comes after kind of block", "follows.block_kind"),
            Column("Comes after service", "follows.service"),
            Column("Comes after, least (days)", "follows.min_days"),
            Column("Comes after, most (days)", "follows.max_days"),
            Column("A missing session costs (points of dose)", "missing_points"),
        ),
    ),
    Sheet(
        "Service staff",
        "Who gives a service, a row for each need.",
        {"": "services[].staff"},
        (of("Service"), *staff()),
    ),
    Sheet(
        "Open groups",
        "Fixed times of open groups.",
        {"": "services[].offerings"},
        (
            of("Service"),
            Column("Offering", "id"),
            Column("Weekday", "day"),
            Column("Start (HH:MM)", "start"),
            Column("Site (empty: online)", "site"),
        ),
    ),
)
