"""Sheets about what is decided already: pins, and last week."""

from __future__ import annotations

from iop_sched.tables.layout import Column, Role, Sheet
from iop_sched.tables.sheets.columns import of

DECIDED = (
    Sheet(
        "Pins",
        "What you have decided: a client's place or session, whether a cohort opens, a meeting, a team.",
        dict.fromkeys(("place", "session", "cohort", "meeting", "team"), "pins"),
        (
            Column("Pin", "id"),
            Column("Fixes", role=Role.TAG),
            Column("Client", {"place": "place.client", "session": "session.client"}),
            Column(
                "Cohort", {"place": "place.cohort", "cohort": "cohort.cohort", "meeting": "meeting.cohort"}
            ),
            Column("Service", {"session": "session.service"}),
            Column("Care team", {"team": "team.team"}),
            Column("Slot", {"cohort": "cohort.slot"}),
            Column("Exactly on (weekdays)", {"place": "place.days", "cohort": "cohort.days"}),
            Column("Starts on (weekday)", {"place": "place.start"}),
            Column("Weekday", {"session": "session.day", "meeting": "meeting.day", "team": "team.day"}),
            Column("Time (HH:MM)", {"session": "session.start", "team": "team.start"}),
            Column(
                "Clinician",
                {"place": "place.primary", "session": "session.clinician", "cohort": "cohort.leader"},
            ),
            Column("Room", {"meeting": "meeting.room"}),
            Column("Open, held (yes/no)", {"cohort": "cohort.open", "meeting": "meeting.held"}),
            Column("Rules set aside", "overrides"),
            Column("Reason", "reason"),
        ),
        forms=True,
    ),
    Sheet(
        "Pinned staff",
        "Who works in the meeting of a pin, a row for each need: all who fill it, instead of the leader too.",
        {"": "pins[].meeting.staff"},
        (
            of("Pin"),
            Column("Block", "block"),
            Column("Need (0: the block's first)", "need", shown=True),
            Column("Clinicians", "clinicians"),
        ),
    ),
    Sheet(
        "Last week",
        "Where clients were last week; who is not here is new. 'solve --previous' takes a roster instead.",
        {"": "previous.placements"},
        (
            Column("Client", "client"),
            Column("Cohort (empty: none)", "cohort"),
            Column("Slot", "slot"),
            Column("Weekdays", "days"),
            Column("Primary", "primary"),
        ),
    ),
    Sheet(
        "Last week leaders",
        "Who led which cohort last week.",
        {"": "previous.leaders"},
        (Column("Cohort", "cohort"), Column("Leader", "leader")),
    ),
    Sheet(
        "Last week sessions",
        "Who had which session when last week.",
        {"": "previous.sessions"},
        (
            Column("Client", "client"),
            Column("Service", "service"),
            Column("Weekday", "day"),
            Column("Start (HH:MM)", "start"),
        ),
    ),
)
