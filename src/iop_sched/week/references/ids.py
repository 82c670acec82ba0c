"""Ids: each names something that exists, and each names one thing only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from iop_sched.week.document import Fault, Path, is_id
from iop_sched.week.nearest import nearest
from iop_sched.week.program import ProgramWeek
from iop_sched.week.references.walking import walk

# What each field's ids are ids of: a list of the week, or a list of its vocabulary.
TARGETS: dict[str, str] = {
    "Site.travel": "sites",
    "Window.site": "sites",
    "Closure.sites": "sites",
    "Room.site": "sites",
    "Room.kinds": "vocabulary.room_kinds",
    "Supply.kind": "vocabulary.supplies",
    "Supply.site": "sites",
    "StaffNeed.roles": "vocabulary.roles",
    "StaffNeed.credentials": "vocabulary.credentials",
    "StaffNeed.modalities": "vocabulary.modalities",
    "Block.kind": "vocabulary.block_kinds",
    "Block.levels": "levels",
    "Block.supplies": "vocabulary.supplies",
    "MeetingOption.slot": "slots",
    "Cohort.site": "sites",
    "Cohort.levels": "levels",
    "Cohort.populations": "vocabulary.populations",
    "Cohort.serves": "vocabulary.needs",
    "Cohort.requires": "vocabulary.needs",
    "Cohort.language": "vocabulary.languages",
    "Cohort.agenda": "agendas",
    "Cohort.room_kind": "vocabulary.room_kinds",
    "Offering.site": "sites",
    "Follows.block_kind": "vocabulary.block_kinds",
    "Follows.service": "services",
    "Service.room_kind": "vocabulary.room_kinds",
    "Service.supplies": "vocabulary.supplies",
    "Service.sites": "sites",
    "Quorum.role": "vocabulary.roles",
    "CareTeam.site": "sites",
    "CareTeam.members": "clinicians",
    "Clinician.roles": "vocabulary.roles",
    "Clinician.credentials": "vocabulary.credentials",
    "Clinician.modalities": "vocabulary.modalities",
    "Clinician.languages": "vocabulary.languages",
    "Clinician.payers": "payers",
    "Clinician.sites": "sites",
    "PrescribedService.service": "services",
    "Intake.assessment": "services",
    "Preferences.slots": "slots",
    "Preferences.clinicians": "clinicians",
    "Client.level": "levels",
    "Client.payer": "payers",
    "Client.population": "vocabulary.populations",
    "Client.needs": "vocabulary.needs",
    "Client.languages": "vocabulary.languages",
    "Client.sites": "sites",
    "Client.excludes": "clinicians",
    "PlacePin.client": "clients",
    "PlacePin.cohort": "cohorts",
    "PlacePin.primary": "clinicians",
    "SessionPin.client": "clients",
    "SessionPin.service": "services",
    "SessionPin.clinician": "clinicians",
    "CohortPin.cohort": "cohorts",
    "CohortPin.slot": "slots",
    "CohortPin.leader": "clinicians",
    "MeetingPin.cohort": "cohorts",
    "MeetingPin.room": "rooms",
    "StaffPin.clinicians": "clinicians",
    "TeamPin.team": "care_teams",
    "PreviousPlacement.client": "clients",
    "PreviousPlacement.cohort": "cohorts",
    "PreviousPlacement.slot": "slots",
    "PreviousPlacement.primary": "clinicians",
    "PreviousSession.client": "clients",
    "PreviousSession.service": "services",
    "PreviousLeader.cohort": "cohorts",
    "PreviousLeader.leader": "clinicians",
    "ProgramWeek.apart": "clients",
    "ProgramWeek.together": "clients",
}

_SINGULAR = {
    "sites": "site",
    "rooms": "room",
    "payers": "payer",
    "levels": "level of care",
    "slots": "slot",
    "agendas": "agenda",
    "cohorts": "cohort",
    "services": "service",
    "clinicians": "clinician",
    "care_teams": "care team",
    "clients": "client",
}
_NESTED = {"agendas": "blocks", "services": "offerings"}
_MOST_LISTED = 8
# Finding the nearest of a thousand ids takes 10 ms, and a file may have a thousand unknown ones.
_MOST_COMPARED = 200

Known = Mapping[str, dict[str, None] | None]


def known_ids(data: Any) -> Known:
    """The ids of each list of the file, whatever else is wrong there; none for a list that cannot be read."""
    data = data if isinstance(data, dict) else {}
    words = data.get("vocabulary", {})
    known: dict[str, dict[str, None] | None] = {name: _ids(data.get(name, [])) for name in _SINGULAR}
    for target in TARGETS.values():
        if target.startswith("vocabulary."):
            listed = words.get(target.partition(".")[2], []) if isinstance(words, dict) else None
            known[target] = dict.fromkeys(filter(is_id, listed)) if isinstance(listed, list) else None
    return known


def _ids(items: Any) -> dict[str, None] | None:
    if not isinstance(items, list):
        return None
    return {item["id"]: None for item in items if isinstance(item, dict) and is_id(item.get("id"))}


def unknown(week: ProgramWeek, known: Known) -> Iterator[Fault]:
    """Ids that name nothing, with the one that was probably meant."""
    meant: dict[tuple[str, str], str] = {}
    for path, part in walk(week):
        # A draft is a subclass of the week.
        owner = "ProgramWeek" if isinstance(part, ProgramWeek) else type(part).__name__
        for name in type(part).model_fields:
            target = TARGETS.get(f"{owner}.{name}")
            names = known.get(target) if target is not None else None
            if target is None or names is None:
                continue
            for inside, value, of_key in _values(getattr(part, name)):
                if value not in names:
                    if (target, value) not in meant:
                        meant[target, value] = _meant(value, target, names, len(meant) < _MOST_COMPARED)
                    right = meant[target, value]
                    yield Fault((*path, name, *inside), _no_such(value, target), right, of_key)


def _values(value: Any) -> Iterator[tuple[Path, str, bool]]:
    if isinstance(value, str):
        yield (), value, False
    elif isinstance(value, dict):
        yield from (((key,), key, True) for key in value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            for inside, found, of_key in _values(item):
                yield (index, *inside), found, of_key


def _no_such(value: str, target: str) -> str:
    if target.startswith("vocabulary."):
        return f"'{value}' is not among the words of {target}"
    return f"there is no {_SINGULAR[target]} '{value}'"


def _meant(value: str, target: str, names: Mapping[str, None], compare: bool) -> str:
    close = nearest(value, names) if compare else None
    if close:
        return f"did you mean '{close}'?"
    if not names:
        return f"add it to {target}, which names none"
    listed = ", ".join(list(names)[:_MOST_LISTED])
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return f"add it to {target}, or write one of {listed}{more}"


def repeated(data: Any) -> Iterator[Fault]:
    """Ids that two items of one list have, capitals aside, and words that stand twice in one list."""
    if not isinstance(data, dict):
        return
    for name in (*_SINGULAR, "pins"):
        yield from _repeated_in(data.get(name), (name,))
        inner = _NESTED.get(name)
        items = data.get(name)
        if inner and isinstance(items, list):
            for index, item in enumerate(items):
                if isinstance(item, dict):
                    yield from _repeated_in(item.get(inner), (name, index, inner))


def _repeated_in(items: Any, path: Path) -> Iterator[Fault]:
    first: dict[str, str] = {}
    first_at: dict[str, int] = {}
    for index, item in enumerate(items if isinstance(items, list) else ()):
        found = item.get("id") if isinstance(item, dict) else None
        if not isinstance(found, str) or not is_id(found):
            continue
        other = first.setdefault(found.casefold(), found)
        if index == first_at.setdefault(found.casefold(), index):
            continue
        at = (*path, index, "id")
        what = f"the id '{found}' is given to an earlier one of {path[-1]} as well"
        if other != found:
            what = f"the id '{found}' differs from '{other}' in capitals alone"
        yield Fault(at, what, "give it another id")


def repeated_words(week: BaseModel) -> Iterator[Fault]:
    """Words that stand twice in one list of words."""
    for path, part in walk(week):
        for name in type(part).model_fields:
            value = getattr(part, name)
            if not isinstance(value, tuple) or len(value) < 2 or not isinstance(value[0], str):
                continue
            seen: set[str] = set()
            for index, word in enumerate(value):
                if word in seen:
                    yield Fault((*path, name, index), "this stands twice in the list", "name it once")
                seen.add(word)
