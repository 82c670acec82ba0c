"""What was asked for, looked up; what cannot be done is said with what would be right."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from iop_sched.rules import Schedule
from iop_sched.week.nearest import nearest
from iop_sched.week.people import Client
from iop_sched.week.roster import Placement

_MOST_LISTED = 8


class CannotReviseError(Exception):
    """What was asked for makes no sense in this roster; ``reasons`` has one sentence for each fault."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(self.reasons))


def unknown(what: str, word: str, known: Collection[str]) -> str:
    """There is no such id; with the one that was probably meant, or some of those there are."""
    close = nearest(word, known)
    if close is not None:
        return f"There is no {what} '{word}'; did you mean '{close}'?"
    if not known:
        return f"There is no {what} '{word}': the week has none."
    return f"There is no {what} '{word}'; there are {listed(known)}."


def listed(ids: Collection[str]) -> str:
    """Some ids, and how many more there are."""
    more = f" and {len(ids) - _MOST_LISTED} more" if len(ids) > _MOST_LISTED else ""
    return ", ".join(list(ids)[:_MOST_LISTED]) + more


def require(reasons: Iterable[str | None]) -> None:
    """Raise ``CannotReviseError`` with every reason there is."""
    found = [reason for reason in reasons if reason is not None]
    if found:
        raise CannotReviseError(dict.fromkeys(found))


def client_fault(schedule: Schedule, client: str) -> str | None:
    """Why this is no client of the week."""
    return None if client in schedule.facts.clients else unknown("client", client, schedule.facts.clients)


def clinician_fault(schedule: Schedule, clinician: str | None) -> str | None:
    """Why this is no clinician of the week; nothing when none is named."""
    known = schedule.facts.clinicians
    return None if clinician is None or clinician in known else unknown("clinician", clinician, known)


def cohort_fault(schedule: Schedule, cohort: str | None) -> str | None:
    """Why nobody can be put into this cohort; nothing when none is named."""
    if cohort is None or cohort in schedule.open_cohorts:
        return None
    if cohort not in schedule.facts.cohorts:
        return unknown("cohort", cohort, schedule.facts.cohorts)
    there = listed(schedule.open_cohorts) or "none"
    return (
        f"{cohort} does not run in this roster (those that do: {there}). To open it, add a pin that says so"
        " and solve again."
    )


def client_of(schedule: Schedule, client: str) -> Client:
    """The client; raises ``CannotReviseError``."""
    require([client_fault(schedule, client)])
    return schedule.facts.clients[client]


def placement_of(schedule: Schedule, client: str) -> Placement:
    """The place of a client who has one in a cohort; raises ``CannotReviseError``."""
    require([client_fault(schedule, client)])
    placement = schedule.placements.get(client)
    if placement is None:
        raise CannotReviseError([f"{client} has no place in this roster; 'seat' gives one."])
    if placement.cohort is None:
        raise CannotReviseError([f"{client} needs no cohort this week, and is in none."])
    return placement
