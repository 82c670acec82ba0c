"""The layout: every sheet and column, in the order in which they are filled in.

What a column holds (a weekday, a time, an id of another sheet …), its limits, its default and the words that
explain it come from the types of the week; only headers are written here.
"""

from __future__ import annotations

from iop_sched.tables.layout import Sheet
from iop_sched.tables.sheets.care import CARE
from iop_sched.tables.sheets.decided import DECIDED
from iop_sched.tables.sheets.people import PEOPLE
from iop_sched.tables.sheets.places import PLACES
from iop_sched.tables.sheets.staff import STAFF

SHEETS: tuple[Sheet, ...] = (*PLACES, *CARE, *STAFF, *PEOPLE, *DECIDED)

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
