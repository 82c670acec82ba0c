"""A tiny program week and a roster for it that breaks no rule; tests change one thing at a time.

Cohort ``morning`` meets mon, tue, wed and thu at 9:00 at site ``north``: process 9:00-10:30 (90 minutes),
skills 10:30-12:00 (90), and for level ``php`` alone late 12:00-13:00 (60, may be left). ``ana`` and ``ben``
are IOP, ``cy`` is PHP. Each has three days; ``ana`` has individual therapy (50 minutes, occupying 60) on
tuesday at 13:00 with ``tom``.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster

Raw = dict[str, Any]

ALWAYS = [{"days": "daily", "start": "08:00", "end": "20:00"}]


def client(name: str, level: str = "iop", **more: Any) -> Raw:
    """A client with a prescription for three days."""
    prescription = {"hours": {"min": 6, "target": 9, "max": 20}, "days": [3]}
    return {"id": name, "level": level, "prescription": prescription, **more}


def clinician(name: str, role: str, **more: Any) -> Raw:
    """Somebody who works every day at ``north`` and ``south``."""
    return {"id": name, "roles": [role], "sites": ["north", "south"], "available": ALWAYS, **more}


def week_raw() -> Raw:
    """The week, ready to be changed and passed to ``week``."""
    individual = {"service": "individual"}
    return deepcopy(
        {
            "program": "test",
            "week_of": "2026-03-02",
            "grid": 15,
            "sites": [{"id": "north", "travel": {"south": 30}}, {"id": "south"}],
            "rooms": [{"id": "hall", "site": "north", "kinds": ["group"], "capacity": 12}],
            "supplies": [{"kind": "office", "site": "north", "count": 1}],
            "payers": [{"id": "strict", "credentialed_only": True}],
            "levels": [
                {
                    "id": level,
                    "hours": {"min": 6, "max": 20},
                    "day_hours": {"min": 2, "max": 5},
                    "days": {"min": 3, "max": 5},
                }
                for level in ("iop", "php")
            ],
            "slots": [{"id": "am", "start": "09:00"}, {"id": "pm", "start": "14:00"}],
            "agendas": [
                {
                    "id": "standard",
                    "blocks": [
                        block("process", 0, 90, staff=[{"roles": ["facilitator"], "lead": True}]),
                        block("skills", 90, 90, staff=[{"roles": ["facilitator"], "lead": True}]),
                        block("late", 180, 60, levels=["php"], may_leave=True),
                    ],
                }
            ],
            "cohorts": [cohort("morning", "am", "running"), cohort("evening", "pm", "candidate")],
            "services": [
                {
                    "id": "individual",
                    "minutes": 50,
                    "staff": [{"roles": ["therapist"]}],
                    "telehealth": "allowed",
                    "primary": True,
                },
                {
                    "id": "circle",
                    "minutes": 60,
                    "participants": {"min": 2, "max": 3},
                    "staff": [{"roles": ["therapist"]}],
                    "family": True,
                    "max_offerings": 1,
                    "supplies": ["office"],
                },
                {"id": "assess", "minutes": 60, "staff": [{"roles": ["therapist"]}], "counts": False},
            ],
            "clinicians": [
                clinician("fay", "facilitator"),
                clinician("tom", "therapist"),
                clinician("una", "therapist"),
            ],
            "clients": [
                client("ana") | {"prescription": {**client("ana")["prescription"], "services": [individual]}},
                client("ben"),
                client("cy", "php"),
            ],
        }
    )


def block(name: str, after: int, length: int, **more: Any) -> Raw:
    """A block of the agenda."""
    return {"id": name, "kind": name, "after": after, "minutes": length, **more}


def cohort(name: str, slot: str, status: str) -> Raw:
    """A cohort with one option, four days a week."""
    return {
        "id": name,
        "status": status,
        "site": "north",
        "levels": ["iop", "php"],
        "members": {"min": 2, "max": 12},
        "options": [{"slot": slot, "days": ["mon", "tue", "wed", "thu"]}],
        "agenda": "standard",
        "room_kind": "group",
    }


def meeting(name: str, day: str, **more: Any) -> Raw:
    """A held meeting in the hall that ``fay`` leads."""
    staff = [{"block": block, "need": 0, "clinician": "fay"} for block in ("process", "skills")]
    return {"cohort": name, "day": day, "room": "hall", "staff": staff, **more}


def placement(name: str, **more: Any) -> Raw:
    """A place in ``morning`` on mon, tue, wed, all week."""
    days = ["mon", "tue", "wed"]
    return {"client": name, "cohort": "morning", "days": days, "start": "mon", "last": "sun", **more}


def session(service: str, names: list[str], day: str, start: str, **more: Any) -> Raw:
    """A session at ``north`` that ``tom`` gives."""
    staff = [{"need": 0, "clinician": "tom"}]
    return {
        "service": service,
        "clients": names,
        "staff": staff,
        "day": day,
        "start": start,
        "site": "north",
        **more,
    }


def roster_raw() -> Raw:
    """The roster that breaks no rule, ready to be changed and passed to ``roster``."""
    days = ["mon", "tue", "wed", "thu"]
    return {
        "cohorts": [{"cohort": "morning", "slot": "am", "days": days, "leader": "fay"}],
        "placements": [placement("ana", primary="tom"), placement("ben"), placement("cy")],
        "facilitation": [meeting("morning", day) for day in days],
        "sessions": [session("individual", ["ana"], "tue", "13:00")],
    }


def week(raw: Raw) -> ProgramWeek:
    """The typed week."""
    return ProgramWeek.model_validate(raw)


def roster(raw: Raw) -> Roster:
    """The typed roster."""
    return Roster.model_validate(raw)
