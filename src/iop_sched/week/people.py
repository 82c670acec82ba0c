"""Clients with their prescriptions, and clinicians."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from iop_sched.week.base import Band, Frozen, HourBand, Hours, minutes
from iop_sched.week.care import Format
from iop_sched.week.places import Window
from iop_sched.week.times import WEEK, Clock, Day, Id, Minutes, Weekday, Weekdays


class Break(Frozen):
    """A free stretch that a clinician keeps on every working day."""

    minutes: Annotated[Minutes, Field(ge=5, description="length in minutes")]
    start: Annotated[Clock, Field(description="not before, HH:MM")]
    end: Annotated[Clock, Field(description="over by, HH:MM")]


class Clinician(Frozen):
    """Somebody who leads meetings or gives services."""

    id: Annotated[Id, Field(description="id of the clinician")]
    roles: Annotated[tuple[Id, ...], Field(min_length=1, description="roles (therapist, psychiatrist …)")]
    credentials: Annotated[tuple[Id, ...], Field(description="licences held")] = ()
    modalities: Annotated[tuple[Id, ...], Field(description="modalities practised")] = ()
    languages: Annotated[
        tuple[Id, ...], Field(description="languages spoken; none named: all that are needed")
    ] = ()
    payers: Annotated[tuple[Id, ...], Field(description="payers credentialed with")] = ()
    sites: Annotated[tuple[Id, ...], Field(min_length=1, description="sites worked at")]
    available: Annotated[tuple[Window, ...], Field(min_length=1, description="working hours")]
    away: Annotated[tuple[Window, ...], Field(description="sick, on leave, administrative time")] = ()
    turnaround: Annotated[int, Field(ge=0, le=60, description="minutes kept free after each occupation")] = 0
    breaks: Annotated[tuple[Break, ...], Field(description="free stretches kept on every working day")] = ()
    admin_hours: Annotated[Hours, Field(description="working hours a week to leave unscheduled")] = 0.0
    max_hours_day: Annotated[Hours | None, Field(description="most scheduled hours a day")] = None
    max_hours_week: Annotated[Hours | None, Field(description="most scheduled hours a week")] = None
    max_groups_day: Annotated[int | None, Field(ge=0, description="most meetings and open groups a day")] = (
        None
    )
    contract_hours: Annotated[Hours | None, Field(description="hours a week beyond which is overtime")] = None
    caseload: Annotated[
        int | None, Field(ge=0, description="most clients as their primary; none: no limit")
    ] = None


class TargetBand(HourBand):
    """Prescribed hours a week."""

    target: Annotated[Hours, Field(description="hours a week aimed at")]

    @property
    def aim(self) -> int:
        """Target in minutes."""
        return minutes(self.target)


class PrescribedService(Frozen):
    """How often a client is to have a service this week."""

    service: Annotated[Id, Field(description="id of the service")]
    min_count: Annotated[int, Field(ge=0, le=14, description="sessions prescribed")] = 1
    max_count: Annotated[
        int, Field(ge=0, le=14, description="sessions allowed; the solver gives no more")
    ] = 1


class Step(Frozen):
    """What a prescription becomes from a later week on, when the client steps down: 5, then 4, 3, 2 days."""

    week_of: Annotated[date, Field(description="Monday of the first week with it, YYYY-MM-DD")]
    hours: Annotated[TargetBand, Field(description="dosage a week from then on, in hours")]
    days: Annotated[tuple[int, ...], Field(description="tracks allowed from then on: days a week")] = ()
    step_down: Annotated[
        bool, Field(description="may go below the level's floor from then on, as 'step_down' of the client")
    ] = False


class Prescription(Frozen):
    """What treatment a client is to have this week."""

    hours: Annotated[TargetBand, Field(description="dosage a week, in hours")]
    days: Annotated[
        tuple[int, ...], Field(description="tracks allowed: days a week (2 only when stepping down)")
    ] = ()
    weekdays: Annotated[Weekdays, Field(min_length=1, description="weekdays allowed for meetings")] = WEEK
    services: Annotated[tuple[PrescribedService, ...], Field(description="services and how many")] = ()
    # Left out of what is written while empty: the hash of a week is that of its facts.
    steps: Annotated[
        tuple[Step, ...],
        Field(
            description="how it steps down in later weeks, in order; read by next-week alone",
            exclude_if=lambda steps: not steps,
        ),
    ] = ()


class Authorisation(Frozen):
    """What the payer has agreed to pay: hours or days, between two dates, both included."""

    first: Annotated[date, Field(description="first date covered")]
    last: Annotated[date, Field(description="last date covered")]
    hours: Annotated[Hours | None, Field(description="hours left; name hours or days")] = None
    days: Annotated[int | None, Field(ge=0, description="treatment days left; name hours or days")] = None


class Intake(Frozen):
    """What comes before a referral's treatment."""

    assessment: Annotated[Id | None, Field(description="service that assesses; none: done already")] = None
    deadline: Annotated[Weekday, Field(description="last weekday for the assessment")] = Day.SUN
    lag_days: Annotated[
        int, Field(ge=0, le=6, description="days from assessment to first meeting (0: same day)")
    ] = 0
    assessment_only: Annotated[bool, Field(description="wants no place this week, only the assessment")] = (
        False
    )
    insurance: Annotated[
        Literal["verified", "pending"] | Weekday,
        Field(description="verified, pending (no appointment this week), or the weekday it is verified on"),
    ] = "verified"


