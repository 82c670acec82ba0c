"""Mutations of day patterns, stays and intakes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from random import Random

from iop_sched.rules.wording import at, days
from iop_sched.week.base import Band
from iop_sched.week.people import Client, Intake, Prescription
from iop_sched.week.program import ProgramWeek
from iop_sched.week.times import WEEK, Day
from mutations.case import Case, Finding, Mutation
from mutations.edit import edit, edit_placement, own_level, put
from mutations.tally import Tally, hits, holds

Found = Iterator[Mutation]


# track


def number_not_prescribed(case: Case, rng: Random) -> Found:
    """A client comes on as many days as the prescription no longer allows."""
    for client, place in case.placed(rng):
        number = len(place.days)
        others = tuple(count for count in (number - 1, number + 1) if count > 0)
        week = _prescribe(case, client.id, days=others)
        if client.id not in case.overriding("track"):
            found = [(client.id, days(place.days), 1)] * (1 + cut_off(week, case, client.id))
            yield case.mutation(f"{client.id} on {others} days", found, week=week)


def weekday_not_prescribed(case: Case, rng: Random) -> Found:
    """A client comes on a weekday that the prescription no longer allows."""
    for client, place in case.placed(rng):
        gone = rng.choice(place.days)
        week = _prescribe(case, client.id, weekdays=tuple(day for day in WEEK if day != gone))
        if client.id not in case.overriding("track"):
            found = [(client.id, days(place.days), 1)] * (1 + cut_off(week, case, client.id))
            yield case.mutation(f"{client.id} never on {gone.code}", found, week=week)


def level_wants_other_days(case: Case, rng: Random) -> Found:
    """A client's level of care wants more days, or fewer, or none far apart."""
    for client, place in case.placed(rng):
        if client.id in case.overriding("track"):
            continue
        number = len(place.days)
        band = rng.choice([Band(min=number + 1, max=7), Band(min=1, max=number - 1)])
        week = own_level(case.week, client.id, days=band)
        found = [(client.id, days(place.days), 1)] * (1 + cut_off(week, case, client.id))
        if not client.step_down:
            yield case.mutation(f"{client.id} on {band} days", found, week=week)
        most = rng.randint(0, 4)
        week = own_level(case.week, client.id, max_days_between=most)
        gaps = [other - one - 1 for one, other in pairwise(place.days)]
        before = case.tally.previous.get(client.id)
        if before is not None and before.days:
            gaps.append(place.days[0] + 7 - max(before.days) - 1)
        reasons = sum(gap > most for gap in gaps) + cut_off(week, case, client.id)
        found = [(client.id, days(place.days), 1)] * reasons
        if found:
            yield case.mutation(f"{client.id} at most {most} days between", found, week=week)


def day_dropped(case: Case, rng: Random) -> Found:
    """A client comes a day less."""
    eased = case.eased("dosage", "timing", "pins")
    for client, place in eased.placed(rng):
        day = rng.choice(place.days)
        left = tuple(one for one in place.days if one != day)
        level, number = eased.tally.levels[client.level], len(left)
        assert client.prescription is not None
        reasons = number not in client.prescription.days
        if not client.step_down:
            reasons += (not level.days.min <= number <= level.days.max) + (number < 3)
        fixed = client.id in eased.tally.previous or place.start != day
        if reasons and fixed and number and client.id not in eased.overriding("track"):
            roster = edit_placement(eased.roster, client.id, days=left)
            found = [(client.id, days(left), 1)] * reasons
            yield eased.mutation(f"{client.id} without {day.code}", found, roster=roster)


