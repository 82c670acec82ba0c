"""Mutations of open groups, rooms, supplies and licences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import at
from iop_sched.week.base import Band
from iop_sched.week.people import Client, Family
from iop_sched.week.places import Room, Supply
from iop_sched.week.roster import Placement, Session
from iop_sched.week.times import WEEK, Day
from mutations.case import Case, Finding, Mutation, shuffled
from mutations.cohorts import twins
from mutations.edit import add_site, add_twin, add_word, around, edit, edit_at, edit_block, put, stand_in

Found = Iterator[Mutation]


def _when(case: Case, session: Session) -> str:
    return at(session.day, case.tally.interval(session))


def _people(case: Case, session: Session) -> int:
    families = [case.tally.clients[name].family for name in session.clients]
    guests = sum(one.attendees for one in families if one is not None)
    return len(session.clients) + guests * case.tally.services[session.service].family


# open-group


def other_numbers(case: Case, rng: Random) -> Found:
    """An open group needs more people than come, or has fewer seats."""
    for _, session in case.sessions(rng, single=False):
        alike = [one for one in case.roster.sessions if one.service == session.service]
        people = {_when(case, one): _people(case, one) for one in alike}
        for number in range(1, 25):
            for band in (Band(min=number, max=99), Band(min=0, max=max(2, number))):
                found = [
                    (session.service, when, max(band.min - count, count - band.max))
                    for when, count in people.items()
                    if not band.min <= count <= band.max
                ]
                if found:
                    week = edit(case.week, "services", session.service, participants=band)
                    yield case.mutation(f"{session.service} for {band}", found, week=week)


def too_few_come(case: Case, rng: Random) -> Found:
    """Some of a group stay away, so that it is too small."""
    eased = case.eased("pins", "dosage", "timing")
    for number, session in eased.sessions(rng, single=False):
        least = eased.tally.services[session.service].participants.min
        for _ in range(15):
            staying = tuple(rng.sample(session.clients, rng.randint(1, len(session.clients))))
            people = _people(eased, put(session, clients=staying))
            if people < least:
                roster = edit_at(eased.roster, "sessions", number, clients=staying)
                found = [(session.service, _when(eased, session), least - people)]
                yield eased.mutation(f"{sorted(staying)} alone at {number}", found, roster=roster)


def too_many_come(case: Case, rng: Random) -> Found:
    """More people join a group than it has seats: clients like others, or their loved ones."""
    eased = case.eased("pins", "dosage", "timing", "seats")
    for number, session in eased.sessions(rng, single=False):
        service, people = eased.tally.services[session.service], _people(eased, session)
        model = rng.choice(session.clients)
        client, place = eased.tally.clients[model], eased.tally.placements[model]
        lines = tuple(one for one in client.prescription.services if one.service == service.id)
        each = 1 + service.family * (client.family.attendees if client.family is not None else 0)
        count, more = rng.randint(1, 4), rng.randint(1, each)
        cap = people + count * each - more
        week, roster = (
            edit(eased.week, "services", service.id, participants=Band(min=0, max=cap)),
            eased.roster,
        )
        base = Case(case.name, week, roster, eased.policy)
        start = _start(eased, client, place)
        if start is not None and start <= session.day:
            for twin in range(count):
                name = f"twin{twin}"
                week, roster = add_twin(week, roster, model, start, name=name)
                plan = put(week.clients[-1].prescription, services=lines)
                week = edit(week, "clients", name, prescription=plan)
            guests = tuple(f"twin{twin}" for twin in range(count))
            roster = edit_at(roster, "sessions", number, clients=(*session.clients, *guests))
            found = [(service.id, _when(eased, session), more)]
            yield base.mutation(f"{count} like {model} at {number}", found, week=week, roster=roster)
        if service.family:
            old = client.family.attendees if client.family else 0
            family = (client.family or Family()).model_copy(update={"attendees": old + cap - people + more})
            week = edit(base.week, "clients", model, family=family)
            found = [(service.id, _when(eased, session), more)]
            yield base.mutation(f"{model} brings {cap - people + more} more to {number}", found, week=week)


def _start(case: Case, client: Client, place: Placement) -> Day | None:
    """A day on which somebody new may start in the client's place."""
    if place.cohort is None:
        return place.start
    due = [day for day in place.days if (place.cohort, day) in case.tally.meetings]
    return next((day for day in due if not case.tally.excused(client, place.cohort, day)), None)


