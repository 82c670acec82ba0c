"""Mutations of who is in which cohort, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iop_sched.week.base import Band
from iop_sched.week.times import Day
from mutations.case import Case, Mutation, shuffled
from mutations.edit import add_site, add_twin, add_word, edit, edit_previous, put

Found = Iterator[Mutation]


# eligibility


def unserved_need(case: Case, rng: Random) -> Found:
    """A member has a need that the cohort does not serve."""
    for client, place in case.placed(rng):
        week = add_word(case.week, "needs", "rare")
        week = edit(week, "clients", client.id, needs=(*client.needs, "rare"))
        yield case.mutation(
            f"{client.id} needs more than {place.cohort} serves", [(client.id, "", 1)], week=week
        )


def required_need(case: Case, rng: Random) -> Found:
    """A cohort is only for people with a need that some members lack."""
    for cohort in shuffled(case.tally.opened, rng):
        members = case.tally.members(cohort)
        if not members:
            continue
        having = set(rng.sample(members, rng.randrange(len(members))))
        serves = case.tally.cohorts[cohort].serves
        week = add_word(case.week, "needs", "rare")
        week = edit(week, "cohorts", cohort, serves=(*serves, "rare"), requires=("rare",))
        for name in having:
            week = edit(week, "clients", name, needs=(*case.tally.clients[name].needs, "rare"))
        lacking = [name for name in members if name not in having]
        required = set(case.tally.cohorts[cohort].requires)
        if required <= {need for name in members for need in case.tally.clients[name].needs}:
            found = [(name, "", 1) for name in lacking]
            week = edit(week, "cohorts", cohort, requires=(*sorted(required), "rare"))
            yield case.mutation(f"{cohort} is for {sorted(having)} alone", found, week=week)


def other_population(case: Case, rng: Random) -> Found:
    """A member is of a population that the cohort does not admit."""
    for client, place in case.placed(rng):
        if case.tally.cohorts[place.cohort].populations:
            week = edit(
                add_word(case.week, "populations", "elders"), "clients", client.id, population="elders"
            )
            yield case.mutation(f"{client.id} is an elder", [(client.id, "", 1)], week=week)


def level_not_admitted(case: Case, rng: Random) -> Found:
    """A cohort no longer admits a level of care."""
    for client, place in case.placed(rng):
        cohort = case.tally.cohorts[place.cohort]
        others = tuple(level for level in case.tally.levels if level != client.level)
        members = [case.tally.clients[name] for name in case.tally.members(cohort.id)]
        if others and all(one.level == client.level or one.level in others for one in members):
            found = [(one.id, "", 1) for one in members if one.level == client.level]
            week = edit(case.week, "cohorts", cohort.id, levels=others)
            yield case.mutation(f"{cohort.id} without {client.level}", found, week=week)


def wrong_format_or_site(case: Case, rng: Random) -> Found:
    """A member without sessions there takes another format, or cannot reach the cohort's site."""
    for client, place in case.placed(rng):
        cohort = case.tally.cohorts[place.cohort]
        sessions = case.tally.sessions(client.id)
        other = "telehealth" if cohort.format == "in-person" else "in-person"
        if all((one.site is None) == (other == "telehealth") for one in sessions):
            week = edit(case.week, "clients", client.id, formats=(other,))
            yield case.mutation(f"{client.id} takes {other} alone", [(client.id, "", 1)], week=week)
        if all(one.site is None for one in sessions):
            week = edit(add_site(case.week), "clients", client.id, sites=("elsewhere",))
            yield case.mutation(f"{client.id} reaches elsewhere alone", [(client.id, "", 1)], week=week)


def foreign_twin(case: Case, rng: Random) -> Found:
    """Somebody more joins a cohort that is not meant for them."""
    eased = case.eased("seats")
    for client, _, start in twins(eased, rng):
        week = add_word(eased.week, "needs", "rare")
        week, roster = add_twin(week, eased.roster, client, start, needs=("rare",))
        mine = eased.tally.clients[client]
        cohort = eased.tally.cohorts[eased.tally.placements[client].cohort]
        found = [("twin", "", 1)] * (1 + bool(set(cohort.requires) & set(mine.needs)))
        yield eased.mutation(f"a twin of {client} with a rare need", found, week=week, roster=roster)


def twins(case: Case, rng: Random) -> Iterator[tuple[str, str, Day]]:
    """Members whose blocks alone keep every hour rule: client, cohort and a day on which a twin may start."""
    tally = case.tally
    for client, place in case.placed(rng):
        level = tally.levels[client.level]
        due = [day for day in place.days if (place.cohort, day) in tally.meetings]
        due = [day for day in due if not tally.excused(client, place.cohort, day)]
        attended = [day for day in due if tally.meetings[place.cohort, day].held]
        if not due or client.step_down:
            continue
        blocks = {
            day: [block.minutes for block, _ in tally.own(client, place.cohort, day) if block.counts]
            for day in attended
        }
        band = level.services_per_day or Band(min=0, max=99)
        long_enough = all(
            level.day_hours.floor <= sum(lengths) <= level.day_hours.ceiling
            and band.min <= len(lengths) <= band.max
            for lengths in blocks.values()
        )
        total = sum(sum(lengths) for lengths in blocks.values())
        least = level.hours.floor * len(attended)
        if long_enough and total * len(place.days) >= least and total <= level.hours.ceiling:
            yield client.id, place.cohort, due[0]