def day_without_meeting(case: Case, rng: Random) -> Found:
    """A day of a pattern is swapped for one on which the cohort does not meet."""
    eased = case.eased("dosage", "timing", "pins")
    tally = eased.tally
    for client, place in eased.placed(rng):
        for other in WEEK:
            option = tally.opened[place.cohort].days
            if other in option or client.id in eased.overriding("track"):
                continue
            gone = rng.choice(place.days)
            pattern = tuple(sorted({*place.days, other} - {gone}))
            blocks = tally.own(client, place.cohort, other)
            free = _free(tally, client, place.cohort, other)
            assert client.prescription is not None
            if free and (client.id in tally.previous or place.start != gone):
                reasons = 1 + (other not in client.prescription.weekdays) + (not blocks)
                roster = edit_placement(eased.roster, client.id, days=pattern)
                found = [(client.id, days(pattern), 1)] * reasons
                yield eased.mutation(f"{client.id} on {days(pattern)}", found, roster=roster)


def cut_off(week: ProgramWeek, case: Case, name: str) -> bool:
    """Whether a client's days leave no chain of weeks after them, each near enough to the one before.

    Counted by taking away, again and again, what nothing can follow.
    """
    tally = Tally(week, case.roster)
    client, place = tally.clients[name], tally.placements[name]
    most = tally.levels[client.level].max_days_between
    if most is None or place.last < Day.SUN or client.stay.last_day is not None:
        return False

    def follows(one: tuple[Day, ...], other: tuple[Day, ...]) -> bool:
        return other[0] + 7 - one[-1] - 1 <= most

    anytime = name in case.overriding("client-time")
    chain = list(_weekly(tally, client, place.cohort, most, anytime))
    while ended := [one for one in chain if not any(follows(one, other) for other in chain)]:
        chain = [one for one in chain if one not in ended]
    if not chain and name in tally.previous:
        return False
    return not any(follows(place.days, other) for other in [*chain, place.days])


def _weekly(tally: Tally, client: Client, cohort: str, most: int, anytime: bool) -> Iterator[tuple[Day, ...]]:
    """Patterns of a week that fit a client in a cohort."""
    assert client.prescription is not None
    band = tally.levels[client.level].days
    met = [
        day
        for day in tally.opened[cohort].days
        if day in client.prescription.weekdays
        and tally.own(client, cohort, day)
        and (anytime or _free(tally, client, cohort, day))
    ]
    for number in client.prescription.days:
        if not client.step_down and not max(3, band.min) <= number <= band.max:
            continue
        for pattern in combinations(sorted(met), number):
            if all(other - one - 1 <= most for one, other in pairwise(pattern)):
                yield pattern


def _free(tally: Tally, client: Client, cohort: str, day: Day) -> bool:
    """Whether a client has the time for every own block of a day."""
    return all(
        (not client.available or holds(client.available, day, time)) and not hits(client.busy, day, time)
        for _, time in tally.own(client, cohort, day)
    )


def _prescribe(case: Case, client: str, **changes: object):
    prescription: Prescription = case.tally.clients[client].prescription
    return edit(case.week, "clients", client, prescription=put(prescription, **changes))


TRACK = (
    number_not_prescribed,
    weekday_not_prescribed,
    level_wants_other_days,
    day_dropped,
    day_without_meeting,
)


# stay


def outside_window(case: Case, rng: Random) -> Found:
    """A new client's admission window ends before, or begins after, the day of the start."""
    for client, place in case.placed(rng) + case.placed(rng, in_cohort=False):
        if client.id in case.tally.previous or client.id in case.overriding("stay"):
            continue
        old = client.stay
        windows = [(first, last) for first in WEEK for last in WEEK if first <= last]
        for first, last in rng.sample(windows, 6):
            if first <= place.start <= last:
                continue
            terms = {
                ("stay.delay", client.id, place.start.code): max(0, place.start - first)
                - max(0, place.start - old.earliest_start)
            }
            week = edit(
                case.week, "clients", client.id, stay=put(old, earliest_start=first, latest_start=last)
            )
            found = [(client.id, place.start.code, 1)]
            what = f"{client.id} to start {first.code} to {last.code}"
            yield case.mutation(what, found, terms, week=week)


