"""Who leads and staffs the meetings of the planted roster, in which rooms, and when the care teams meet."""

from __future__ import annotations

from iop_sched.generate.catalogue import Raw
from iop_sched.generate.clinicians import Clinician
from iop_sched.generate.draft import Group, Site, Team
from iop_sched.generate.hiring import Wanted, find_or_hire, hire
from iop_sched.week.times import Interval

TEAM_START = 12 * 60 + 30
TEAM_MINUTES = 60
TEAM_DAYS = (2, 1, 3, 0, 4)
COHORTS_PER_TEAM = 6
QUORUM = ("psychiatrist", "counselor", "case-manager")
PAYER = "guild"


def lead(site: Site) -> None:
    """A leader for each cohort that meets, and a room for each meeting."""
    for group in site.running():
        wanted = Wanted({"roles": ["therapist"]}, group.language, PAYER)
        group.leader = hire(site, wanted, group.slot)
        group.leader.leads = True
        timed = group.timed()
        for day in site.due(group):
            group.staff[day] = [(timed[0][0].id, group.leader)]
            group.leader.book(day, *timed[0][1], meeting=f"{group.id} {day}")
        _rooms(site, group)


def _rooms(site: Site, group: Group) -> None:
    days, when = site.due(group), group.span()
    if group.online:
        return
    whole_week = site.rooms.find("group", days, when)
    for day in days:
        room = whole_week or site.rooms.find("group", [day], when)
        if room is None:
            room = site.rooms.add(site.ids.next("r"), ["group"])
        people = len(group.present(day, site.closed))
        group.rooms[day] = site.rooms.take(room, day, when, people)


def found_teams(site: Site) -> None:
    """The care teams: the leaders of some cohorts. Their hour is kept before anything else is planned."""
    groups = site.running()
    days = [day for day in TEAM_DAYS if day not in site.closed]
    for place in range(-(-len(groups) // COHORTS_PER_TEAM)):
        some = groups[place * COHORTS_PER_TEAM : (place + 1) * COHORTS_PER_TEAM]
        day = days[place % len(days)]
        when = (TEAM_START, TEAM_START + TEAM_MINUTES)
        members = [group.leader for group in some if group.leader is not None]
        for person in members:
            person.book(day, *when)
        site.teams.append(Team(site.ids.next("a", 2), site.id, day, TEAM_START, members))


def complete_teams(site: Site) -> None:
    """Whoever comes to the care teams from the other roles."""
    for team in site.teams:
        when = (team.start, team.start + TEAM_MINUTES)
        for role in QUORUM:
            team.others.append(_represents(site, role, team.day, when))


def _represents(site: Site, role: str, day: int, when: Interval) -> Clinician:
    need: Raw = {"roles": [role]}
    there = len(site.staff)
    found = find_or_hire(site, Wanted(need), day, when, shift="first-days" if day < 4 else "last-days")
    if role == "psychiatrist" and len(site.staff) > there:
        away = site.dice.pick([one for one in (1, 2, 3) if one != day])
        found.away = (away, 11 * 60, 14 * 60 + 30)
    found.book(day, *when)
    return found


def staff_blocks(site: Site) -> None:
    """Somebody for every block but the leader's, the same one all week where that can be."""
    for group in site.running():
        for plan, when in group.timed():
            needs = [need for need in plan.staff if not need.get("lead")]
            for day in site.due(group) if needs else ():
                present = group.present(day, site.closed, php=plan.php)
                number = 1 if plan.ratio is None else max(1, -(-len(present) // plan.ratio))
                for _ in range(number):
                    _staff(site, group, plan.id, needs[0], day, when)


def _staff(site: Site, group: Group, block: str, need: Raw, day: int, when: Interval) -> None:
    meeting = f"{group.id} {day}"
    known = [one for staff in group.staff.values() for name, one in staff if name == block]
    wanted = Wanted(need, group.language, PAYER)
    found = find_or_hire(site, wanted, day, when, shift=group.slot, meeting=meeting, first=known)
    found.book(day, *when, meeting=meeting)
    group.staff[day].append((block, found))
