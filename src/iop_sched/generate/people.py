"""Who the clients are: what they need, when they can come, and where they are in their stay."""

from __future__ import annotations

from itertools import combinations

from iop_sched.generate.draft import Busy, Group, Kind, Person, Site, site_id

ALL_DAYS = (0, 1, 2, 3, 4)


def count_kinds(site: Site, clients: int) -> dict[Kind, int]:
    """How many of a site's clients are of which kind."""
    settings = site.settings
    found: dict[Kind, int] = {
        "optional": max(4, round(0.06 * clients)),
        "assessment": max(1, round(0.02 * clients)),
        "pending": max(1, round(0.01 * clients)),
        "waiting": round(settings.waiting_share * clients),
    }
    found["seat"] = clients - sum(found.values())
    return found


def draw_people(site: Site, number: dict[Kind, int]) -> None:
    """Everybody of a site, in an order that says nothing about what becomes of them."""
    open_groups = site.running()
    least, more = divmod(number["seat"], len(open_groups))
    for place, group in enumerate(open_groups):
        for seat in range(least + (place < more)):
            group.members.append(_person(site, "seat", group, php=group.theme == "day" and seat < 4))
        site.people += group.members
    for kind in ("waiting", "pending", "assessment"):
        for _ in range(number[kind]):
            site.people.append(_person(site, kind, site.dice.pick(open_groups)))
    for place in range(number["optional"]):
        site.people.append(_optional(site, place))
    site.people = site.dice.shuffled(site.people)
    for person in site.people:
        person.id = site.ids.next("c", 4)
        person.sites = [] if site.alone else _within_reach(site)
    _admissions(site, number["seat"])
    for group in open_groups:
        _patterns(site, group)
    _events(site)


def _person(site: Site, kind: Kind, group: Group, php: bool = False) -> Person:
    dice = site.dice
    person = Person(kind, group, new=kind != "seat")
    if php:
        person.level = "php"
    elif dice.chance(0.15):
        person.level = "iop-state"
    person.needs = list(group.requires)
    if dice.chance(0.25):
        person.needs.append("trauma")
    usual = "young-adults" if dice.chance(0.15) else "adults"
    person.population = group.populations[0] if group.populations else usual
    spanish = 0.6 if group.language else 0.0
    if dice.chance(spanish):
        person.languages = ["spanish"]
    elif group.language or dice.chance(0.12):
        person.languages = ["english", "spanish"]
    _formats(site, person, group)
    person.payer = dice.weighted((("blue", 0.5), ("state", 0.38), ("guild", 0.12)))
    if kind != "assessment":
        person.busy = _busy(site, person, group.slot)
    return person


def _within_reach(site: Site) -> list[str]:
    """Nearly everybody has one site; a few can also go to the next one."""
    if not site.dice.chance(0.04):
        return [site.id]
    return sorted([site.id, site_id((site.index + 1) % site.settings.sites)])


def _formats(site: Site, person: Person, group: Group) -> None:
    if group.online:
        person.formats = ["telehealth"] if site.dice.chance(0.5) else ["in-person", "telehealth"]
    elif site.alone and site.dice.chance(0.2):
        person.formats = ["in-person", "telehealth"]


def _optional(site: Site, place: int) -> Person:
    """The first three of four are in aftercare; the others need no group for now."""
    person = Person("optional")
    if place % 4 < 3:
        person.level = "aftercare"
    person.payer = site.dice.pick(("blue", "state"))
    if site.dice.chance(site.settings.jobs):
        person.busy = [(day, 9 * 60, 16 * 60 + 30, "job") for day in ALL_DAYS]
    return person