def not_an_offering(case: Case, rng: Random) -> Found:
    """A group session is none of those offered, not when it was offered, or one too many."""
    for number, session in case.sessions(rng, single=False):
        service = case.tally.services[session.service]
        alike = [one for one in case.roster.sessions if one.service == service.id]
        found: list[Finding] = [(service.id, _when(case, session), 1)]
        if not service.offerings:
            for most in range(len(alike)):
                week = edit(case.week, "services", service.id, max_offerings=most)
                found = [(service.id, "", len(alike) - most)]
                yield case.mutation(f"{most} of {service.id}", found, week=week)
            continue
        roster = edit_at(case.roster, "sessions", number, offering=None)
        yield case.mutation(f"{number} is no offering", found, roster=roster)
        for day in WEEK * 2:
            start = session.start + rng.randint(-8, 8) * case.week.grid
            if (day, start) != (session.day, session.start):
                offerings = tuple(
                    put(one, day=day, start=start) if one.id == session.offering else one
                    for one in service.offerings
                )
                week = edit(case.week, "services", service.id, offerings=offerings)
                yield case.mutation(f"{session.offering} on {day.code} {start}", found, week=week)


def split_group(case: Case, rng: Random) -> Found:
    """One offering takes place twice, half of the people in each."""
    eased = case.eased("supplies", "pins")
    for number, session in eased.sessions(rng, single=False):
        if session.offering is None or len(session.clients) < 2:
            continue
        week, staff = eased.week, []
        for entry in session.staff:
            week, name = stand_in(week, entry.clinician)
            staff.append(put(entry, clinician=name))
        if session.room is not None:
            week = put(week, rooms=(*week.rooms, put(eased.tally.rooms[session.room], id="room-too")))
        for _ in range(10):
            cut = rng.randint(1, len(session.clients) - 1)
            people = rng.sample(session.clients, len(session.clients))
            room = session.room and "room-too"
            second = put(session, clients=tuple(people[cut:]), staff=tuple(staff), room=room)
            first = edit_at(eased.roster, "sessions", number, clients=tuple(people[:cut]))
            roster = put(first, sessions=(*first.sessions, second))
            changed = edit(week, "services", session.service, participants=Band(min=1, max=99))
            what = f"{number} without {sorted(people[cut:])}, who have their own"
            yield eased.mutation(what, [(session.service, "", 1)], week=changed, roster=roster)


OPEN_GROUP = (other_numbers, too_few_come, too_many_come, not_an_offering, split_group)


# rooms


Use = tuple[str, Day, tuple[int, int], str | None, str | None, int, tuple[str, int]]
"""Label, day, interval, site, room, people, and where it stands in the roster."""


def _uses(case: Case) -> list[Use]:
    tally, found = case.tally, []
    for number, one in enumerate(case.roster.facilitation):
        if one.held:
            blocks = tally.blocks(one.cohort, one.day)
            people = max(len(tally.present(one.cohort, one.day, block)) for block in blocks)
            span, where = tally.span(one.cohort, one.day), ("facilitation", number)
            found.append((one.cohort, one.day, span, tally.site(one.cohort), one.room, people, where))
    for number, one in enumerate(case.roster.sessions):
        label = f"{one.service} for {', '.join(one.clients)}"
        where = ("sessions", number)
        found.append((label, one.day, tally.interval(one), one.site, one.room, _people(case, one), where))
    return found