class Stay(Frozen):
    """Admission window, last day and length of a stay."""

    earliest_start: Annotated[Weekday, Field(description="a new client starts on or after")] = Day.MON
    latest_start: Annotated[Weekday, Field(description="a new client starts on or before")] = Day.SUN
    last_day: Annotated[Weekday | None, Field(description="discharge: the last day of treatment")] = None
    length_days: Annotated[
        Band | None, Field(description="a new client's calendar days from first to last, both counted")
    ] = None
    last_date: Annotated[
        date | None,
        Field(
            description="discharge after this week: the last date, YYYY-MM-DD; read by next-week alone",
            exclude_if=lambda last: last is None,
        ),
    ] = None


class Family(Frozen):
    """Loved ones who attend family sessions."""

    attendees: Annotated[int, Field(ge=1, le=6, description="loved ones who attend and take seats")] = 1
    available: Annotated[tuple[Window, ...], Field(description="when they can; none named: any time")] = ()


class Preferences(Frozen):
    """What a client would rather have; none named means no preference."""

    slots: Annotated[tuple[Id, ...], Field(description="slots preferred")] = ()
    days: Annotated[Weekdays, Field(description="weekdays preferred")] = ()
    clinicians: Annotated[tuple[Id, ...], Field(description="clinicians preferred for sessions")] = ()
    compact: Annotated[bool, Field(description="would rather not travel for a session alone")] = False


class Client(Frozen):
    """Somebody in treatment, on the waitlist, or referred."""

    id: Annotated[Id, Field(description="id of the client; not derived from a name")]
    level: Annotated[Id, Field(description="level of care")]
    priority: Annotated[int, Field(ge=1, le=5, description="1 routine to 5 most urgent")] = 1
    waiting_days: Annotated[int, Field(ge=0, le=3650, description="days on the waitlist")] = 0
    payer: Annotated[Id | None, Field(description="who pays")] = None
    population: Annotated[Id | None, Field(description="population (adults, adolescents, veterans …)")] = None
    needs: Annotated[
        tuple[Id, ...], Field(description="needs that a cohort must serve (substance use, phase 2 …)")
    ] = ()
    languages: Annotated[tuple[Id, ...], Field(description="languages spoken; none named: any")] = ()
    formats: Annotated[
        tuple[Format, ...], Field(min_length=1, description="in-person, telehealth or both")
    ] = ("in-person",)
    sites: Annotated[tuple[Id, ...], Field(description="sites within reach; none named: all")] = ()
    available: Annotated[
        tuple[Window, ...], Field(description="when they can come; none named: any time")
    ] = ()
    busy: Annotated[tuple[Window, ...], Field(description="work, school, family: every week")] = ()
    absences: Annotated[
        tuple[Window, ...], Field(description="this week only: excuses the day and keeps the seat")
    ] = ()
    prescription: Annotated[
        Prescription | None, Field(description="treatment this week; none for an assessment alone")
    ] = None
    authorisation: Annotated[Authorisation | None, Field(description="what the payer has agreed to")] = None
    intake: Annotated[Intake | None, Field(description="assessment and insurance before treatment")] = None
    stay: Annotated[Stay, Field(description="admission window and discharge")] = Stay()
    family: Annotated[Family | None, Field(description="loved ones who attend")] = None
    group_optional: Annotated[bool, Field(description="needs no cohort, and is placed without one")] = False
    step_down: Annotated[bool, Field(description="steps down this week: may go below the level's floor")] = (
        False
    )
    preferences: Annotated[Preferences, Field(description="slots, days, clinicians, compact days")] = (
        Preferences()
    )
    excludes: Annotated[tuple[Id, ...], Field(description="clinicians who must not give their sessions")] = ()

    @property
    def assessment_only(self) -> bool:
        """Whether the client wants an assessment and no place this week."""
        return self.intake is not None and self.intake.assessment_only

    def after(self, step: Step) -> Client:
        """The client from a step of the prescription on; raises ``ValueError`` without a prescription."""
        if self.prescription is None:
            raise ValueError(f"{self.id} has no prescription to step down from")
        later = tuple(one for one in self.prescription.steps if one.week_of > step.week_of)
        stepped = {"hours": step.hours, "days": step.days, "steps": later}
        return self.model_copy(
            update={
                "prescription": self.prescription.model_copy(update=stepped),
                "step_down": step.step_down,
            }
        )
