"""A client of next week."""

from __future__ import annotations

from datetime import timedelta

from iop_sched.next_week.this_week import ThisWeek
from iop_sched.week.people import Client, Intake, Prescription, Stay, Step
from iop_sched.week.times import Day

MOST_WAITING = 3650
A_WEEK = timedelta(days=7)


def next_client(this: ThisWeek, client: Client) -> Client | None:
    """What the week makes of a client; none for one who leaves."""
    if this.discharged(client) or (client.assessment_only and this.assessed(client) is not None):
        return None
    always = {"absences": (), "authorisation": this.left(client)}
    if client.id in this.treated:
        return _treated(this, client.model_copy(update=always))
    return _waiting(this, client.model_copy(update=always))


def _treated(this: ThisWeek, client: Client) -> Client:
    """In treatment: no longer waiting, nothing left of the admission, and down a step where one is due."""
    found = client.model_copy(update={"waiting_days": 0, "intake": None, "stay": _stay(this, client)})
    due = [step for step in _steps(found) if step.week_of <= this.next_monday]
    return found.after(due[-1]) if due else found


def _stay(this: ThisWeek, client: Client) -> Stay:
    last = this.last_date(client)
    if last is None or last < this.next_monday:
        return Stay()
    if last < this.next_monday + A_WEEK:
        return Stay(last_day=Day(last.weekday()))
    return Stay(last_date=last)


def _waiting(this: ThisWeek, client: Client) -> Client:
    """Not placed: seven days more, a new window; what was planned for later is a week later."""
    last = client.stay.last_date
    stay = Stay(
        earliest_start=_earliest(this, client),
        length_days=None if this.schedule.facts.is_current(client) else client.stay.length_days,
        last_date=None if last is None else last + A_WEEK,
    )
    return client.model_copy(
        update={
            "waiting_days": min(MOST_WAITING, client.waiting_days + 7),
            "intake": _intake(this, client),
            "stay": stay,
            "prescription": _a_week_later(client.prescription),
        }
    )


def _earliest(this: ThisWeek, client: Client) -> Day:
    """The first day that is far enough from an assessment of this week."""
    session = this.assessed(client)
    if session is None or client.intake is None:
        return Day.MON
    return Day(max(Day.MON, session.day + client.intake.lag_days - 7))


def _intake(this: ThisWeek, client: Client) -> Intake | None:
    """What is still to come before treatment. A deadline that has passed binds nobody any more."""
    intake = client.intake
    if intake is None:
        return None
    insurance = "pending" if intake.insurance == "pending" else "verified"
    to_come = None if this.assessed(client) is not None else intake.assessment
    if to_come is None and insurance == "verified":
        return None
    return intake.model_copy(update={"assessment": to_come, "insurance": insurance, "deadline": Day.SUN})


def _steps(client: Client) -> tuple[Step, ...]:
    return client.prescription.steps if client.prescription is not None else ()


def _a_week_later(prescription: Prescription | None) -> Prescription | None:
    if prescription is None or not prescription.steps:
        return prescription
    steps = tuple(step.model_copy(update={"week_of": step.week_of + A_WEEK}) for step in prescription.steps)
    return prescription.model_copy(update={"steps": steps})