ELIGIBILITY = (
    foreign_twin,
    unserved_need,
    required_need,
    other_population,
    level_not_admitted,
    wrong_format_or_site,
)


# cohort-size


def members_too_many(case: Case, rng: Random, rule_mode: str = "hard") -> Found:
    """One to five people more than the cohort may have."""
    base = case.eased("seats").under("cohort-size", rule_mode)
    for client, cohort, start in twins(base, rng):
        size = _counted(base, cohort)
        inherited = _inherited(base, cohort)
        excess = rng.randint(1, 5)
        spare = rng.randint(0, 2) if size >= inherited else 0
        cap = max(size + spare, inherited)
        week, roster = base.week, base.roster
        for number in range(cap + excess - size):
            week, roster = add_twin(week, roster, client, start, name=f"twin{number}")
        week = edit(week, "cohorts", cohort, members=Band(min=1, max=cap))
        what = f"{excess} more than {cap} in {cohort}, all like {client}"
        if rule_mode == "soft":
            below = max(0, base.tally.cohorts[cohort].members.min - len(base.tally.members(cohort)))
            terms = {("cohort-size.above", cohort, ""): excess, ("cohort-size.below", cohort, ""): -below}
            yield base.mutation(what, terms=terms, week=week, roster=roster)
        else:
            yield base.mutation(what, [(cohort, "", excess)], week=week, roster=roster)


def members_too_many_softly(case: Case, rng: Random) -> Found:
    """The same, at a price."""
    yield from members_too_many(case, rng, "soft")


def lower_cap(case: Case, rng: Random) -> Found:
    """A cohort may have fewer than it has; those who were there last week may stay."""
    eased = case.eased("timing")
    for cohort in shuffled(eased.tally.opened, rng):
        seats = put(eased.eased("seats").week, rooms=eased.week.rooms, sites=eased.week.sites)
        members = eased.tally.members(cohort)
        for cap in range(1, len(members)):
            inherited = _inherited(eased, cohort)
            gone = {one.client for one in eased.week.previous.placements if one.cohort == cohort}
            for forget in (False, True):
                week = edit(seats, "cohorts", cohort, members=Band(min=min(cap, 1), max=cap))
                if forget:
                    week, inherited = edit_previous(week, gone, cohort=None), 0
                excess = _counted(eased, cohort) - max(cap, inherited)
                if excess > 0 and _not_open_candidate(eased, cohort, cap):
                    what = f"{cohort} for {cap}{' without last week' if forget else ''}"
                    yield eased.mutation(what, [(cohort, "", excess)], week=week)


def too_few(case: Case, rng: Random) -> Found:
    """A new cohort opens with too few; a running one goes on with too few, at a price."""
    for cohort in shuffled(case.tally.opened, rng):
        size, old = len(case.tally.members(cohort)), case.tally.cohorts[cohort].members
        for short in range(1, 6):
            week = edit(
                case.week, "cohorts", cohort, members=Band(min=size + short, max=size + short + old.max)
            )
            if case.tally.cohorts[cohort].status == "candidate":
                yield case.mutation(f"{cohort} opens {short} short", [(cohort, "", short)], week=week)
            else:
                terms = {("cohort-size.below", cohort, ""): short - max(0, old.min - size)}
                yield case.mutation(f"{cohort} runs {short} short", terms=terms, week=week)


def too_many_new(case: Case, rng: Random) -> Found:
    """More candidates open than may."""
    opened = sum(case.tally.cohorts[cohort].status == "candidate" for cohort in case.tally.opened)
    for most in range(opened):
        week = put(case.week, max_new_cohorts=most)
        yield case.mutation(f"{most} new cohorts", [("program", "", opened - most)], week=week)


def _counted(case: Case, cohort: str) -> int:
    return len(set(case.tally.members(cohort)) - case.overriding("cohort-size"))


def _inherited(case: Case, cohort: str) -> int:
    tally = case.tally
    return sum(
        one.cohort == cohort and tally.clients[one.client].prescription is not None
        for one in tally.previous.values()
    )


def _not_open_candidate(case: Case, cohort: str, cap: int) -> bool:
    return cap >= 1 and case.tally.cohorts[cohort].status == "running"


COHORT_SIZE = (members_too_many, members_too_many_softly, lower_cap, too_few, too_many_new)


KINDS = {"eligibility": ELIGIBILITY, "cohort-size": COHORT_SIZE}
