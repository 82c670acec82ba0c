"""Mutations of the days between sessions, their spread and their order."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.week.care import AtMost, Follows
from iop_sched.week.previous import PreviousSession
from iop_sched.week.program import ProgramWeek
from iop_sched.week.roster import Roster
from iop_sched.week.times import WEEK
from mutations.case import Case, Finding, Mutation
from mutations.edit import edit, put
from mutations.moving import clashes, movable, moved, possible
from mutations.tally import Tally

Found = Iterator[Mutation]


def _breaches(tally: Tally, client: str, service: str) -> list[tuple[str, int]]:
    """Breaches of a service's timing, each with when it is noticed and how many it is."""
    rule = tally.services[service]
    if rule.spacing_days is None and rule.at_most is None and rule.follows is None:
        return []
    before = sorted(
        one.day - 7 for one in tally.week.previous.sessions if (one.client, one.service) == (client, service)
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
        earlier = _earlier(tally, client, rule.follows)
        for day in now:
            if not any(rule.follows.min_days <= day - one <= rule.follows.max_days for one in earlier):
                found.append((_label(day), 1))
    return found


def _earlier(tally: Tally, client: str, rule: Follows) -> set[int]:
    """Days, last week's below 0, on which the client had what a service follows."""
    found = {int(one.day) for one in tally.sessions(client, rule.service)} if rule.service else set()
    found |= {
        one.day - 7
        for one in tally.week.previous.sessions
        if (one.client, one.service) == (client, rule.service)
    }
    person, place = tally.clients[client], tally.placements.get(client)
    if rule.block_kind and place is not None and place.cohort is not None:
        for day in tally.attended(client):
            kinds = {block.kind for block, _ in tally.own(person, place.cohort, day)}
            found |= {int(day)} if rule.block_kind in kinds else set()
    old = tally.previous.get(client)
    cohort = tally.cohorts.get(old.cohort or "") if old is not None else None
    if rule.block_kind and old is not None and cohort is not None and cohort.status == "running":
        for day in old.days:
            kinds = {
                block.kind
                for block in tally.blocks(cohort.id, day)
                if person.level in (block.levels or [person.level])
            }
            found |= {day - 7} if rule.block_kind in kinds else set()
    return found


def _label(day: int) -> str:
    return WEEK[day].code if day >= 0 else f"last {WEEK[day + 7].code}"


Row = tuple[str, str, str, int]
"""Client, service, when, how many."""


def _all_breaches(case: Case, tally: Tally) -> list[Row]:
    waived = case.overriding("service-timing")
    return [
        (client.id, line.service, label, amount)
        for client in tally.clients.values()
        if client.prescription is not None and client.id not in waived
        for line in client.prescription.services
        for label, amount in _breaches(tally, client.id, line.service)
    ]


def _timed_anew(case: Case, what: str, week: ProgramWeek, roster: Roster) -> Mutation | None:
    """The mutation, with its breaches: found where the rule is hard, paid for where it is soft.

    The roster as it is has none, as the rule is hard where it was made.
    """
    breaches = _all_breaches(case, Tally(week, roster))
    if case.policy.mode("service-timing") == "hard":
        found: list[Finding] = [(client, label, amount) for client, _, label, amount in breaches]
        return case.mutation(what, found, week=week, roster=roster) if found else None
    terms: dict[tuple[str, str, str], int] = {}
    for client, service, label, amount in breaches:
        key = ("service-timing", f"{client} {service}", label)
        terms[key] = terms.get(key, 0) + amount
    return case.mutation(what, terms=terms, week=week, roster=roster) if terms else None


def stricter(case: Case, rng: Random) -> Found:
    """A service asks for more days between its sessions, for fewer in a run of days, or for an order."""
    for _ in range(200):
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
        if mutation := _timed_anew(base, f"{service.id} {changes}", week, base.roster):
            yield mutation


def one_last_week(case: Case, rng: Random) -> Found:
    """A client had a session last week, shortly before one of this week's."""
    for _, session in case.sessions(rng):
        base = rng.choice([case, case.under("service-timing", "soft")])
        if session.service not in _timed(case):
            continue
        day = rng.choice(WEEK[3:])
        old = PreviousSession(client=session.clients[0], service=session.service, day=day.code, start="12:00")
        previous = put(base.week.previous, sessions=(*base.week.previous.sessions, old))
        week = put(base.week, previous=previous)
        if mutation := _timed_anew(
            base, f"{old.client} had {old.service} last {day.code}", week, base.roster
        ):
            yield mutation


def _timed(case: Case) -> set[str]:
    return {one.id for one in case.week.services if one.spacing_days or one.at_most or one.follows}


def at_another_time(case: Case, rng: Random) -> Found:
    """A session is moved to a day too near to another, or too far from what it follows."""
    eased = case.eased("dosage", "supplies", "pins")
    for number, session in eased.sessions(rng):
        base = rng.choice([eased, eased.under("service-timing", "soft")])
        if not movable(base, session):
            continue
        times = list(possible(base, session))
        rng.shuffle(times)
        free = (one for one in times if one[0] != session.day and not clashes(base, session, *one))
        for day, start in (one for one, _ in zip(free, range(3), strict=False)):
            week, roster = moved(base, number, day, start)
            what = f"session {number} to {day.code} {start}"
            if mutation := _timed_anew(base, what, week, roster):
                yield mutation
                break


SERVICE_TIMING = (at_another_time, stricter, one_last_week)

KINDS = {"service-timing": SERVICE_TIMING}
