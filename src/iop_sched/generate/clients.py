"""Clients as a file has them."""

from __future__ import annotations

from datetime import date, timedelta

from iop_sched.generate.catalogue import WEEK_OF, Raw
from iop_sched.generate.draft import Person, Site
from iop_sched.generate.prescriptions import day_minutes, extra, needed
from iop_sched.generate.raw import CODES, day_codes, hours_of, service_id, up, window, windows

HOUR = 60


def client(site: Site, person: Person) -> Raw:
    """Everything about one client; chance decides about what the planted roster leaves open."""
    dice = site.dice
    found: Raw = {"id": person.id, "level": person.level}
    if person.kind in ("waiting", "pending", "assessment") or person.new:
        found["priority"] = dice.weighted(((1, 0.2), (2, 0.3), (3, 0.3), (4, 0.15), (5, 0.05)))
        found["waiting_days"] = dice.below(40)
    found["payer"] = person.payer
    found["population"] = person.population
    found["needs"] = person.needs
    found["languages"] = person.languages
    if person.formats != ["in-person"]:
        found["formats"] = person.formats
    found["sites"] = person.sites
    if person.hours:
        found["available"] = [window(range(7), *person.hours)]
    found["busy"] = windows(person.busy)
    found["absences"] = windows(person.absences)
    if person.treated:
        found["prescription"] = _prescription(site, person)
        found["authorisation"] = _authorisation(site, person)
    found |= _admission(site, person)
    if person.family:
        found["family"] = {"attendees": person.family}
        if person.family_hours:
            found["family"]["available"] = [window(range(7), *person.family_hours)]
    found["group_optional"] = person.kind == "optional" or None
    found["step_down"] = person.step_down or None
    found["preferences"] = _preferences(site, person)
    found["excludes"] = _excludes(site, person)
    return {name: value for name, value in found.items() if value not in (None, [], {}, "")}


def _prescription(site: Site, person: Person) -> Raw:
    days = [] if person.kind == "optional" else _tracks(site, person)
    shortest = len(person.pattern) or (min(days) if days else 0)
    aim = shortest * day_minutes(person) + needed(person)
    most = max((days or [0])[-1], shortest) * day_minutes(person) + needed(person) + extra(person)
    floor, ceiling = {"php": (20 * HOUR, 30 * HOUR), "aftercare": (0, 6 * HOUR)}.get(
        person.level, (9 * HOUR, 19 * HOUR)
    )
    if person.step_down:
        floor = 6 * HOUR
    if person.kind == "optional":
        floor = min(HOUR, aim)
    if not person.step_down and person.kind != "optional" and site.dice.chance(0.3):
        aim += site.dice.pick((15, 30, 60))
    ceiling = min(ceiling, up(max(most, aim)) + site.dice.pick((0, HOUR, 2 * HOUR)))
    aim = max(floor, min(aim, ceiling))
    found: Raw = {"hours": {"min": hours_of(floor), "target": hours_of(aim), "max": hours_of(ceiling)}}
    if days:
        found["days"] = days
    if person.pattern and 4 not in person.pattern and site.dice.chance(0.1):
        found["weekdays"] = day_codes(range(4))
    found["services"] = [_line(site, *line) for line in person.services]
    return found


def _tracks(site: Site, person: Person) -> list[int]:
    """The planted track; often one more or, with four days, one fewer."""
    if person.php:
        return [5]
    own = len(person.pattern) or 3
    if person.step_down or not site.dice.chance(0.4):
        return [own]
    return [3, 4]


def _line(site: Site, name: str, least: int, most: int) -> Raw:
    found: Raw = {"service": service_id(site, name)}
    if (least, most) != (1, 1):
        found |= {"min_count": least, "max_count": most}
    return found


def _authorisation(site: Site, person: Person) -> Raw | None:
    if person.kind == "optional" or not site.dice.chance(0.3):
        return None
    monday = date.fromisoformat(WEEK_OF)
    last = monday + timedelta(days=site.dice.pick((2, 4, 20, 34)))
    found: Raw = {"first": (monday - timedelta(days=21)).isoformat(), "last": last.isoformat()}
    if site.dice.chance(0.5):
        return found | {"days": site.dice.between(2, 6)}
    return found | {"hours": site.dice.between(8, 16)}


def _admission(site: Site, person: Person) -> Raw:
    found: Raw = {}
    if person.kind == "pending":
        found["intake"] = {"insurance": "pending"}
    elif person.kind == "assessment":
        found["intake"] = {
            "assessment": "assessment",
            "deadline": CODES[max(2, person.deadline)],
            "assessment_only": True,
        }
    elif person.new and (not person.assessed or person.verified is not None):
        found["intake"] = {}
        if not person.assessed:
            found["intake"] |= {"assessment": "assessment", "deadline": CODES[person.deadline]}
            found["intake"] |= {"lag_days": person.lag} if person.lag else {}
        if person.verified is not None:
            found["intake"]["insurance"] = CODES[person.verified]
    return found | {"stay": _stay(site, person)}


def _stay(site: Site, person: Person) -> Raw:
    found: Raw = {}
    if person.new and person.kind == "seat":
        first, last = person.window
        found = {"earliest_start": CODES[first]} if first else {}
        if last < 6:
            found["latest_start"] = CODES[last]
        if person.length:
            found["length_days"] = {"min": person.length[0], "max": person.length[1]}
    elif person.kind == "waiting" and site.dice.chance(0.3):
        found = {"earliest_start": CODES[site.dice.between(0, 1)]}
    elif not person.new and person.last < 6:
        found = {"last_day": CODES[person.last]}
    return found


def _preferences(site: Site, person: Person) -> Raw:
    found: Raw = {}
    if person.home is None or not person.treated:
        return found
    if site.dice.chance(0.25):
        own = site.dice.chance(0.75)
        found["slots"] = [person.home.slot if own else site.dice.pick(("morning", "afternoon", "evening"))]
    if site.dice.chance(0.2):
        found["days"] = day_codes(site.dice.some(person.home.days, 3))
    if site.dice.chance(0.12):
        mine = [one.id for session in person.sessions for one in session.staff]
        anybody = [one.id for one in site.staff if one.role == "therapist"]
        found["clinicians"] = [site.dice.pick(mine or anybody)]
    if site.dice.chance(0.12):
        found["compact"] = True
    return found


def _excludes(site: Site, person: Person) -> list[str]:
    """Somebody who is not among those who see the client in the planted roster."""
    if not person.treated or not site.dice.chance(0.04):
        return []
    seen = [one for session in person.sessions for one in session.staff] + [person.primary]
    others = [one.id for one in site.staff if one.role == "therapist" and one not in seen]
    return [site.dice.pick(others)] if others else []
