"""A week and a roster without people: codes for clients, clinicians and pins, no dates, no free text.

Ids of pins are replaced because they tend to hold a client's (``place-c01``).

A code is a number in an order that is drawn anew for each program week, so it says nothing about the person
whom it stands for, nor about last week's code. The same week gets the same codes each time, so that several
outputs of it fit together.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel

from iop_sched.week.files import canonical_sha256
from iop_sched.week.mentions import replace_ids
from iop_sched.week.policy import policy_names
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references.ids import TARGETS
from iop_sched.week.references.walking import walk
from iop_sched.week.result import RosterFile

CODED = {"pins": "pin-", "clinicians": "S", "clients": "P"}
"""What has its ids replaced, and what their codes begin with."""

OTHER_TARGETS = {
    "Client.id": "clients",
    "Clinician.id": "clinicians",
    "Pin.id": "pins",
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

Codes = Mapping[str, Mapping[str, str]]
Shown = TypeVar("Shown", ProgramWeek, RosterFile)


@dataclass(frozen=True)
class Redacted:
    """What may be shown; ``codes`` tells ids to their codes, kind by kind, and stays here."""

    pairs: tuple[tuple[ProgramWeek, RosterFile], ...]
    codes: Codes


@dataclass(frozen=True)
class RedactedWeek:
    """A week that may be shown; ``codes`` as in ``Redacted``."""

    week: ProgramWeek
    codes: Codes

    def words(self, sentence: str) -> str:
        """A sentence about the week, with codes in place of ids."""
        return _in_codes(sentence, self.codes)


def redact(pairs: Sequence[tuple[ProgramWeek, RosterFile]]) -> Redacted:
    """Replace the people of weeks with rosters of them, and move their dates to a week that is nobody's.

    The first one's week draws the order of the codes; the others are that week after some changes.
    """
    weeks = [week for week, _ in pairs]
    hide = _Hide(_codes(weeks, [roster for _, roster in pairs]), weeks[0].week_of - NO_DATE)
    shown = ((_in_order(hide(week)), _in_order(hide(_speaking_of(week, roster)))) for week, roster in pairs)
    return Redacted(tuple(shown), hide.codes)


def redact_week(week: ProgramWeek) -> RedactedWeek:
    """The same for a week that has no roster, with the codes that it has beside one."""
    hide = _Hide(_codes([week]), week.week_of - NO_DATE)
    return RedactedWeek(_in_order(hide(week)), hide.codes)


def _speaking_of(week: ProgramWeek, roster: RosterFile) -> RosterFile:
    """Without its sentences when it is of another week: they may name somebody whom no list here has."""
    provenance = roster.provenance
    if canonical_sha256(week) == provenance.instance_sha256:
        return roster
    edited = tuple(one.model_copy(update={"words": NOTE}) for one in provenance.edited)
    unplaced = tuple(one.model_copy(update={"reason": NOTE}) for one in roster.unplaced)
    return roster.model_copy(
        update={"provenance": provenance.model_copy(update={"edited": edited}), "unplaced": unplaced}
    )


def _in_order(part: Shown) -> Shown:
    """All in the order of the codes: that of a file may well be the alphabet's of people's names."""
    orders = {
        **dict.fromkeys(CODED, lambda one: one.id),
        "placements": lambda one: one.client,
        "unplaced": lambda one: one.client,
    }
    found = {
        name: tuple(sorted(getattr(part, name), key=orders[name])) for name in orders if hasattr(part, name)
    }
    return part.model_copy(update={"program": PROGRAM, **found})


def _codes(weeks: Sequence[ProgramWeek], rosters: Sequence[RosterFile] = ()) -> Codes:
    """Codes of all whom the weeks have; then of whom else the rosters speak, as of somebody long gone."""
    drawn = canonical_sha256(weeks[0])
    found = {}
    for kind, begin in CODED.items():
        ids = sorted({one.id for week in weeks for one in getattr(week, kind)})
        mentioned = {id_ for part in (*weeks, *rosters) for id_ in _mentioned(part, kind)}
        others = sorted(mentioned.difference(ids))
        for several in (ids, others):
            random.Random(f"{kind} {drawn}").shuffle(several)
        width = len(str(len(ids)))
        found[kind] = {one: f"{begin}{number:0{width}}" for number, one in enumerate(ids, 1)}
        found[kind] |= {one: f"{SOMEBODY}-{number}" for number, one in enumerate(others, 1)}
    return found


def _mentioned(model: BaseModel, kind: str) -> Iterator[str]:
    """Ids of a kind in all fields that are there for them."""
    for _, part in walk(model):
        for name in type(part).model_fields:
            if _kind(f"{type(part).__name__}.{name}") == kind:
                yield from _ids(getattr(part, name))


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _ids(one)
    elif value is not None:
        yield value


def _kind(field: str) -> str | None:
    """What the ids in a field are ids of."""
    return TARGETS.get(field) or OTHER_TARGETS.get(field)


def _in_codes(sentence: str, codes: Codes) -> str:
    """Where ids of several kinds are alike, the word is taken for a person."""
    return replace_ids(sentence, {id_: code for kind in CODED for id_, code in codes[kind].items()})


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
            return _in_codes(value, self.codes)
        codes = self.codes.get(_kind(name) or "")
        return self(value) if codes is None else _coded(value, codes)


def _coded(value: Any, codes: Mapping[str, str]) -> Any:
    """An id, or tuples of them."""
    if isinstance(value, tuple):
        return tuple(_coded(one, codes) for one in value)
    return value if value is None else codes[value]