def another_last_day(case: Case, rng: Random) -> Found:
    """A client's last day is not the one on the roster."""
    for client, place in case.placed(rng) + case.placed(rng, in_cohort=False):
        current = client.id in case.tally.previous
        if client.id in case.overriding("stay") or (client.stay.length_days and not current):
            continue
        day = rng.choice([day for day in WEEK if day != place.last])
        week = edit(case.week, "clients", client.id, stay=put(client.stay, last_day=day))
        yield case.mutation(f"{client.id} until {day.code}", [(client.id, place.last.code, 1)], week=week)


def ends_early(case: Case, rng: Random) -> Found:
    """On the roster, treatment ends before its last day."""
    eased = case.eased("dosage", "timing", "pins")
    for client, place in eased.placed(rng) + eased.placed(rng, in_cohort=False):
        current = client.id in case.tally.previous
        if client.id in case.overriding("stay") or (client.stay.length_days and not current):
            continue
        for last in WEEK:
            if place.start <= last < place.last:
                found: list[Finding] = [(client.id, last.code, 1)]
                found += _late(eased, client.id, place.start, last)
                roster = edit_placement(eased.roster, client.id, last=last)
                yield eased.mutation(f"{client.id} ends {last.code}", found, roster=roster)


def starts_late(case: Case, rng: Random) -> Found:
    """A current client starts on another day than Monday; a new one on a day that is not in the pattern."""
    eased = case.eased("dosage", "timing", "pins")
    for client, place in eased.placed(rng):
        if client.id in case.overriding("stay") or client.intake is not None:
            continue
        for start in WEEK[1:]:
            current = client.id in eased.tally.previous
            if start == place.start or start > place.last or (start in place.days and not current):
                continue
            if not current and client.stay.length_days:
                continue
            found: list[Finding] = [(client.id, start.code, 1)]
            if not current and not client.stay.earliest_start <= start <= client.stay.latest_start:
                found *= 2
            found += _late(eased, client.id, start, place.last)
            roster = edit_placement(eased.roster, client.id, start=start)
            yield eased.mutation(f"{client.id} starts {start.code}", found, roster=roster)


def stays_too_long(case: Case, rng: Random) -> Found:
    """A new client stays for more days than the length of stay allows."""
    for client, place in case.placed(rng) + case.placed(rng, in_cohort=False):
        if client.id in case.tally.previous or client.id in case.overriding("stay"):
            continue
        stayed = place.last - place.start + 1
        for most in range(1, stayed):
            stay = put(client.stay, length_days=Band(min=1, max=most))
            week = edit(case.week, "clients", client.id, stay=stay)
            found = [(client.id, place.last.code, stayed - most)]
            yield case.mutation(f"{client.id} stays {most} days", found, week=week)
        latest = Day.SUN if client.stay.last_day is None else client.stay.last_day
        if place.last < latest:
            least = stayed + rng.randint(1, 5)
            stay = put(client.stay, length_days=Band(min=least, max=least + 7))
            week = edit(case.week, "clients", client.id, stay=stay)
            found = [(client.id, place.last.code, least - stayed)]
            yield case.mutation(f"{client.id} stays {least} days at least", found, week=week)


def _late(case: Case, client: str, start: Day, last: Day) -> list[Finding]:
    """Sessions outside the treatment, the assessment aside."""
    tally = case.tally
    intake = tally.clients[client].intake
    return [
        (client, at(one.day, tally.interval(one)), 1)
        for one in tally.sessions(client)
        if not start <= one.day <= last and (intake is None or one.service != intake.assessment)
    ]


STAY = (outside_window, another_last_day, ends_early, starts_late, stays_too_long)


# intake


def insurance_not_there(case: Case, rng: Random) -> Found:
    """The insurance is pending, or verified only after the start or a session."""
    tally = case.tally
    for client in rng.sample(case.week.clients, len(case.week.clients)):
        place, mine = tally.placements.get(client.id), tally.sessions(client.id)
        if client.id in case.overriding("intake"):
            continue
        state = rng.choice(["pending", *WEEK[1:]])
        found: list[Finding] = [
            (client.id, at(one.day, tally.interval(one)), 1)
            for one in mine
            if state == "pending" or one.day < state
        ]
        if place is not None and state == "pending":
            found.append((client.id, "", 1))
        elif place is not None and place.start < state:
            found.append((client.id, place.start.code, 1))
        if found:
            intake = put(client.intake or Intake(), insurance=state)
            week = edit(case.week, "clients", client.id, intake=intake)
            yield case.mutation(f"insurance of {client.id}: {state}", found, week=week)


