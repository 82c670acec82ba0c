"""Rule ``track``: as many days as prescribed, on days the cohort meets, not too far apart.

Not only within the week: last week's days are near enough, and next week can go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from iop_sched.rules import client_time
from iop_sched.rules.facts import Facts
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.wording import days, many
from iop_sched.week.care import MeetingOption
from iop_sched.week.people import Client, Prescription
from iop_sched.week.policy import Policy
from iop_sched.week.roster import OpenCohort
from iop_sched.week.times import Day

RULE = "track"
FEWEST_DAYS = 3


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """Every client in a cohort has a pattern that prescription, level of care and cohort allow."""
    for client, placement in schedule.placed:
        if placement.cohort is None or schedule.facts.overridden(client.id, RULE):
            continue
        option = schedule.open_cohorts[placement.cohort]
        for reason in misfits(
            schedule.facts, client, placement.cohort, option, placement.days, placement.last
        ):
            yield Violation(
                RULE, client.id, days(placement.days), f"{client.id} in {placement.cohort}: {reason}"
            )


def misfits(
    facts: Facts,
    client: Client,
    cohort: str,
    option: MeetingOption | OpenCohort,
    pattern: Iterable[Day],
    last: Day = Day.SUN,
) -> Iterator[str]:
    """What is wrong with a pattern in a cohort that meets as ``option`` says; nothing when all is well.

    ``last`` is the last day of the client's place.
    """
    chosen = sorted(set(pattern))
    yield from _within(facts, client, cohort, option, chosen)
    yield from _since_last_week(facts, client, chosen)
    if last == Day.SUN and client.stay.last_day is None:
        yield from _until_next_week(facts, client, cohort, option, chosen)


def _within(
    facts: Facts, client: Client, cohort: str, option: MeetingOption | OpenCohort, chosen: list[Day]
) -> Iterator[str]:
    """What is wrong with a pattern as far as one week goes."""
    prescription = client.prescription
    if prescription is None:
        return
    yield from _wrong_days(prescription, option.days, chosen)
    yield from _wrong_number(facts, client, prescription, len(chosen))
    empty = [day for day in chosen if not facts.own_blocks(client, cohort, day)]
    if empty:
        yield f"there is no block for level of care {client.level} on {days(empty)}"
    most = facts.levels[client.level].max_days_between
    for day, following in pairwise(chosen):
        if most is not None and following - day - 1 > most:
            yield f"{following - day - 1} days between {day.code} and {following.code}; at most {most} may be"


def _wrong_days(prescription: Prescription, option_days: Iterable[Day], chosen: list[Day]) -> Iterator[str]:
    not_met = set(chosen) - set(option_days)
    if not_met:
        yield f"the cohort does not meet on {days(not_met)}"
    not_allowed = set(chosen) - set(prescription.weekdays)
    if not_allowed:
        yield f"the prescription does not allow {days(not_allowed)}"


def _wrong_number(facts: Facts, client: Client, prescription: Prescription, number: int) -> Iterator[str]:
    if number not in prescription.days:
        allowed = " or ".join(str(count) for count in prescription.days) or "no track"
        yield f"{many(number, 'day')} a week; the prescription allows {allowed}"
    if client.step_down:
        return
    band = facts.levels[client.level].days
    if not band.min <= number <= band.max:
        yield f"{many(number, 'day')} a week; {client.level} is {band.min} to {band.max}"
    if number < FEWEST_DAYS:
        yield f"{many(number, 'day')} a week; fewer than {FEWEST_DAYS} only when stepping down"


def _since_last_week(facts: Facts, client: Client, chosen: list[Day]) -> Iterator[str]:
    most = facts.levels[client.level].max_days_between
    old = facts.previous[client.id].days if facts.is_current(client) else ()
    if most is None or not chosen or not old:
        return
    gap = _gap(max(old), chosen[0])
    if gap > most:
        yield f"{gap} days between last week's {max(old).code} and {chosen[0].code}; at most {most} may be"


def _until_next_week(
    facts: Facts, client: Client, cohort: str, option: MeetingOption | OpenCohort, chosen: list[Day]
) -> Iterator[str]:
    """Whether some pattern that can be kept week after week is near enough to follow.

    Where there is none, nobody new begins; of somebody in treatment nothing is asked, as no choice helps.
    """
    most = facts.levels[client.level].max_days_between
    if most is None or not chosen or _gap(chosen[-1], chosen[0]) <= most:
        return
    first = _first_again(facts, client, cohort, option, most)
    if first is not None and _gap(chosen[-1], first) > most:
        gap = _gap(chosen[-1], first)
        yield f"{gap} days between {chosen[-1].code} and next week's {first.code}; at most {most} may be"
    elif first is None and not facts.is_current(client):
        yield f"no days can be kept week after week with at most {most} days between"


def _first_again(
    facts: Facts, client: Client, cohort: str, option: MeetingOption | OpenCohort, most: int
) -> Day | None:
    """The earliest first day of the patterns that fit the client and may follow themselves."""
    prescription = client.prescription
    numbers = prescription.days if prescription is not None else ()
    anytime = facts.overridden(client.id, client_time.RULE)
    free = [
        day
        for day in sorted(option.days)
        if anytime or not any(client_time.pattern_clashes(facts, client, cohort, option.slot, (day,)))
    ]
    return min(
        (
            pattern[0]
            for number in set(numbers)
            for pattern in combinations(free, number)
            if pattern
            and _gap(pattern[-1], pattern[0]) <= most
            and not any(_within(facts, client, cohort, option, list(pattern)))
        ),
        default=None,
    )


def _gap(last: Day, first: Day) -> int:
    """Days between a day and another one of the week after."""
    return first + 7 - last - 1
