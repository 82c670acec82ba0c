"""What can be asked of the clients whom a question is about, or of those who prescribe and pay for them."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.repairs import kinds
from iop_sched.repairs.candidate import Candidate
from iop_sched.repairs.question import Question
from iop_sched.week.care import LevelOfCare
from iop_sched.week.people import Client, Prescription
from iop_sched.week.policy import Policy
from iop_sched.week.times import DAY_MINUTES, WEEK, Day, clock, covers

HOUR = 60
LEAST_DAYS = 3
"""Fewer days a week are for those who step down."""


def needs(question: Question) -> Iterator[Candidate]:
    """Of each client whose facts bear on the question."""
    levels = {level.id: level for level in question.week.levels}
    meet = {day for one in question.week.cohorts for option in one.options for day in option.days}
    for client in question.week.clients:
        if client.id in question.clients:
            yield from _time(client)
            if client.prescription is not None:
                yield from _days(client, client.prescription, levels[client.level], meet)
                yield from _amounts(client, client.prescription, question.policy)
            yield from _payer(client, question.policy)


def _time(client: Client) -> Iterator[Candidate]:
    for window in (*client.busy, *client.absences):
        hours = f"{clock(window.start)}-{clock(window.end)}"
        for day in window.days:
            yield Candidate(kinds.FREE, (f"free {client.id} {day.code} {hours}",))
        if len(window.days) > 1:
            days = ",".join(day.code for day in window.days)
            yield Candidate(kinds.FREE_ALL, (f"free {client.id} {days} {hours}",))
    for window in client.available:
        for start, end in (
            (max(0, window.start - HOUR), window.start),
            (window.end, min(DAY_MINUTES, window.end + HOUR)),
        ):
            days = ",".join(day.code for day in window.days if not _can_come(client, day, start, end))
            if start < end and days:
                text = f"comes {client.id} {days} {clock(start)}-{clock(end)}"
                yield Candidate(kinds.COMES, (text,))


def _can_come(client: Client, day: Day, start: int, end: int) -> bool:
    return covers((one.interval for one in client.available if day in one.days), (start, end))


def _days(
    client: Client, prescription: Prescription, level: LevelOfCare, meet: set[Day]
) -> Iterator[Candidate]:
    for day in WEEK:
        if day in meet and day not in prescription.weekdays:
            allowed = ",".join(one.code for one in sorted({*prescription.weekdays, day}))
            yield Candidate(kinds.WEEKDAY, (f"weekdays {client.id} {allowed}",))
    if prescription.days and (fewer := min(prescription.days) - 1) > 0:
        allowed = ",".join(str(one) for one in (fewer, *prescription.days))
        down = "" if client.step_down or fewer >= max(LEAST_DAYS, level.days.min) else " stepping down"
        yield Candidate(kinds.TRACK, (f"days {client.id} {allowed}{down}",))


def _amounts(client: Client, prescription: Prescription, policy: Policy) -> Iterator[Candidate]:
    hours = prescription.hours
    if policy.mode("weekly-hours") != "off":
        aim = f"hours {client.id} {hours.target:g} within"
        if hours.min > 0:
            yield Candidate(kinds.FLOOR, (f"{aim} {max(0, hours.min - 1):g}..{hours.max:g}",))
        yield Candidate(kinds.CEILING, (f"{aim} {hours.min:g}..{hours.max + 1:g}",))
    if policy.mode("service-delivery") == "hard":
        for line in prescription.services:
            if line.min_count:
                text = f"service {client.id} {line.service} {line.min_count - 1}"
                yield Candidate(kinds.SERVICE, (text,))


def _payer(client: Client, policy: Policy) -> Iterator[Candidate]:
    agreed = client.authorisation
    if agreed is not None and policy.mode("authorisation") == "hard":
        if agreed.days is not None:
            yield Candidate(kinds.AUTHORISE, (f"authorise {client.id} {agreed.days + 1} days",))
        elif agreed.hours is not None:
            yield Candidate(kinds.AUTHORISE, (f"authorise {client.id} {agreed.hours + 3:g} hours",))
