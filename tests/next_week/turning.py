"""Turning a small week, whose next week is written and read again each time."""

from __future__ import annotations

from typing import Any

from builder import Raw, roster, service, session, small_raw, small_roster, week
from iop_sched.next_week import Attended, NextWeek, advance
from iop_sched.next_week.attended import ClientWeek
from iop_sched.week.people import Client
from iop_sched.week.week_text import week_text
from week.texts import loaded


def turned(raw: Raw, decided: Raw, *came: Raw) -> NextWeek:
    """The week after; its text must be read as the very same week, with nothing wrong in it."""
    attended = Attended(tuple(ClientWeek.model_validate(one) for one in came))
    found = advance(week(raw), roster(decided), attended)
    assert loaded(week_text(found.week)) == found.week
    return found


def client_of(found: NextWeek, name: str = "ana") -> Client | None:
    """A client of next week; none for one who left."""
    return next((one for one in found.week.clients if one.id == name), None)


def assessing_raw(*clients: Raw, **more: Any) -> Raw:
    """``red`` meets monday to friday; ``assess`` takes an hour and is no dosage."""
    people = {
        "vocabulary": {"roles": ["therapist"], "block_kinds": ["talk"]},
        "services": [service("assess", counts=False), service("therapy")],
        "clinicians": [
            {
                "id": "tom",
                "roles": ["therapist"],
                "sites": ["north", "south"],
                "available": [{"days": "daily", "start": "08:00", "end": "20:00"}],
            }
        ],
    }
    return small_raw(*clients, **{**people, **more})


def assessed(name: str, day: str, start: str = "10:00") -> Raw:
    """The session that assesses somebody."""
    return session("assess", [name], day, start)


def placed(raw: Raw, *placements: Raw, sessions: tuple[Raw, ...] = ()) -> Raw:
    """A roster with these places and sessions."""
    return small_roster(raw, *placements, sessions=list(sessions))


def current(*names: str, days: str = "mon tue wed") -> Raw:
    """A previous week in which these clients were in ``red``."""
    return {
        "placements": [
            {"client": name, "cohort": "red", "slot": "am", "days": days.split()} for name in names
        ]
    }
