"""A week and a roster without people: codes for clients and clinicians, no dates, no free text.

A code is a number in an order that is drawn anew for each program week, so it says nothing about the person
whom it stands for, nor about last week's code. The same week gets the same codes each time, so that several
outputs of it fit together.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel

from iop_sched.week.files import canonical_sha256
from iop_sched.week.policy import policy_names
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references.ids import TARGETS
from iop_sched.week.result import RosterFile

PEOPLE = {"clients": "P", "clinicians": "S"}
"""Whose ids are replaced, and the letter that their codes begin with."""

ROSTER_TARGETS = {
    "Client.id": "clients",
    "Clinician.id": "clinicians",
    "OpenCohort.leader": "clinicians",
    "Placement.client": "clients",
    "Placement.primary": "clinicians",
    "BlockStaff.clinician": "clinicians",
    "Session.clients": "clients",
    "SessionStaff.clinician": "clinicians",
    "TeamMeeting.attendees": "clinicians",
    "Unplaced.client": "clients",
}
NOTES = {"Window.why", "Closure.why", "Pin.reason"}
"""Free text for the reader, which may say anything."""
WORDS = {"Unplaced.reason", "HandEdit.words"}
"""Sentences of the program's own, in which ids stand as words."""

NO_DATE = date(2001, 1, 1)
"""A Monday that is nobody's: where the week's is moved to, and all other dates with it."""
PROGRAM = "A program"
POLICY = "of its own"
NOTE = "(note left out)"
SOMEBODY = "somebody-else"
_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")

Codes = Mapping[str, Mapping[str, str]]
Shown = TypeVar("Shown", ProgramWeek, RosterFile)


@dataclass(frozen=True)
class Redacted:
    """What may be shown; ``codes`` tells clients' and clinicians' ids to their codes, and stays here."""

    pairs: tuple[tuple[ProgramWeek, RosterFile], ...]
    codes: Codes


def redact(pairs: Sequence[tuple[ProgramWeek, RosterFile]]) -> Redacted:
    """Replace the people of weeks with rosters of them, and move their dates to a week that is nobody's.

    The first one's week draws the order of the codes; the others are that week after some changes.
    """
    weeks = [week for week, _ in pairs]
    hide = _Hide(_codes(weeks), weeks[0].week_of - NO_DATE)
    shown = ((_in_order(hide(week)), _in_order(hide(roster))) for week, roster in pairs)
    return Redacted(tuple(shown), hide.codes)


def _in_order(part: Shown) -> Shown:
    """People in the order of their codes: that of a file may well be the alphabet's of their names."""
    orders = {
        "clients": lambda one: one.id,
        "clinicians": lambda one: one.id,
        "placements": lambda one: one.client,
        "unplaced": lambda one: one.client,
    }
    found = {
        name: tuple(sorted(getattr(part, name), key=orders[name])) for name in orders if hasattr(part, name)
    }
    return part.model_copy(update={"program": PROGRAM, **found})


def _codes(weeks: Sequence[ProgramWeek]) -> Codes:
    found = {}
    for kind, letter in PEOPLE.items():
        ids = sorted({one.id for week in weeks for one in getattr(week, kind)})
        random.Random(f"{kind} {canonical_sha256(weeks[0])}").shuffle(ids)
        width = len(str(len(ids)))
        found[kind] = {one: f"{letter}{number:0{width}}" for number, one in enumerate(ids, 1)}
    return found


@dataclass(frozen=True)
class _Hide:
    codes: Codes
    since: timedelta

    def __call__(self, part: Any) -> Any:
        """A value with every id of a person below it replaced, every date moved and every note left out."""
        if isinstance(part, tuple):
            return tuple(self(one) for one in part)
        if isinstance(part, date):
            return part - self.since
        if not isinstance(part, BaseModel):
            return part
        owner = type(part).__name__
        fields = {
            name: self._field(f"{owner}.{name}", getattr(part, name)) for name in type(part).model_fields
        }
        return part.model_copy(update=fields)

    def _field(self, name: str, value: Any) -> Any:
        if name in NOTES:
            return None if value is None else NOTE
        if name == "Provenance.policy":
            # a path may well have somebody's name in it
            return value if value in policy_names() else POLICY
        if name in WORDS:
            everybody = {**self.codes["clinicians"], **self.codes["clients"]}
            return _WORD.sub(lambda found: everybody.get(found[0], found[0]), value)
        kind = TARGETS.get(name) or ROSTER_TARGETS.get(name) or ""
        return _coded(value, self.codes[kind]) if kind in self.codes else self(value)


def _coded(value: Any, codes: Mapping[str, str]) -> Any:
    """An id, or tuples of them."""
    if isinstance(value, tuple):
        return tuple(_coded(one, codes) for one in value)
    # a roster may speak of somebody whom a changed week no longer has
    return value if value is None else codes.get(value, SOMEBODY)
