"""Mutations of sessions: what is given, where, by whom, how often, and in which groups."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import at
from iop_sched.week.base import Band
from iop_sched.week.places import Closure
from iop_sched.week.roster import Session
from iop_sched.week.times import WEEK
from mutations.case import Case, Finding, Mutation, shuffled
from mutations.edit import add_site, around, drop_at, edit, edit_at, except_day, put
from mutations.tally import Tally

Found = Iterator[Mutation]


def when(case: Case, session: Session) -> str:
    """When a session is, as findings say it."""
    return at(session.day, case.tally.interval(session))


def of_service(case: Case, service: str) -> list[Session]:
    """All sessions of a service."""
    return [one for one in case.roster.sessions if one.service == service]


# service-delivery


def not_prescribed(case: Case, rng: Random) -> Found:
    """A session is of a service that the client's prescription no longer names, or allows so many of."""
    eased = case.eased("dosage", "staff", "payers")
    for number, session in enumerate(eased.roster.sessions):
        name = rng.choice(session.clients)
        client, service = eased.tally.clients[name], session.service
        given = eased.tally.sessions(name, service)
        lines = client.prescription.services if client.prescription is not None else ()
        line = next((one for one in lines if one.service == service), None)
        if line is None or (client.intake is not None and client.intake.assessment == service):
            continue
        others = tuple(one for one in lines if one is not line)
        if not eased.tally.services[service].primary:
            week = _prescribe(eased, name, others)
            found = [(name, when(eased, one), 1) for one in given]
            yield eased.mutation(f"{name} without {service} on the plan", found, week=week)
        most = rng.randrange(len(given))
        week = _prescribe(eased, name, (*others, put(line, min_count=0, max_count=most)))
        found = [(name, "", len(given) - most)]
        yield eased.mutation(f"{name} with {most} of {service}", found, week=week)


def _prescribe(case: Case, client: str, services: tuple):
    prescription = case.tally.clients[client].prescription
    return edit(case.week, "clients", client, prescription=put(prescription, services=services))


def more_prescribed(case: Case, rng: Random) -> Found:
    """More is prescribed than is given, which costs, for those without a place as well."""
    for client in rng.sample(case.week.clients, len(case.week.clients)):
        lines = client.prescription.services if client.prescription is not None else ()
        for line in rng.sample(lines, min(1, len(lines))):
            service = case.tally.services[line.service]
            given = len(case.tally.sessions(client.id, line.service))
            count = rng.randint(line.min_count + 1, line.min_count + 3)
            points = service.minutes if service.missing_points is None else service.missing_points
            missing = max(0, count - given) - max(0, line.min_count - given)
            changed = put(line, min_count=count, max_count=max(count, line.max_count))
            week = _prescribe(case, client.id, (*(one for one in lines if one is not line), changed))
            terms = {("service-delivery.missing", f"{client.id} {service.id}", ""): points * missing}
            if points * missing:
                yield case.mutation(f"{client.id}: {count} of {service.id}", terms=terms, week=week)


def not_given(case: Case, rng: Random) -> Found:
    """A session is not given, which costs."""
    eased = case.eased("dosage", "timing", "pins")
    for number, session in eased.sessions(rng):
        (name,) = session.clients
        client, service = eased.tally.clients[name], eased.tally.services[session.service]
        lines = client.prescription.services if client.prescription is not None else ()
        line = next((one for one in lines if one.service == service.id), None)
        if line is None or (client.intake is not None and client.intake.assessment == service.id):
            continue
        given = len(eased.tally.sessions(name, service.id))
        points = service.minutes if service.missing_points is None else service.missing_points
        missing = max(0, line.min_count - given + 1) - max(0, line.min_count - given)
        terms = {("service-delivery.missing", f"{name} {service.id}", ""): points * missing}
        if points * missing:
            roster = drop_at(eased.roster, "sessions", number)
            yield eased.mutation(f"session {number} not given", terms=terms, roster=roster)


