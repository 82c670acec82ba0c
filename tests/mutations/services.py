"""Mutations of what is given, how often and where."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.rules.wording import at
from iop_sched.week.places import Closure
from iop_sched.week.roster import Session
from iop_sched.week.times import WEEK
from mutations.case import Case, Mutation, shuffled
from mutations.edit import add_site, around, drop_at, edit, except_day, put

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
    for _, session in enumerate(eased.roster.sessions):
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
                yield case.mutation(
                    f"{site.id} closed {day.code}", found, week=put(case.week, closures=closures)
                )


def no_place_left(case: Case, rng: Random) -> Found:
    """A client loses the place and keeps the sessions."""
    eased = case.eased("timing", "pins")
    for client, place in eased.placed(rng) + eased.placed(rng, in_cohort=False):
        if eased.pinned(client.id):
            continue
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


KINDS = {"service-delivery": SERVICE_DELIVERY}
