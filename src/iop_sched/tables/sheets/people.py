"""Sheets about clients and what they are prescribed."""

from __future__ import annotations

from iop_sched.tables.layout import Column, Role, Sheet
from iop_sched.tables.sheets.columns import band, of, window

PEOPLE = (
    Sheet(
        "Clients",
        "Who is in treatment, waits or is referred: codes, never names.",
        {"": "clients"},
        (
            Column("Client", "id"),
            Column("Level of care", "level"),
            Column("Priority (1 routine to 5 urgent)", "priority", shown=True),
            Column("Waiting (days)", "waiting_days"),
            Column("Payer", "payer"),
            Column("Dose, least (hours/week)", "prescription.hours.min"),
            Column("Dose, target (hours/week)", "prescription.hours.target"),
            Column("Dose, most (hours/week)", "prescription.hours.max"),
            Column("Days a week allowed", "prescription.days"),
            Column("Weekdays allowed", "prescription.weekdays"),
            Column("Needs no cohort (yes/no)", "group_optional"),
            Column("Steps down this week (yes/no)", "step_down"),
            Column("Population", "population"),
            Column("Needs", "needs"),
            Column("Languages (empty: any)", "languages"),
            Column("Formats", "formats"),
            Column("Sites within reach (empty: all)", "sites"),
            Column("Authorised from (date)", "authorisation.first"),
            Column("Authorised to (date)", "authorisation.last"),
            Column("Authorised hours left (hours)", "authorisation.hours"),
            Column("Authorised days left (days)", "authorisation.days"),
            Column("Intake: assessment (service)", "intake.assessment"),
            Column("Intake: assessed by (weekday)", "intake.deadline"),
            Column("Intake: assessment to first meeting (days)", "intake.lag_days"),
            Column("Intake: assessment alone (yes/no)", "intake.assessment_only"),
            Column("Intake: insurance", "intake.insurance"),
            Column("Starts on or after (weekday)", "stay.earliest_start"),
            Column("Starts on or before (weekday)", "stay.latest_start"),
            Column("Last day this week (weekday)", "stay.last_day"),
            *band("Stay", "stay.length_days", "calendar days"),
            Column("Last date after this week (date)", "stay.last_date"),
            Column("Loved ones who attend (people)", "family.attendees"),
            Column("Prefers slots", "preferences.slots"),
            Column("Prefers weekdays", "preferences.days"),
            Column("Prefers clinicians", "preferences.clinicians"),
            Column("Prefers no visit for a session alone (yes/no)", "preferences.compact"),
            Column("Excludes clinicians", "excludes"),
        ),
    ),
    Sheet(
        "Client services",
        "What is prescribed beside the groups, a row for each service.",
        {"": "clients[].prescription.services"},
        (
            of("Client"),
            Column("Service", "service"),
            Column("Sessions prescribed (a week)", "min_count", shown=True),
            Column("Sessions allowed (a week)", "max_count", shown=True),
        ),
    ),
    Sheet(
        "Client hours",
        "available: can come only then; busy: work, school, family every week; absent: this week only, keeps"
        " the seat; family: when loved ones can come.",
        {
            "available": "clients[].available",
            "busy": "clients[].busy",
            "absent": "clients[].absences",
            "family": "clients[].family.available",
        },
        (of("Client"), Column("What", role=Role.TAG), *window()),
    ),
    Sheet(
        "Step-downs",
        "How a prescription steps down in later weeks.",
        {"": "clients[].prescription.steps"},
        (
            of("Client"),
            Column("From the Monday (date)", "week_of"),
            Column("Dose, least (hours/week)", "hours.min"),
            Column("Dose, target (hours/week)", "hours.target"),
            Column("Dose, most (hours/week)", "hours.max"),
            Column("Days a week allowed", "days"),
            Column("Below the level's least (yes/no)", "step_down"),
        ),
    ),
    Sheet(
        "Pairs",
        "Two clients kept out of one group (apart) or in one cohort (together).",
        {"apart": "apart", "together": "together"},
        (Column("Client", "0"), Column("Other client", "1"), Column("What", role=Role.TAG)),
    ),
)