def not_there(case: Case, rng: Random) -> Found:
    """The service is not given online, or only so; not at that site, not on that day, not at that time."""
    eased = case.eased("supplies")
    for service in shuffled(eased.week.services, rng):
        sessions = of_service(eased, service.id)
        for session in rng.sample(sessions, min(6, len(sessions))):
            here = session.site is not None
            day = session.day
            time = eased.tally.interval(session)
            alike = [one for one in sessions if (one.site is not None) == here]
            changes = [({"telehealth": "only" if here else "never"}, alike)]
            if here:
                others = tuple(site.id for site in eased.week.sites if site.id != session.site)
                there = [one for one in sessions if one.site == session.site]
                changes.append(({"sites": (*others, "elsewhere")}, there))
            if not service.offerings and not service.windows:
                changes.append(({"windows": except_day(day)}, [one for one in sessions if one.day == day]))
                then = [
                    one
                    for one in sessions
                    if one.day == day
                    and eased.tally.interval(one)[0] < time[0] + 5
                    and time[0] < eased.tally.interval(one)[1]
                ]
                changes.append(({"windows": around(day, time[0], time[0] + 5)}, then))
            fields, broken = rng.choice(changes)
            found = [(service.id, when(eased, one), 1) for one in broken]
            week = edit(add_site(eased.week), "services", service.id, **fields)
            what = f"{service.id} {list(fields)} without that of session {when(eased, session)}"
            yield eased.mutation(what, found, week=week)


def closed_day(case: Case, rng: Random) -> Found:
    """A site is closed on a day on which it has sessions and nothing else."""
    tally = case.tally
    for site in case.week.sites:
        for day in WEEK:
            there = [one for one in case.roster.sessions if (one.site, one.day) == (site.id, day)]
            meetings = any(
                tally.cohorts[cohort].site == site.id for cohort, due in tally.meetings if due == day
            )
            teams = {one.team for one in case.roster.team_meeting if one.day == day}
            if there and not meetings and not teams:
                found = [(one.service, when(case, one), 1) for one in there]
                closures = (*case.week.closures, Closure(day=day.code, sites=(site.id,)))
                yield case.mutation(f"{site.id} closed {day.code}", found, week=put(case.week, closures=closures))


def no_place_left(case: Case, rng: Random) -> Found:
    """A client loses the place and keeps the sessions."""
    eased = case.eased("timing", "pins")
    for client, place in eased.placed(rng) + eased.placed(rng, in_cohort=False):
        if place.cohort is not None and eased.tally.cohorts[place.cohort].status == "candidate":
            continue
        left = tuple(one for one in eased.roster.placements if one.client != client.id)
        assessed = client.intake.assessment if client.intake is not None else None
        found = [
            (client.id, when(eased, one), 1)
            for one in eased.tally.sessions(client.id)
            if one.service != assessed
        ]
        if found:
            roster = put(eased.roster, placements=left)
            yield eased.mutation(f"{client.id} without a place", found, roster=roster)


SERVICE_DELIVERY = (not_prescribed, more_prescribed, not_given, not_there, closed_day, no_place_left)


# service-timing


def _breaches(case: Case, tally: Tally, client: str, service: str) -> list[tuple[str, int]]:
    """Breaches of a service's timing, each with when it is noticed and how many it is."""
    rule = tally.services[service]
    before = sorted(
        one.day - 7
        for one in case.week.previous.sessions
        if (one.client, one.service) == (client, service)
    )
    now = [int(one.day) for one in tally.sessions(client, service)]
    every = before + now
    found = []
    if rule.spacing_days is not None:
        for index, day in enumerate(every):
            for other in every[:index]:
                if day >= 0 and day - other < rule.spacing_days:
                    found.append((_label(day), 1))
    if rule.at_most is not None:
        for first in range(1 - rule.at_most.days, 7):
            inside = [day for day in every if first <= day < first + rule.at_most.days]
            if inside and inside[-1] >= 0 and len(inside) > rule.at_most.count:
                found.append((_label(inside[-1]), len(inside) - rule.at_most.count))
    if rule.follows is not None:
        earlier = _earlier(case, tally, client, rule.follows)
        for day in now:
            if not any(rule.follows.min_days <= day - one <= rule.follows.max_days for one in earlier):
                found.append((_label(day), 1))
    return found


