"""Sites, rooms, supplies, cohorts, agendas and services as a file has them."""

from __future__ import annotations

from iop_sched.generate.catalogue import AGENDAS, SERVICES, SLOTS, Raw
from iop_sched.generate.draft import Group, Site, site_id
from iop_sched.generate.raw import CODES, day_codes, service_id, window, without_empty
from iop_sched.generate.rooms import RoomPlan
from iop_sched.generate.settings import SPARE_SEATS, Tightness
from iop_sched.week.times import clock

SPARE_CENSUS = {Tightness.low: 1.2, Tightness.medium: 1.05, Tightness.high: 1.0}


def site_raw(site: Site) -> Raw:
    """The site with its licence, and the way to the next one."""
    found: Raw = {"id": site.id}
    if site.settings.sites > 1:
        following = site_id((site.index + 1) % site.settings.sites)
        found["travel"] = {following: 30}
    busiest = max(len(_on_site(site, day)) for day in range(7))
    found["census"] = round(busiest * SPARE_CENSUS[site.settings.rooms])
    return found


def _on_site(site: Site, day: int) -> dict[str, None]:
    found: dict[str, None] = {}
    for group in site.running():
        if not group.online:
            found |= dict.fromkeys(one.id for one in group.present(day, site.closed))
    for session in site.sessions:
        if session.day == day and session.site is not None:
            found |= dict.fromkeys(one.id for one in session.people)
    return found


def rooms_raw(site: Site) -> list[Raw]:
    """The rooms that are used, one of them only in some hours, and as many spare ones as is fitting."""
    groups = [room for room in site.rooms.all if "group" in room.kinds]
    found = []
    for room in site.rooms.all:
        capacity = max(4 if "group" not in room.kinds else 10, room.people + site.dice.below(3))
        raw: Raw = {"id": room.id, "site": site.id, "kinds": room.kinds, "capacity": capacity}
        lent = room is groups[-1] or ("group" not in room.kinds and site.settings.rooms != Tightness.low)
        if lent and any(room.used):
            raw["available"] = _hours(room)
        found.append(raw)
    spare = {Tightness.low: 1 + len(groups) // 4, Tightness.medium: len(groups) // 6, Tightness.high: 0}
    for _ in range(spare[site.settings.rooms]):
        name = site.ids.next("r")
        found.append({"id": name, "site": site.id, "kinds": ["group", "family"], "capacity": 12})
    return found


def _hours(room: RoomPlan) -> list[Raw]:
    """A room lent by somebody: on the days it is used, from an hour before the first use to an hour after the
    last."""
    days = [day for day in range(7) if room.used[day]]
    first = min(start for day in days for start, _ in room.used[day])
    last = max(end for day in days for _, end in room.used[day])
    return [window(days, first - 60, min(24 * 60, last + 60))]


def supplies_raw(site: Site) -> list[Raw]:
    """As many as the planted roster uses at once, and a few more where they are not scarce."""
    spare = {Tightness.low: 2, Tightness.medium: 1, Tightness.high: 0}[site.settings.rooms]
    found = []
    for kind in site.limits:
        days = site.in_use.get(kind, [])
        peak = max((count for today in days for count in today.values()), default=0)
        count = max(1, peak + spare * (kind == "office"))
        found.append({"kind": kind, "site": site.id, "count": count})
    return found


def cohort_raw(site: Site, group: Group) -> Raw:
    """A cohort; its most members are those it has, and what it has to spare."""
    return without_empty(
        {
            "id": group.id,
            "status": None if group.running else "candidate",
            "site": site.id,
            "format": "telehealth" if group.online else None,
            "levels": group.levels,
            "populations": group.populations,
            "serves": group.serves,
            "requires": group.requires,
            "language": group.language,
            "members": {"min": 6, "max": _most(group)},
            "options": [{"slot": slot, "days": day_codes(days)} for slot, days in group.options],
            "agenda": group.agenda,
            "room_kind": None if group.online else "group",
        }
    )


def _most(group: Group) -> int:
    if not group.opens:
        return 12
    return max(6, len(group.members) - len(group.uncounted) + group.spare)


def slots_raw() -> list[Raw]:
    """The slots."""
    return [{"id": name, "start": clock(start)} for name, start in SLOTS.items()]


def agendas_raw(sites: list[Site]) -> list[Raw]:
    """The agendas; a block takes as many people as the fullest one has, and some more."""
    found = []
    for name, plans in AGENDAS.items():
        fullest = max(
            (_fullest(site, group) for site in sites for group in site.groups if group.agenda == name),
            default=0,
        )
        most = max(6, fullest + SPARE_SEATS[sites[0].settings.seats])
        if any(group.agenda == name for site in sites for group in site.groups):
            found.append({"id": name, "blocks": [plan.raw(most) for plan in plans]})
    return found


def _fullest(site: Site, group: Group) -> int:
    if not group.opens:
        return 0
    return max(sum(one not in group.uncounted for one in group.present(day, site.closed)) for day in range(7))


def services_raw(sites: list[Site]) -> list[Raw]:
    """The services; open groups with the offerings, or the number of sessions, that the sites need."""
    found = []
    for plan in SERVICES.values():
        base: Raw = {"id": plan.id, "minutes": plan.minutes, "staff": list(plan.needs), **plan.extra}
        if not sites[0].alone:
            base.pop("telehealth", None)
        if plan.id == "yoga":
            for site in sites:
                own = base | {"id": service_id(site, "yoga"), "max_offerings": min(14, site.movable)}
                found.append(own if site.alone else own | {"sites": [site.id]})
            continue
        if plan.group:
            base["offerings"] = [offer for site in sites for offer in site.offerings[plan.id]]
        found.append(base)
    return found


def closures_raw(sites: list[Site]) -> list[Raw]:
    """Closed days: of the whole program, or of one site."""
    return [
        {"day": CODES[day], "why": "holiday"}
        if site.alone
        else {"day": CODES[day], "sites": [site.id], "why": "building works"}
        for site in sites
        for day in sorted(site.closed)
    ]
