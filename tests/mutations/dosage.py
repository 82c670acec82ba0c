"""Mutations of hours a week, of days, of authorisations and of the share of group therapy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from iop_sched.rules.wording import days
from iop_sched.week.base import Band
from iop_sched.week.people import Authorisation, Client, TargetBand
from iop_sched.week.times import WEEK
from mutations.case import Case, Finding, Mutation
from mutations.edit import drop_at, edit, hours, own_level, put
from mutations.tally import Figures, Tally

Found = Iterator[Mutation]


def _clients(case: Case, rng: Random, rule: str) -> list[Client]:
    placed = case.placed(rng) + case.placed(rng, in_cohort=False)
    return [client for client, _ in placed if client.id not in case.overriding(rule)]


# weekly-hours


def floor_above(case: Case, rng: Random) -> Found:
    """The prescription asks for more hours than the client has."""
    for client in _clients(case, rng, "weekly-hours"):
        tally, place = case.tally, case.tally.placements[client.id]
        counted = tally.figures(client.id).counted
        attended, pattern = len(tally.attended(client.id)), len(place.days)
        if place.cohort is None:
            attended = pattern = 1
        if not attended:
            continue
        for _ in range(2):
            least = (counted * pattern // attended // 15 + rng.randint(1, 12)) * 15
            short = -(-least * attended // pattern) - counted
            if short <= 0:
                continue
            old = client.prescription.hours
            band = _band(old, least, max(round(old.max * 60), least))
            prescription = put(client.prescription, hours=band)
            week = edit(case.week, "clients", client.id, prescription=prescription)
            yield case.mutation(f"{client.id}: {least} min at least", [(client.id, "", short)], week=week)


def _band(old: TargetBand, least: int, most: int) -> TargetBand:
    """A prescription's hours from minutes, its target brought within them."""
    target = min(max(old.target, least / 60), most / 60)
    return put(old, min=least / 60, target=target, max=most / 60)


