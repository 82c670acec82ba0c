"""Which services each client is to have, and the hours that follow from them."""

from __future__ import annotations

from iop_sched.generate.catalogue import SERVICES
from iop_sched.generate.draft import Person, Site

MOST_BESIDE_PHP = 285
"""Minutes of services beside the 25 hours of PHP's meetings; 30 hours are the most."""


def prescribe(site: Site) -> None:
    """Services of everybody with a prescription."""
    for person in site.people:
        if person.level == "aftercare":
            person.services = [("alumni", 1, 1), *_some(site, (("case-management", 0.4),))]
        elif person.kind == "optional":
            person.services = [("support", 2, 2), *_some(site, (("medication", 0.5),))]
        elif person.treated:
            person.services = _treatment(site, person)
    _enough(site, "yoga", 5)
    _enough(site, "family-education", 3)
    for person in site.people:
        while person.php and needed(person) > MOST_BESIDE_PHP:
            person.services.pop()


def _treatment(site: Site, person: Person) -> list[tuple[str, int, int]]:
    often = 2 if person.php and not person.new and site.dice.chance(0.5) else 1
    most = often + (often == 1 and not person.php and site.dice.chance(0.08))
    found = [("individual", often, most)]
    shares = [("medication", 0.7 if person.php else 0.3), ("case-management", 0.18)]
    if person.new:
        shares.append(("psych-eval", 0.4))
    if "in-person" in person.formats:
        shares += [("neurofeedback", 0.05), ("yoga", 0.06)]
        if "trauma" in person.needs:
            shares.append(("emdr", 0.3))
        if person.family:
            shares += [("family-session", 0.3), ("family-education", 0.3)]
    shares.append(("review", 0.04))
    found += _some(site, tuple(shares))
    if person.last < 6:
        found.append(("discharge-planning", 1, 1))
    # A day holds two sessions beside the meeting, and the shortest track has three days.
    return found[:4]


def _some(site: Site, shares: tuple[tuple[str, float], ...]) -> list[tuple[str, int, int]]:
    return [
        (service, 1, 1)
        for service, share in shares
        if site.dice.chance(min(0.9, share * site.settings.services))
    ]


def _may_join(person: Person) -> bool:
    """Whether an open group can be prescribed."""
    return person.kind == "seat" and "in-person" in person.formats and not person.new


def _enough(site: Site, service: str, least: int) -> None:
    """An open group needs people: prescribe it to some more, so that it can run."""
    having = [one for one in site.people if _has(one, service) and _may_join(one)]
    others = [
        one for one in site.people if not _has(one, service) and _may_join(one) and len(one.services) < 3
    ]
    for person in site.dice.some(others, max(0, least - len(having))):
        if service == "family-education" and not person.family:
            person.family = 1
        person.services.append((service, 1, 1))


def _has(person: Person, service: str) -> bool:
    return any(name == service for name, _, _ in person.services)


def needed(person: Person) -> int:
    """Minutes of dosage that the least numbers of sessions make."""
    return sum(SERVICES[name].minutes * least for name, least, _ in person.services if SERVICES[name].counts)


def extra(person: Person) -> int:
    """Minutes of dosage above the least numbers that may be given."""
    return sum(SERVICES[name].minutes * (most - least) for name, least, most in person.services)


def day_minutes(person: Person) -> int:
    """Minutes of dosage of one meeting."""
    return sum(plan.minutes for plan, _ in person.blocks(0) if plan.counts)
