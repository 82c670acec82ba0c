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


# A smaller week for solving, whose optimum can be derived by hand

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def small_raw(*clients: Raw, **more: Any) -> Raw:
    """Cohort ``red`` meets monday to friday at 9:00 for one block of 60 minutes that needs no staff or room.

    Each meeting held costs 60. The level ``iop`` bounds nothing. The grid is 30 minutes.
    """
    return deepcopy(
        {
            "program": "test",
            "week_of": "2026-03-02",
            "grid": 30,
            "sites": [{"id": "north", "travel": {"south": 30}}, {"id": "south"}],
            "levels": [level("iop")],
            "slots": [{"id": "am", "start": "09:00"}, {"id": "pm", "start": "14:00"}],
            "agendas": [{"id": "talk", "blocks": [block("talk", 0, 60)]}],
            "cohorts": [group("red")],
            "clients": list(clients),
            **more,
        }
    )


def level(name: str, **more: Any) -> Raw:
    """A level of care that bounds nothing unless told to."""
    bounds = {"hours": {"min": 0, "max": 168}, "day_hours": {"min": 0, "max": 24}}
    return {"id": name, **bounds, "days": {"min": 0, "max": 7}, **more}


def group(name: str, days: tuple[str, ...] = WORKDAYS, slot: str = "am", **more: Any) -> Raw:
    """A running cohort at ``north`` with agenda ``talk`` and up to 12 members."""
    return {
        "id": name,
        "site": "north",
        "levels": ["iop"],
        "members": {"min": 0, "max": 12},
        "options": [{"slot": slot, "days": list(days)}],
        "agenda": "talk",
        **more,
    }


def person(
    name: str,
    days: tuple[int, ...] = (3,),
    hours: tuple[float, float, float] = (0, 3, 40),
    services: tuple[Raw, ...] = (),
    weekdays: tuple[str, ...] | None = None,
    **more: Any,
) -> Raw:
    """A client worth 20 points; ``hours`` are floor, target and ceiling."""
    band = dict(zip(("min", "target", "max"), hours, strict=True))
    prescription: Raw = {"hours": band, "days": list(days), "services": list(services)}
    if weekdays is not None:
        prescription["weekdays"] = list(weekdays)
    return {"id": name, "level": "iop", "prescription": prescription, **more}


def seat(name: str, days: str, cohort: str | None = "red", **more: Any) -> Raw:
    """A place on the days named, from monday to sunday unless told otherwise."""
    return {
        "client": name,
        "cohort": cohort,
        "days": days.split(),
        "start": "mon",
        "last": "sun",
        **more,
    }


def small_roster(raw: Raw, *placements: Raw, **more: Any) -> Raw:
    """A roster of a small week: running cohorts meet on every day that is not closed, without staff."""
    closed = {closure["day"] for closure in raw.get("closures", [])}
    running = [cohort for cohort in raw["cohorts"] if cohort.get("status", "running") == "running"]
    return {
        "cohorts": [{"cohort": cohort["id"], **cohort["options"][0]} for cohort in running],
        "placements": list(placements),
        "facilitation": [
            {"cohort": cohort["id"], "day": day}
            for cohort in running
            for day in cohort["options"][0]["days"]
            if day not in closed
        ],
        **more,
    }


# A week of services alone: every session costs 60 minutes of staff, a missing one 60 points of dose


def services_raw(*clients: Raw, **more: Any) -> Raw:
    """No cohort: therapist ``tom``, at both sites from 8:00 to 20:00, gives ``therapy`` in person."""
    alone: Raw = {"cohorts": [], "services": [service()], "clinicians": [clinician("tom", "therapist")]}
    return small_raw(*clients, **{**alone, **more})


def service(name: str = "therapy", **more: Any) -> Raw:
    """A service of 60 minutes that one therapist gives."""
    return {"id": name, "minutes": 60, "staff": [{"roles": ["therapist"]}], **more}


def patient(name: str, *services: str | Raw, **more: Any) -> Raw:
    """A client worth 20 points who needs no cohort and is to have each service (therapy) once."""
    lines = tuple({"service": one} if isinstance(one, str) else one for one in services or ("therapy",))
    return person(name, days=(), hours=(0, 0, 40), services=lines, group_optional=True, **more)


def window(days: str, start: str = "09:00", end: str = "10:00", **more: Any) -> Raw:
    """The same hours, one unless told otherwise, on each of the days: ``mon fri``, or ``daily``."""
    listed = days if days == "daily" else days.split()
    return {"days": listed, "start": start, "end": end, **more}


def services_roster(clients: str, *sessions: Raw, **more: Any) -> Raw:
    """The clients placed without a cohort, with sessions."""
    return {"placements": [seat(name, "", None) for name in clients.split()], "sessions": sessions, **more}
