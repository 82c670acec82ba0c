"""Who is whose primary in the planted roster."""

from __future__ import annotations

from iop_sched.generate.catalogue import SERVICES
from iop_sched.generate.clinicians import MOST_HOURS, Clinician
from iop_sched.generate.draft import Person, Site
from iop_sched.generate.hiring import Wanted, hire
from iop_sched.generate.sessions import suits

FULL = 0.92
"""Part of a therapist's hours that may be promised; the rest is for what does not go by primaries."""


def assign(site: Site) -> None:
    """The leader of the client's cohort while there is time, then another therapist, the least busy first."""
    promised = {one.id: one.load for one in site.staff if one.role == "therapist"}
    for person in site.people:
        minutes = sum(
            SERVICES[name].minutes * least
            for name, least, _ in person.services
            if SERVICES[name].extra.get("primary")
        )
        if person.kind not in ("seat", "optional") or not minutes:
            continue
        found = _best(site, person, minutes, promised)
        if found is None:
            language = None if "english" in person.languages else person.languages[0]
            found = hire(site, Wanted({"roles": ["therapist"]}, language, "guild"), _shift(person))
            promised[found.id] = 0
        promised[found.id] += minutes
        person.primary = found
        found.clients += 1


def _best(site: Site, person: Person, minutes: int, promised: dict[str, int]) -> Clinician | None:
    most = FULL * MOST_HOURS["therapist"] * 60
    able = [
        one
        for one in site.staff
        if one.role == "therapist" and suits(one, person) and promised[one.id] + minutes <= most
    ]
    leader = person.home.leader if person.home is not None else None
    able.sort(key=lambda one: (one is not leader, one.shift != _shift(person), promised[one.id]))
    return able[0] if able else None


def _shift(person: Person) -> str:
    return "afternoon" if person.home is None else person.home.slot
