"""Sheets about the week itself, its words, and where it takes place."""

from __future__ import annotations

from iop_sched.tables.layout import Column, Role, Sheet
from iop_sched.tables.sheets.columns import of

PLACES = (
    Sheet(
        "Week",
        "The week and the program, in one row.",
        {"": ""},
        (
            Column("Monday of the week (date)", "week_of"),
            Column("Program", "program"),
            Column("Grid (minutes between possible starts)", "grid", shown=True),
            Column("New cohorts, most", "max_new_cohorts"),
        ),
    ),
    Sheet(
        "Words",
        "The words this program uses, one column a kind. A word that is not here is taken for a slip.",
        {"": "vocabulary"},
        (
            Column("Roles", "roles"),
            Column("Credentials", "credentials"),
            Column("Modalities", "modalities"),
            Column("Populations", "populations"),
            Column("Needs", "needs"),
            Column("Languages", "languages"),
            Column("Kinds of block", "block_kinds"),
            Column("Kinds of room", "room_kinds"),
            Column("Kinds of supply", "supplies"),
        ),
        by_column=True,
    ),
    Sheet(
        "Sites",
        "Locations with their own rooms, staff and licence.",
        {"": "sites"},
        (Column("Site", "id"), Column("Licensed census (clients a day)", "census")),
    ),
    Sheet(
        "Travel",
        "How long it takes from site to site; one direction is enough.",
        {"": "sites[].travel"},
        (of("From site"), Column("To site", role=Role.KEY), Column("Travel (minutes)")),
    ),
    Sheet(
        "Closures",
        "Days on which nothing takes place.",
        {"": "closures"},
        (Column("Weekday", "day"), Column("Sites (empty: everywhere)", "sites"), Column("Note", "why")),
    ),
    Sheet(
        "Rooms",
        "Rooms that one meeting or session uses at a time. When a room is not always free: Other hours.",
        {"": "rooms"},
        (
            Column("Room", "id"),
            Column("Site", "site"),
            Column("Kinds", "kinds"),
            Column("Seats", "capacity"),
        ),
    ),
    Sheet(
        "Supplies",
        "Offices and equipment that are counted rather than named.",
        {"": "supplies"},
        (Column("Kind of supply", "kind"), Column("Site", "site"), Column("How many", "count")),
    ),
    Sheet(
        "Payers",
        "Who pays.",
        {"": "payers"},
        (Column("Payer", "id"), Column("Credentialed staff only (yes/no)", "credentialed_only")),
    ),
)
