"""Clients in treatment for whom next week has no place, whoever else comes or goes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from iop_sched.next_week.affected import Stranded
from iop_sched.rules import client_time, eligibility, track
from iop_sched.rules.facts import Facts
from iop_sched.week.care import Cohort, MeetingOption
from iop_sched.week.people import Client
from iop_sched.week.times import Day

GONE = "the cohort is not there any more, and no other fits"
_SAID = 3
"""Reasons that are told; a client who is busy has one for each block."""


def stranded(coming: Facts) -> Iterator[Stranded]:
    """Clients whom the file of next week leaves no pattern in any cohort."""
    for client in coming.current_treated:
        if client.group_optional:
            continue
        old = coming.cohorts.get(coming.previous[client.id].cohort or "")
        why = GONE if old is None else _obstacle(coming, client, old)
        others = (cohort for cohort in coming.week.cohorts if cohort is not old)
        if why is not None and all(_obstacle(coming, client, cohort) is not None for cohort in others):
            yield Stranded(client.id, None if old is None else old.id, why)


def _obstacle(coming: Facts, client: Client, cohort: Cohort) -> str | None:
    """What keeps a client out of a cohort; none when some pattern fits.

    Of patterns on days that the client may come, with as many days as prescribed, rather than of others.
    """
    if not coming.overridden(client.id, eligibility.RULE):
        for reason in eligibility.mismatches(client, cohort):
            return reason
    nearest: tuple[bool, int, tuple[str, ...]] | None = None
    for option, days in _patterns(client, cohort):
        tried = _tried(coming, client, cohort, option, days)
        if not tried[-1]:
            return None
        nearest = tried if nearest is None else min(nearest, tried)
    return "it meets on no day" if nearest is None else "; ".join(nearest[-1][:_SAID])


def _patterns(client: Client, cohort: Cohort) -> Iterator[tuple[MeetingOption, tuple[Day, ...]]]:
    """Every pattern of a cohort, those with as many days as prescribed first."""
    prescribed = client.prescription.days if client.prescription is not None else ()
    for option in cohort.options:
        for number in sorted(range(1, len(option.days) + 1), key=lambda n: n not in prescribed):
            for days in combinations(sorted(option.days), number):
                yield option, days


def _tried(
    coming: Facts, client: Client, cohort: Cohort, option: MeetingOption, days: tuple[Day, ...]
) -> tuple[bool, int, tuple[str, ...]]:
    """What is wrong with a pattern, after the figures by which it is near to one that fits."""
    prescription = client.prescription
    assert prescription is not None, client.id
    strange = not set(days) <= set(prescription.weekdays) or len(days) not in prescription.days
    wrong: list[str] = []
    if not coming.overridden(client.id, client_time.RULE):
        clashes = client_time.pattern_clashes(coming, client, cohort.id, option.slot, days)
        wrong += [f"{day.code}: {why}" for day, _, why in clashes]
    busy = bool(wrong)
    if not coming.overridden(client.id, track.RULE):
        wrong += track.misfits(coming, client, cohort.id, option, days)
    return (bool(wrong) and (strange or busy), len(wrong), tuple(wrong))