def never_assessed(case: Case, rng: Random) -> Found:
    """A placed client is still to be assessed."""
    limits = case.policy.limits
    for client, _ in case.placed(rng) + case.placed(rng, in_cohort=False):
        had = {one.service for one in case.tally.sessions(client.id)}
        services = [one.id for one in case.week.services if one.id not in had and not one.is_open_group]
        if client.intake is not None or client.id in case.overriding("intake") or not services:
            continue
        waited = min(limits.waiting_cap, limits.waiting_points * client.waiting_days)
        terms = {("intake.unassessed", client.id, ""): limits.priority_points * client.priority + waited}
        service = rng.choice(services)
        week = edit(case.week, "clients", client.id, intake=Intake(assessment=service))
        yield case.mutation(f"{client.id} awaits {service}", [(client.id, "", 1)], terms, week=week)


def assessed_too_late(case: Case, rng: Random) -> Found:
    """One of a client's sessions is the assessment, and too late for the deadline or the treatment."""
    tally = case.tally
    for client, _ in case.placed(rng) + case.placed(rng, in_cohort=False):
        mine = tally.sessions(client.id)
        if not mine or client.id in case.overriding("intake"):
            continue
        service = rng.choice(mine).service
        lag, deadline = rng.randint(0, 3), rng.choice(WEEK)
        if client.intake is not None and client.intake.assessment is not None:
            service = client.intake.assessment
        assessed = tally.sessions(client.id, service)
        if not assessed:
            continue
        found = _assessed_late(tally, client.id, assessed, lag, deadline)
        intake = put(client.intake or Intake(), assessment=service, lag_days=lag, deadline=deadline)
        if found:
            week = edit(case.week, "clients", client.id, intake=intake)
            what = f"{client.id} has {service} first, by {deadline.code}, {lag} days ahead"
            yield case.mutation(what, found, week=week)


def _assessed_late(tally: Tally, client: str, assessed: list, lag: int, deadline: Day) -> list[Finding]:
    place, first = tally.placements[client], assessed[0]
    found = [(client, at(one.day, tally.interval(one)), 1) for one in assessed if one.day > deadline]
    found += [(client, "", len(assessed) - 1)] * (len(assessed) > 1)
    end = first.day * 1440 + tally.interval(first)[1]
    found += [
        (client, at(one.day, tally.interval(one)), 1)
        for one in tally.sessions(client)
        if one.service != first.service and one.day * 1440 + one.start < end
    ]
    if place.start < first.day + lag:
        return [*found, (client, place.start.code, 1)]
    if lag == 0 and place.cohort is not None:
        blocks = tally.own(tally.clients[client], place.cohort, place.start)
        if blocks and place.start * 1440 + blocks[0][1][0] < end:
            found.append((client, place.start.code, 1))
    return found


def assessment_dropped(case: Case, rng: Random) -> Found:
    """A placed client's assessment is missing from the roster, or is all that the client wants."""
    for client, _ in case.placed(rng) + case.placed(rng, in_cohort=False):
        service = client.intake.assessment if client.intake is not None else None
        if service is None or client.id in case.overriding("intake"):
            continue
        left = tuple(
            one for one in case.roster.sessions if one.service != service or client.id not in one.clients
        )
        roster = put(case.roster, sessions=left)
        yield case.mutation(f"{client.id} without {service}", [(client.id, "", 1)], roster=roster)
        week = edit(case.week, "clients", client.id, intake=put(client.intake, assessment_only=True))
        yield case.mutation(f"{client.id} wants {service} alone", [(client.id, "", 1)], week=week)


INTAKE = (assessment_dropped, insurance_not_there, never_assessed, assessed_too_late)

KINDS = {"track": TRACK, "stay": STAY, "intake": INTAKE}