def _earlier(case: Case, tally: Tally, client: str, rule) -> set[int]:
    """Days, last week's below 0, on which the client had what a service follows."""
    found = {int(one.day) for one in tally.sessions(client, rule.service)} if rule.service else set()
    found |= {
        one.day - 7
        for one in case.week.previous.sessions
        if (one.client, one.service) == (client, rule.service)
    }
    person, place = tally.clients[client], tally.placements.get(client)
    if rule.block_kind and place is not None and place.cohort is not None:
        for day in tally.attended(client):
            kinds = {block.kind for block, _ in tally.own(person, place.cohort, day)}
            found |= {int(day)} if rule.block_kind in kinds else set()
    old = tally.previous.get(client)
    if rule.block_kind and old is not None and old.cohort in tally.cohorts:
        if tally.cohorts[old.cohort].status == "running":
            for day in old.days:
                kinds = {block.kind for block, _ in tally.own(person, old.cohort, day)}
                found |= {day - 7} if rule.block_kind in kinds else set()
    return found


def _label(day: int) -> str:
    return WEEK[day].code if day >= 0 else f"last {WEEK[day + 7].code}"


def _all_breaches(case: Case, week, roster) -> list[tuple[str, str, str, int]]:
    tally = Tally(week, roster)
    waived = case.overriding("service-timing")
    return [
        (client.id, line.service, label, amount)
        for client in week.clients
        if client.prescription is not None and client.id not in waived
        for line in client.prescription.services
        for label, amount in _breaches(Case(case.name, week, roster), tally, client.id, line.service)
    ]


def timing(case: Case, what: str, week, roster) -> Mutation | None:
    """The mutation, with its breaches: found where the rule is hard, paid for where it is soft."""
    breaches = _all_breaches(case, week, roster)
    if case.policy.mode("service-timing") == "hard":
        found: list[Finding] = [(client, label, amount) for client, _, label, amount in breaches]
        return case.mutation(what, found, week=week, roster=roster) if found else None
    terms: dict[tuple[str, str, str], int] = {}
    for sign, rows in ((1, breaches), (-1, _all_breaches(case, case.week, case.roster))):
        for client, service, label, amount in rows:
            key = ("service-timing", f"{client} {service}", label)
            terms[key] = terms.get(key, 0) + sign * amount
    return case.mutation(what, terms=terms, week=week, roster=roster) if any(terms.values()) else None


def stricter(case: Case, rng: Random) -> Found:
    """A service asks for more days between its sessions, for fewer in a run of days, or for an order."""
    from iop_sched.week.care import AtMost, Follows

    for _ in range(40):
        base = rng.choice([case, case.under("service-timing", "soft")])
        service = rng.choice(base.week.services)
        other = rng.choice(base.week.services)
        kinds = [block.kind for agenda in base.week.agendas for block in agenda.blocks]
        run = rng.randint(2, 7)
        first = rng.randint(0, 3)
        last = rng.randint(first, 6)
        changes = rng.choice(
            [
                {"spacing_days": run},
                {"at_most": AtMost(count=1, days=run)},
                {"follows": Follows(service=other.id, min_days=first, max_days=last)},
                {"follows": Follows(block_kind=rng.choice(kinds), min_days=first, max_days=last)},
            ]
        )
        week = edit(base.week, "services", service.id, **changes)
        if mutation := timing(base, f"{service.id} {changes}", week, base.roster):
            yield mutation


def one_last_week(case: Case, rng: Random) -> Found:
    """A client had a session last week, shortly before one of this week's."""
    from iop_sched.week.previous import PreviousSession

    for number, session in case.sessions(rng):
        base = rng.choice([case, case.under("service-timing", "soft")])
        if session.service not in _timed(case):
            continue
        day = rng.choice(WEEK[3:])
        old = PreviousSession(client=session.clients[0], service=session.service, day=day.code, start="12:00")
        previous = put(base.week.previous, sessions=(*base.week.previous.sessions, old))
        week = put(base.week, previous=previous)
        if mutation := timing(base, f"{old.client} had {old.service} last {day.code}", week, base.roster):
            yield mutation


def _timed(case: Case) -> set[str]:
    return {one.id for one in case.week.services if one.spacing_days or one.at_most or one.follows}


SERVICE_TIMING = (stricter, one_last_week)

KINDS = {"service-delivery": SERVICE_DELIVERY, "service-timing": SERVICE_TIMING}
_ = edit_at, Band
