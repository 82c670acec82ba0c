"""Sheets about clinicians, care teams, and when rooms, services and teams can be had."""

from __future__ import annotations

from iop_sched.tables.layout import Column, Role, Sheet
from iop_sched.tables.sheets.columns import of, window

STAFF = (
    Sheet(
        "Clinicians",
        "Who leads meetings and gives services. Working hours: Clinician hours.",
        {"": "clinicians"},
        (
            Column("Clinician", "id"),
            Column("Roles", "roles"),
            Column("Credentials", "credentials"),
            Column("Modalities", "modalities"),
            Column("Languages (empty: all)", "languages"),
            Column("Payers credentialed with", "payers"),
            Column("Sites", "sites"),
            Column("Kept free after each occupation (minutes)", "turnaround"),
            Column("Administrative time (hours/week)", "admin_hours"),
            Column("Scheduled a day, most (hours)", "max_hours_day"),
            Column("Scheduled a week, most (hours)", "max_hours_week"),
            Column("Groups a day, most", "max_groups_day"),
            Column("Contract (hours/week)", "contract_hours"),
            Column("Caseload, most (clients)", "caseload"),
        ),
    ),
    Sheet(
        "Clinician hours",
        "available: working hours; away: sick, on leave, administrative time.",
        {"available": "clinicians[].available", "away": "clinicians[].away"},
        (
            of("Clinician"),
            Column("What", role=Role.TAG),
            *window(Column("Site (available: only there)", {"available": "site"})),
        ),
    ),
    Sheet(
        "Clinician breaks",
        "A free stretch on every working day.",
        {"": "clinicians[].breaks"},
        (
            of("Clinician"),
            Column("Length (minutes)", "minutes"),
            Column("Not before (HH:MM)", "start"),
            Column("Over by (HH:MM)", "end"),
        ),
    ),
    Sheet(
        "Care teams",
        "Weekly meetings of staff. When they may meet: Other hours.",
        {"": "care_teams"},
        (
            Column("Care team", "id"),
            Column("Site", "site"),
            Column("Length (minutes)", "minutes"),
            Column("Members who must attend", "members"),
        ),
    ),
    Sheet(
        "Care team quorum",
        "Roles that must be represented.",
        {"": "care_teams[].quorum"},
        (of("Care team"), Column("Role", "role"), Column("How many (people)", "count", shown=True)),
    ),
    Sheet(
        "Other hours",
        "When a room can be used, a service is given, a care team may meet.",
        {"room": "rooms[].available", "service": "services[].windows", "care team": "care_teams[].windows"},
        (Column("Of what", role=Role.TAG), of("Which"), *window()),
    ),
)