def ceiling_below(case: Case, rng: Random) -> Found:
    """The prescription, or the client's level of care, allows fewer hours than the client has."""
    for client in _clients(case, rng, "weekly-hours"):
        total = case.tally.figures(client.id).total
        if total < 30:
            continue
        most = max(0, (total - 1) // 15 - rng.randint(0, 12)) * 15
        old, level = client.prescription.hours, case.tally.levels[client.level]
        found = [(client.id, "", total - most)]
        if client.step_down or most >= level.hours.floor:
            band = _band(old, min(round(old.min * 60), most), most)
            week = edit(case.week, "clients", client.id, prescription=put(client.prescription, hours=band))
            yield case.mutation(f"{client.id}: {most} min at most", found, week=week)
        if not client.step_down:
            week = own_level(case.week, client.id, hours=hours(min(level.hours.floor, most), most))
            yield case.mutation(f"level of {client.id}: {most} min at most", found, week=week)


def short_of_target(case: Case, rng: Random) -> Found:
    """The prescription aims at more, or less; the difference is counted, placed or not."""
    for client in rng.sample(case.week.clients, len(case.week.clients)):
        if client.prescription is None:
            continue
        old, services = client.prescription.hours, case.tally.services
        given = sum(
            line.min_count * services[line.service].minutes
            for line in client.prescription.services
            if services[line.service].counts
        )
        if client.id in case.tally.placements:
            given = case.tally.figures(client.id).counted
        aim = rng.randint(int(old.min * 4), int(old.max * 4)) / 4
        change = max(0, round(aim * 60) - given) - max(0, round(old.target * 60) - given)
        if change:
            prescription = put(client.prescription, hours=put(old, target=aim))
            week = edit(case.week, "clients", client.id, prescription=prescription)
            terms = {("weekly-hours.short", client.id, ""): change}
            yield case.mutation(f"{client.id} aims at {aim} h", terms=terms, week=week)


WEEKLY_HOURS = (floor_above, ceiling_below, short_of_target)


# program-day


def short_days(case: Case, rng: Random) -> Found:
    """A client's level of care asks for longer days, or for more services on them."""
    for client in _clients(case, rng, "program-day"):
        figures, attended = case.tally.figures(client.id), case.tally.attended(client.id)
        level = case.tally.levels[client.level]
        if not attended:
            continue
        least = (min(figures.on(day) for day in attended) // 15 + rng.randint(1, 6)) * 15
        found = [
            (client.id, day.code, least - figures.on(day)) for day in attended if figures.on(day) < least
        ]
        week = own_level(case.week, client.id, day_hours=hours(least, max(least, level.day_hours.ceiling)))
        yield case.mutation(f"{client.id}: days of {least} min", found, week=week)
        number = min(figures.services[day] for day in attended) + rng.randint(1, 2)
        found = [
            (client.id, day.code, number - figures.services[day])
            for day in attended
            if figures.services[day] < number
        ]
        week = own_level(case.week, client.id, services_per_day=Band(min=number, max=99))
        yield case.mutation(f"{client.id}: {number} services a day", found, week=week)


def long_days(case: Case, rng: Random) -> Found:
    """A client's level of care allows shorter days only, or fewer services on them."""
    for client in _clients(case, rng, "program-day"):
        figures, level = case.tally.figures(client.id), case.tally.levels[client.level]
        longest = max(figures.on(day) for day in WEEK)
        if longest >= 60:
            most = max(0, (longest - 1) // 15 - rng.randint(0, 3)) * 15
            found = [(client.id, day.code, figures.on(day) - most) for day in WEEK if figures.on(day) > most]
            band = hours(min(level.day_hours.floor, most), most)
            week = own_level(case.week, client.id, day_hours=band)
            yield case.mutation(f"{client.id}: {most} min a day at most", found, week=week)
        most = rng.randint(0, max(0, max(figures.services) - 1))
        found = [
            (client.id, day.code, figures.services[day] - most)
            for day in WEEK
            if figures.services[day] > most
        ]
        if found:
            week = own_level(case.week, client.id, services_per_day=Band(min=0, max=most))
            yield case.mutation(f"{client.id}: {most} services a day at most", found, week=week)


def days_alone(case: Case, rng: Random) -> Found:
    """A client comes for sessions alone on more days than the level of care allows."""
    for client in _clients(case, rng, "program-day"):
        figures, attended = case.tally.figures(client.id), case.tally.attended(client.id)
        alone = [day for day in WEEK if figures.sessions[day] and day not in attended]
        for most in range(len(alone)):
            if not client.group_optional:
                week = own_level(case.week, client.id, service_only_days=most)
                found = [(client.id, days(alone), len(alone) - most)]
                yield case.mutation(f"{client.id}: {most} days without a meeting", found, week=week)


def session_dropped_from_a_long_enough_day(case: Case, rng: Random) -> Found:
    """Without a session, a day is no longer as long as it must be, which it was exactly."""
    eased = case.eased("pins")
    for number, session in eased.sessions(rng):
        name = session.clients[0]
        service = eased.tally.services[session.service]
        if name not in eased.tally.placements or name in eased.overriding("program-day"):
            continue
        client, figures = eased.tally.clients[name], eased.tally.figures(name)
        if not service.counts or client.intake is not None or session.day not in eased.tally.attended(name):
            continue
        roster = drop_at(eased.roster, "sessions", number)
        after = Tally(eased.week, roster).figures(name)
        least = min(figures.on(day) for day in eased.tally.attended(name)) // 15 * 15
        level = eased.tally.levels[client.level]
        base = own_level(eased.week, name, day_hours=hours(least, max(least, level.day_hours.ceiling)))
        short = least - after.on(session.day)
        if short > 0 and level.services_per_day is None:
            base = Case(case.name, base, eased.roster, eased.policy)
            found = [(name, session.day.code, short)]
            yield base.mutation(
                f"{name} without {session.service} on {session.day.code}", found, roster=roster
            )


PROGRAM_DAY = (short_days, long_days, days_alone, session_dropped_from_a_long_enough_day)


# authorisation


def less_agreed(case: Case, rng: Random) -> Found:
    """The payer has agreed to fewer hours or days than the client has, or from another date."""
    for client in _clients(case, rng, "authorisation"):
        agreed = _agreement(case, client, rng)
        week = edit(case.week, "clients", client.id, authorisation=agreed)
        terms = _excess(case, client, agreed)
        for key, amount in _excess(case, client, client.authorisation).items():
            terms[key] = terms.get(key, 0) - amount
        if any(terms.values()):
            yield case.mutation(f"{client.id}: {_said(agreed)}", terms=terms, week=week)


def less_agreed_forbidden(case: Case, rng: Random) -> Found:
    """The same where it must not be."""
    base = case.eased("payers").under("authorisation", "hard")
    for client in _clients(base, rng, "authorisation"):
        agreed = _agreement(base, client, rng)
        level, prescription = base.tally.levels[client.level], client.prescription
        if agreed.hours is not None:
            floor = round(prescription.hours.min * 60)
            if not client.step_down and not client.group_optional:
                floor = max(floor, level.hours.floor)
            above = base.tally.figures(client.id).total > floor
        else:
            above = len(_treated(base.tally.figures(client.id))) > min(prescription.days, default=0)
        excess = sum(_excess(base, client, agreed).values())
        week = edit(base.week, "clients", client.id, authorisation=agreed)
        if excess and above:
            yield base.mutation(f"{client.id}: {_said(agreed)}", [(client.id, "", excess)], week=week)


def _said(agreed: Authorisation) -> str:
    return f"{agreed.hours} h, {agreed.days} days from {agreed.first} to {agreed.last}"


def _agreement(case: Case, client: Client, rng: Random) -> Authorisation:
    figures = case.tally.figures(client.id)
    first = case.week.week_of + timedelta(days=rng.choice([-9, -2, 0, 1, 3]))
    last = case.week.week_of + timedelta(days=rng.choice([2, 3, 4, 6, 20]))
    if rng.random() < 0.5:
        return Authorisation(first=first, last=last, hours=rng.randint(0, figures.total // 15) / 4)
    return Authorisation(first=first, last=last, days=rng.randint(0, 5))


def _treated(figures: Figures) -> list[int]:
    return [day for day in range(7) if figures.on(day)]


def _excess(case: Case, client: Client, agreed: Authorisation | None) -> dict[tuple[str, str, str], int]:
    if agreed is None:
        return {}
    figures = case.tally.figures(client.id)
    first, last = (date - case.week.week_of for date in (agreed.first, agreed.last))
    covered = [day for day in range(7) if first.days <= day <= last.days]
    if agreed.hours is not None:
        allowed = min(round(agreed.hours * 60), sum(figures.on(day) for day in covered))
        return {("authorisation.hours", client.id, ""): figures.total - allowed}
    treated = _treated(figures)
    allowed = min(agreed.days or 0, len([day for day in treated if day in covered]))
    return {("authorisation.days", client.id, ""): len(treated) - allowed}


AUTHORISATION = (less_agreed, less_agreed_forbidden)


# group-share


def _outside(band: Band | None, figures: Figures) -> int:
    """Whole minutes, rounded up, by which the group's share leaves its band."""
    if band is None:
        return 0
    short = band.min * figures.total - 100 * figures.group
    over = 100 * figures.group - band.max * figures.total
    return max(0, -(-short // 100)) + max(0, -(-over // 100))


def another_band(case: Case, rng: Random) -> Found:
    """A client's level of care asks for another share of group therapy."""
    for client in _clients(case, rng, "group-share"):
        old, figures = case.tally.levels[client.level].group_share, case.tally.figures(client.id)
        low = rng.randint(0, 95)
        band = Band(min=low, max=rng.randint(low, 100))
        change = _outside(band, figures) - _outside(old, figures)
        if change and not client.group_optional:
            week = own_level(case.week, client.id, group_share=band)
            terms = {("group-share", client.id, ""): change}
            yield case.mutation(f"{client.id}: {band.min} to {band.max} %", terms=terms, week=week)


def another_band_forbidden(case: Case, rng: Random) -> Found:
    """The same where it must not be."""
    base = case.eased("shares").under("group-share", "hard")
    for client in _clients(base, rng, "group-share"):
        low = rng.randint(0, 95)
        band = Band(min=low, max=rng.randint(low, 100))
        off = _outside(band, base.tally.figures(client.id))
        if off and not client.group_optional:
            found: list[Finding] = [(client.id, "", off)]
            week = own_level(base.week, client.id, group_share=band)
            yield base.mutation(f"{client.id}: {band.min} to {band.max} %", found, week=week)


def session_dropped(case: Case, rng: Random) -> Found:
    """Without a session, a client's share of group therapy is another."""
    eased = case.eased("pins", "dosage")
    for number, session in eased.sessions(rng):
        name = session.clients[0]
        client = eased.tally.clients[name]
        if name not in eased.tally.placements or client.group_optional or client.intake is not None:
            continue
        roster = drop_at(eased.roster, "sessions", number)
        band = eased.tally.levels[client.level].group_share
        after = Tally(eased.week, roster).figures(name)
        change = _outside(band, after) - _outside(band, eased.tally.figures(name))
        if change:
            terms = {("group-share", name, ""): change}
            what = f"{name} without {session.service} on {session.day.code}"
            yield eased.mutation(what, terms=terms, roster=roster)


GROUP_SHARE = (another_band, another_band_forbidden, session_dropped)

KINDS = {
    "weekly-hours": WEEKLY_HOURS,
    "program-day": PROGRAM_DAY,
    "authorisation": AUTHORISATION,
    "group-share": GROUP_SHARE,
}
