"""Harbour House, where people are called by their initials, dots and all, and pins by people."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any

from iop_sched.report.roster_file import roster_file
from iop_sched.solve.outcome import SolveOptions
from iop_sched.week.loading import load_policy_file
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from report.harbour import ROSTER, outcome, raw_week
from report.harbour import WEEK as PLAIN

CLIENTS = {one.id: f"Q.{letter}." for one, letter in zip(PLAIN.clients, ascii_uppercase, strict=False)}
CLINICIANS = {one.id: f"X.{letter}." for one, letter in zip(PLAIN.clinicians, ascii_uppercase, strict=False)}
PINS = {pin.id: f"place-{CLIENTS[pin.place.client]}" for pin in PLAIN.pins if pin.place is not None}


def _called(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _called(one, ids) for name, one in value.items()}
    if isinstance(value, list):
        return [_called(one, ids) for one in value]
    return ids.get(value, value) if isinstance(value, str) else value


IDS = {**CLIENTS, **CLINICIANS, **PINS}
WEEK = ProgramWeek.model_validate(_called(raw_week(), IDS))
FOUND = roster_file(
    WEEK,
    load_policy_file("standard"),
    "standard",
    outcome(roster=Roster.model_validate(_called(ROSTER.model_dump(mode="json"), IDS))),
    SolveOptions(),
)


def named(text: str) -> list[str]:
    """Ids of people and pins that a text has in it, anywhere."""
    return [id_ for id_ in IDS.values() if id_ in text]
