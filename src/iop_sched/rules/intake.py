"""Rule ``intake``: first the insurance, then the assessment, then treatment."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sched.rules.facts import points
from iop_sched.rules.findings import Term, Violation
from iop_sched.rules.schedule import Schedule
from iop_sched.rules.terms import pay
from iop_sched.rules.wording import at, moment
from iop_sched.week.people import Client, Intake
from iop_sched.week.policy import Policy
from iop_sched.week.roster import Placement, Session
from iop_sched.week.times import Day, week_minute

RULE = "intake"


def check(schedule: Schedule, policy: Policy) -> Iterator[Violation | Term]:
    """No appointment before the insurance is verified, no treatment before the assessment."""
    for client in schedule.facts.week.clients:
        intake = client.intake
        if intake is None:
            continue
        if intake.assessment is not None and schedule.assessment_session(client) is None:
            yield from pay(policy, "intake.unassessed", client.id, points(client, policy.limits))
        if schedule.facts.overridden(client.id, RULE):
            continue
        yield from _insurance(schedule, client, intake)
        if intake.assessment is not None:
            yield from _assessment(schedule, client, intake, intake.assessment)
        if intake.assessment_only and client.id in schedule.placements:
            yield Violation(RULE, client.id, "", f"{client.id} wants an assessment only, and is placed")


def _insurance(schedule: Schedule, client: Client, intake: Intake) -> Iterator[Violation]:
    placement = schedule.placements.get(client.id)
    sessions = schedule.sessions_of(client)
    if intake.insurance == "pending":
        if placement is not None:
            yield Violation(RULE, client.id, "", f"{client.id} is placed while the insurance is pending")
        for session in sessions:
            message = f"{client.id} has a session of {session.service} while the insurance is pending"
            yield Violation(RULE, client.id, _when(schedule, session), message)
    elif isinstance(intake.insurance, Day):
        verified = intake.insurance
        if placement is not None and placement.start < verified:
            message = f"{client.id} starts before the insurance is verified, on {verified.code}"
            yield Violation(RULE, client.id, placement.start.code, message)
        for session in sessions:
            if session.day < verified:
                message = (
                    f"{client.id} has a session of {session.service} before the insurance is verified,"
                    f" on {verified.code}"
                )
                yield Violation(RULE, client.id, _when(schedule, session), message)


def _assessment(schedule: Schedule, client: Client, intake: Intake, service: str) -> Iterator[Violation]:
    found = schedule.sessions_of(client, service)
    placement = schedule.placements.get(client.id)
    if len(found) > 1:
        message = f"{client.id} is assessed {len(found)} times; once is enough"
        yield Violation(RULE, client.id, "", message, len(found) - 1)
    for session in found:
        if session.day > intake.deadline:
            message = f"{client.id} is assessed after the deadline, {intake.deadline.code}"
            yield Violation(RULE, client.id, _when(schedule, session), message)
    if not found:
        if placement is not None:
            yield Violation(RULE, client.id, "", f"{client.id} is placed without the assessment, {service}")
        return
    first = found[0]
    if placement is not None:
        yield from _first_meeting(schedule, client, intake, placement, first)
    end = week_minute(first.day, schedule.session_interval(first)[1])
    for session in schedule.sessions_of(client):
        if session.service != service and week_minute(session.day, session.start) < end:
            message = f"{client.id} has a session of {session.service} before the assessment is over"
            yield Violation(RULE, client.id, _when(schedule, session), message)


def _first_meeting(
    schedule: Schedule, client: Client, intake: Intake, placement: Placement, assessed: Session
) -> Iterator[Violation]:
    begins = schedule.first_meeting(client, placement)
    end = schedule.session_interval(assessed)[1]
    if placement.start < assessed.day + intake.lag_days:
        message = (
            f"{client.id} starts on {placement.start.code}, is assessed on {assessed.day.code},"
            f" and must start {intake.lag_days} days after it or later"
        )
        yield Violation(RULE, client.id, placement.start.code, message)
    elif intake.lag_days == 0 and begins is not None and begins < week_minute(assessed.day, end):
        message = f"{client.id} has the first meeting before the assessment ends, {moment(assessed.day, end)}"
        yield Violation(RULE, client.id, placement.start.code, message)


def _when(schedule: Schedule, session: Session) -> str:
    return at(session.day, schedule.session_interval(session))