def wrong_room(case: Case, rng: Random) -> Found:
    """What needs a room has none, one of another kind or at another site; what needs none has one."""
    eased = case.eased("pins")
    for label, day, time, site, room, _, (lists, number) in shuffled(_uses(eased), rng):
        found = [(label, at(day, time), 1)]
        week = add_site(add_word(eased.week, "room_kinds", "cellar"))
        if room is None:
            extra = Room(id="spare", site=site or "elsewhere", kinds=("cellar",), capacity=99)
            what = f"{label} {at(day, time)} in a room"
        else:
            change = rng.choice([{"kinds": ("cellar",)}, {"site": "elsewhere"}, None])
            if change is None:
                roster = edit_at(eased.roster, lists, number, room=None)
                yield eased.mutation(f"{label} {at(day, time)} without a room", found, roster=roster)
                continue
            extra = put(eased.tally.rooms[room], id="spare", **change)
            what = f"{label} {at(day, time)} in a room with {change}"
        roster = edit_at(eased.roster, lists, number, room="spare")
        week = put(week, rooms=(*week.rooms, extra))
        yield eased.mutation(what, found, week=week, roster=roster)


def smaller_room(case: Case, rng: Random) -> Found:
    """A room has fewer seats, or is closed during something."""
    uses = _uses(case)
    for room in shuffled(case.tally.rooms, rng):
        mine = [use for use in uses if use[4] == room]
        for seats in rng.sample(range(1, 13), 4):
            found = [(use[0], at(use[1], use[2]), 1) for use in mine if use[5] > seats]
            if found:
                week = edit(case.week, "rooms", room, capacity=seats)
                yield case.mutation(f"{room} for {seats}", found, week=week)
        if case.tally.rooms[room].available:
            continue
        for label, day, (start, _), *_ in mine:
            found = [
                (use[0], at(day, use[2]), 1)
                for use in mine
                if use[1] == day and use[2][0] < start + case.week.grid and start < use[2][1]
            ]
            week = edit(case.week, "rooms", room, available=around(day, start, start + case.week.grid))
            yield case.mutation(f"{room} closed when {label} starts {day.code}", found, week=week)


def room_taken(case: Case, rng: Random) -> Found:
    """Two things are in one room at once."""
    eased = case.eased("pins", "seats")
    uses = [use for use in _uses(eased) if use[4] is not None]
    for label, day, time, site, room, _, (lists, number) in shuffled(uses, rng):
        kinds = tuple({kind for one in eased.week.rooms for kind in one.kinds})
        for other in shuffled(eased.week.rooms, rng):
            there = [use[2] for use in uses if use[4] == other.id and use[1] == day]
            taken = [one for one in there if one[0] < time[1] and time[0] < one[1]]
            if other.id == room or other.site != site or not taken or other.available:
                continue
            week = edit(eased.week, "rooms", other.id, kinds=kinds)
            roster = edit_at(eased.roster, lists, number, room=other.id)
            found = [(other.id, at(day, max(one, time)), 1) for one in taken]
            if len(taken) == 1:
                what = f"{label} {at(day, time)} in {other.id} too"
                yield eased.mutation(what, found, week=week, roster=roster)


ROOMS = (wrong_room, smaller_room, room_taken)


# supply


def _peaks(case: Case) -> dict[tuple[str, str, Day], tuple[int, str]]:
    """Of each kind, at each site, on each day: the most in use at once, and when that is first so."""
    tally, used = case.tally, defaultdict(list)
    for meeting in tally.held:
        for block in tally.blocks(meeting.cohort, meeting.day):
            time = tally.block_interval(meeting.cohort, block, meeting.day)
            for kind in block.supplies:
                used[tally.site(meeting.cohort), kind, meeting.day].append(time)
    for session in case.roster.sessions:
        for kind in tally.services[session.service].supplies:
            used[session.site, kind, session.day].append(tally.interval(session))
    found = {}
    for (site, kind, day), times in used.items():
        edges = sorted({edge for time in times for edge in time})
        counts = [sum(start <= edge < end for start, end in times) for edge in edges]
        first = counts.index(max(counts))
        if site is not None:
            found[site, kind, day] = (max(counts), at(day, (edges[first], edges[first + 1])))
    return found


