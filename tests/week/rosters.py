"""A small roster file."""

from __future__ import annotations

from typing import Any

from iop_sched.week.result import RosterFile

RAW: dict[str, Any] = {
    "cohorts": [
        {"cohort": "red", "slot": "am", "days": ["mon", "tue", "thu"], "leader": "tess"},
        {"cohort": "gone", "slot": "late", "days": ["mon"], "leader": "tess"},
    ],
    "placements": [
        {
            "client": "c01",
            "cohort": "red",
            "days": ["mon", "tue"],
            "start": "mon",
            "last": "sun",
            "primary": "tess",
        },
        {
            "client": "c02",
            "cohort": "gone",
            "days": ["mon"],
            "start": "mon",
            "last": "sun",
            "primary": "left",
        },
        {"client": "left", "cohort": "red", "days": ["mon"], "start": "mon", "last": "sun"},
    ],
    "sessions": [
        {
            "service": "yoga",
            "clients": ["c01", "left"],
            "staff": [{"need": 0, "clinician": "tess"}],
            "day": "tue",
            "start": "14:00",
            "site": "north",
            "offering": "tuesday",
        },
        {"service": "dropped", "clients": ["c01"], "staff": [], "day": "tue", "start": "16:00"},
    ],
    "program": "Texts",
    "week_of": "2026-02-23",
    "objective": "lexicographic",
    "status": "proven",
    "tiers": [{"name": "kept", "value": 0, "bound": 0, "status": "proven", "scale": 1, "gap": 0.0}],
    "provenance": {
        "iop_sched": "0",
        "ortools": "9",
        "instance_sha256": "0",
        "policy": "standard",
        "policy_sha256": "0",
        "parameters": {"workers": 2, "deterministic": False},
    },
}

ROSTER = RosterFile.model_validate(RAW)
