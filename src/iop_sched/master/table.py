"""What the master makes of each rule: states it exactly, relaxes it, or leaves it to the timetable."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Statement(StrEnum):
    """How much of a rule's constraints the master's rows state."""

    exact = "exact"
    """All: a solution of the master keeps the rule."""

    relaxed = "relaxed"
    """A part: the rest asks for starts, and the timetable keeps it."""

    timetable = "timetable"
    """None."""


class Filter(StrEnum):
    """What a rule rules out before there is a variable; the master never has it either."""

    places = "places"
    """Columns: cohort, days, first and last day."""

    starts = "starts"
    """Start cells, and with the last of a day the day itself."""

    staff = "staff"
    """People who may give, lead or attend."""


class Entry(NamedTuple):
    """One rule. ``windows``: it implies rows of ``windows.py`` besides those that state it."""

    statement: Statement
    why: str
    filters: frozenset[Filter] = frozenset()
    windows: bool = False


def _exact(why: str, *filters: Filter) -> Entry:
    return Entry(Statement.exact, why, frozenset(filters))


def _relaxed(why: str, *filters: Filter, windows: bool = False) -> Entry:
    return Entry(Statement.relaxed, why, frozenset(filters), windows)


PLACES, STARTS, STAFF = Filter.places, Filter.starts, Filter.staff

TABLE: dict[str, Entry] = {
    "eligibility": _exact(
        "It has no constraint: a cohort that does not admit a client has no column.", PLACES
    ),
    "cohort-size": _exact("It sums places of the week."),
    "meeting-attendance": _exact("It sums who attends a meeting, whose time is fixed."),
    "meeting-held": _exact("Whether a meeting is held is decided in the master."),
    "companions": _exact("It sums places, and who joins a session."),
    "max-moves": _exact("It sums places of the week."),
    "track": _exact("It has no constraint: days that do not suit a track have no column.", PLACES),
    "stay": _exact("Days of sessions and first and last days of places are decided in the master.", PLACES),
    "intake": _relaxed(
        "Days before the assessment are excluded; the order within its day asks for starts.",
        PLACES,
        STARTS,
        STAFF,
    ),
    "client-time": _relaxed(
        "No-overlap and travel ask for starts; free hours are filtered, and windows bound what a day holds.",
        PLACES,
        STARTS,
        STAFF,
        windows=True,
    ),
    "weekly-hours": _exact("It sums minutes of meetings and sessions over the week."),
    "program-day": _exact("It sums minutes and sessions of a day."),
    "authorisation": _exact("It sums minutes or days of the week."),
    "group-share": _exact("It sums minutes over the week."),
    "clinician-time": _relaxed(
        "No-overlap, turnaround, travel and breaks ask for starts; hours are filtered, and the day's minutes,"
        " blocks that share a cell, administration and windows have rows.",
        STAFF,
        windows=True,
    ),
    "clinician-load": _exact("It sums minutes and groups of a day and of the week."),
    "facilitation": _exact(
        "Who leads and staffs a meeting is decided in the master, at a time that is fixed."
    ),
    "care-team": _relaxed("Days and people are decided; that the start suits each of them is left."),
    "service-delivery": _relaxed(
        "It counts sessions; where those of an open group beyond the prescribed ones are a maximum, the line"
        " above it is stated.",
        STARTS,
        STAFF,
    ),
    "service-staff": _relaxed("Who gives a session is decided; that its start lies in their hours is left."),
    "primary": _exact("Primaries, and who gives which session, are decided in the master."),
    "service-timing": _exact("It asks for days, never for times of the day."),
    "open-group": _exact("It sums who joins."),
    "rooms": _relaxed(
        "Rooms and seats are decided; that uses do not overlap asks for starts, and windows bound what a room"
        " holds.",
        windows=True,
    ),
    "supply": _relaxed("The census of a day is stated; uses at the same moment ask for starts."),
    "pins": _relaxed(
        "Days, people (those of a meeting's blocks too) and places that are pinned are stated; pinned starts"
        " are left."
    ),
    "continuity": _relaxed(
        "What changes is decided; the minutes that a session moves are stated where others' times are fixed."
    ),
    "preferences": _exact("Slots, days and people are decided in the master."),
    "balance": _exact("It sums places and minutes of the week."),
    "cost": _exact("It sums meetings and minutes of the week."),
}
"""Every rule, in the order of the catalogue's ``RULES`` in ``cpsat/build.py``."""