def fewer_supplies(case: Case, rng: Random) -> Found:
    """There are fewer offices or machines, or something needs a kind of which there is none."""
    peaks = _peaks(case)
    for number, supply in enumerate(case.week.supplies):
        others = sum(
            one.count
            for one in case.week.supplies
            if one is not supply and (one.site, one.kind) == (supply.site, supply.kind)
        )
        for count in range(supply.count):
            found = [
                (site, when, most - count - others)
                for (site, kind, _), (most, when) in peaks.items()
                if (site, kind) == (supply.site, supply.kind) and most > count + others
            ]
            if found:
                week = edit_at(case.week, "supplies", number, count=count)
                yield case.mutation(f"{count} {supply.kind} at {supply.site}", found, week=week)


def new_supply(case: Case, rng: Random) -> Found:
    """A service, or a block, needs a thing of which there are not enough."""
    services = [("services", "", one.id, one.supplies) for one in case.week.services]
    blocks = [
        ("agendas", agenda.id, block.id, block.supplies)
        for agenda in case.week.agendas
        for block in agenda.blocks
    ]
    for kind, agenda, name, supplies in shuffled(services + blocks, rng):
        week = add_word(case.week, "supplies", "sauna")
        if kind == "services":
            week = edit(week, "services", name, supplies=(*supplies, "sauna"))
        else:
            week = edit_block(week, agenda, name, supplies=(*supplies, "sauna"))
        peaks = _peaks(Case(case.name, week, case.roster))
        for count in range(6):
            found = [
                (site, when, most - count)
                for (site, what, _), (most, when) in peaks.items()
                if what == "sauna" and most > count
            ]
            if found:
                rooms = tuple(Supply(kind="sauna", site=site.id, count=count) for site in week.sites)
                changed = put(week, supplies=(*week.supplies, *rooms))
                yield case.mutation(f"{name} of {agenda} needs one of {count}", found, week=changed)


def _on_site(case: Case) -> dict[tuple[str, Day], set[str]]:
    found = defaultdict(set)
    for name, place in case.tally.placements.items():
        site = case.tally.site(place.cohort) if place.cohort is not None else None
        for day in case.tally.attended(name):
            if site is not None:
                found[site, day].add(name)
    for session in case.roster.sessions:
        if session.site is not None:
            found[session.site, session.day].update(session.clients)
    return found


def fewer_licences(case: Case, rng: Random) -> Found:
    """A site is licensed for fewer clients a day."""
    there = _on_site(case)
    for site in case.week.sites:
        most = max((len(names) for (where, _), names in there.items() if where == site.id), default=0)
        for census in range(most):
            found = [
                (site.id, day.code, len(names) - census)
                for (where, day), names in there.items()
                if where == site.id and len(names) > census
            ]
            week = edit(case.week, "sites", site.id, census=census)
            yield case.mutation(f"{site.id} for {census}", found, week=week)


def too_many_on_site(case: Case, rng: Random) -> Found:
    """People join a cohort and its house is fuller than licensed."""
    eased = case.eased("seats")
    there = _on_site(eased)
    for client, cohort, start in twins(eased, rng):
        site, days = eased.tally.site(cohort), eased.tally.attended(client)
        if site is None:
            continue
        census = max(len(names) for (where, _), names in there.items() if where == site)
        more = rng.randint(1, 6)
        week, roster = edit(eased.week, "sites", site, census=census), eased.roster
        base = Case(case.name, week, roster, eased.policy)
        for number in range(more):
            week, roster = add_twin(week, roster, client, start, name=f"twin{number}")
        place = eased.tally.placements[client]
        days = [
            day
            for day in place.days
            if day >= start
            and (cohort, day) in eased.tally.meetings
            and eased.tally.meetings[cohort, day].held
            and not eased.tally.excused(eased.tally.clients[client], cohort, day)
        ]
        found = [
            (site, day.code, len(there[site, day]) + more - census)
            for day in days
            if len(there[site, day]) + more > census
        ]
        if found:
            yield base.mutation(f"{more} like {client} come to {site}", found, week=week, roster=roster)


SUPPLY = (fewer_supplies, new_supply, fewer_licences, too_many_on_site)

KINDS = {"open-group": OPEN_GROUP, "rooms": ROOMS, "supply": SUPPLY}
