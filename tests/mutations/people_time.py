"""Mutations of clients' and clinicians' time, of staff's load, of who runs a block, and of the care team."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby
from random import Random

from iop_sched.rules.wording import at
from iop_sched.week.people import Break
from iop_sched.week.times import WEEK, Day, merge, subtract
from mutations.case import Case, Finding, Mutation, shuffled
from mutations.edit import edit, edit_at, except_day, put, window
from mutations.moving import EASED, appointments, clashes, movable, moved, possible, travel
from mutations.tally import Tally, Work, hits

Found = Iterator[Mutation]


# client-time


def busy_then(case: Case, rng: Random) -> Found:
    """A client is busy, every week or this one, during something on the roster."""
    waived = case.overriding("client-time")
    for client, _ in case.placed(rng) + case.placed(rng, in_cohort=False):
        if client.id in waived:
            continue
        blocks, mine = _own_time(case, client.id)
        for day, time in rng.sample(blocks + mine, min(2, len(blocks + mine))):
            busy = (*client.busy, window(day, time))
            found = [(client.id, at(*one), 1) for one in blocks + mine if _meet(one, (day, time))]
            already = [one for one in blocks + mine if hits(client.busy, *one)]
            week = edit(case.week, "clients", client.id, busy=busy)
            if not already:
                yield case.mutation(f"{client.id} is busy {at(day, time)}", found, week=week)
        for day, time in mine:
            if any(_meet(one, (day, time)) for one in blocks):
                continue
            absences = (*client.absences, window(day, time))
            week = edit(case.week, "clients", client.id, absences=absences)
            yield case.mutation(
                f"{client.id} is absent {at(day, time)}", [(client.id, at(day, time), 1)], week=week
            )


def cannot_come(case: Case, rng: Random) -> Found:
    """A client, or the family, can come on any day but one."""
    waived = case.overriding("client-time")
    for client, _ in case.placed(rng) + case.placed(rng, in_cohort=False):
        if client.id in waived:
            continue
        blocks, mine = _own_time(case, client.id)
        gone = rng.choice([day for day, _ in blocks + mine] or [Day.MON])
        found = [(client.id, at(day, time), 1) for day, time in blocks + mine if day == gone]
        if found and (
            not client.available or all(day != gone for one in client.available for day in one.days)
        ):
            week = edit(case.week, "clients", client.id, available=except_day(gone))
            yield case.mutation(f"{client.id} cannot come on {gone.code}", found, week=week)
        family = [
            (client.id, at(one.day, case.tally.interval(one)), 1)
            for one in case.tally.sessions(client.id)
            if case.tally.services[one.service].family and one.day == gone
        ]
        if client.family is not None and family:
            week = edit(
                case.week, "clients", client.id, family=put(client.family, available=except_day(gone))
            )
            yield case.mutation(f"the family of {client.id} cannot on {gone.code}", family, week=week)


def session_at_a_bad_time(case: Case, rng: Random) -> Found:
    """A session is moved to a time at which the client is away, or has something else."""
    eased = case.eased(*EASED)
    waived = eased.overriding("client-time")
    for number, session in eased.sessions(rng):
        if not movable(eased, session) or session.clients[0] in waived:
            continue
        name = session.clients[0]
        times = list(possible(eased, session))
        for day, start in rng.sample(times, min(12, len(times))):
            time = (start, start + eased.tally.interval(session)[1] - session.start)
            reasons = clashes(eased, session, day, start)
            if not reasons or _may_leave(eased, name, day, time):
                continue
            found: list[Finding] = [(name, at(day, time), 1)] * reasons.count("away")
            for other, site in appointments(eased, session, day):
                way = travel(eased, site, session.site)
                gap = max(other[0] - time[1], time[0] - other[1])
                if gap < way or gap < 0:
                    amount = 1 if gap < 0 else way - gap
                    found.append((name, at(day, max(other, time)), amount))
            week, roster = moved(eased, number, day, start)
            what = f"{session.service} of {name} to {at(day, time)}"
            yield eased.mutation(what, found, week=week, roster=roster)
            break


def _may_leave(case: Case, client: str, day: Day, time: tuple[int, int]) -> bool:
    """Whether a block that may be left is near: then an overlap may be none."""
    tally, place = case.tally, case.tally.placements[client]
    return place.cohort is not None and any(
        block.may_leave and _meet((day, time), (day, other))
        for block, other in tally.own(tally.clients[client], place.cohort, day)
    )


def _own_time(case: Case, client: str) -> tuple[list, list]:
    """Own blocks on pattern days, and sessions, as days and intervals."""
    tally, place = case.tally, case.tally.placements[client]
    blocks = [
        (day, time)
        for day in place.days
        for _, time in tally.own(tally.clients[client], place.cohort or "", day)
    ]
    return blocks, [(one.day, tally.interval(one)) for one in tally.sessions(client)]


def _meet(one: tuple[Day, tuple[int, int]], other: tuple[Day, tuple[int, int]]) -> bool:
    return one[0] == other[0] and one[1][0] < other[1][1] and other[1][0] < one[1][1]


CLIENT_TIME = (session_at_a_bad_time, busy_then, cannot_come)


# clinician-time


def away_then(case: Case, rng: Random) -> Found:
    """A clinician is away during something, or does not work that day."""
    eased = case.eased("staff")
    for clinician in shuffled(eased.week.clinicians, rng):
        works = eased.tally.works(clinician.id)
        for work in rng.sample(works, min(3, len(works))):
            found = [
                (clinician.id, at(one.day, one.interval), 1)
                for one in works
                if _meet((one.day, one.interval), (work.day, work.interval))
            ]
            away = (*clinician.away, window(work.day, work.interval))
            week = edit(eased.week, "clinicians", clinician.id, away=away)
            yield eased.mutation(f"{clinician.id} is away {at(work.day, work.interval)}", found, week=week)
            found = [(clinician.id, at(one.day, one.interval), 1) for one in works if one.day == work.day]
            hours = tuple(
                put(one, days=tuple(day for day in one.days if day != work.day))
                for one in clinician.available
            )
            week = edit(
                eased.week, "clinicians", clinician.id, available=tuple(one for one in hours if one.days)
            )
            if any(one.days for one in hours):
                yield eased.mutation(f"{clinician.id} not on {work.day.code}", found, week=week)


def too_close(case: Case, rng: Random) -> Found:
    """A clinician needs more minutes between one thing and the next."""
    eased = case.eased("staff")
    for clinician in shuffled(eased.week.clinicians, rng):
        for minutes in rng.sample(range(5, 61, 5), 3):
            found = _pairs(eased, eased.tally.works(clinician.id), minutes)
            if found and minutes > clinician.turnaround:
                week = edit(eased.week, "clinicians", clinician.id, turnaround=minutes)
                found = [(clinician.id, when, amount) for when, amount in found]
                yield eased.mutation(f"{clinician.id} turns around in {minutes} min", found, week=week)


def _pairs(case: Case, works: list[Work], turnaround: int) -> list[tuple[str, int]]:
    """Pairs of a day that overlap or are too close: when, and by how much."""
    found = []
    for one, other in combinations(works, 2):
        if one.day != other.day:
            continue
        gap = other.interval[0] - one.interval[1]
        same = one.meeting is not None and one.meeting == other.meeting
        wanted = max(0 if same else turnaround, travel(case, one.site, other.site))
        if gap < 0:
            found.append((at(other.day, other.interval), 1))
        elif gap < wanted:
            found.append((at(other.day, other.interval), wanted - gap))
    return found


def no_break(case: Case, rng: Random) -> Found:
    """A clinician is to have a break at a time that is taken on some days."""
    for clinician in shuffled(case.week.clinicians, rng):
        works = case.tally.works(clinician.id)
        for work in rng.sample(works, min(2, len(works))):
            start, end = work.interval
            taken = {
                one.day
                for one in works
                if one.interval[1] + clinician.turnaround > start and one.interval[0] < end
            }
            found = [(clinician.id, at(day, (start, end)), 1) for day in taken]
            breaks = (*clinician.breaks, Break.model_construct(minutes=end - start, start=start, end=end))
            week = edit(case.week, "clinicians", clinician.id, breaks=breaks)
            yield case.mutation(f"{clinician.id} rests {at(work.day, work.interval)}", found, week=week)


def no_time_for_notes(case: Case, rng: Random) -> Found:
    """A clinician needs more hours for notes than are left."""
    closed = {closure.day for closure in case.week.closures if not closure.sites}
    for clinician in shuffled(case.week.clinicians, rng):
        working = 0
        for day in (day for day in WEEK if day not in closed):
            present = [one.interval for one in clinician.available if day in one.days]
            gone = [one.interval for one in clinician.away if day in one.days]
            working += sum(end - start for start, end in subtract(merge(present), gone))
        load = case.tally.load(clinician.id)
        wanted = ((working - load) // 15 + rng.randint(1, 40)) * 15
        if load and wanted > working - load:
            week = edit(case.week, "clinicians", clinician.id, admin_hours=wanted / 60)
            found = [(clinician.id, "", wanted - working + load)]
            yield case.mutation(f"{clinician.id} writes for {wanted} min", found, week=week)


def double_booked(case: Case, rng: Random) -> Found:
    """A session is given to a colleague who is qualified, and taken."""
    eased = case.eased("staff", "payers", "pins")
    tally = eased.tally
    for number, session in eased.sessions(rng):
        client, time = tally.clients[session.clients[0]], tally.interval(session)
        if len(session.staff) != 1:
            continue
        for colleague in shuffled(eased.week.clinicians, rng):
            mine = tally.works(colleague.id)
            taken = [one for one in mine if _meet((one.day, one.interval), (session.day, time))]
            need = tally.services[session.service].staff[0]
            if not taken or not _can(colleague, need, client, session.site):
                continue
            if not _works(colleague, session.day, time, session.site):
                continue
            roster = edit_at(
                eased.roster, "sessions", number, staff=(put(session.staff[0], clinician=colleague.id),)
            )
            after = Tally(eased.week, roster).works(colleague.id)
            pairs = _pairs(eased, after, colleague.turnaround)
            found = [(colleague.id, when, amount) for when, amount in pairs]
            yield eased.mutation(f"{colleague.id} gives session {number} too", found, roster=roster)


def _can(colleague, need, client, site: str | None) -> bool:
    return (
        bool(set(need.roles) & set(colleague.roles))
        and set(need.credentials) <= set(colleague.credentials)
        and set(need.modalities) <= set(colleague.modalities)
        and colleague.id not in client.excludes
        and (site is None or site in colleague.sites)
        and (
            not client.languages
            or not colleague.languages
            or bool(set(client.languages) & set(colleague.languages))
        )
    )


def _works(colleague, day: Day, time: tuple[int, int], site: str | None) -> bool:
    there = [one for one in colleague.available if site is None or one.site in (None, site)]
    return any(day in one.days and one.start <= time[0] and time[1] <= one.end for one in there) and not hits(
        colleague.away, day, time
    )


CLINICIAN_TIME = (double_booked, away_then, too_close, no_break, no_time_for_notes)


# clinician-load


def too_much(case: Case, rng: Random, mode: str = "hard") -> Found:
    """A clinician may carry fewer hours, or fewer groups, than are on the roster."""
    base = case.under("clinician-load", mode)
    for clinician in shuffled(base.week.clinicians, rng):
        works = base.tally.works(clinician.id)
        by_day = {day: list(group) for day, group in groupby(works, key=lambda work: work.day)}
        loads = {day: base.tally.load(clinician.id, day) for day in by_day}
        groups = {day: len({work.group for work in group} - {None}) for day, group in by_day.items()}
        total = sum(loads.values())
        if not total:
            continue
        for _ in range(3):
            week_cap = (total - 1) // 15 * 15 - rng.randint(0, (total - 1) // 15) * 15
            day_cap = rng.randint(0, (max(loads.values()) - 1) // 15) * 15
            group_cap = rng.randint(0, 3)
            for field, cap, amounts, penalty in (
                ("max_hours_week", week_cap, {"": total - week_cap}, "minutes"),
                ("max_hours_day", day_cap, {day.code: loads[day] - day_cap for day in loads}, "minutes"),
                (
                    "max_groups_day",
                    group_cap,
                    {day.code: groups[day] - group_cap for day in groups},
                    "groups",
                ),
            ):
                above = {when: amount for when, amount in amounts.items() if amount > 0}
                old = getattr(clinician, field)
                if not above or (mode == "soft" and old is not None):
                    continue
                most = cap if field == "max_groups_day" else cap / 60
                week = edit(base.week, "clinicians", clinician.id, **{field: most})
                what = f"{field} of {clinician.id}: {most}"
                if mode == "hard":
                    found = [(clinician.id, when, amount) for when, amount in above.items()]
                    yield base.mutation(what, found, week=week)
                else:
                    terms = {
                        (f"clinician-load.{penalty}", clinician.id, when): amount
                        for when, amount in above.items()
                    }
                    yield base.mutation(what, terms=terms, week=week)


def too_much_softly(case: Case, rng: Random) -> Found:
    """The same, at a price."""
    yield from too_much(case, rng, "soft")


def one_session_too_many(case: Case, rng: Random) -> Found:
    """A session is given to a colleague who is free but has already all the week allows."""
    eased = case.eased("staff", "payers", "pins")
    tally = eased.tally
    for number, session in eased.sessions(rng):
        client, time = tally.clients[session.clients[0]], tally.interval(session)
        for colleague in shuffled(eased.week.clinicians, rng):
            need = tally.services[session.service].staff[0]
            staff = (put(session.staff[0], clinician=colleague.id),)
            if len(session.staff) != 1 or not _can(colleague, need, client, session.site):
                continue
            roster = edit_at(eased.roster, "sessions", number, staff=staff)
            after = Tally(eased.week, roster)
            load = tally.load(colleague.id)
            cap = -(-load // 15) * 15
            free = _works(colleague, session.day, time, session.site)
            if not free or _pairs(eased, after.works(colleague.id), colleague.turnaround):
                continue
            excess = after.load(colleague.id) - cap
            if excess > 0:
                week = edit(eased.week, "clinicians", colleague.id, max_hours_week=cap / 60)
                base = Case(case.name, week, eased.roster, eased.policy)
                found = [(colleague.id, "", excess)]
                yield base.mutation(f"{colleague.id} gives session {number} as well", found, roster=roster)
            break


CLINICIAN_LOAD = (too_much, too_much_softly, one_session_too_many)

KINDS = {
    "client-time": CLIENT_TIME,
    "clinician-time": CLINICIAN_TIME,
    "clinician-load": CLINICIAN_LOAD,
}