def _busy(site: Site, person: Person, slot: str) -> list[Busy]:
    """Work or school beside the slot; on all weekdays, or with one of them free."""
    dice, jobs = site.dice, site.settings.jobs
    what = dice.weighted(
        (("job", jobs), ("school", site.settings.school), ("", 1 - jobs - site.settings.school))
    )
    if not what or (person.php and what == "job"):
        return []
    start, end = {
        ("morning", "job"): (14 * 60 + 30, 18 * 60 + 30),
        ("morning", "school"): (16 * 60, 20 * 60),
        ("afternoon", "job"): (8 * 60, 11 * 60 + 30),
        ("afternoon", "school"): (8 * 60 + 30, 12 * 60),
        ("evening", "job"): (9 * 60, 16 * 60 + 30),
        ("evening", "school"): (8 * 60 + 30, 15 * 60),
    }[slot, what]
    free = dice.pick((*ALL_DAYS, None, None, None))
    days = (1, 3) if (slot, what) == ("morning", "school") else ALL_DAYS
    return [(day, start, end, what) for day in days if day != free]


def _admissions(site: Site, seats: int) -> None:
    """New clients, most of them in cohorts that open; the others there come from a group that has ended."""
    new = round(site.settings.admissions * seats)
    elsewhere = [one for group in site.running() if group.running for one in group.members if not one.php]
    few = site.dice.some(elsewhere, min(new, max(1, new // 3)))
    joining = [one for group in site.running() if not group.running for one in group.members]
    first = joining[: new - len(few)]
    for person in (*few, *first):
        person.new = True
    for person in joining[len(first) :]:
        person.ended = True
    left = new - len(few) - len(first)
    for person in site.dice.some([one for one in elsewhere if not one.new], left):
        person.new = True


# Day patterns


def _patterns(site: Site, group: Group) -> None:
    """A pattern for every member, so that the days of the cohort are evenly attended."""
    load = dict.fromkeys(group.days, 0)
    for person in site.dice.shuffled(group.members):
        wanted = 5 if person.php else site.dice.weighted(((3, 0.7), (4, 0.3)))
        number = min(wanted, len(group.days))
        allowed = [days for days in combinations(group.days, number) if _suits(person, days)]
        order = site.dice.shuffled(allowed)
        person.pattern = min(order, key=lambda days: sorted((load[day] for day in days), reverse=True))
        for day in person.pattern:
            load[day] += 1


def _suits(person: Person, days: tuple[int, ...]) -> bool:
    """At most three days between two days of treatment, for those whose level says so; a start on Monday
    and an end on Thursday or later sees to last week's days as well."""
    return person.level != "iop-state" or (days[0] == 0 and days[-1] >= 3)


# What happens this week


def _events(site: Site) -> None:
    """Steps down, discharges, absences, admissions, families, and people who can go to two sites."""
    settled = [one for one in site.people if one.kind == "seat" and not one.new]
    iop = site.dice.shuffled([one for one in settled if one.level == "iop" and len(one.pattern) == 3])
    some = max(1, len(settled) // 20)
    for person in iop[:some]:
        person.step_down = True
        person.pattern = (person.pattern[0], person.pattern[2])
    for person in iop[some : 2 * some]:
        person.last = max(person.pattern[1], site.dice.between(2, 4))
    for person in iop[2 * some : 3 * some]:
        day, hour = site.dice.pick(person.pattern), person.blocks(0)[0][1][0]
        person.absences = [(day, hour, hour + 120, "court date")]
    for person in site.people:
        if person.new and person.home is not None:
            _admit(site, person)
        if not person.busy and person.kind in ("seat", "waiting") and site.dice.chance(0.06):
            _limits(person)
        if site.dice.chance(0.25):
            person.family = site.dice.between(1, 2)
            person.family_hours = (12 * 60, 20 * 60) if site.dice.chance(0.5) else None


def _limits(person: Person) -> None:
    """Hours of the day outside which the client cannot come."""
    if person.home is not None:
        first, last = person.home.span()
        person.hours = (max(0, first - 120), min(24 * 60, last + 120))


def _admit(site: Site, person: Person) -> None:
    """Insurance, assessment and admission window of somebody new."""
    dice = site.dice
    person.assessed = not dice.chance(0.5) and person.kind != "assessment"
    person.deadline = dice.between(1, 3)
    person.lag = dice.pick((0, 1, 1))
    if dice.chance(0.3):
        person.verified = dice.between(0, 1)
