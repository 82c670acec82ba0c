"""The layout: every sheet and column, in the order in which they are filled in.

What a column holds (a weekday, a time, an id of another sheet …), its limits, its default and the words that
explain it come from the types of the week; only headers are written here.
"""

from __future__ import annotations

from iop_sched.tables.layout import Column, Role, Sheet

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _of(header: str) -> Column:
    return Column(header, role=Role.PARENT)


def _window(*more: Column) -> tuple[Column, ...]:
    return (
        Column("Weekdays", "days"),
        Column("From (HH:MM)", "start"),
        Column("Until (HH:MM)", "end"),
        *more,
        Column("Note", "why"),
    )


def _band(header: str, path: str, unit: str) -> tuple[Column, ...]:
    return (
        Column(f"{header}, least ({unit})", f"{path}.min"),
        Column(f"{header}, most ({unit})", f"{path}.max"),
    )


def _staff(*more: Column) -> tuple[Column, ...]:
    return (
        Column("Roles (any of)", "roles"),
        Column("How many (people)", "count", shown=True),
        Column("Credentials (all of)", "credentials"),
        Column("Modalities (all of)", "modalities"),
        *more,
    )


_PLACES = (
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
        (_of("From site"), Column("To site", role=Role.KEY), Column("Travel (minutes)")),
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

_CARE = (
    Sheet(
        "Levels of care",
        "Profiles of hours and days: IOP adult, IOP adolescent, PHP, aftercare.",
        {"": "levels"},
        (
            Column("Level of care", "id"),
            *_band("Dose", "hours", "hours/week"),
            *_band("Program day", "day_hours", "hours/day"),
            *_band("Days", "days", "days/week"),
            *_band("Services a day", "services_per_day", "blocks and sessions"),
            Column("Gap between two days of a pattern, most (days)", "max_days_between"),
            Column("Days with sessions alone, most (days/week)", "service_only_days"),
            *_band("Group share", "group_share", "percent of dose"),
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
            _of("Agenda"),
            Column("Block", "id"),
            Column("Kind of block", "kind"),
            Column("Begins (minutes after the meeting's start)", "after"),
            Column("Length (minutes)", "minutes"),
            Column("Weekdays (empty: every meeting)", "days"),
            Column("Levels of care (empty: all)", "levels"),
            *_band("Attendance", "attendance", "clients"),
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
        (_of("Agenda"), _of("Block"), *_staff(Column("Leader of the cohort (yes/no)", "lead"))),
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
            *_band("Members", "members", "clients"),
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
        (_of("Cohort"), Column("Slot", "slot"), Column("Weekdays", "days")),
    ),
    Sheet(
        "Services",
        "Whatever is prescribed beside the groups: individual, psychiatric, family, open group, intake.",
        {"": "services"},
        (
            Column("Service", "id"),
            Column("Length (minutes)", "minutes"),
            *_band("Participants", "participants", "clients; above 1: an open group"),
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
        (_of("Service"), *_staff()),
    ),
    Sheet(
        "Open groups",
        "Fixed times of open groups.",
        {"": "services[].offerings"},
        (
            _of("Service"),
            Column("Offering", "id"),
            Column("Weekday", "day"),
            Column("Start (HH:MM)", "start"),
            Column("Site (empty: online)", "site"),
        ),
    ),
)

_STAFF = (
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
            _of("Clinician"),
            Column("What", role=Role.TAG),
            *_window(Column("Site (available: only there)", {"available": "site"})),
        ),
    ),
    Sheet(
        "Clinician breaks",
        "A free stretch on every working day.",
        {"": "clinicians[].breaks"},
        (
            _of("Clinician"),
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
        (_of("Care team"), Column("Role", "role"), Column("How many (people)", "count", shown=True)),
    ),
    Sheet(
        "Other hours",
        "When a room can be used, a service is given, a care team may meet.",
        {"room": "rooms[].available", "service": "services[].windows", "care team": "care_teams[].windows"},
        (Column("Of what", role=Role.TAG), _of("Which"), *_window()),
    ),
)

_PEOPLE = (
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
            *_band("Stay", "stay.length_days", "calendar days"),
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
            _of("Client"),
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
        (_of("Client"), Column("What", role=Role.TAG), *_window()),
    ),
    Sheet(
        "Step-downs",
        "How a prescription steps down in later weeks.",
        {"": "clients[].prescription.steps"},
        (
            _of("Client"),
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

_DECIDED = (
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
            _of("Pin"),
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

SHEETS: tuple[Sheet, ...] = (*_PLACES, *_CARE, *_STAFF, *_PEOPLE, *_DECIDED)

NOT_IN_TABLES = {
    "format": "the tables have one format",
    "agendas[].id": "the column 'Agenda' of the sheet Blocks",
    "rooms[].available[].site": "only a clinician's working hours can be for one site",
    "services[].windows[].site": "only a clinician's working hours can be for one site",
    "care_teams[].windows[].site": "only a clinician's working hours can be for one site",
    "clinicians[].away[].site": "only a clinician's working hours can be for one site",
    "clients[].available[].site": "only a clinician's working hours can be for one site",
    "clients[].busy[].site": "only a clinician's working hours can be for one site",
    "clients[].absences[].site": "only a clinician's working hours can be for one site",
    "clients[].family.available[].site": "only a clinician's working hours can be for one site",
    "services[].staff[].lead": "only a block has a leader",
}
"""Fields without a column, and why no week that can be read is poorer for it."""
